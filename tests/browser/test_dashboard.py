"""The dashboard in a browser: full and empty, it fits its window, and axe finds nothing serious."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.autosaving import autosave
from articles.drafting import save_revision
from articles.publishing import publish, withdraw
from articles.reviewing import request_review
from tests.browser.conftest import PASSWORD
from tests.browser.test_desk import LOOKS, assert_in_order, assert_whole, log_in
from tests.factories import make_article, make_film, make_live, make_superuser

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]

LONG = "What a Wire Room Sounds Like: “The Conversation” and Its Neighbours, from 1974 to Now"


def make_morning(user, other):
    """Make a busy morning for *user*."""
    now = timezone.now()
    for number in range(8):
        article = make_article(f"{LONG} {number}", by=user, film=make_film(LONG, 1960 + number))
        publish(article.head, at=now + timedelta(days=2, minutes=number), by=None)
        changed = make_live(f"Out {number}", by=user)
        save_revision(changed, by=user, base=changed.head, body="Newer.")
        request_review(make_article(f"Asked {number}", by=other).head, by=other, request=LONG)
    withdraw(changed, by=None, at=now + timedelta(days=5))
    autosave(user=user, tab="a", article=changed, base=changed.head, payload={"title": LONG}, unsaved=True)


@pytest.mark.parametrize(("width", "scheme"), [*LOOKS, (768, "light")])
def test_dashboard_is_in_order_empty_and_full(new_page, width, scheme):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    user, other = make_superuser(password=PASSWORD, first_name="Ana"), make_superuser()
    check = assert_in_order if (width, scheme) in LOOKS[::3] else assert_whole
    log_in(page, user)
    check(page)
    make_morning(user, other)
    page.reload()
    expect(page.get_by_role("heading", name="You left a text unsaved")).to_be_visible()
    check(page)


def test_keyboard_reaches_what_is_planned(desk):
    article = make_article("Planned")
    publish(article.head, at=timezone.now() + timedelta(days=3), by=None)
    desk.reload()
    fortnight = desk.get_by_role("region", name="The coming two weeks")
    fortnight.get_by_role("link", name="Planned").press("Enter")
    expect(desk).to_have_url(f"{desk.url.split('/admin/')[0]}/admin/articles/article/{article.pk}/publishing/")
