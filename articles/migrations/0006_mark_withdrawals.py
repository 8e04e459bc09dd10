"""Ends that no publication follows at once were withdrawals, before that was written down."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def mark_withdrawals(apps, schema_editor):
    """Mark the ends that nothing follows."""
    turns = apps.get_model("articles", "Publication").objects.using(schema_editor.connection.alias)
    following = turns.filter(article=OuterRef("article"), starts=OuterRef("ends"))
    turns.filter(~Exists(following), ends__isnull=False).update(withdrawn=True)


class Migration(migrations.Migration):
    """Marks them."""

    dependencies = [("articles", "0005_mentions_proofs_withdrawals")]
    operations = [migrations.RunPython(mark_withdrawals, migrations.RunPython.noop)]
