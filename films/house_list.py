"""The house list: which spellings of a name are right, and which are known to be wrong, for a person or a character."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from films.changes import recorded
from films.models import Character, CharacterName, Film, Person, PersonName, PersonNameKind
from films.names import search_text

LONGEST = 200
ALIAS, MISSPELLING = PersonNameKind.ALIAS, PersonNameKind.MISSPELLING  # Characters have them by the same values.

type Named = Person | Character
type Spelling = PersonName | CharacterName


class NoSpelling(ValueError):
    """What was given cannot be a spelling of that name, right or wrong; the message says why."""


def accept_spelling(subject: Named, text: str, *, by: AbstractBaseUser | None) -> Spelling:
    """Keep *text* as one more right name of *subject*, also where it was thought wrong, and record the change.

    Raises NoSpelling, and changes nothing.
    """
    return _keep(subject, _checked(subject, text), ALIAS, by=by)


def reject_spelling(subject: Named, text: str, *, by: AbstractBaseUser | None) -> Spelling:
    """Keep *text* as a misspelling of *subject*, also where it was thought right, and record the change.

    Raises NoSpelling, and changes nothing, also where somebody else in the same films has that very name: who writes
    of them would be corrected.
    """
    spelling = _checked(subject, text)
    if other := _bearer(subject, spelling):
        raise NoSpelling(f"“{spelling}” is also the name of {other}, so it cannot be a misspelling.")
    return _keep(subject, spelling, MISSPELLING, by=by)


def _checked(subject: Named, text: str) -> str:
    """Return *text* with single spaces, if it can be a name beside the subject's own."""
    spelling = " ".join(text.split())
    if not any(letter.isalpha() for letter in spelling):
        raise NoSpelling("A name has letters.")
    if len(spelling) > LONGEST:
        raise NoSpelling(f"A name has at most {LONGEST} letters.")
    if spelling == subject.name:
        raise NoSpelling(f"“{spelling}” is how the catalogue itself writes the name.")
    return spelling


def _bearer(subject: Named, spelling: str) -> Named | None:
    """Return who else has that name in the films of *subject*, whatever the accents and capitals."""
    theirs = {"pk": subject.film_id} if isinstance(subject, Character) else {"credits__person": subject}
    films = Film.objects.filter(**theirs)
    text = search_text(spelling)
    other = PersonName.objects.filter(folded=text).exclude(kind=MISSPELLING).values("person")
    people = Person.objects.filter(Q(folded=text) | Q(pk__in=other), credits__film__in=films)
    aliases = CharacterName.objects.filter(folded=text).exclude(kind=MISSPELLING).values("character")
    characters = Character.objects.filter(Q(folded=text) | Q(pk__in=aliases), film__in=films)
    bearers: list[Named] = [*people[:2], *characters[:2]]
    return next((bearer for bearer in bearers if bearer != subject), None)


def _keep(subject: Named, spelling: str, kind: str, *, by: AbstractBaseUser | None) -> Spelling:
    with recorded(subject.film if isinstance(subject, Character) else subject, by=by, source="house list"):
        row, _ = subject.names.get_or_create(text=spelling, defaults={"kind": kind})
        if MISSPELLING in (kind, row.kind) and row.kind != kind:
            row.kind = kind
            row.save(update_fields=["kind"])
    return row
