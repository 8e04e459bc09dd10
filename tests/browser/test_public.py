"""The public pages in a browser: readable by everybody, at every width, in both schemes, without script."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import path
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, permission_denied, server_error
from playwright.sync_api import expect

from articles.drafting import save_revision
from articles.models import CorrectionKind
from articles.publishing import publish
from articles.sharing import share
from films.models import Department, Release
from rushcms import urls
from tests.factories import (
    make_article,
    make_author,
    make_credit,
    make_film,
    make_image,
    make_live,
    make_person,
    make_topic,
)

pytestmark = pytest.mark.django_db(transaction=True)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
BODY = """
Words, then [a link](/films/).[^1]

## One

![A street](image:{picture})

> Said by somebody.

## Two

| Character | Played by | Where |
|---|---|--:|
| {long} | {long} | 1 |

## Three

`{long}`

It ends ||well for {long}||.

::: spoiler How it ends
Somebody dies.
:::

[^1]: A note.
"""
# What no address of the site's own leads to for sure: the pages for when something is wrong.
WRONG = {"400/": bad_request, "403/": permission_denied}
urlpatterns = [
    *urls.urlpatterns,
    *(path(place, view, {"exception": None}) for place, view in WRONG.items()),
    path("403-csrf/", csrf_failure),
    path("500/", server_error),
]


@pytest.fixture
def addresses(settings):
    """The address of one page for each template, filled with what is hard to lay out."""
    settings.ROOT_URLCONF = __name__
    people = ["Jason Patric", "三船 敏郎", "نجيب محفوظ", LONG]
    film = make_film(LONG, runtime=120, logline="Two agents go under.", countries=["US"], poster=make_image())
    Release.objects.create(film=film, country="US", date=date(1991, 12, 22), certificate="R")
    for name in people:
        make_credit(film, make_person(name, bio=LONG), f"As {LONG}", voice=True, credited_as=LONG)
    for number in range(12):
        make_credit(film, make_person(f"Extra {number}"), "Driver", "Technician #2", uncredited=True)
    make_credit(film, make_person(LONG), department=Department.DIRECTING, job="director")
    titles = [
        "Rush",
        "باب الحديد",
        "千と千尋の神隠し",
        "In the Mood for Love",
        "Dr. Strangelove or: How I Learned to Love",
    ]
    films = [film, *(make_film(title) for title in titles)]
    author, topic = make_author(bio="Writes.", portrait=make_image()), make_topic()
    hero = make_image(caption="A street.", credit_line="MGM")
    body = BODY.format(picture=hero.pk, long=LONG)
    for number in range(24):
        about = films[number % len(films)]
        make_live(f"Piece {number} {about.title}", film=about, authors=[author], topics=[topic], spoilers="mild")
    article = make_live(LONG, film=film, authors=[author], topics=[topic], hero=hero, body=body, spoilers="full")
    revision = save_revision(article, by=None, base=article.head, dek=LONG)
    publish(revision, by=None, correction=(CorrectionKind.CORRECTION, f"It was {LONG}."))
    rows = [article, film, film.credits.first().person, author, topic]
    lists = ["/", "/articles/", "/films/?q=rush", "/people/", "/corrections/", "/search/?q=piece", "/search/?q=xyzzy"]
    previews = [share(make_article(f"Draft {LONG}", body=body, film=film).head, by=None), "/preview/nonsense/"]
    wrong = ["/nowhere/", *(f"/{place}" for place in WRONG), "/403-csrf/", "/500/"]
    return [*lists, *(row.get_absolute_url() for row in rows), *previews, *wrong]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(new_page, addresses, width, scheme):
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = []
    for address in addresses:
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        for details in page.locator("details").all():
            details.locator("summary").click()
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{address} is {overflow} px too wide"] if overflow > 0 else []
        results = Axe().run(page, options=RULES)
        found += [f"{address}: {results.generate_report()}"] if results.violations_count else []
        page.complaints[:] = [line for line in page.complaints if "the server responded with a status of" not in line]
    assert found == [], "\n".join(found)


def test_the_skip_link_leads_past_the_masthead(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_a_reader_without_script_finds_the_film_and_its_article(new_page):
    film = make_film("Rush")
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_live("What Is It About?", film=film, body="They come up addicted.")
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Films", exact=True).click()
    page.get_by_label("Find a film").fill("RUSH")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Rush", exact=True).click()
    page.get_by_role("link", name="What Is It About?").click()
    expect(page.get_by_text("They come up addicted.")).to_be_visible()
    page.get_by_role("link", name="Jason Patric").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jason Patric")


def test_the_house_faces_are_sent_and_used(page):
    page.goto("/")
    loaded = (
        "document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family))"
    )
    assert {"House Text", "House Label"} <= {family.strip('"') for family in page.evaluate(loaded)}
