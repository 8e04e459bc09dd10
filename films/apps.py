"""The films app's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FilmsConfig(AppConfig):
    """Films, people, characters, credits and pictures."""

    name = "films"
    verbose_name = "Films"

    def ready(self):
        """Put the triggers back after every migration."""
        from films import triggers

        post_migrate.connect(triggers.install, sender=self)
