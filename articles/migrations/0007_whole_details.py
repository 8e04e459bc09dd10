"""The record keeps whole what a correction said, however long."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Lets details be of any length."""

    dependencies = [("articles", "0006_mark_withdrawals")]
    operations = [
        migrations.AlterField(model_name="event", name="detail", field=models.TextField(blank=True)),
    ]
