"""What the proofreader says of links."""

from datetime import timedelta
from time import process_time

import pytest
from django.contrib.redirects.models import Redirect
from django.utils import timezone

from articles.drafting import save_revision
from articles.proofreading import Copy, Level, Place, destinations
from articles.proofreading.links import check_links, check_words
from articles.publishing import publish, withdraw
from articles.rendering import render
from articles.trashing import trash
from films.models import Character
from tests.factories import (
    make_article,
    make_author,
    make_credit,
    make_film,
    make_live,
    make_person,
    make_topic,
)


def broken(body, article=None):
    return [(finding.text, finding.level) for finding in check_links(Copy("A title", "", body, article=article))]


@pytest.mark.parametrize(
    ("text", "address", "there"),
    [
        ('`id="foo"`', "foo", False),
        ("## A part", "a-part", True),
        ("## A part", "part", False),
        ("A note[^n] twice[^n].\n\n[^n]: Said.", "fn1", True),
        ("A note[^n] twice[^n].\n\n[^n]: Said.", "fnref1", True),
        ("A note[^n] twice[^n].\n\n[^n]: Said.", "fnref1:1", True),
        ("A note[^n] twice[^n].\n\n[^n]: Said.", "fnref1:2", False),
    ],
)
def test_parts_of_the_piece_are_its_headings_and_footnotes(db, text, address, there):
    body = f"{text}\n\n[x](#{address})"
    assert broken(body) == ([] if there else error(f"[x](#{address})"))
    page = render(body, prefix="preview-")
    assert list(check_links(Copy("A title", "", body, page=page))) == list(check_links(Copy("A title", "", body)))


def test_thousands_of_links_to_parts_are_read_in_seconds(db):
    body = "".join(f"## Part {number}\n\n[x](#part-{number})\n\n" for number in range(3000))
    start = process_time()
    assert broken(body) == []
    assert process_time() - start < 5


def test_a_character_that_spoils_has_no_place_on_the_films_page(site):
    Character.objects.update(spoils=True)
    link = "[x](/films/rush-1991/#character-jim-raynor)"
    assert broken(link) == error(link)


def test_more_links_than_a_database_is_asked_for_are_read(db):
    body = " ".join(f"[x](/films/no{number}/)" for number in range(destinations.MOST + 1000))
    assert len(broken(body)) == destinations.MOST


def said(body):
    return [finding.text for finding in check_words(Copy("A title", "", body))]


def error(markup):
    return [(markup, Level.ERROR)]


@pytest.fixture
def site(db):
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    make_author()
    make_topic()
    make_live("Rush explained")
    make_article("A draft")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/articles/?page=2",
        "/articles/rush-explained/",
        "/articles/rush-explained",
        "/articles/rush-explained/#anything",
        "../rush-explained/",
        "/films/rush-1991/",
        "/films/rush-1991/#character-jim-raynor",
        "/people/jason-patric/",
        "/authors/daniel-fox/",
        "/topics/undercover/",
        "/corrections/",
        "/media/images/street.png",
        "http://testserver/films/rush-1991/",
        "https://elsewhere.example/films/rush-1066/",
        "//elsewhere.example/x",
        "mailto:desk@news.example",
        "http://[elsewhere",
        "#the-end",
        "#page:main",
    ],
)
def test_links_to_what_readers_can_open_are_left_alone(site, address):
    assert broken(f"## The end\n\n[words]({address})") == []


@pytest.mark.parametrize(
    "address",
    [
        "/articles/a-draft/",
        "/articles/never-written/",
        "/films/rush-1066/",
        "/films/rush-1991/#character-nobody",
        "/people/jason-patrick/",
        "/authors/nobody/",
        "/topics/nothing/",
        "/nowhere/",
        "/films/%00/",
        "/admin/",
        "/preview/abc/",
        "rush-1991",
        "http://testserver/nowhere/",
        "#the-beginning",
        "",
    ],
)
def test_links_to_what_readers_cannot_open_are_errors_with_their_places(site, address):
    body = f"## The end\n\n😀 [words]({address}) and more."
    (finding,) = check_links(Copy("A title", "", body))
    assert (finding.code, finding.level) == ("link-broken", Level.ERROR)
    assert finding.place == Place("body", 14, 23 + len(address))
    assert finding.text == body[14 : 23 + len(address)] == f"[words]({address})"


def test_what_stands_in_code_is_no_link(site):
    assert broken("`[words](/nowhere/)` and \\[words](/nowhere/)") == []


def test_reference_links_and_links_in_cells_and_spoilers_are_read(site):
    body = "[one][x]\n\n| [two](/b/) |\n|---|\n\n||[three](/c/)||\n\n[x]: /a/"
    assert [text for text, _ in broken(body)] == ["[one][x]", "[two](/b/)", "[three](/c/)"]


def test_a_piece_may_link_to_itself_and_to_its_own_headings(site):
    article = make_article("Rush again")
    body = "## The *end*\n\n[a](/articles/rush-again/) [b](/articles/rush-again/#the-end) [c](#the-end) [d](#no)"
    assert broken(body, article) == error("[d](#no)")


def test_an_old_address_is_as_good_as_where_it_leads(site):
    leads = {"/films/rush/": "/films/rush-1991/", "/old/": "/articles/a-draft/", "/gone/": ""}
    for old, new in leads.items():
        Redirect.objects.create(site_id=1, old_path=old, new_path=new)
    body = "[a](/films/rush/) [b](/films/rush) [c](/old/) [d](/gone/)"
    assert broken(body) == error("[c](/old/)") + error("[d](/gone/)")


def test_an_article_that_is_scheduled_is_a_warning(site):
    make_live("Tomorrow", at=timezone.now() + timedelta(days=1))
    assert broken("[words](/articles/tomorrow/)") == [("[words](/articles/tomorrow/)", Level.WARNING)]


@pytest.mark.parametrize("leave", [withdraw, trash])
def test_an_article_that_readers_no_longer_see_is_an_error(site, leave):
    leave(make_live("Gone"), by=None)
    assert broken("[words](/articles/gone/)") == error("[words](/articles/gone/)")


def test_a_live_article_with_a_scheduled_change_is_left_alone(site):
    article = make_live("Changing")
    revision = save_revision(article, by=None, base=article.head, body="Other words.")
    publish(revision, at=timezone.now() + timedelta(days=1), by=None)
    assert broken("[words](/articles/changing/)") == []


@pytest.mark.parametrize("count", [1, 30])
def test_many_links_cost_the_same(site, count, django_assert_num_queries):
    kinds = ["/articles/a", "/films/a", "/films/rush-1991/#character-a", "/people/a", "/authors/a", "/topics/a", "/a"]
    body = "\n".join(f"[words]({kind}{number}/)" for kind in kinds for number in range(count))
    with django_assert_num_queries(7):
        assert len(broken(body)) == 7 * count


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[here](/x/)", "here"),
        ("[Click *here*!](/x/)", "Click *here*!"),
        ("[this link][x]\n\n[x]: /x/", "this link"),
        ("<https://elsewhere.example/a>", "https://elsewhere.example/a"),
        ("[https://elsewhere.example](https://elsewhere.example)", "https://elsewhere.example"),
        ("See https://elsewhere.example/a?b=c.", "https://elsewhere.example/a?b=c"),
        ("See www.elsewhere.example, there", "www.elsewhere.example"),
    ],
)
def test_links_that_do_not_say_where_they_lead_are_found(body, found):
    assert said(body) == [found]


def test_the_place_of_link_words_is_the_words():
    (finding,) = check_words(Copy("A title", "", "😀 see [here](/x/)"))
    assert (finding.level, finding.place) == (Level.NOTICE, Place("body", 7, 11))


@pytest.mark.parametrize(
    "body",
    [
        "[the film's page](/x/)",
        "[what happens here](/x/)",
        "[the novel](https://elsewhere.example/a)",
        "`https://elsewhere.example/a`",
        "    https://elsewhere.example/a",
        "![A street](https://elsewhere.example/a.png)",
        "Click here.",
    ],
)
def test_links_that_say_where_they_lead_are_left_alone(body):
    assert said(body) == []
