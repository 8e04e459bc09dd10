"""The entries of films, people and characters: what each is found by, written in SQL from their own rows.

So one statement keeps them all, and the same one, narrowed to a row, is what a trigger runs; see `triggers`.
"""

from django.db import connections

from articles.searching import dialects

# What finds a thing: the table, its lines of names and of what it belongs to, and which rows are for readers.
FOUND = {
    "film": {
        "table": "films_film",
        "names": "row.folded || {nl} || row.original_folded || {nl} || " + "{others}",
        "others": ("films_filmtitle", "film_id"),
        "about": "{nl} || coalesce(CAST(row.year AS text), '') || {nl}",
    },
    "person": {
        "table": "films_person",
        "names": "row.folded || {nl} || " + "{others}",
        "others": ("films_personname", "person_id"),
        "about": "''",
    },
    "character": {
        "table": "films_character",
        "names": "row.folded || {nl} || " + "{others}",
        "others": ("films_charactername", "character_id"),
        "about": "{film}",
        "shown": "NOT row.spoils",
    },
}
OTHERS = "coalesce((SELECT {together}(other.folded, {nl}) FROM {table} AS other WHERE other.{column} = row.id), '')"
FILM = "(SELECT {lines} FROM films_film AS film WHERE film.id = row.film_id)"
FILM_LINES = "film.folded || {nl} || film.original_folded || {nl} || coalesce(CAST(film.year AS text), '')"

FORGET = """
DELETE FROM articles_searchentry WHERE kind = '{kind}' AND {which_entry} AND NOT EXISTS (
  SELECT 1 FROM {table} AS row WHERE row.id = articles_searchentry.subject AND {shown});
"""
KEEP = """
INSERT INTO articles_searchentry (kind, subject, names, about, prose, text)
SELECT '{kind}', row.id, {names}, {about}, '', '' FROM {table} AS row WHERE {which} AND {shown}
ON CONFLICT (kind, subject) DO UPDATE SET names = excluded.names, about = excluded.about;
"""


def refresh(*, using="default"):
    """Make the entries of all films, people and characters what they should be, whatever they were."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for kind in FOUND:
            for statement in kept(kind, connection.vendor):
                cursor.execute(statement)


def kept(kind, vendor, *, entry="TRUE", rows="TRUE"):
    """Return the two statements that make the entries of *kind* right, for all or the *rows* told."""
    found, nl = FOUND[kind], dialects.newline(vendor)
    words = {"kind": kind, "table": found["table"], "shown": found.get("shown", "TRUE")}
    film = FILM.format(lines=dialects.folded_lines(FILM_LINES.format(nl=nl), vendor))
    names = found["names"].format(nl=nl, others=_others(*found["others"], vendor))
    columns = {
        "names": dialects.folded_lines(names, vendor),
        "about": found["about"].format(nl=nl, film=film),
    }
    return FORGET.format(**words, which_entry=entry), KEEP.format(**words, **columns, which=rows)


def _others(table, column, vendor):
    """Return SQL for a row's other names, a line each."""
    together = "string_agg" if vendor == "postgresql" else "group_concat"
    return OTHERS.format(together=together, nl=dialects.newline(vendor), table=table, column=column)
