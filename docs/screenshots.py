"""Take the pictures in docs/images: `python docs/screenshots.py`, from the project's folder; needs Chromium.

It makes a sample site of its own in a temporary folder, with a newsroom at work in it, and looks at that on this
morning at twenty to nine.
"""

import os
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ZONE = "Europe/Berlin"
MORNING = datetime.now(ZoneInfo(ZONE)).replace(hour=8, minute=40)
PASSWORD = "correct horse battery"  # noqa: S105
COLOURS = 128

CARELESS = "Chief Nettles meets Jason Patrick in the yard. Nettles says nothing, and Lili Fini Zanuck lets him. TK"
PASTED = """William Sadler ... Monroe
Special K. McCray ... Willie Red
Jason Patric ... Jim Raynor
And many others"""


def main():
    """Make the site, serve it, take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from newsroom import make_newsroom  # It needs Django set up.

        room = make_newsroom(PASSWORD, MORNING)
        with time_machine.travel(MORNING), served() as address:
            take_all(address, room)


def prepare(folder):
    """Set Django up with the sample site in *folder*, made nine days ago."""
    os.environ |= {
        "ENV_FILE": os.devnull,
        "RUSHCMS_MODE": "local",
        "SECRET_KEY": "for pictures alone",
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "TIME_ZONE": ZONE,
        "PUBLISHING_NEEDS_APPROVAL": "false",
        "DJANGO_SETTINGS_MODULE": "rushcms.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's sync interface runs an event loop.
    }
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    with time_machine.travel(MORNING - timedelta(days=9)):
        call_command("demo", stdout=StringIO())


@contextmanager
def served():
    """Serve the site from a thread, which shares our clock; the value is its address."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def take_all(address, room):
    """Take every picture as Ana, an editor, sees it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900}, color_scheme="light")
        page.goto("/articles/rush-1991-explained/")
        take(page, "article")
        take_card(page)
        page.goto("/admin/")
        page.get_by_label("Username").fill("ana")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        take(page, "dashboard")
        for name, path in room.pages.items():
            page.goto(path)
            take(page, name)
        take_cast(page, room)
        take_paste(page, room)
        take_merge(page, room)
        take_proofreader(page, room)
        browser.close()


def take_card(page):
    """Show the article's reader a name's card, and a spoiler that was opened."""
    name = page.get_by_role("link", name="Will Gaines").first
    page.evaluate("top => scrollTo(0, top)", name.bounding_box()["y"] - 220)
    page.get_by_role("checkbox", name="Show spoiler", exact=True).first.press("Space")
    page.keyboard.press("Shift+Tab")  # Back to the name: a card opens for keys, not for scripts.
    page.locator(".name-card:popover-open").wait_for()
    take(page, "card")


def take_proofreader(page, room):
    """Show what is found in a few careless sentences, and what is offered after two brackets."""
    page.goto(room.pages["writing"])
    body = page.get_by_label("Body, in Markdown")
    body.fill(f"\n\n{CARELESS}\n\n{body.input_value()}")
    page.get_by_role("button", name="Fix all 2").first.wait_for(timeout=10_000)
    body.press("Control+Home")
    body.press_sequentially("The yard belongs to [[ji")
    page.locator(".completion-option").first.wait_for(timeout=10_000)
    take(page, "proofreader")


def take_paste(page, room):
    """Show how a pasted cast was understood."""
    page.goto(room.film)
    page.get_by_role("link", name="Paste credits").click()
    page.get_by_label("Credits as you found them").fill(PASTED)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Apply to the cast").wait_for()
    take(page, "paste")


def take_cast(page, room):
    """Show the cast of a film, from its heading on."""
    page.goto(room.film)
    cast = page.get_by_role("region", name="Cast")
    page.evaluate("top => scrollTo(0, top)", cast.bounding_box()["y"] - 90)
    take(page, "credits")


def take_merge(page, room):
    """Let Ben save while Ana writes, and show what Ana gets."""
    page.goto(room.writing(room.shared))
    room.interfere()
    body = page.get_by_label("Body, in Markdown")
    body.fill(
        body.input_value().replace("a quiet man", "a careful man").replace("It ends badly.", "It ends in a yard.")
    )
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("button", name="Save the merged text").wait_for()
    take(page, "merge")


def take(page, name):
    """Keep the window's picture, in few colours."""
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
