"""The articles app's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    """Articles, their revisions and what readers see of them."""

    name = "articles"
    verbose_name = "Articles"

    def ready(self):
        """Put the triggers back after every migration."""
        from articles import triggers

        post_migrate.connect(triggers.install, sender=self)
