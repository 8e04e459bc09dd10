"""One headless Chromium for all browser tests, and pages that fail a test on any script or policy error."""

import os
import time
from importlib import import_module
from pathlib import Path
from threading import Lock

import pytest
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import expect, sync_playwright

from tests.factories import make_superuser

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PASSWORD = "correct horse battery"
PATIENCE = 20_000  # Milliseconds; a busy machine is slow, and waiting for what comes costs nothing.

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Keep the browser tests on one worker, so that one browser serves them all."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser(django_db_setup, live_server):
    # After the database, which the server's threads are to share; and closed before the server, which then is idle.
    if not Path(CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip(f"There is no Chromium at {CHROMIUM}.")
    # Playwright's sync interface runs an event loop, in which Django else refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def groups(transactional_db):
    """Make the groups and permissions again that emptying the database took away with the migrations' rows."""
    migration = import_module("articles.migrations.0003_groups")
    with connection.schema_editor() as editor:
        migration.make_groups(apps, editor)


@pytest.fixture
def files_on_disk(settings, tmp_path):
    """Keep uploads in a folder, from where the live server can send them."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    settings.MEDIA_ROOT = tmp_path


class Traffic:
    """Counts what the live server is busy with."""

    def __init__(self):
        self.open = 0
        self.counting = Lock()  # Each request has a thread of its own.
        request_started.connect(self.start)
        request_finished.connect(self.finish)

    def start(self, **options):
        """One more request."""
        with self.counting:
            self.open += 1

    def finish(self, **options):
        """One less."""
        with self.counting:
            self.open -= 1

    def rest(self):
        """Wait for the last: the open pages' scripts send requests to the end."""
        for _ in range(PATIENCE // 30):
            time.sleep(0.03)
            if self.open <= 0:
                return


@pytest.fixture(scope="session")
def traffic():
    """What the live server is busy with."""
    return Traffic()


@pytest.fixture
def new_page(browser, live_server, transactional_db, traffic, files_on_disk):
    """Return a function that opens a page on the live server; options are Playwright's for a context."""
    contexts, complaints = [], []

    def open_page(**options):
        usual = {"base_url": live_server.url, "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**{**usual, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.complaints = complaints
        return page

    yield open_page
    # Rows go only after the last page, whose requests share the test's own connection.
    for context in contexts:
        context.close()
    traffic.rest()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A page at 1280 px in light colours."""
    return new_page()


@pytest.fixture
def desk(page, transactional_db):
    """A page where a superuser has logged in to the desk."""
    user = make_superuser(password=PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page
