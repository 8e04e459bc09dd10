"""References: each stands for something that there is."""

from collections.abc import Iterator
from difflib import get_close_matches

from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level, Place
from articles.rendering.references import Reference, references_in


def check_references(copy: Copy) -> Iterator[Finding]:
    """Find references and facts that stand for nothing; readers see their labels, or a gap."""
    if not copy.rendered.broken:
        return
    for reference in references_in(copy.body):
        if reference.target in copy.rendered.broken:
            place = Place("body", reference.start, reference.end)
            text = copy.typed(place)
            suggestion = _meant(copy, reference, text)
            yield Finding("reference-broken", Level.ERROR, _problem(copy, reference), place, text, suggestion)


def _problem(copy: Copy, reference: Reference) -> str:
    """Say why *reference* stands for nothing."""
    if not reference.kind:
        return "This is no reference: write [[person:…]], [[character:…]], [[film:…]] or a fact such as [[film.year]]."
    if copy.film is None and (reference.kind in {"character", "cast"} or not reference.key):
        return "The piece is filed under no film, so nothing can stand here."
    if reference.kind == "cast":
        return "The film has no cast yet."
    if reference.fact:
        return f"The film is not known, or its {reference.fact.replace('-', ' ')} is not."
    where = "this film has" if reference.kind == "character" else "there is"
    return f"There is no “{reference.key}”: {where} no {reference.kind} with that address."


def _meant(copy: Copy, reference: Reference, text: str) -> str | None:
    """Return *text* with the address of the film's that is most like the one typed, if one is like it."""
    rows = {"person": copy.known.people, "character": copy.known.characters}.get(reference.kind, {})
    near = get_close_matches(reference.key.lower(), [named.slug for named in rows.values()], n=1, cutoff=0.8)
    return text.replace(reference.key, near[0], 1) if near else None
