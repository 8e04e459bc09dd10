"""What the readers' search finds things by; `migrate` itself fills it once it is done."""

from django.db import migrations, models

# As it was when this was written; `articles.searching.dialects` may go on from here.
RUNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u31ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
SQLITE = """
CREATE VIRTUAL TABLE articles_words USING fts5(
  names, about, prose, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 0')
"""
POSTGRESQL = rf"""
ALTER TABLE articles_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', regexp_replace(names, '([{RUNS}])', ' \1 ', 'g')), 'A')
  || setweight(to_tsvector('simple', regexp_replace(about, '([{RUNS}])', ' \1 ', 'g')), 'B')
  || setweight(to_tsvector('simple', prose), 'D')) STORED;
CREATE INDEX articles_words ON articles_searchentry USING gin (words);
"""


def make_words(apps, schema_editor):
    """Make the index of words, empty."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop_words(apps, schema_editor):
    """Take it away again, where the table of entries does not take it along."""
    if schema_editor.connection.vendor != "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP TABLE articles_words")


class Migration(migrations.Migration):
    """Adds the entries and the index of their words."""

    dependencies = [("articles", "0007_whole_details"), ("films", "0003_merges_and_provenance")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("film", "Film"),
                            ("person", "Person"),
                            ("character", "Character"),
                        ],
                        max_length=9,
                    ),
                ),
                ("subject", models.BigIntegerField()),
                ("names", models.TextField()),
                ("about", models.TextField(default="")),
                ("prose", models.TextField(default="")),
                ("text", models.TextField(default="")),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["article", "film", "person", "character"])),
                        name="articles_searchentry_kind_known",
                        violation_error_message="This is no known kind.",
                    ),
                    models.UniqueConstraint(fields=("kind", "subject"), name="search_entry_once"),
                ],
            },
        ),
        migrations.RunPython(make_words, drop_words),
    ]
