"""What references show: links, facts, cast tables, and to editors a mark where there is nothing to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.rendering.spoilers import spoiler
from articles.rendering.targets import Reference
from articles.rendering.typography import smarten
from films.models import Character, Credit, Film, Person, Role
from films.roll import unbilled_order
from films.templatetags.films import notes


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in place of a reference: its HTML, and its words alone."""

    html: str
    text: str


def install(parser: MarkdownIt) -> None:
    """Teach *parser* to write what references resolved to: a Shown in each of their tokens."""
    parser.add_render_rule("reference", _html)
    parser.add_render_rule("cast", _html)


def person(row: Person, reference: Reference) -> Shown:
    """Link to a person."""
    return _link(smarten(reference.label) or row.name, row.get_absolute_url(), f"person-{row.pk}")


def character(row: Character, film: Film, reference: Reference) -> Shown:
    """Link to a character, on the page of the film it is in, which shows no place of a character that spoils."""
    address = film.get_absolute_url() + ("" if row.spoils else f"#character-{row.slug}")
    return _link(smarten(reference.label) or row.name, address, f"character-{row.pk}")


def closed(said: Shown) -> Shown:
    """Return *said* behind a switch; its words are those of a spoiler."""
    return Shown(spoiler(said.html), said.text)


def film(row: Film, reference: Reference) -> Shown:
    """Link to a film, by title and year where there is no label."""
    year = f" ({row.year})" if row.year else ""
    text = smarten(reference.label) or f"{row.title}{year}"
    inside = escape(text) if reference.label else f"<cite>{escape(row.title)}</cite>{year}"
    return Shown(f'<a class="reference reference--film" href="{escape(row.get_absolute_url())}">{inside}</a>', text)


def fact(value: str) -> Shown:
    """Say a fact, in plain words."""
    return Shown(escape(value), value)


def cast(credits: Sequence[Credit], film: Film) -> Shown:
    """Return a table of the people and their parts; it has no words of the text's own."""
    year = f" ({film.year})" if film.year else ""
    unbilled = all(credit.billing is None for credit in credits)
    order = f", {unbilled_order(credits).lower()}" if unbilled and unbilled_order(credits) else ""
    caption = f"<caption>Cast of <cite>{escape(film.title)}</cite>{year}{order}</caption>"
    head = "<thead><tr><th>Name</th><th>Part</th></tr></thead>"
    rows = "\n".join(_row(credit, first=credit is credits[0]) for credit in credits)
    return Shown(f'<table class="cast-table">{caption}\n{head}\n<tbody>\n{rows}\n</tbody></table>\n', "")


def missing(reference: Reference, *, marks: bool) -> Shown:
    """Show the label alone, and to editors a mark that says what there is not."""
    label = smarten(reference.label)
    if not marks:
        return Shown(escape(label), label)
    lack = f"{lacking(reference)}: {label}" if label else lacking(reference)
    mark = f'<span class="broken">{escape(lack)}</span>'
    return Shown(f"<p>{mark}</p>\n" if reference.kind == "cast" else mark, label)


def lacking(reference: Reference) -> str:
    """Say what it is that a broken reference asks for in vain."""
    if reference.kind == "cast":
        return "There is no cast to show"
    if reference.fact:
        return f"There is no {reference.fact} known of {f'“{reference.key}”' if reference.key else 'the film'}"
    if reference.kind:
        return f"There is no {reference.kind} “{reference.key}”"
    if reference.key.lower().startswith("cast"):
        return "A cast table stands alone on its line"
    return f"This is no reference: “{reference.key}”"


def _link(text: str, address: str, card: str) -> Shown:
    html = f'<a class="reference" href="{escape(address)}" data-card="{card}">{escape(text)}</a>'
    return Shown(html, text)


def _row(credit: Credit, *, first: bool) -> str:
    """Return a line of a cast table, in the words of the film's page."""
    name = _link(credit.person.name, credit.person.get_absolute_url(), f"person-{credit.person_id}").html
    joiner = f"{escape(credit.joiner)} " if credit.joiner and not first else ""
    parts = " / ".join(_part(role) for role in credit.roles.all()) or ("as self" if credit.as_self else "")
    renamed = f" (credited as {escape(credit.credited_as)})" if credit.is_renamed else ""
    said = f" ({escape(', '.join(notes(credit)))})" if notes(credit) else ""
    return f"<tr><td>{joiner}{name}</td><td>{(parts + renamed + said).strip()}</td></tr>"


def _part(role: Role) -> str:
    """Return a part; where the character is a spoiler, behind a switch."""
    label = escape(role.label)
    return spoiler(label) if role.character and role.character.spoils else label


def _html(renderer, tokens: list[Token], index: int, options, env) -> str:
    return tokens[index].meta["shown"].html
