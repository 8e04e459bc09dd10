"""What the readers' search finds things by; `migrate` itself fills it once it is done."""

from django.db import migrations, models

from articles.searching import dialects


def make_words(apps, schema_editor):
    """Make the index of words."""
    dialects.make_words(schema_editor.connection)


def drop_words(apps, schema_editor):
    """Take it away again."""
    dialects.drop_words(schema_editor.connection)


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
