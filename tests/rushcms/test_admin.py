"""Accounts and groups on the desk."""

import pytest
from django.urls import reverse

from tests.factories import make_superuser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("given", ["9" * 30, "²", "editors"])
def test_a_permission_or_group_that_can_be_none_is_refused(client, given):
    user = make_superuser()
    client.force_login(user)
    group = client.post(reverse("admin:auth_group_add"), {"name": "Proofreaders", "permissions": [given]})
    assert group.context["adminform"].form.errors.keys() == {"permissions"}
    sent = {"username": user.username, "groups": [given], "user_permissions": [given]}
    account = client.post(reverse("admin:auth_user_change", args=[user.pk]), sent)
    assert {"groups", "user_permissions"} <= account.context["adminform"].form.errors.keys()
