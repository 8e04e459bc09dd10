"""The films app's configuration."""

from django.apps import AppConfig


class FilmsConfig(AppConfig):
    """Films, people, characters, credits and pictures."""

    name = "films"
    verbose_name = "Films"
