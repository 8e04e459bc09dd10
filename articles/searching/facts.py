"""The entries of films, people and characters: what each is found by, written in SQL from their own rows.

So one statement keeps them all, and the same one, narrowed to a row, is what a trigger runs; see `triggers`.
"""

from dataclasses import dataclass

from django.db import connections

from articles.searching import dialects


@dataclass(frozen=True, slots=True)
class Found:
    """What finds rows of a table: lines of names and of what they belong to, and the table of other names with its key.

    `shown` says which rows are for readers. All are SQL for a `row`, {nl} being a line's end.
    """

    table: str
    names: str
    others: str
    owner: str
    about: str = "''"
    shown: str = "TRUE"


FILM_LINES = "film.folded || {nl} || film.original_folded || {nl} || coalesce(CAST(film.year AS text), '')"
FOUND = {
    "film": Found(
        table="films_film",
        names="row.folded || {nl} || row.original_folded || {nl} || {others}",
        others="films_filmtitle",
        owner="film_id",
        about="{nl} || coalesce(CAST(row.year AS text), '') || {nl}",
    ),
    "person": Found("films_person", "row.folded || {nl} || {others}", "films_personname", "person_id"),
    "character": Found(
        table="films_character",
        names="row.folded || {nl} || {others}",
        others="films_charactername",
        owner="character_id",
        about="(SELECT {film} FROM films_film AS film WHERE film.id = row.film_id)",
        shown="NOT row.spoils",
    ),
}
OTHERS = "coalesce((SELECT {together}(other.folded, {nl}) FROM {table} AS other WHERE other.{owner} = row.id), '')"
TOGETHER = {"postgresql": "string_agg", "sqlite": "group_concat"}

FORGET = """
DELETE FROM articles_searchentry WHERE kind = '{kind}' AND {which_entry} AND NOT EXISTS (
  SELECT 1 FROM {table} AS row WHERE row.id = articles_searchentry.subject AND {shown});
"""
KEEP = """
INSERT INTO articles_searchentry (kind, subject, names, about, prose, text)
SELECT '{kind}', row.id, {names}, {about}, '', '' FROM {table} AS row WHERE {which} AND {shown}
ON CONFLICT (kind, subject) DO UPDATE SET names = excluded.names, about = excluded.about
WHERE articles_searchentry.names <> excluded.names OR articles_searchentry.about <> excluded.about;
"""


def refresh(*, using: str = "default") -> None:
    """Make the entries of all films, people and characters what they should be, whatever they were."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for kind in FOUND:
            for statement in kept(kind, connection.vendor):
                cursor.execute(statement)


def kept(kind: str, vendor: str, *, entry: str = "TRUE", rows: str = "TRUE") -> tuple[str, str]:
    """Return two statements that make the entries of *kind* right, for all or, by two conditions, for some.

    The first takes away what is no longer there, the second writes what is.
    """
    found, nl = FOUND[kind], dialects.newline(vendor)
    others = OTHERS.format(together=TOGETHER[vendor], nl=nl, table=found.others, owner=found.owner)
    names = dialects.folded_lines(found.names.format(nl=nl, others=others), vendor)
    about = found.about.format(nl=nl, film=dialects.folded_lines(FILM_LINES.format(nl=nl), vendor))
    words = {"kind": kind, "table": found.table, "shown": found.shown}
    return FORGET.format(**words, which_entry=entry), KEEP.format(**words, names=names, about=about, which=rows)
