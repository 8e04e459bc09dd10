"""An editor's account for the sample site, and what editors may do."""

import secrets

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q

USERNAME = "editor"
GROUP = "Editors"


def make_account() -> str | None:
    """Make the account and return its random password, or None where somebody is called so already."""
    if User.objects.filter(username=USERNAME).exists():
        return None
    password = secrets.token_urlsafe(12)
    editor = User.objects.create_user(USERNAME, password=password, is_staff=True)
    editor.groups.add(_editors())
    return password


def _editors() -> Group:
    """Return the group of editors; where it is there, with the permissions the newsroom gave it."""
    group, new = Group.objects.get_or_create(name=GROUP)
    if new:
        group.permissions.set(_permissions())
    return group


def _permissions():
    """Everything on films; articles, authors and topics without deleting; publishing."""
    films = Q(content_type__app_label="films")
    words = Q(content_type__app_label="articles") & ~Q(codename__startswith="delete_")
    bylines = Q(codename="delete_byline")
    return Permission.objects.filter(films | words | bylines)
