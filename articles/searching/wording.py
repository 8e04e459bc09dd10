"""Wording: filling SQLite's index of words from the entries it stands beside; PostgreSQL has them in the entries."""

from itertools import batched

from django.db import connections

from articles.searching import dialects

BATCH = 200  # Entries in a transaction: on SQLite other writers wait for no more than these.
WORDLESS = f"NOT EXISTS (SELECT 1 FROM {dialects.WORDS}_docsize AS worded WHERE worded.id = entry.id)"  # noqa: S608
LACKING = f"SELECT entry.id FROM {dialects.TABLE} AS entry WHERE {WORDLESS} ORDER BY entry.id"  # noqa: S608
FILL = """
INSERT INTO {words} (rowid, {columns}) SELECT entry.id, {spaced} FROM {table} AS entry
WHERE entry.id BETWEEN %s AND %s AND {wordless}
"""


def empty(*, using: str = "default") -> None:
    """Make the index anew, without any words: whatever was wrong with it is gone."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        dialects.drop_words(connection)
        dialects.make_words(connection)


def fill(*, using: str = "default") -> None:
    """Put in the words of each entry that has none there, while others write: their own triggers do no less."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return
    words = {"table": dialects.TABLE, "words": dialects.WORDS, "columns": ", ".join(dialects.COLUMNS)}
    statement = FILL.format(**words, spaced=dialects.spaced_columns("entry"), wordless=WORDLESS)
    with connection.cursor() as cursor:
        cursor.execute(LACKING)
        for batch in batched([pk for (pk,) in cursor.fetchall()], BATCH, strict=False):
            cursor.execute(statement, [batch[0], batch[-1]])
