"""Stale facts: what was right when the article was last published, and has changed in the film since."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from articles.models import Article
from articles.proofreading.claims import CAPITAL, claims
from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.proofreading.known import Known
from films.joining import listed
from films.models import Change, Credit, Department, Film

type Renamed = dict[str, tuple[str, str]]  # An old wording: what it is now, "" where nothing is; whose it is.


def check_stale(copy: Copy) -> Iterator[Finding]:
    """Find old wordings of what has changed of the film, and of the people it credits, since the last publication."""
    moment = _published(copy.article) if copy.article and copy.film else None
    if moment is None or copy.film is None:
        return
    first = Change.objects.of(copy.film).since(moment).values_list("before", flat=True).first() or {}
    yield from _numbers(copy, copy.film, first.get("facts", {}))
    people = Change.objects.filter(person__credits__film=copy.film).since(moment).distinct()
    before = people.values_list("person", "before__facts__id", "before__facts__name")
    renamed = _titles(copy.film, first) | _characters(copy.known, first) | _credits(copy, first)
    yield from _words(copy, renamed | _people(copy.known, before))


def _published(article: Article):
    """Return when the article last went before readers; None where it never did."""
    turns = article.publications.filter(starts__lte=timezone.now()).order_by("-starts")
    return turns.values_list("starts", flat=True).first()


def _numbers(copy: Copy, film: Film, before: dict[str, Any]) -> Iterator[Finding]:
    """Find the old year and running time where the prose says them of a film."""
    changed = {
        name: (str(before[name]), str(getattr(film, name) or ""))
        for name in ("year", "runtime")
        if before.get(name) and before[name] != getattr(film, name)
    }
    for claim in claims(copy) if changed else ():
        old, new = changed.get(claim.kind, ("", ""))
        if claim.said == old:
            yield _finding(copy, claim.place, new)


def _words(copy: Copy, renamed: Renamed) -> Iterator[Finding]:
    """Find old names wherever they stand by themselves: not in the new one, nor in a longer one."""
    if not renamed:
        return
    longest = sorted({*renamed, *(new for new, _ in renamed.values() if new)}, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w|\s+{CAPITAL})")
    for field in FIELDS:
        for match in pattern.finditer(copy.visible[field]):
            if match[0] in renamed:
                yield _finding(copy, Place(field, *match.span()), *renamed[match[0]])


def _finding(copy: Copy, place: Place, new: str, about: str = "") -> Finding:
    text = copy.typed(place)
    now = f"it is “{new}” now" if new else "it is so no more"
    message = f"“{text}” has changed in the film since this was published: {now}."
    return Finding("stale-fact", Level.WARNING, message, place, text, new or None, about)


def _titles(film: Film, before: dict[str, Any]) -> Renamed:
    old = before.get("facts", {}).get("title", "")
    return {old: (film.title, "")} if old and old != film.title else {}


def _characters(known: Known, before: dict[str, Any]) -> Renamed:
    old = {character["id"]: character["name"] for character in before.get("characters", ())}
    return {
        name: (known.characters[pk].name, known.characters[pk].about)
        for pk, name in old.items()
        if pk in known.characters and name != known.characters[pk].name
    }


def _people(known: Known, before: Iterable[tuple[int, int | None, str | None]]) -> Renamed:
    """Return what people were called; of several changes the oldest tells, but for those of who was merged into one."""
    old: dict[int, str] = {}
    for pk, who, name in before:
        if who in {pk, None}:
            old.setdefault(pk, name or "")
    return {
        name: (known.people[pk].name, known.people[pk].about)
        for pk, name in old.items()
        if name and pk in known.people and name != known.people[pk].name
    }


def _credits(copy: Copy, before: dict[str, Any]) -> Renamed:
    """Return the names of those who are credited no more, each with those who now stand in their place."""
    known, renamed = copy.known, {}
    still = {name for person in known.people.values() for name in (person.name, *person.others)}
    gone = [line for line in (*before.get("cast", ()), *before.get("crew", ())) if line["person"] not in known.people]
    crew = _crew(copy.film) if gone else {}
    for line in gone:
        played = {role["character"] for role in line["roles"]} & known.characters.keys()
        heirs = [known.people[pk].name for character in played for pk in known.characters[character].played_by]
        if line["department"] != Department.CAST:
            heirs = crew.get((line["department"], line["job"]), [])
        if line["name"] not in still:
            renamed[line["name"]] = (listed(list(dict.fromkeys(heirs))), "")
    return renamed


def _crew(film: Film | None) -> dict[tuple[str, str], list[str]]:
    crew: dict[tuple[str, str], list[str]] = {}
    lines = Credit.objects.filter(film=film).exclude(department=Department.CAST).billed()
    for department, job, name in lines.values_list("department", "job", "person__name"):
        crew.setdefault((department, job), []).append(name)
    return crew
