"""How single lines of pasted credits are laid out: each function reads one kind of line, or says None.

The kinds are those in which casts are found: encyclopaedias, databases, press kits, reviews, old text files. All of
them take time in proportion to the line: no pattern here may look at the same run of signs from each of its places.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from films.importing.entry import THEMSELVES, Entry, entry, unread, without_attributes

CREW = re.compile(
    r"(directed|written|produced|screenplay|story|music|edited|cinematography|director|writer|producer|editor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paste: its number from 1 on, what stood there, and that with spaces and signs made plain."""

    number: int
    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns of a line; which of them is the performer is decided for all pairs of one `kind` together."""

    line: Line
    left: str
    right: str
    kind: str

    def entry(self, *, turned: bool) -> Entry:
        """Return the pair with the performer on the left, or, *turned*, on the right."""
        name, part = (self.right, self.left) if turned else (self.left, self.right)
        return entry((self.line.number,), self.line.raw, name, part, guessed=self.kind in GUESSES)


type Read = Pair | list[Pair | Entry] | list[Entry] | None

BEGINNINGS = re.compile(
    "(?:a|after|an|and|as|at|before|both|but|by|for|from|in|on|the|then|there|when|while|with)", re.IGNORECASE
)
GUESSES = {"glued", "colon", "prose", "aside"}  # Kinds of pairs that may be something else altogether.

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_BULLET = re.compile(r"^\s*(?:[•‣▪◦●*#–—-]+\s+|\d{1,3}[.)]\s+)")
_WORD = r"[^\W\d_][\w'’.-]*+"
_FULL_NAME = re.compile(rf"{_WORD}(?:\s{_WORD})+")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*+"
_CAPITALISED = re.compile(rf"(?<![\w'’.-]){_CAPITAL}(?:\s{_CAPITAL})+")
_LINKED = re.compile(r"\{\{\s*(?:ill|interlanguage link|nowrap)\s*\|([^{}|]*+)[^{}]*+\}\}", re.IGNORECASE)


def plain(raw: str) -> str:
    """Return *raw* without invisible characters, its leaders as dots, its spaces as spaces; tabs stay."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", raw)).replace("…", "...").replace("\0", "")
    text = re.sub(r"[·∙․]{2,}", "...", text)
    return re.sub(r"[^\S\t\n]", " ", text).strip(" \n\r")


def is_name(text: str) -> bool:
    """Tell whether *text* could be what a person or a part is called."""
    text = without_attributes(text)
    words = text.split()
    if not 0 < len(words) <= 8 or not any(map(str.isalpha, text)) or len(text) > 100:
        return False
    return not re.search(r"[!?;:<>{}|=]|[a-z]{3,}\.$|https?:", text) and not text[0].islower()


def _is_part(text: str) -> bool:
    return is_name(text) or without_attributes(text).casefold() in THEMSELVES


def wikitext(line: Line) -> Read:
    """Read `* [[Jason Patric]] as Jim Raynor, an officer`, whatever references and templates trail."""
    bare = _without_markup(line.text)
    if bare == line.text and not re.match(r"[*#:]+", line.text):
        return None
    name, as_, part = re.sub(r"^[*#:]+\s*", "", bare).partition(" as ")
    if not as_ or not is_name(name):
        return None
    part, note = _described(part)
    return [entry((line.number,), line.raw, name, part, **({"note": note} if note else {}))]


def legacy(line: Line) -> Read:
    """Read `Patric, Jason  Rush (1991)  [Jim Raynor]  <1>`, a line of the list files that IMDb once gave out."""
    year = re.search(r"\(\d{4}(?:/[IVX]+)?\)", line.text)
    if not year:
        return None
    name, *film = re.split(r"\t+" if "\t" in line.text else r"\s{2,}", line.text[: year.start()], maxsplit=1)
    match = re.fullmatch(
        r"(?P<said>(?:\s*\([^()]*\))*+)\s*+(?:\[(?P<part>[^\]]*)\])?+\s*+(?:<(?P<place>\d{1,4})>)?",
        line.text[year.end() :],
    )
    if not match or not name or not film or re.search(r"[\t\[<]", name + film[0]):
        return None
    name = re.sub(r"\([IVXLC]+\)$", "", name.strip()).rstrip()
    place = int(match["place"]) if match["place"] else None
    of = f"{film[0].strip()} {year[0]}"
    return [entry((line.number,), line.raw, forwards(name) + match["said"], match["part"] or "", place=place, film=of)]


def starring(line: Line) -> Read:
    """Read `Starring A, B`, `with C`, `and D as E`."""
    match = re.fullmatch(
        r"(?P<how>(?:also |co-)?starring|featuring|introducing|guest starring|special appearances? by|with|and)\b"
        r"(?P<colon>\s*:)?\s+(?P<names>\S.*)",
        line.text,
        re.IGNORECASE,
    )
    if not match:
        return None
    how = match["how"].casefold()
    note = {"note": how} if how.startswith(("introducing", "guest", "special")) else {}
    names = [re.split(r" as ", name, maxsplit=1) for name in _listed(match["names"])]
    if not all(is_name(name) for name, *_ in names):
        return None
    return [entry((line.number,), line.raw, name, *part, **note) for name, *part in names]


def columns(line: Line) -> Read:
    """Read `Jason Patric ... Jim Raynor` with dots, tabs or wide gaps between, also spaced dots."""
    match = re.fullmatch(r"(\S.*?)\s*(?:\.{2,}|(?:\s\.){2,}\s?|\t+|\s{3,})[\s.]*(\S.*)", _unbulleted(line.text).strip())
    if not match or not (is_name(match[1]) and is_name(match[2])):
        return None
    capitals = match[1].isupper() and without_attributes(match[2]).isupper()
    return Pair(line, match[1], match[2], "capitals" if capitals else "columns")


def told(line: Line) -> Read:
    """Read `Jason Patric as Jim Raynor` and `Jason Patric plays Jim Raynor`."""
    match = re.fullmatch(r"(.+?)(?<!\s)\s+(?:as|plays|portrays)\s+(.+)", _unbulleted(line.text))
    if not match or "(" in match[1] or not (is_name(match[1]) and _is_part(match[2])):
        return None
    return [entry((line.number,), line.raw, match[1], match[2])]


def dashed(line: Line) -> Read:
    """Read `Jason Patric - Jim Raynor` with any dash."""
    match = re.fullmatch(r"(.+?)(?<!\s)\s+[-–—]+\s+(.+)", _unbulleted(line.text))
    if not match or CREW.match(match[1]) or not (is_name(match[1]) and is_name(match[2])):
        return None
    return Pair(line, match[1], match[2], "dashed")


def bracketed(line: Line) -> Read:
    """Read `Raynor (Jason Patric)`, alone on its line."""
    match = re.fullmatch(r"([^()]++)\(([^()]++)\)((?:\s*\([^()]*\))*+)", _unbulleted(line.text))
    if not match or (without_attributes(line.text) != line.text.strip() and not match[3]):
        return None
    if not (is_name(match[1]) and is_name(match[2])) or re.search(r"\d{4}", match[2]):
        return None
    return Pair(line, match[1].rstrip() + match[3], match[2], "bracketed")


def colon(line: Line) -> Read:
    """Read `Sam Elliott: Dodd`, a guess: many a line that says something else looks like it."""
    left, sign, right = _unbulleted(line.text).partition(": ")
    if not sign or CREW.match(left) or not (is_name(left) and is_name(right)):
        return None
    return Pair(line, left, right, "colon") if _is_full(left) or _is_full(right) else None


def prose(line: Line) -> Read:
    """Read every `Raynor (Jason Patric)` of a sentence; names that stand in the rest of it are told as not read."""
    found: list[Pair | Entry] = []
    rest, place = [], 0
    for match in re.finditer(r"\(([^()]*)\)", line.text):
        before, inside = line.text[place : match.start()], match[1]
        left = _leading_to(before)
        place = match.end()
        if left and is_name(inside) and (_FULL_NAME.fullmatch(inside) or (_is_full(left) and _is_full(inside, 1))):
            found.append(Pair(line, left, inside, "prose" if _FULL_NAME.fullmatch(inside) else "aside"))
            before = before[: before.rfind(left.split()[0])]
        rest.append(before)
    others = list(_named([*rest, line.text[place:]]))
    if found and others:
        named = ", ".join(others)[:100]
        found.append(unread(line.number, line.raw, f"Other names of this line were not read: {named}."))
    return found or None


def glued(line: Line) -> Read:
    """Read `Sam ElliottDodd`, which is only ever a guess: the last place where a small letter meets a capital."""
    text = _unbulleted(line.text)
    if not is_name(text):
        return None
    places = [match.end() for match in re.finditer(r"[^\W\d_A-Z](?=[A-Z][^\W\d_])", text)]
    places = [place for place in places if not re.search(r"\b(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz)$", text[:place])]
    if not places:
        return None
    return Pair(line, text[: places[-1]], text[places[-1] :], "glued")


def forwards(name: str) -> str:
    """Return "Patric, Jason" as "Jason Patric"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name


LAYOUTS = (legacy, wikitext, starring, columns, told, dashed, bracketed, prose, colon, glued)


def _is_full(text: str, words: int = 2) -> bool:
    """Tell whether *text* is so many words at least, each with a capital."""
    said = without_attributes(text).split()
    return len(said) >= words and all(word[0].isupper() or not word[0].isalpha() for word in said)


def _unbulleted(text: str) -> str:
    return _BULLET.sub("", text)


def _without_markup(text: str) -> str:
    """Return wikitext as readers see it."""
    text = _without_between(text, r"<!--", r"-->")
    text = re.sub(r"<ref[^<>]*/>", "", text, flags=re.IGNORECASE)
    text = _without_between(text, r"<ref[^<>]*+>", r"</ref>")
    text = re.sub(r"</?[a-z]++[^<>]*+>", "", text, flags=re.IGNORECASE)
    text = _LINKED.sub(r"\1", text)
    text = _without_templates(text)
    text = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*?)\]\]", lambda match: _target(match[0], match[1]), text)
    text = re.sub(r"\[https?:[^\s\[\]]++\s*+([^\[\]]*+)\]", r"\1", text)
    return text.replace("'''", "").replace("''", "").strip()


def _without_between(text: str, opening: str, closing: str) -> str:
    """Return *text* without what stands from each *opening* to the next *closing*, these too."""
    start, end = re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE)
    kept, place = [], 0
    while (first := start.search(text, place)) and (last := end.search(text, first.end())):
        kept.append(text[place : first.start()])
        place = last.end()
    return "".join([*kept, text[place:]])


def _without_templates(text: str) -> str:
    """Return *text* without `{{templates}}`, nested as they may be; one that never ends stays."""
    opened: list[int] = []
    cuts: list[tuple[int, int]] = []
    for match in re.finditer(r"\{\{|\}\}", text):
        if match[0] == "{{":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            while cuts and cuts[-1][0] > start:
                cuts.pop()
            cuts.append((start, match.end()))
    starts, ends = [start for start, _ in cuts], [end for _, end in cuts]
    return "".join(text[start:end] for start, end in zip([0, *ends], [*starts, len(text)], strict=True))


def _target(link: str, shown: str) -> str:
    """Return what a link shows; a link without words of its own goes without what tells its target apart."""
    return shown if "|" in link else re.sub(r"\([^()]*\)$", "", shown).rstrip()


def _described(part: str) -> tuple[str, str]:
    """Part a part from the description that follows it: "Jim Raynor, an undercover officer"."""
    match = re.match(r"(.+?)(?:[,:;]\s+|(?<!\s)\s+[–—-]\s+)((?:an?|the|his|her|who|[a-z]).*)$", part)
    return (match[1], match[2][:200]) if match else (part, "")


def _listed(text: str) -> Iterator[str]:
    """Yield the names of a list in prose; the comma of "Jr." belongs to its name, and "with" to none."""
    joined = re.sub(r", (Jr|Sr|I{2,3}|IV)\b", r" \1", " ".join(text.split()))
    for piece in re.split(r"\s?[,;]\s?(?:and\s|&\s)?|\s&\s|\sand\s(?=[^\W\da-z])", joined):
        if name := re.sub(r"^(?:also\s)?(?:with|featuring)\s", "", piece):
            yield name


def _named(pieces: Iterable[str]) -> Iterator[str]:
    """Yield what looks like a full name in *pieces* of a sentence, without the small word that may begin it."""
    for piece in pieces:
        for match in _CAPITALISED.finditer(piece):
            first, _, rest = match[0].partition(" ")
            name = rest if BEGINNINGS.fullmatch(first) else match[0]
            if " " in name:
                yield name


def _leading_to(text: str) -> str:
    """Return the capitalised words at the end of *text*, one space behind each: in "when officer Jim Raynor ", two."""
    words: list[str] = []
    pieces = re.findall(r"[\w'’.-]+|\s|[^\w\s'’.-]+", text)
    while len(pieces) > 1 and pieces.pop().isspace():
        piece = pieces.pop()
        word = re.sub(r"^[\W\d_]+", "", piece)
        if not word or word[0].islower():
            break
        words.insert(0, word)
        if word != piece:
            break
    return " ".join(words)
