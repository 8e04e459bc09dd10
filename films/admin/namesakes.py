"""Asking, before a save, whether somebody or something of that name is there already: the catalogue's own Outlook."""

from dataclasses import dataclass

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from films.admin.foreseeing import foresees
from films.admin.overtaking import mark
from films.checking import films, people
from films.checking.evidence import Pair
from films.checking.settling import settle_different
from films.models import Film, Person

NAMED_BY = {"film": ("title", "year"), "person": ("name",)}


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody or something that is there, like a row that is about to be saved."""

    row: Film | Person
    there: Film | Person
    pair: Pair


@dataclass(frozen=True)
class Namesakes:
    """What a save would put beside something like it; see `films.admin.foreseeing.Outlook`.

    Nobody is asked about those `told_apart` already. Saved all the same, the rows are settled to be different.
    """

    twins: list[Twin]
    told_apart: list[Twin]

    template = "admin/films/_namesakes.html"
    level = messages.INFO
    asks = "Somebody or something like this is there already: say whether it is the same."

    @property
    def key(self) -> str:
        """What the form sends back once its user has seen these; a new row has a new id at each try."""
        return mark(sorted([str(twin.row), twin.there.pk] for twin in self.twins))

    @property
    def held(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.twins)

    @property
    def of_films(self) -> bool:
        """Whether this asks about films."""
        return isinstance(self.twins[0].row, Film)

    @property
    def told(self) -> str:
        """Who and what is like it, with the way there."""
        named = [(_address(twin.there), twin.there) for twin in self.twins]
        return format_html("Also there: {}.", format_html_join(", ", '<a href="{}">{}</a>', named)) if named else ""

    def accept(self, *, by) -> None:
        """Keep it that they are different."""
        for twin in (*self.twins, *self.told_apart):
            settle_different(twin.row, twin.there, by=by)


@foresees
def namesakes(change, *, user):
    """Return the Namesakes of the film or person that *change* adds or renames, None where nobody is like it."""
    subject = change.film or change.person
    if subject is None or not _renamed(change, NAMED_BY[subject._meta.model_name]):
        return None
    return outlook([subject])


def outlook(rows, *, told_apart=()):
    """Return the Namesakes of *rows*, all films or all people, None where nobody is like them.

    *told_apart* are those of which somebody said that they are no namesake: only other names are asked about.
    """
    pairs = (films if isinstance(rows[0], Film) else people).look_alikes(rows)
    twins = [Twin(row, pair.other(row), pair) for pair in pairs for row in rows if row.pk in pair.key]
    said = [twin for twin in twins if twin.row in told_apart and twin.row.folded == twin.there.folded]
    return Namesakes([twin for twin in twins if twin not in said], said) if twins else None


def _renamed(change, names):
    before, after = change.before.get("facts", {}), change.after.get("facts", {})
    return bool(after) and any(before.get(name) != after.get(name) for name in names)


def _address(row):
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])
