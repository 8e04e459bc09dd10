"""The entries of films, people and characters, kept by triggers on their tables: no write path can forget them.

Like the other triggers they are made anew after every `migrate`; before it they are dropped, since SQLite refuses to
remake a table that another table's trigger names. What is written in between is caught up with by `refresh`.
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

# Each write that matters: its table, what must differ, and the kind with the condition on its rows to be kept anew.
OF_NEW, OF_OLD = "NEW.{column}", "OLD.{column}"
NUMBERS = {"year", "spoils", "film_id", "person_id", "character_id"}
OWN = {
    "film": ("films_film", "folded original_folded year"),
    "person": ("films_person", "folded"),
    "character": ("films_character", "folded spoils film_id"),
}


def install(*, using="default", **signal):
    """Make the triggers in the database *using*, where the entries are there."""
    connection = connections[using]
    if not {dialects.TABLE, "films_character", "articles_revision"} <= set(connection.introspection.table_names()):
        return
    remove(using=using)
    with connection.cursor() as cursor:
        for statement in _triggers(connection.vendor):
            cursor.execute(statement)


def remove(*, using="default", **signal):
    """Drop the triggers, for as long as tables are being changed."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table in _names(connection.vendor):
            if table in tables:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def refresh(*, using="default"):
    """Make the entries of all films, people and characters what they should be, whatever they were."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for kind in FOUND:
            for statement in _kept(kind, connection.vendor):
                cursor.execute(statement)


def _kept(kind, vendor, *, entry="TRUE", rows="TRUE"):
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
    lines = f"SELECT {together}(other.folded, {dialects.newline(vendor)}) FROM {table} AS other"
    return f"coalesce(({lines} WHERE other.{column} = row.id), '')"


def _events():
    """Give each trigger: name, event, table, condition, and what it keeps anew as (kind, id or rows)."""
    for kind, (table, columns) in OWN.items():
        differs = " OR ".join(map(_differs, columns.split()))
        kept = [(kind, "NEW.id", "")]
        film = [("character", "", "row.film_id = NEW.id")] if kind == "film" else []
        yield f"search_{kind}_added", "INSERT", table, "", kept
        yield f"search_{kind}_changed", f"UPDATE OF {', '.join(columns.split())}", table, differs, kept + film
        yield f"search_{kind}_removed", "DELETE", table, "", [(kind, "OLD.id", "")]
        other, column = FOUND[kind]["others"]
        new, old = (kind, f"NEW.{column}", ""), (kind, f"OLD.{column}", "")
        differs = f"{_differs('folded')} OR {_differs(column)}"
        yield f"search_{kind}_named", "INSERT", other, "", [new]
        yield f"search_{kind}_renamed", f"UPDATE OF folded, {column}", other, differs, [old, new]
        yield f"search_{kind}_unnamed", "DELETE", other, "", [old]


def _differs(column):
    nothing = "0" if column == "year" else None
    sides = (f"coalesce({side}.{column}, {nothing})" if nothing else f"{side}.{column}" for side in ("OLD", "NEW"))
    return " <> ".join(sides)


def _triggers(vendor):
    """Give the statements that make all triggers."""
    for name, event, table, differs, kept in _events():
        body = "".join(statement for each in kept for statement in _statements(*each, vendor))
        yield from _trigger(name, event, table, differs, body, vendor)
    gone = "DELETE FROM articles_searchentry WHERE kind = 'article' AND subject = OLD.id;"
    yield from _trigger("search_revision_removed", "DELETE", "articles_revision", "", gone, vendor)
    if vendor != "postgresql":
        yield from dialects.sqlite_triggers().values()


def _statements(kind, subject, rows, vendor):
    if not subject:
        return _kept(kind, vendor, rows=rows)[1:]
    return _kept(kind, vendor, entry=f"subject = {subject}", rows=f"row.id = {subject}")


def _trigger(name, event, table, differs, body, vendor):
    when = f" WHEN ({differs})" if differs else ""
    if vendor != "postgresql":
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW{when} BEGIN {body} END"
        return
    yield (
        f"CREATE OR REPLACE FUNCTION articles_{name}() RETURNS trigger LANGUAGE plpgsql AS $body$\n"
        f"BEGIN {body} RETURN NULL; END $body$"
    )
    yield (f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION articles_{name}()")


def _names(vendor):
    """Give the name and the table of each trigger."""
    yield from ((name, table) for name, _, table, *_ in _events())
    yield "search_revision_removed", "articles_revision"
    if vendor != "postgresql":
        yield from ((name, dialects.TABLE) for name in dialects.SQLITE_EVENTS)
