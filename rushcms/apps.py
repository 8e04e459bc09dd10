"""The roof's two configurations: the project itself, and the admin under its own name."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_delete


class RushcmsConfig(AppConfig):
    """The project as an app, for its commands and template tags."""

    name = "rushcms"

    def ready(self):
        """Follow what the floors below save and delete."""
        self._follow_changes()
        self._forget_cards()

    def _follow_changes(self):
        """Let articles be found by what they say of a film or a person, and where they are filed, once that changed."""
        from articles import refiling
        from articles.searching import keeping
        from films.changes import changed

        for follow in (keeping.follow, refiling.follow):
            changed.connect(lambda changes, follow=follow, **_: follow(changes), weak=False)

    def _forget_cards(self):
        """Let social cards go with what they show."""
        from films.models import Image
        from rushcms.cards import keeping

        for model in (Image, *keeping.SUBJECTS):
            post_delete.connect(lambda instance, **_: keeping.forget(instance), sender=model, weak=False)


class DeskConfig(AdminConfig):
    """Django's admin with our site, the desk."""

    default_site = "rushcms.desk.Desk"
