"""The rule that a role's character is of its credit's film, kept by triggers on SQLite and PostgreSQL.

They are made anew after every `migrate`, since SQLite remakes a table to alter it and drops its triggers in silence.
"""

from django.db import connections

STRANGER = "A role plays a character of its own film."

# What may be written, and which roles it touches; `role`, `credit` and `character` are then those rows.
WRITES = {
    "role_added": ("INSERT ON films_role", "role.id = NEW.id"),
    "role_changed": ("UPDATE OF credit_id, character_id ON films_role", "role.id = NEW.id"),
    "character_moved": ("UPDATE OF film_id ON films_character", "character.id = NEW.id"),
    "credit_moved": ("UPDATE OF film_id ON films_credit", "credit.id = NEW.id"),
}
STRANGERS = """
SELECT 1 FROM films_role AS role
JOIN films_credit AS credit ON credit.id = role.credit_id
JOIN films_character AS character ON character.id = role.character_id
WHERE character.film_id <> credit.film_id AND {touched}
"""
SQLITE = """
CREATE TRIGGER {name} AFTER {write}
BEGIN SELECT RAISE(ABORT, '{STRANGER}') WHERE EXISTS ({strangers}); END;
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION films_{name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF EXISTS ({strangers}) THEN
    RAISE EXCEPTION '{STRANGER}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $body$;
CREATE OR REPLACE TRIGGER {name} AFTER {write} FOR EACH ROW EXECUTE FUNCTION films_{name}();
"""


def install(*, using="default", **signal):
    """Make the triggers in the database *using*, replacing those that are there."""
    connection = connections[using]
    if not {"films_role", "films_credit", "films_character"} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for name, (write, touched) in WRITES.items():
            words = {"name": name, "write": write, "STRANGER": STRANGER, "strangers": STRANGERS.format(touched=touched)}
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(**words))
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(SQLITE.format(**words))
