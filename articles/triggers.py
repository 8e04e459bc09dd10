"""Rules that no constraint can say, kept by triggers on SQLite and PostgreSQL.

They are made anew after every `migrate` rather than by one migration: SQLite remakes a table to alter it and
drops its triggers in silence, so a migration that came later would undo them.
"""

from django.apps import apps
from django.db import connections

IMMUTABLE = "A saved revision never changes."
OVERLAP = "Two publications of one article overlap."
STRANGER = "A publication shows a revision of its own article."

# The revision's name is a label that may be given later; everything else is history.
LABELS = {"name"}

SQLITE = """
DROP TRIGGER IF EXISTS revision_immutable;
CREATE TRIGGER revision_immutable BEFORE UPDATE OF {content} ON articles_revision
BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END;
"""
SQLITE_PUBLICATION = """
DROP TRIGGER IF EXISTS publication_{event};
CREATE TRIGGER publication_{event} BEFORE {event} ON articles_publication
BEGIN
  SELECT RAISE(ABORT, '{STRANGER}') WHERE NOT EXISTS (
    SELECT 1 FROM articles_revision WHERE id = NEW.revision_id AND article_id = NEW.article_id);
  SELECT RAISE(ABORT, '{OVERLAP}') WHERE EXISTS (
    SELECT 1 FROM articles_publication AS other
    WHERE other.article_id = NEW.article_id AND other.id IS NOT NEW.id
      AND (other.ends IS NULL OR other.ends > NEW.starts) AND (NEW.ends IS NULL OR NEW.ends > other.starts));
END;
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION articles_revision_immutable() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION '{IMMUTABLE}' USING ERRCODE = 'integrity_constraint_violation'; END $body$;
CREATE OR REPLACE TRIGGER revision_immutable BEFORE UPDATE OF {content} ON articles_revision
FOR EACH ROW EXECUTE FUNCTION articles_revision_immutable();

CREATE OR REPLACE FUNCTION articles_publication_check() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM 1 FROM articles_article WHERE id = NEW.article_id FOR UPDATE;
  IF NOT EXISTS (SELECT 1 FROM articles_revision WHERE id = NEW.revision_id AND article_id = NEW.article_id) THEN
    RAISE EXCEPTION '{STRANGER}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM articles_publication AS other
    WHERE other.article_id = NEW.article_id AND other.id IS DISTINCT FROM NEW.id
      AND (other.ends IS NULL OR other.ends > NEW.starts) AND (NEW.ends IS NULL OR NEW.ends > other.starts)) THEN
    RAISE EXCEPTION '{OVERLAP}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $body$;
CREATE OR REPLACE TRIGGER publication_check BEFORE INSERT OR UPDATE ON articles_publication
FOR EACH ROW EXECUTE FUNCTION articles_publication_check();
"""


def install(*, using="default", **signal):
    """Make the triggers in the database *using*, replacing those that are there."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not {"articles_revision", "articles_publication"} <= set(tables):
        return
    words = {"content": ", ".join(_content_columns()), "IMMUTABLE": IMMUTABLE, "OVERLAP": OVERLAP, "STRANGER": STRANGER}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL.format(**words))
            return
        for statement in (SQLITE, *(SQLITE_PUBLICATION.replace("{event}", event) for event in ("INSERT", "UPDATE"))):
            for part in statement.format(**words).strip().split(";\n", 1):
                cursor.execute(part)


def _content_columns():
    revision = apps.get_model("articles", "Revision")
    return [field.column for field in revision._meta.concrete_fields if field.name not in LABELS]
