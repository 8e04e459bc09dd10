"""Triggers that keep the entries of facts, so that no write path can forget them: not SQL typed by hand, not imports.

Like the other triggers they are made anew after every `migrate`; before it they are dropped, since SQLite refuses to
remake a table that another table's trigger names. What is written in between is caught up with by `facts.refresh`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connections

from articles.searching import dialects, facts

# The columns that matter of a thing's own row.
OWN = {
    "film": ("folded", "original_folded", "year"),
    "person": ("folded",),
    "character": ("folded", "spoils", "film_id"),
}
POSTGRESQL = """
CREATE OR REPLACE FUNCTION articles_{name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN {body} RETURN NULL; END $body$;
CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION articles_{name}();
"""
SQLITE = "CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} BEGIN {body} END"
DROP = {"postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}", "sqlite": "DROP TRIGGER IF EXISTS {name}"}
ARTICLE_GONE = "DELETE FROM articles_searchentry WHERE kind = 'article' AND subject = OLD.id;"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is done after a write to a table; with `columns`, where one of these has changed."""

    name: str
    event: str
    table: str
    body: str
    columns: tuple[str, ...] = ()

    def statement(self, vendor: str) -> str:
        """Return SQL that makes it."""
        differs = " OR ".join(
            f"coalesce(OLD.{each}, {_none(each)}) <> coalesce(NEW.{each}, {_none(each)})" for each in self.columns
        )
        event = f"{self.event} OF {', '.join(self.columns)}" if self.columns else self.event
        words = {"name": self.name, "event": event, "table": self.table, "body": self.body}
        return (POSTGRESQL if vendor == "postgresql" else SQLITE).format(
            **words, when=f"WHEN ({differs})" if differs else ""
        )


def install(*, using: str = "default") -> None:
    """Make the triggers in the database *using*, where the entries are there."""
    connection = connections[using]
    if not {dialects.TABLE, "films_character", "articles_revision"} <= set(connection.introspection.table_names()):
        return
    triggers = [*_of_facts(connection.vendor), *_of_words(connection.vendor)]
    _drop(triggers, using)
    with connection.cursor() as cursor:
        for trigger in triggers:
            cursor.execute(trigger.statement(connection.vendor))


def remove(*, using: str = "default") -> None:
    """Drop the triggers on facts, for as long as tables are being changed.

    Those that keep SQLite's words stay, since they name no table that is remade: what is published meanwhile is found.
    """
    _drop(_of_facts(connections[using].vendor), using)


def _drop(triggers: Iterable[Trigger], using: str) -> None:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers:
            if trigger.table in tables:
                cursor.execute(DROP[connection.vendor].format(name=trigger.name, table=trigger.table))


def _of_facts(vendor: str) -> Iterator[Trigger]:
    for kind in facts.FOUND:
        yield from _of_rows(kind, vendor)
        yield from _of_other_names(kind, vendor)
    yield Trigger("search_revision_removed", "DELETE", "articles_revision", ARTICLE_GONE)


def _of_words(vendor: str) -> Iterator[Trigger]:
    if vendor != "postgresql":
        for event, body in dialects.sqlite_events().items():
            yield Trigger(f"search_entry_{event.lower()}", event, dialects.TABLE, body)


def _of_rows(kind: str, vendor: str) -> Iterator[Trigger]:
    """Give the triggers on the rows of *kind* themselves; characters are found by their film, too."""
    table, new, old = facts.FOUND[kind].table, _one(kind, "NEW.id", vendor), _one(kind, "OLD.id", vendor)
    also = facts.kept("character", vendor, rows="row.film_id = NEW.id")[1] if kind == "film" else ""
    yield Trigger(f"search_{kind}_added", "INSERT", table, new)
    yield Trigger(f"search_{kind}_changed", "UPDATE", table, new + also, OWN[kind])
    yield Trigger(f"search_{kind}_removed", "DELETE", table, old)


def _of_other_names(kind: str, vendor: str) -> Iterator[Trigger]:
    """Give the triggers on the table of other names, which may move from one to another."""
    table, owner = facts.FOUND[kind].others, facts.FOUND[kind].owner
    new, old = (_one(kind, f"{row}.{owner}", vendor) for row in ("NEW", "OLD"))
    yield Trigger(f"search_{kind}_named", "INSERT", table, new)
    yield Trigger(f"search_{kind}_renamed", "UPDATE", table, old + new, ("folded", owner))
    yield Trigger(f"search_{kind}_unnamed", "DELETE", table, old)


def _one(kind: str, subject: str, vendor: str) -> str:
    """Return SQL that makes the entry of one thing right."""
    return "".join(facts.kept(kind, vendor, entry=f"subject = {subject}", rows=f"row.id = {subject}"))


def _none(column: str) -> str:
    """Return what stands for nothing in *column*, for a comparison."""
    return {"spoils": "false", "year": "0"}.get(column, "0" if column.endswith("_id") else "''")
