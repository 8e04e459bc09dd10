"""What the two databases say differently: folding in SQL, the index of words, and asking it.

On SQLite the words are an FTS5 table without content beside the entries, kept by triggers; on PostgreSQL two generated
tsvector columns of the entries: `words` has all of them, `headings` those of the names and of what they belong to,
which are few. So a word can be asked for everywhere, in the headings or among the names alone: what is called `where`.
"""

from collections.abc import Callable

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Q
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
# PostgreSQL takes reading all entries for cheaper than the index of words, since it does not count what unpacking long
# texts costs. A function that does nothing says so; what little is read of an entry then stands apart from its texts.
POSTGRESQL_HEADINGS = """
ALTER TABLE {table} SET (toast_tuple_target = 1024);
ALTER TABLE {table} ADD COLUMN headings tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', {names}), 'A') || setweight(to_tsvector('simple', {about}), 'B')) STORED;
CREATE FUNCTION articles_unpacked(words tsvector) RETURNS tsvector LANGUAGE plpgsql
  IMMUTABLE STRICT PARALLEL SAFE COST 200 AS $body$ BEGIN RETURN words; END $body$;
DROP INDEX articles_words;
CREATE INDEX articles_words ON {table} USING gin (articles_unpacked(words)) WITH (fastupdate = off);
CREATE INDEX articles_headings ON {table} USING gin (headings) WITH (fastupdate = off);
"""
POSTGRESQL_NO_HEADINGS = """
DROP INDEX articles_words;
DROP FUNCTION articles_unpacked;
ALTER TABLE {table} DROP COLUMN headings;
CREATE INDEX articles_words ON {table} USING gin (words);
ALTER TABLE {table} RESET (toast_tuple_target);
"""
EVERYWHERE, HEADINGS, NAMES = "", "headings", "names"
IN_SQLITE = {EVERYWHERE: "", HEADINGS: "{names about} : ", NAMES: "{names} : "}
IN_POSTGRESQL = {EVERYWHERE: "articles_unpacked(words)", HEADINGS: "headings", NAMES: "headings"}


def make_words(connection: BaseDatabaseWrapper) -> None:
    """Make the index of words, empty; for the migration."""
    if connection.vendor == "postgresql":
        _execute_postgresql(connection, POSTGRESQL_WORDS)
    else:
        with connection.cursor() as cursor:
            cursor.execute(SQLITE_WORDS)


def drop_words(connection: BaseDatabaseWrapper) -> None:
    """Take the index of words away, where the table of entries does not take it along."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {WORDS}")


def make_headings(connection: BaseDatabaseWrapper) -> None:
    """Make the index of headings where all words stand in one; for the migration. SQLite has it already."""
    if connection.vendor == "postgresql":
        _execute_postgresql(connection, POSTGRESQL_HEADINGS)


def drop_headings(connection: BaseDatabaseWrapper) -> None:
    """Take the index of headings away."""
    if connection.vendor == "postgresql":
        _execute_postgresql(connection, POSTGRESQL_NO_HEADINGS)


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


def matches(terms: list[str], *, last: str, where: str = EVERYWHERE) -> Q:
    """Return the condition that an entry has all of *terms*, the *last* as a beginning."""
    return _found([[term] for term in terms], where, beginnings={last})


def names_any(terms: list[str], *, last: str) -> Q:
    """Return the condition that a name of an entry has at least one of *terms*, the *last* as a beginning."""
    return _found([terms], NAMES, beginnings={last})


def begins_any(beginnings: list[list[str]]) -> Q:
    """Return the condition that, for each of the lists of *beginnings*, a name has a word with one of them."""
    return _found(beginnings, NAMES, beginnings={each for some in beginnings for each in some})


def _found(groups: list[list[str]], where: str, *, beginnings: set[str]) -> Q:
    """Return the condition that an entry has one word of each of *groups*; those in *beginnings* may go on."""
    if connection.vendor == "postgresql":
        label = "A" if where == NAMES else ""
        query = _query(groups, " | ", " & ", lambda term: _postgresql(term, term in beginnings, label))
        return Q(RawSQL(f"{IN_POSTGRESQL[where]} @@ to_tsquery('simple', %s)", [query], BooleanField()))  # noqa: S611
    query = _query(groups, " OR ", " AND ", lambda term: _sqlite(term, term in beginnings))
    ask = "SELECT rowid FROM articles_words WHERE articles_words MATCH %s"
    return Q(pk__in=RawSQL(ask, [f"{IN_SQLITE[where]}({query})"]))  # noqa: S611


def _query(groups: list[list[str]], either: str, both: str, word: Callable[[str], str]) -> str:
    return both.join(f"({either.join(map(word, group))})" for group in groups)


def _sqlite(term: str, beginning: bool) -> str:
    return f'"{spaced(term)}"{" *" if beginning else ""}'


def _postgresql(term: str, beginning: bool, label: str) -> str:
    how = "*" * beginning + label
    return f"'{spaced(term)}'" + (f":{how}" if how else "")


def _execute_postgresql(connection: BaseDatabaseWrapper, statements: str) -> None:
    parts = {name: _spaced_postgresql(name) for name in ("names", "about")}
    with connection.cursor() as cursor:
        cursor.execute(statements.format(table=TABLE, **parts))


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
