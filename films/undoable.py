"""Undoable: whether a change of a film or a person can be taken back as things stand, and why not."""

from collections.abc import Collection

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format

from films import addresses
from films.changes import Snapshot
from films.models import Change, Character, Film, Genre, Image, Person
from films.restoring import lines

OWN = ("slug", "imdb_id", "tmdb_id", "wikidata_id")  # What no two rows may share.
CALLED = {Film: ("title", "year", "disambiguation", "slug"), Person: ("name", "disambiguation", "slug")}
NAMED = 3


class UndoRefused(Exception):
    """A change that cannot be undone; it says why, in words for the desk."""


class Made(UndoRefused):
    """The film or person came into being with the change."""


class InUse(UndoRefused):
    """Something that came into being with the change has come to be used."""


class OnlyPart(UndoRefused):
    """The change is part of another one, and is undone with that alone."""


class Overtaken(UndoRefused):
    """What stands there is not what the change left: later changes stand on it."""


class Mentioned(UndoRefused):
    """A character who would go is mentioned in articles."""


class Taken(UndoRefused):
    """Something else has come to have an address or an id that it had."""


class Gone(UndoRefused):
    """Something that it names is no longer in the catalogue."""


def model_of(change: Change) -> type[Film | Person]:
    """Return whether *change* is of a film or of a person, also of one that is gone."""
    return Film if "titles" in (change.before or change.after) else Person


def subject_of(change: Change) -> Film | Person:
    """Return what *change* is about, as a row that is not there where that is gone, or merged into what has it now."""
    facts, row = (change.before or change.after).get("facts", {}), change.film or change.person
    if row and facts.get("id", row.pk) == row.pk:
        return row
    known = {name: facts[name] for name in CALLED[model_of(change)] if name in facts}
    return model_of(change)(pk=facts.get("id"), **known)


def merged_into(change: Change) -> Film | Person | None:
    """Return what has come to have *change* in its history, since it was merged with what that is about."""
    row = change.film or change.person
    return row if row and row.pk != subject_of(change).pk else None


def stands(change: Change, now: Snapshot) -> bool:
    """Tell whether what is there *now* is what *change* left, whatever its people are called since."""
    return _essence(change.after) == _essence(now)


def require(change: Change, subject: Film | Person, now: Snapshot) -> None:
    """Raise UndoRefused where *change* of *subject*, of which *now* is the snapshot, cannot be undone by itself."""
    if not change.before:
        raise Made("It was made then. To undo that, delete it.")
    require_standing(change, subject, now)
    if "id" not in change.before["facts"]:
        raise Gone("What was written down of it is not enough to make it again.")
    require_own(subject, change.before["facts"], now)
    if isinstance(subject, Film):
        _check_catalogue(change.before)
        _check_mentions(change.before, now)
    require_picture(change.before["facts"], now)


def require_standing(change: Change, subject: Film | Person, now: Snapshot) -> None:
    """Raise Overtaken where something else stands *now* than *change* left."""
    if not stands(change, now):
        raise Overtaken(_overtaken(change, subject, now))


def _overtaken(change: Change, subject: Film | Person, now: Snapshot) -> str:
    """Name the newest of the changes that stand on *change*."""
    if heir := merged_into(change):
        return f"It has been merged into {heir} since. Undo that first."
    if not now:
        return "It has been deleted since. Undo that first."
    later = list(subject.changes.filter(pk__gt=change.pk).select_related("by")[: NAMED + 1])
    if not later:
        return "It has been changed since in a way that left no history."
    named = "; ".join(map(told, later[:NAMED]))
    return f"Later changes stand on it. Undo them first, from the newest on: {named}{' …' if later[NAMED:] else '.'}"


def require_own(
    subject: Film | Person,
    facts: Snapshot,
    now: Snapshot,
    *,
    among: Collection[int | None] = (),
    leads: Collection[int | None] = (),
) -> None:
    """Raise Taken where another row has an address or an id that *facts* claim.

    Rows *among* those that change with it are none of the others, nor are the redirects *leads*, which do too.
    """
    model = type(subject)
    claimed = {name: facts[name] for name in OWN if facts[name] and facts[name] != now.get("facts", {}).get(name)}
    condition = Q(*claimed.items(), _connector=Q.OR)
    rival = model._default_manager.exclude(pk__in=[subject.pk, *among]).filter(condition).first() if claimed else None
    if rival:
        name = next(name for name, value in claimed.items() if getattr(rival, name) == value)
        label = getattr(model._meta.get_field(name), "verbose_name", name)
        raise Taken(f"The {label} that it had, {claimed[name]}, is now that of {rival}.")
    here = model(pk=subject.pk, slug=now.get("facts", {}).get("slug", ""))
    if "slug" in claimed and claimed["slug"] in addresses.left(here, claimed["slug"], but=leads):
        raise Taken(f"Old links to something else lead from the address that it had, {claimed['slug']}.")


def _check_catalogue(then: Snapshot) -> None:
    """Raise Gone where somebody credited, or a genre, is no longer there."""
    people = {line["person"]: line["name"] for line in lines(then)}
    known = set(Person.objects.filter(pk__in=people).values_list("pk", flat=True))
    genres = set(then["facts"]["genres"])
    genres -= set(Genre.objects.filter(name__in=genres).values_list("name", flat=True))
    gone = sorted({name for pk, name in people.items() if pk not in known} | genres)
    if gone:
        raise Gone(f"No longer in the catalogue: {', '.join(gone)}.")


def _check_mentions(then: Snapshot, now: Snapshot) -> None:
    """Raise Mentioned where articles mention a character who would go."""
    kept = {row["id"] for row in then["characters"]}
    going = Character.objects.filter(pk__in=[row["id"] for row in now.get("characters", ()) if row["id"] not in kept])
    mentioned = going.order_by("pk").annotate(articles=Count("mentions__revision__article", distinct=True))
    named = [f"{row.name} ({row.articles} article{'s' * (row.articles > 1)})" for row in mentioned if row.articles]
    if named:
        raise Mentioned(f"These characters would go, whom articles mention: {', '.join(named)}.")


def require_picture(facts: Snapshot, now: Snapshot) -> None:
    """Raise Gone where the picture that *facts* have, and *now* has not, is no longer there."""
    picture, known = (said.get("poster") or said.get("portrait") for said in (facts, now.get("facts", {})))
    if picture and picture != known and not Image.objects.filter(pk=picture).exists():
        raise Gone(f"Its picture {picture} is no longer there.")


def _essence(taken: Snapshot) -> Snapshot:
    """Return a snapshot without the names of the people credited, which are no facts of the film's.

    What was not taken down yet when it was written is what it is by default.
    """
    if "titles" not in taken:
        return taken
    lines: Snapshot = {
        part: [{**line, "name": ""} for line in taken[part]] for part in ("cast", "crew") if part in taken
    }
    characters = [{"addresses": [], **row} for row in taken.get("characters", ())]
    facts = {"source": "", "verified_on": None, **taken.get("facts", {})}
    return {**taken, **lines, "characters": characters, "facts": facts}


def told(change: Change) -> str:
    """Name *change*: "ana edited, 23 November 2026, 05:12"."""
    who = (change.by.get_full_name() or change.by.get_username()) if change.by else "A command"
    return f"{who} {change.get_action_display().lower()}, {date_format(timezone.localtime(change.at), 'j F Y, H:i')}"
