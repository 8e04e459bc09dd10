"""The three groups of a newsroom; what they may do can be edited in the desk afterwards."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

FILM_MODELS = ["character", "charactername", "credit", "film", "filmtitle", "genre", "image", "person", "personname"]
FILM_MODELS += ["release", "role"]
VIEW_FILMS = [f"films.view_{model}" for model in FILM_MODELS]
KEEP_FILMS = [f"films.{verb}_{model}" for model in FILM_MODELS for verb in ("add", "change", "delete", "view")]
EDIT = ["add_article", "change_article", "view_article", "publish_article", "review_article"]
EDIT += [f"{verb}_{model}" for model in ("author", "topic") for verb in ("add", "change", "view")]

GROUPS = {
    "Writers": ["articles.add_article", "articles.view_author", "articles.view_topic", *VIEW_FILMS],
    "Editors": [*(f"articles.{codename}" for codename in EDIT), *KEEP_FILMS],
    "Credits desk": KEEP_FILMS,
}


def make_groups(apps, schema_editor):
    """Make the groups; permissions are else made only after all migrations, which is too late here."""
    alias = schema_editor.connection.alias
    for label in ("articles", "films"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=alias, verbosity=0)
        config.models_module = None
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, wanted in GROUPS.items():
        made, _ = group.objects.using(alias).get_or_create(name=name)
        for dotted in wanted:
            app, codename = dotted.split(".")
            made.permissions.add(
                permission.objects.using(alias).get(content_type__app_label=app, codename=codename)
            )


class Migration(migrations.Migration):
    """Writers, Editors and Credits desk."""

    dependencies = [
        ("articles", "0002_reviews_autosaves_corrections_events"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("films", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
