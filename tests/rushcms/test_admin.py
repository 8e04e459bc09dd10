"""Accounts and groups on the desk."""

import pytest
from django.contrib.redirects.models import Redirect
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


@pytest.mark.parametrize("length", [1, 2, 3])
def test_redirects_never_lead_in_a_circle(client, length):
    client.force_login(make_superuser())
    for place in range(length):
        Redirect.objects.create(site_id=1, old_path=f"/{place}/", new_path=f"/{place + 1}/")
    sent = {"old_path": f"/{length}/", "new_path": "/0/"}
    response = client.post("/admin/redirects/redirect/add/", sent)
    assert response.context["adminform"].form.errors == {"new_path": ["That address leads back to this one."]}
    first = Redirect.objects.get(old_path="/0/")
    client.post(f"/admin/redirects/redirect/{first.pk}/change/", {"old_path": "/0/", "new_path": "/end/"})
    assert client.post("/admin/redirects/redirect/add/", sent).status_code == 302


def test_a_circle_that_stands_already_hinders_no_other_redirect(client):
    client.force_login(make_superuser())
    for old, new in (("/a/", "/b/"), ("/b/", "/a/")):
        Redirect.objects.create(site_id=1, old_path=old, new_path=new)
    assert client.post("/admin/redirects/redirect/add/", {"old_path": "/c/", "new_path": "/a/"}).status_code == 302
