"""An editor's account for the sample site."""

import secrets

from django.contrib.auth.models import Group, User

USERNAME = "editor"
GROUP = "Editors"


def make_account() -> str | None:
    """Make the account and return its random password, or None where somebody is called so already."""
    if User.objects.filter(username=USERNAME).exists():
        return None
    password = secrets.token_urlsafe(12)
    editor = User.objects.create_user(USERNAME, password=password, is_staff=True)
    editor.groups.add(Group.objects.get(name=GROUP))
    return password
