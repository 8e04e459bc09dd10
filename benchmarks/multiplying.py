"""A catalogue many times as large: every row copied in SQL, with ids, addresses and links of its own."""

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from films.models import Change, Character, Credit, Film, Person, Role

NAMES = ["name", "title", "folded", "sort_name", "sort_title", "sort_key"]
MODELS = [Film, Person, Film.genres.through, Character, Credit, Role, Change]


@transaction.atomic
def multiply(times):
    """Put *times* - 1 copies of films, people and credits, and of their history, beside what is there.

    The names of a copy end in a letter more; its changes say nothing of what stood before and after.
    """
    steps = {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in MODELS}
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(_copying(model, steps), [times - 1])
        for statement in connection.ops.sequence_reset_sql(no_style(), MODELS):
            cursor.execute(statement)


def _copying(model, steps):
    fields = model._meta.concrete_fields
    columns, values = ", ".join(field.column for field in fields), ", ".join(_copied(field, steps) for field in fields)
    return (
        f"INSERT INTO {model._meta.db_table} ({columns}) "  # noqa: S608
        "WITH RECURSIVE copy(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copy WHERE k < %s) "
        f"SELECT {values} FROM {model._meta.db_table} CROSS JOIN copy"
    )


def _copied(field, steps):
    """Return what a copy has in the column of *field*, in SQL."""
    if step := steps.get(field.model if field.primary_key else field.related_model):
        return f"{field.column} + k * {step}"
    ways = {"slug": "slug || '-copy-' || k", "imdb_id": "substr(imdb_id, 1, 2) || k || substr(imdb_id, 3)"}
    ways |= {name: f"{name} || substr('abcdefghi', k, 1)" for name in NAMES}
    if field.model is Change and field.name in {"before", "after"}:
        return "'{}'"
    return ways.get(field.name, field.column)
