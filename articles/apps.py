"""The articles app's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ArticlesConfig(AppConfig):
    """Articles, their revisions and what readers see of them."""

    name = "articles"
    verbose_name = "Articles"

    def ready(self):
        """Put the triggers back after every migration, and what is found up to date."""
        from articles import triggers
        from articles.searching import rebuilding

        post_migrate.connect(triggers.install, sender=self)
        pre_migrate.connect(rebuilding.before_migrating, sender=self)
        post_migrate.connect(rebuilding.after_migrating, sender=self)
