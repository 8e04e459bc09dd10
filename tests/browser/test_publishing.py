"""From the writer's question to the reader's page and back: review, schedule, correction, withdrawal, in a browser."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Publication
from articles.publishing import publish
from articles.reviewing import approve, request_review
from tests.browser.conftest import PASSWORD
from tests.factories import make_article, make_live, make_member

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("groups"),
]

LIST = "/admin/articles/article/"


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def wall(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_an_article_goes_from_question_to_readers_and_back(new_page, settings):
    settings.PUBLISHING_NEEDS_APPROVAL = True
    writer = make_member("Writers", first_name="Wanda", password=PASSWORD)
    editor = make_member("Editors", first_name="Edith", password=PASSWORD)
    article = make_article("Who Is Gaines?", by=writer)

    page = log_in(new_page(), writer)
    page.goto(f"{LIST}{article.pk}/change/")
    page.get_by_label("Body, in Markdown").fill("Gaines owns the bars.")
    page.get_by_role("button", name="Save and ask for a review").click()
    page.wait_for_url("**/review/")
    page.get_by_label("What to look at").fill("Is it true?")
    page.get_by_role("button", name="Ask for a review").click()
    expect(page.get_by_role("status")).to_contain_text("Asked everybody who may to review revision 2.")

    page = log_in(new_page(), editor)
    page.goto(f"{LIST}?whose=waiting")
    page.get_by_role("link", name="Who Is Gaines?").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody has approved revision 2 yet")
    page.get_by_role("link", name="Ask for a review").click()
    expect(page.get_by_text("Is it true?")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("Approved: revision 2 may go out.")

    page.get_by_role("link", name="Publishing").click()
    page.get_by_label("Later").first.check()
    page.get_by_label("Day and time").first.fill(wall(timezone.now() + timedelta(days=2)))
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".span.is-future")).to_contain_text("Revision 2")
    page.get_by_text("Move", exact=False).first.click()
    page.locator(".span-move").get_by_label("Day and time").fill(wall(timezone.now() + timedelta(days=3)))
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("status")).to_contain_text("Moved: readers will see revision 2")

    Publication.objects.update(starts=timezone.now() + timedelta(seconds=1))
    page.wait_for_timeout(1500)
    assert page.goto(article.get_absolute_url()).status == 200
    expect(page.get_by_text("Gaines owns the bars.")).to_be_visible()

    page.goto(f"{LIST}{article.pk}/publishing/")
    expect(page.locator(".span.is-now")).to_contain_text("Revision 2")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("status")).to_contain_text("Withdrawn: readers no longer see this article.")
    page.goto(f"{LIST}{article.pk}/record/")
    expect(page.get_by_text("withdrew the article from readers")).to_be_visible()
    assert Article.objects.with_state().get().state == "withdrawn"


def test_a_correction_is_told_to_readers(new_page):
    editor = make_member("Editors", password=PASSWORD)
    article = make_live("Who Is Gaines?")
    page = log_in(new_page(), editor)
    page.goto(f"{LIST}{article.pk}/publishing/")
    page.get_by_text("A note for readers").click()
    page.get_by_label("Tell readers of it as").select_option("Correction")
    page.get_by_label("What readers are told").fill("The name is Nettle.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Correction for readers")).to_be_visible()
    for address in (article.get_absolute_url(), "/corrections/"):
        page.goto(address)
        expect(page.get_by_text("The name is Nettle.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_around_an_article_are_in_order(new_page, width, scheme):
    editor = make_member("Editors", password=PASSWORD)
    writer = make_member("Writers")
    article = make_live("Who Is Gaines?", by=writer)
    publish(article.head, by=None, at=timezone.now() + timedelta(days=1), correction=("update", "More."))
    approve(request_review(article.head, by=writer), by=editor, comment="Fine.")
    waiting = make_article("Waiting", by=writer)
    request_review(waiting.head, by=writer, request="Is it true?")
    page = log_in(new_page(viewport={"width": width, "height": 900}, color_scheme=scheme), editor)
    places = [f"{article.pk}/{name}/" for name in ("publishing", "review", "record", "sharing", "trash", "change")]
    for place in [*places, f"{waiting.pk}/review/", ""]:
        page.goto(LIST + place)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (place, wide, page.complaints) == (place, 0, [])
        if width == 1280:
            found = Axe().run(page).response["violations"]
            page.complaints.clear()  # Axe tries inline styles of its own, and is refused.
            serious = [each for each in found if each["impact"] in {"serious", "critical"}]
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in serious] == []


def test_enter_in_a_field_saves_and_does_no_more(new_page):
    editor = make_member("Editors", password=PASSWORD)
    article = make_live("Who Is Gaines?")
    page = log_in(new_page(), editor)
    page.goto(f"{LIST}{article.pk}/change/")
    page.get_by_label("What changed").press("Enter")
    expect(page.get_by_text("Nothing has changed")).to_be_visible()
    assert re.search(r"/change/", page.url)
    assert Publication.objects.live().exists()
