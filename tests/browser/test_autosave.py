"""Nothing typed is lost: tabs closed, networks gone, servers and browsers killed; and who else is here."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.autosaving import autosave
from articles.drafting import save_revision
from articles.models import Article, Autosave
from articles.trashing import purge, trash
from tests.browser.conftest import PASSWORD
from tests.factories import make_article, make_author, make_member, make_superuser
from tests.processes import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

ROOT = Path(__file__).parents[2]
KEPT = re.compile("^Unsaved changes are kept$")


def body_of(page):
    return page.get_by_label("Body, in Markdown")


def status_of(page):
    return page.locator("[data-status]")


def banners(page):
    return page.get_by_role("region", name=re.compile("^Left unsaved"))


def open_article(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.locator("[data-count]")).not_to_be_empty()
    return body_of(page)


def save(page):
    """Save, and wait for the page that says so: a restored form's change of its own address is a navigation too."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as")


def assert_in_order(page):
    """Axe finds nothing serious; it tries inline styles of its own, and is refused."""
    assert page.complaints == []
    found = Axe().run(page).response["violations"]
    page.complaints.clear()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}] == []


def copies(page):
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('kept:')).length")


def only_network_failures(page):
    assert all("Failed to load resource" in complaint for complaint in page.complaints), page.complaints
    page.complaints.clear()


def until(condition):
    for _ in range(300):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(condition)


def test_typed_words_are_kept_offered_restored_saved_and_gone(desk):
    article = make_article()
    body = open_article(desk, article)
    body.press("Control+End")
    body.press_sequentially(" And more.")
    expect(status_of(desk)).to_have_text(KEPT)
    expect(desk.locator("[data-kept-ago]")).to_have_text(re.compile(r"^(just now|\d+ s ago)$"))
    assert Article.objects.get().head.body == "Words."
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.reload()
    assert asked == []  # Kept is kept: no question.
    expect(banners(desk)).to_contain_text("You left unsaved changes")
    expect(banners(desk)).to_contain_text("(3 words)")
    expect(body_of(desk)).to_have_value("Words.")
    assert_in_order(desk)
    banners(desk).get_by_role("link", name="Compare").click()
    expect(desk.locator("ins")).to_contain_text("And more")
    assert_in_order(desk)
    desk.get_by_role("link", name="Restore").click()
    expect(body_of(desk)).to_have_value("Words. And more.")
    expect(status_of(desk)).to_have_text(KEPT)
    expect(banners(desk)).to_have_count(0)
    save(desk)
    assert Article.objects.get().head.body == "Words. And more."
    expect(banners(desk)).to_have_count(0)
    until(lambda: not Autosave.objects.unsaved().exists())
    assert copies(desk) == 0


def test_discarding_asks_once_more_and_forgets(desk):
    article = make_article()
    open_article(desk, article).press_sequentially("x")
    expect(status_of(desk)).to_have_text(KEPT)
    desk.reload()
    banners(desk).get_by_text("Discard", exact=True).click()
    banners(desk).get_by_role("button", name="Yes, discard").click()
    expect(desk.locator(".messagelist")).to_contain_text("Discarded.")
    expect(banners(desk)).to_have_count(0)
    assert not Autosave.objects.unsaved().exists()


def test_a_new_article_is_kept_before_it_has_a_row(desk):
    desk.goto("/admin/articles/article/add/")
    desk.get_by_label("Title", exact=True).fill("The End of “Rush”")
    expect(status_of(desk)).to_have_text(KEPT)
    desk.goto("/admin/articles/article/")
    expect(banners(desk)).to_contain_text("The End of “Rush”")
    banners(desk).get_by_role("link", name="Restore").click()
    expect(desk.get_by_label("Title", exact=True)).to_have_value("The End of “Rush”")
    save(desk)
    assert Article.objects.get().head.title == "The End of “Rush”"
    desk.goto("/admin/articles/article/")
    expect(banners(desk)).to_have_count(0)


def test_two_tabs_of_one_person_are_two_texts(desk):
    article = make_article()
    other = desk.context.new_page()
    open_article(desk, article).fill("First tab.")
    expect(status_of(desk)).to_have_text(KEPT)
    open_article(other, article).fill("Second tab.")
    expect(other.get_by_text("You have this open in another tab")).to_be_visible()
    expect(status_of(other)).to_have_text(KEPT)
    texts = Autosave.objects.unsaved().order_by("pk").values_list("payload__body", flat=True)
    assert list(texts) == ["First tab.", "Second tab."]
    other.close()
    desk.reload()
    expect(banners(desk)).to_have_count(2)


def test_nothing_typed_leaves_nothing_behind(desk):
    open_article(desk, make_article())
    until(lambda: Autosave.objects.filter(unsaved=False).count() == 1)
    desk.goto("/admin/")
    until(lambda: not Autosave.objects.exists())


def test_without_a_network_the_browser_keeps_and_hands_over_when_it_is_back(desk):
    article = make_article()
    body = open_article(desk, article)
    desk.context.set_offline(True)
    body.fill("Typed on a train.")
    expect(status_of(desk)).to_have_text("Offline: kept in this browser")
    assert copies(desk) == 1
    desk.context.set_offline(False)
    expect(status_of(desk)).to_have_text(KEPT)
    assert copies(desk) == 0
    assert Autosave.objects.unsaved().get().payload["body"] == "Typed on a train."
    only_network_failures(desk)


def test_a_lost_login_keeps_in_the_browser_until_there_is_one_again(desk):
    body = open_article(desk, make_article())
    cookies = desk.context.cookies()
    desk.context.clear_cookies(name="sessionid")
    body.fill("A long afternoon’s work.")
    expect(status_of(desk)).to_have_text("Logged out: kept in this browser; log in in another tab")
    desk.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])
    expect(status_of(desk)).to_have_text(KEPT, timeout=15_000)
    only_network_failures(desk)


@pytest.mark.parametrize(
    ("take", "told"),
    [
        (lambda article: article.bylines.all().delete(), "You may no longer edit this article"),
        (lambda article: (trash(article, by=None), purge(article, by=None)), "This article was deleted"),
    ],
    ids=["byline", "deleted"],
)
def test_who_no_longer_signs_an_article_loses_no_word_and_is_told(new_page, groups, take, told):
    author = make_author(user=make_member("Writers", username="ana", password=PASSWORD))
    article = make_article(authors=[author], slug="secret")
    page = new_page()
    log_in(page)
    body = open_article(page, article)
    take(Article.objects.get())
    body.fill("Typed after that.")
    expect(status_of(page)).to_have_text(f"{told}: what you type is kept as a new one")
    until(lambda: Autosave.objects.filter(payload__body="Typed after that.", article=None).exists())
    assert copies(page) == 0
    page.goto("/admin/articles/article/add/")
    banners(page).get_by_role("link", name="Restore").click()
    expect(body_of(page)).to_have_value("Typed after that.")
    save(page)
    assert Article.objects.latest("pk").head.body == "Typed after that."
    only_network_failures(page)


def test_what_one_browser_alone_has_of_any_article_is_handed_over_by_the_next_form(desk):
    body = open_article(desk, make_article())
    desk.context.route("**/autosave/**", lambda route: route.abort())
    body.fill("Typed on a train.")
    expect(status_of(desk)).to_have_text("Offline: kept in this browser")
    desk.close()
    assert not Autosave.objects.unsaved().exists()
    desk.context.unroute_all()
    page = desk.context.new_page()
    with page.expect_response(re.compile("/autosave/left/")):
        page.goto("/admin/articles/article/add/")
    assert Autosave.objects.unsaved().get().payload["body"] == "Typed on a train."
    assert copies(page) == 0
    only_network_failures(desk)


def test_a_colleague_is_seen_and_their_save_is_told_while_typing(desk):
    article = make_article()
    ben = make_superuser(username="ben", first_name="Ben")
    autosave(user=ben, tab="his", article=article, base=article.head, payload={"body": "x"}, unsaved=True)
    body = open_article(desk, article)
    expect(desk.get_by_text("Ben is here, with unsaved changes")).to_be_visible()
    save_revision(article, by=ben, base=article.head, body="Theirs.", tab="his")
    body.fill("Mine.")
    said = desk.get_by_role("status").filter(has_text="Ben saved revision 2")
    expect(said).to_contain_text("Your next save will be merged with it.")
    expect(said.get_by_role("link", name="Compare")).to_have_attribute("href", re.compile(r"from=1&to=2$"))
    expect(desk.get_by_text("Ben is here")).to_have_count(0)
    desk.on("dialog", lambda dialog: dialog.accept())


# Crashes -------------------------------------------------------------------------------------------------------------


class Server:
    """A server of its own process, which can be killed and started again."""

    def __init__(self, url):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    def start(self):
        command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", f"127.0.0.1:{self.port}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, **quiet)
        until_answered(f"{self.address}/admin/login/")

    def kill(self):
        self.process.kill()
        self.process.wait()


def until_answered(address):
    for _ in range(600):
        try:
            return urllib.request.urlopen(address)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


@pytest.fixture
def article(transactional_db):
    make_superuser(username="ana", password=PASSWORD)
    return make_article(body="Words.")


@pytest.fixture
def server(article, tmp_path):
    server = Server(database_url(tmp_path))
    server.start()
    yield server
    server.kill()


def log_in(page):
    page.goto("/admin/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def type_for(page, seconds):
    """Type without a pause; return each moment's text."""
    moments, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        page.keyboard.type("word ", delay=20)
        moments.append((time.monotonic(), body_of(page).input_value()))
    return moments


def as_of(moments, seconds_before):
    """Return what stood there *seconds_before* the end; a busy machine holds up timers as it holds up typing."""
    stall = max(later - earlier for (earlier, _), (later, _) in pairwise(moments))
    limit = moments[-1][0] - seconds_before - stall
    return [text for at, text in moments if at <= limit][-1]


def test_a_killed_server_costs_at_most_three_seconds(article, server, new_page):
    page = new_page(base_url=server.address)
    log_in(page)
    open_article(page, article).press("Control+End")
    type_for(page, 4)
    server.kill()
    moments = type_for(page, 8)
    # The tab is lost as well, so that only what was kept by now can come back.
    storage = page.context.storage_state()
    page.context.close()
    server.start()
    page = new_page(base_url=server.address, storage_state=storage)
    open_article(page, article)
    expect(banners(page)).to_have_count(1)
    banners(page).get_by_role("link", name="Restore").click()
    restored = body_of(page).input_value()
    assert moments[-1][1].startswith(restored)
    assert len(restored) >= len(as_of(moments, 3))
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 2.")
    expect(banners(page)).to_have_count(0)
    only_network_failures(page)


def test_a_killed_server_that_comes_back_gets_everything(article, server, new_page):
    page = new_page(base_url=server.address)
    log_in(page)
    open_article(page, article).press("Control+End")
    type_for(page, 3)
    server.kill()
    moments = type_for(page, 3)
    expect(status_of(page)).to_have_text("Offline: kept in this browser")
    server.start()
    expect(status_of(page)).to_have_text(KEPT, timeout=15_000)
    other = page.context.new_page()
    open_article(other, article)
    banners(other).get_by_role("link", name="Restore").click()
    expect(body_of(other)).to_have_value(moments[-1][1])
    only_network_failures(page)


def test_a_killed_browser_costs_at_most_three_seconds(article, server, new_page):
    page = new_page(base_url=server.address)
    log_in(page)
    open_article(page, article).press("Control+End")
    answering = [0]
    page.on("requestfinished", lambda request: answering.append(request.timing["responseEnd"] / 1000))
    moments = type_for(page, 7)
    # Nothing runs any more: no pagehide, no beacon.
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", OFFLINE)
    storage = {"cookies": page.context.cookies(), "origins": []}
    page.context.close()
    page = new_page(base_url=server.address, storage_state=storage)
    open_article(page, article)
    banners(page).get_by_role("link", name="Restore").click()
    restored = body_of(page).input_value()
    assert moments[-1][1].startswith(restored)
    assert len(restored) >= len(as_of(moments, 3 + max(answering)))
    only_network_failures(page)


OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
