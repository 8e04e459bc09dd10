"""What the two databases say differently: folding in SQL, the index of words, and asking it.

On SQLite the words are an FTS5 table without content beside the entries, kept by triggers; on PostgreSQL a generated
tsvector column of the entries. Both know three columns, so that a word can be asked for among the names alone.
"""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.searching.words import JOINERS, PARTERS, RUNS, spaced

TABLE = "articles_searchentry"
WORDS = "articles_words"
COLUMNS = ("names", "about", "prose")

SQLITE_WORDS = f"""
CREATE VIRTUAL TABLE {WORDS} USING fts5(
  {", ".join(COLUMNS)}, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 0')
"""
# To take away words that are not there would spoil the index: it knows of no entry what its words were.
SQLITE_FORGET = """
INSERT INTO articles_words (articles_words, rowid, {columns}) SELECT 'delete', OLD.id, {old}
WHERE EXISTS (SELECT 1 FROM articles_words_docsize WHERE id = OLD.id);
"""
SQLITE_KEEP = "INSERT INTO articles_words (rowid, {columns}) VALUES (NEW.id, {new});"
# SQLite has no function that looks at each character, and no room for many calls of `replace` in one another.
SQLITE_EACH = """
(WITH RECURSIVE given(whole) AS (SELECT {text}), cut(whole, place, done) AS (
  SELECT whole, iif(whole GLOB '*[^0-9a-z' || char(10) || ' ]*', 1, length(whole) + 1),
    iif(whole GLOB '*[^0-9a-z' || char(10) || ' ]*', '', whole) FROM given
  UNION ALL SELECT whole, place + 1, done || {each} FROM cut WHERE place <= length(whole))
SELECT done FROM cut WHERE place > length(whole))
"""
CHARACTER = "substr(whole, place, 1)"
POSTGRESQL_WORDS = """
ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', {names}), 'A') || setweight(to_tsvector('simple', {about}), 'B')
  || setweight(to_tsvector('simple', prose), 'D')) STORED;
CREATE INDEX articles_words ON {table} USING gin (words);
"""
LETTERS = {"names": "A"}


def make_words(connection: BaseDatabaseWrapper) -> None:
    """Make the index of words, empty; for the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            parts = {name: _spaced_postgresql(name) for name in ("names", "about")}
            cursor.execute(POSTGRESQL_WORDS.format(table=TABLE, **parts))
        else:
            cursor.execute(SQLITE_WORDS)


def drop_words(connection: BaseDatabaseWrapper) -> None:
    """Take the index of words away, where the table of entries does not take it along."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {WORDS}")


def sqlite_events() -> dict[str, str]:
    """Return what keeps SQLite's words in step with the entries, by event."""
    columns = ", ".join(COLUMNS)
    forget = SQLITE_FORGET.format(columns=columns, old=spaced_columns("OLD"))
    keep = SQLITE_KEEP.format(columns=columns, new=spaced_columns("NEW"))
    return {"INSERT": keep, "UPDATE": forget + keep, "DELETE": forget}


def folded_lines(text: str, vendor: str) -> str:
    """Return SQL that makes of *text*, SQL for folded lines, what `words.lines` makes."""
    parted = _tidied(_replaced(text, JOINERS + PARTERS, "", vendor), vendor)
    joined = _tidied(_replaced(text, PARTERS, JOINERS, vendor), vendor)
    return f" || {newline(vendor)} || ".join(["''", parted, joined, "''"])


def newline(vendor: str) -> str:
    """Return SQL for a line's end."""
    return "chr(10)" if vendor == "postgresql" else "char(10)"


def matches(terms: list[str], *, last: str, column: str = "") -> Q:
    """Return the condition that an entry has all of *terms*, the *last* as a beginning; in one *column* where told."""
    return _found([[term] for term in terms], column, beginnings={last})


def names_any(terms: list[str], *, last: str) -> Q:
    """Return the condition that a name of an entry has at least one of *terms*, the *last* as a beginning."""
    return _found([terms], "names", beginnings={last})


def begins_any(beginnings: list[list[str]]) -> Q:
    """Return the condition that, for each of the lists of *beginnings*, a name has a word with one of them."""
    return _found(beginnings, "names", beginnings={each for some in beginnings for each in some})


def _found(groups: list[list[str]], column: str, *, beginnings: set[str]) -> Q:
    """Return the condition that an entry has one word of each of *groups*; those in *beginnings* may go on."""
    if connection.vendor == "postgresql":
        ask, word = "SELECT id FROM articles_searchentry WHERE words @@ to_tsquery('simple', %s)", _postgresql
        either, both = " | ", " & "
    else:
        ask, word = "SELECT rowid FROM articles_words WHERE articles_words MATCH %s", _sqlite
        either, both = " OR ", " AND "
    parts = (either.join(word(term, term in beginnings, column) for term in group) for group in groups)
    query = both.join(f"({part})" for part in parts)
    if column and connection.vendor != "postgresql":
        query = f"{{{column}}} : ({query})"
    return Q(pk__in=RawSQL(ask, [query]))  # noqa: S611


def _sqlite(term: str, beginning: bool, column: str) -> str:
    return f'"{spaced(term)}"{" *" if beginning else ""}'


def _postgresql(term: str, beginning: bool, column: str) -> str:
    label = ("*" if beginning else "") + LETTERS.get(column, "")
    return f"'{spaced(term)}'" + (f":{label}" if label else "")


def spaced_columns(row: str) -> str:
    """Return SQL for the searched columns of *row*; `prose` has its spaces already."""
    each = f"iif({CHARACTER} GLOB '[{RUNS}]', ' ' || {CHARACTER} || ' ', {CHARACTER})"
    return ", ".join(
        f"{row}.{name}" if name == "prose" else SQLITE_EACH.format(text=f"{row}.{name}", each=each) for name in COLUMNS
    )


def _spaced_postgresql(column: str) -> str:
    return f"regexp_replace({column}, '([{RUNS}])', ' \\1 ', 'g')"


def _replaced(text: str, parting: str, dropped: str, vendor: str) -> str:
    """Return SQL for *text* with a space for each character of *parting*, and those of *dropped* left out."""
    if vendor == "postgresql":
        return f"translate({text}, {_literal(parting + dropped)}, {_literal(' ' * len(parting))})"
    parted, left_out = (f"instr({_literal(characters)}, {CHARACTER})" for characters in (parting, dropped))
    return SQLITE_EACH.format(text=text, each=f"iif({parted}, ' ', iif({left_out}, '', {CHARACTER}))")


def _tidied(text: str, vendor: str) -> str:
    """Return SQL for *text* with one space between words and none at a line's ends."""
    for _ in range(3):
        text = f"replace({text}, '  ', ' ')"
    for edge in (f"' ' || {newline(vendor)}", f"{newline(vendor)} || ' '"):
        text = f"replace({text}, {edge}, {newline(vendor)})"
    return f"trim({text})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
