"""Lets PostgreSQL find names without unpacking texts: suggestions took seconds on large sites."""

from django.db import migrations

from articles.searching import dialects


def make_headings(apps, schema_editor):
    """Make the index of headings."""
    dialects.make_headings(schema_editor.connection)


def drop_headings(apps, schema_editor):
    """Take it away again."""
    dialects.drop_headings(schema_editor.connection)


class Migration(migrations.Migration):
    """Adds an index of the words in names, and says what unpacking the others costs."""

    dependencies = [("articles", "0008_search")]

    operations = [migrations.RunPython(make_headings, drop_headings)]
