"""Undoing: taking one change of a film or a person back, as a change of its own that can be undone too."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, ProtectedError, Q, RestrictedError
from django.db.utils import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format

from films import addresses
from films.changes import Snapshot, recorded, snapshot
from films.models import Change, ChangeAction, Character, Film, Genre, Image, Person
from films.restoring import lines, restore

OWN = ("slug", "imdb_id", "tmdb_id", "wikidata_id")  # What no two rows may share.
NAMED = 3


class UndoRefused(Exception):
    """A change that cannot be undone; it says why, in words for the desk."""


class Made(UndoRefused):
    """The film or person came into being with the change."""


class Overtaken(UndoRefused):
    """What stands there is not what the change left: later changes stand on it."""


class Mentioned(UndoRefused):
    """A character who would go is mentioned in articles."""


class Taken(UndoRefused):
    """Something else has come to have an address or an id that it had."""


class Gone(UndoRefused):
    """Something that it names is no longer in the catalogue."""


def undo(change: Change, *, by: AbstractBaseUser | None) -> Change:
    """Put what *change* is about back to what it was before, and return the Change that says so.

    Its rows have the ids they had; the address it has loses to the one it had, and leads there. What was deleted is
    made again, with its history, but pictures that showed it and old links that led to it do not find it again.
    People whom the change brought into the catalogue stay there. Raises UndoRefused, and then changes nothing.
    """
    subject = subject_of(change)
    try:
        with recorded(subject, by=by, action=ChangeAction.UNDONE, note=f"What was undone: {_told(change)}") as told:
            now = snapshot(subject)
            _check(change, subject, now)
            restore(subject, now=now, then=change.before)
            _follow(subject, now)
    except (ProtectedError, RestrictedError):
        raise Mentioned("An article has come to mention somebody who would go.") from None
    except IntegrityError:
        raise Taken("Something has just come to stand in the place of a row that it needs.") from None
    if told.change is None:
        raise Overtaken("Nothing differs any more.")
    return told.change


def check(change: Change) -> None:
    """Raise UndoRefused where *change* cannot be undone as things stand."""
    subject = subject_of(change)
    _check(change, subject, snapshot(subject))


def model_of(change: Change) -> type[Film | Person]:
    """Return whether *change* is of a film or of a person, also of one that is gone."""
    return Film if "titles" in (change.before or change.after) else Person


def subject_of(change: Change) -> Film | Person:
    """Return what *change* is about, as a row that is not there where that is gone."""
    pk = (change.before or change.after).get("facts", {}).get("id")
    return change.film or change.person or model_of(change)(pk=pk)


def stands(change: Change, now: Snapshot) -> bool:
    """Tell whether what is there *now* is what *change* left, whatever its people are called since."""
    return _essence(change.after) == _essence(now)


def _check(change: Change, subject: Film | Person, now: Snapshot) -> None:
    if not change.before:
        raise Made("It was made then. To undo that, delete it.")
    if not stands(change, now):
        raise Overtaken(_overtaken(change, subject, now))
    if "id" not in change.before["facts"]:
        raise Gone("What was written down of it is not enough to make it again.")
    _check_own(subject, change.before["facts"], now)
    if isinstance(subject, Film):
        _check_catalogue(change.before)
        _check_mentions(change.before, now)
    _check_picture(change.before["facts"])


def _overtaken(change: Change, subject: Film | Person, now: Snapshot) -> str:
    """Name the newest of the changes that stand on *change*."""
    if not now:
        return "It has been deleted since. Undo that first."
    later = list(subject.changes.filter(pk__gt=change.pk).select_related("by")[: NAMED + 1])
    if not later:
        return "It has been changed since in a way that left no history."
    named = "; ".join(map(_told, later[:NAMED]))
    return f"Later changes stand on it. Undo them first, from the newest on: {named}{' …' if later[NAMED:] else '.'}"


def _check_own(subject: Film | Person, facts: Snapshot, now: Snapshot) -> None:
    """Raise Taken where another row has an address or an id that *facts* claim."""
    model = type(subject)
    claimed = {name: facts[name] for name in OWN if facts[name] and facts[name] != now.get("facts", {}).get(name)}
    condition = Q(*claimed.items(), _connector=Q.OR)
    rival = model._default_manager.exclude(pk=subject.pk).filter(condition).first() if claimed else None
    if rival:
        name = next(name for name, value in claimed.items() if getattr(rival, name) == value)
        label = getattr(model._meta.get_field(name), "verbose_name", name)
        raise Taken(f"The {label} that it had, {claimed[name]}, is now that of {rival}.")
    here = model(pk=subject.pk, slug=now.get("facts", {}).get("slug", ""))
    if "slug" in claimed and claimed["slug"] in addresses.left(here, claimed["slug"]):
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


def _check_picture(facts: Snapshot) -> None:
    picture = facts.get("poster") or facts.get("portrait")
    if picture and not Image.objects.filter(pk=picture).exists():
        raise Gone(f"Its picture {picture} is no longer there.")


def _follow(subject: Film | Person, before: Snapshot) -> None:
    """Let the address that it had *before* lead to its own; what was made again has its history back."""
    if before:
        addresses.follow(subject, before["facts"]["slug"])
        return
    about = Q(before__facts__id=subject.pk) | Q(after__facts__id=subject.pk)
    orphans = Change.objects.filter(about, film=None, person=None).only("pk", "before", "after")
    own = [change.pk for change in orphans if model_of(change) is type(subject)]
    Change.objects.filter(pk__in=own).update(**{"film" if isinstance(subject, Film) else "person": subject})


def _essence(taken: Snapshot) -> Snapshot:
    """Return a snapshot without the names of the people credited, which are no facts of the film's."""
    credits: Snapshot = {part: taken[part] for part in ("cast", "crew") if part in taken}
    return {**taken, **{part: [{**line, "name": ""} for line in rows] for part, rows in credits.items()}}


def _told(change: Change) -> str:
    """Name *change*: "ana edited, 23 November 2026, 05:12"."""
    who = (change.by.get_full_name() or change.by.get_username()) if change.by else "A command"
    return f"{who} {change.get_action_display().lower()}, {date_format(timezone.localtime(change.at), 'j F Y, H:i')}"
