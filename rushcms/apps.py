"""The roof's two configurations: the project itself, and the admin under its own name."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_save


class RushcmsConfig(AppConfig):
    """The project as an app, for its commands and template tags."""

    name = "rushcms"

    def ready(self):
        """Let articles be found by what they say of a film or a person, once that has changed."""
        from articles.searching import keeping
        from films.models import Change

        post_save.connect(lambda instance, **_: keeping.follow(instance), sender=Change, weak=False)


class DeskConfig(AdminConfig):
    """Django's admin with our site, the desk."""

    default_site = "rushcms.desk.Desk"
