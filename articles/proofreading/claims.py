"""Claims: what the prose says of a film in words that a film's credits can answer, whichever film it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.proofreading.copy import FIELDS, Copy
from articles.proofreading.findings import Place
from articles.proofreading.known import Named

NOUN = r"(?:film|movie|picture|drama|thriller|comedy|western|romance|musical|noir|crime[- ]drama|documentary)"
ELSEWHERE = r"(?!\s+(?:festival|festivals|awards?|industry|critics?|version|cut))"
CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_]"
PART = rf"{CAPITAL}(?:\.|[\w'’-]*)(?<!['’]s)"  # A part of a name: "Leigh", "K."
NAME = rf"{PART}(?:\s+(?:(?:de|del|la|van|von|der|di|da|du|le)\s+)*{PART}){{1,3}}"
YEAR = re.compile(
    rf"(?P<some>\b(?:[Ii]n|[Ff]rom|[Ll]ike|[Uu]nlike|[Tt]han|[Ww]ith|[Bb]y|[Oo]f)\s+(?=[Aa]n?\s))?"
    rf"\b(?:[Aa]n?|[Tt]h(?:e|is|at)|\w+['’]s)\s+(?:[a-z][\w-]*\s+)?(?P<value>(?:18|19|20)\d\d)\s+(?:[a-z][\w-]*\s+){{0,3}}?{NOUN}s?\b{ELSEWHERE}"
)
RUNTIME = re.compile(
    rf"(?P<value>\d{{2,3}})(?:[- ]minute|-minutes)(?:[- ]long)?\s+(?:[a-z][\w-]*\s+){{0,3}}?{NOUN}\b{ELSEWHERE}"
    r"|\b(?:runs|running|lasts|clocks in at|(?:running time|runtime) (?:is|of))\s+(?:for\s+)?"
    r"(?P<length>\d{2,3})\s+minutes\b"
)
ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|over|under|the first|the last)\s+(?:an?\s+)?$", re.IGNORECASE
)
DENIAL = re.compile(
    r"(?:\b(?:no|not|never|neither|nor|any|every|hardly|scarcely|barely|were)|n['’]t)\s+"
    r"(?:(?:just|quite|really|your)\s+)?(?:(?:an?|the)\s+)?(?:[a-z][\w-]*\s+)?$",
    re.IGNORECASE,
)
NOT_MADE = re.compile(
    rf"\b(?:(?:no|any|every|each|another)\s+(?:\w+\s+)?{NOUN}s?|(?:might|could|should|would)\s+have\s+been"
    r"|had\s+(?:it|the\s+film)\s+been|to\s+(?:be|have\s+been)|not|never|almost|nearly|originally)\s+$",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"s?\s+(?:[a-z]+\s+)?(?:would|could|might|should)\b"
    r"|s?\s+(?:of|in)\s+(?:the\s+same|this|that|its|such\s+an?|any)\s+(?:kind|sort|type|vein|genre|era)\b"
)
MAKERS = re.compile(r"\b(?:[Dd]irected|(?P<wrote>[Ww]ritten|[Ss]cripted|[Ss]creenplay))\s+by\s+")
WORK = (
    r"(?:novel|book|memoir|songs?|album|soundtrack|record|single|score|play|poem|article|pilot|episode|series|show|video"
    r"|remake|sequel|trailer)"
)
OTHER_WORK = re.compile(
    rf"\b(?:{WORK}|music|story|scenes?|unit|adaptation|version|lyrics)(?:\s+\S+)?\s*,?\s*(?:(?:is|was|were|and|that|which)\s+)*$"
)
PART_OF_FILM = r"(?:scene|shot|sequence|raid|trial|chase|cut|edition|making-of|commentary|script)"
WORK_SUBJECT = re.compile(
    r"(?:^|\n\s*\n|[.!?;:]['\"”’)]*\s+|,\s+(?:and|but|while|whereas)\s+)(?:(?:on|in|for|but|and|while|as)\s+)?"
    r"(?:an?|the|this|that|each|every|his|her|its|their|our|[\w ]{1,40}['’]s)\s+(?:[\w-]+\s+){0,2}?"
    rf"(?:{WORK}|{PART_OF_FILM})s?\b(?P<rest>(?:(?!\n\s*\n)[^.!?;])*)$",
    re.IGNORECASE,
)
FILM = re.compile(rf"(?!\s+(?:is|was)\s).*\b{NOUN}s?\b", re.IGNORECASE | re.DOTALL)
LONGEST = 300  # characters of a sentence
AND = re.compile(r"\s*(?:,\s*and|,|&|and)\s+")
DENIED = re.compile(r"\b(?:not|never|almost|originally|first|nearly|once)\s*$")
PLAYS = re.compile(rf"\s+(?:plays|played|portrays|portrayed|stars as|starred as|as)\s+(?:{CAPITAL}[\w.]*\s+)?")
PLAYED_BY = re.compile(r",?\s+(?:(?:is|was|as|who is|who was)\s+)?(?:played|portrayed)\s+by\s+")
IN_BRACKETS = re.compile(r"\s*\(\s*")
NAMED = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement: `kind` is year, runtime, director, writer or role; `said` what is said, at `place`.

    Of a maker or a performer `name` is who that is, where the film knows; of a role, `character` who is played.
    """

    kind: str
    place: Place
    said: str
    name: Named | None = None
    character: Named | None = None


def claims(copy: Copy) -> Iterator[Claim]:
    """Yield what every field of *copy* claims, field by field."""
    for field in FIELDS:
        text = copy.visible[field]
        yield from _numbers(field, text)
        yield from _years_in_brackets(copy, field, text)
        names = {
            match.start: (match.end, match.name) for match in copy.reading.matches if match.words[0].field == field
        }
        yield from _makers(field, text, names)
        yield from _roles(field, text, names)


type Names = dict[int, tuple[int, Named | None]]


def _numbers(field: str, text: str) -> Iterator[Claim]:
    for match in YEAR.finditer(text):
        if not match["some"] and not _supposed(text, match, "value"):
            yield Claim("year", Place(field, *match.span("value")), match["value"])
    for match in RUNTIME.finditer(text):
        group = "value" if match["value"] else "length"
        about = ABOUT.search(text, max(match.start(group) - 30, 0), match.start(group))
        if not about and not _supposed(text, match, group):
            yield Claim("runtime", Place(field, *match.span(group)), match[group])


def _supposed(text: str, match: re.Match[str], group: str) -> bool:
    """Whether a number is denied, of something like the film, or of another work: "no 90-minute movie"."""
    start = match.start(group)
    denied = DENIAL.search(text, max(start - 40, 0), start)
    return bool(denied or SUPPOSED.match(text, match.end()) or _of_other_work(text, start))


def _of_other_work(text: str, place: int) -> bool:
    """Whether what is said at *place* has a book, an album and the like for its subject, and no film after it."""
    subject = WORK_SUBJECT.search(text, max(place - LONGEST, 0), place)
    return bool(subject and not FILM.match(subject["rest"]))


def _years_in_brackets(copy: Copy, field: str, text: str) -> Iterator[Claim]:
    """Find the year after the film's own title: "Rush (1991)"."""
    for title in {copy.film.title, copy.film.original_title} - {""} if copy.film else ():
        for match in re.finditer(rf"(?<!\w){re.escape(title)}[”\"’'\s]*\((?P<value>(?:18|19|20)\d\d)\)", text):
            yield Claim("year", Place(field, *match.span("value")), match["value"])


def _makers(field: str, text: str, names: Names) -> Iterator[Claim]:
    for match in MAKERS.finditer(text):
        place = match.end()
        before = max(match.start() - 60, 0), match.start()
        if OTHER_WORK.search(text, *before) or NOT_MADE.search(text, *before) or _of_other_work(text, match.start()):
            continue
        while found := _name_at(text, place, names):
            end, name = found
            kind = "writer" if match["wrote"] else "director"
            yield Claim(kind, Place(field, place, end), text[place:end], name)
            following = AND.match(text, end)
            place = following.end() if following else len(text)


def _roles(field: str, text: str, names: Names) -> Iterator[Claim]:
    for start, (end, name) in names.items():
        if name is None or DENIED.search(text, max(start - 15, 0), start):
            continue
        if name.kind == "person":
            yield from _part_of(Place(field, start, end), text, names, name)
        else:
            yield from _performer_of(field, text, names, end, name)
            yield from _stranger_before(field, text, start, name)


def _part_of(place: Place, text: str, names: Names, person: Named) -> Iterator[Claim]:
    """Find "Patric plays Raynor" and "Patric (Raynor)"."""
    for between in filter(None, (PLAYS.match(text, place.end), IN_BRACKETS.match(text, place.end))):
        after, character = names.get(between.end()) or (0, None)
        closed = between.re is PLAYS or text[after : after + 1] in {")", ","}
        if character and character.kind == "character" and closed:
            yield Claim("role", place, text[place.start : place.end], person, character)
            return


def _performer_of(field: str, text: str, names: Names, end: int, character: Named) -> Iterator[Claim]:
    """Find "Raynor is played by Patric" and "Raynor (Patric)"; in brackets, only whom the film knows."""
    for between in filter(None, (PLAYED_BY.match(text, end), IN_BRACKETS.match(text, end))):
        found = _name_at(text, between.end(), names)
        known = found and (found[1] and found[1].kind == "person")
        if found and (known or (between.re is PLAYED_BY and found[1] is None)):
            yield Claim(
                "role", Place(field, between.end(), found[0]), text[between.end() : found[0]], found[1], character
            )
            return


def _stranger_before(field: str, text: str, start: int, character: Named) -> Iterator[Claim]:
    """Find "Val Kilmer plays Raynor", whom the film does not know."""
    begin = max(start - 90, 0)
    for match in re.finditer(rf"({NAME})(?:{PLAYS.pattern})$", text[begin:start]):
        place = Place(field, begin + match.start(1), begin + match.end(1))
        yield Claim("role", place, match[1], None, character)


def _name_at(text: str, place: int, names: Names) -> tuple[int, Named | None] | None:
    """Return where the name that begins at *place* ends, and whose it is; None where no name does."""
    if place in names:
        return names[place]
    match = NAMED.match(text, place)
    return (match.end(), None) if match else None
