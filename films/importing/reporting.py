"""What the commands say of an import, in words: how a line was understood, and what became of a cast."""

from collections.abc import Iterator

from films.importing.applying import FLAGS, Outcome
from films.importing.credited import Imported
from films.importing.entry import Entry
from films.importing.matching import Match, State
from films.models import Person

KINDS = ("added", "changed", "unchanged", "missing")


def understood(each: Match) -> str:
    """Return one line on how an entry was understood: who, as whom, in which manner, and what speaks for it."""
    entry = each.entry
    lines = "-".join(dict.fromkeys(map(str, (entry.lines[0], entry.lines[-1]))))
    if each.state == State.UNREAD:
        return f"line {lines}: {each.state}: {entry.text.strip()} ({each.reason})"
    who = f"{entry.name}{f' as {" / ".join(entry.parts)}' if entry.parts else ''}{_manner(entry)}"
    known = "; ".join(map(_evidence, each.candidates))
    return (
        f"line {lines}: {each.state}: {who}{f' ({each.reason})' if each.reason else ''}{f': {known}' if known else ''}"
    )


def became(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each thing that can become of a cast, with the names; who is missing stays."""
    for kind in KINDS:
        names = getattr(outcome, kind)
        yield f"{kind}: {len(names)}{f' ({", ".join(names)})' if names else ''}"


def told(imported: Imported) -> str:
    """Return one line on what became of a film's credits; names where something differs, numbers elsewhere."""
    outcome = imported.outcome
    kinds = ", ".join(
        f"{len(names)} {kind}{f' ({", ".join(names)})' if names and kind != 'unchanged' else ''}"
        for kind in KINDS
        if (names := getattr(outcome, kind))
    )
    newcomers = ", ".join(str(person) for person in imported.people)
    return "; ".join(
        filter(
            None,
            [
                f"{imported.film}: {'a new film; ' if imported.made else ''}{kinds or 'no credits'}",
                f"new people: {newcomers}" if newcomers else "",
            ],
        )
    )


def _manner(entry: Entry) -> str:
    said = [called for name, called in FLAGS.items() if getattr(entry, name)]
    credited = [f"credited as {entry.credited_as}"] if entry.credited_as else []
    return "".join(f" ({each})" for each in (*credited, *said, *filter(None, [entry.note])))


def _evidence(person: Person) -> str:
    films = ", ".join(str(credit.film) for credit in person.known_credits)  # type: ignore[attr-defined]
    return ", ".join(filter(None, [str(person), f"/people/{person.slug}/", person.years, films]))
