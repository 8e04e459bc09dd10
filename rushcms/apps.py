"""The roof's two configurations: the project itself, and the admin under its own name."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RushcmsConfig(AppConfig):
    """The project as an app, for its commands and template tags."""

    name = "rushcms"


class DeskConfig(AdminConfig):
    """Django's admin with our site, the desk."""

    default_site = "rushcms.desk.Desk"
