"""What readers get of articles, authors and topics."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import strip_tags

from articles.drafting import save_revision
from articles.models import Publication
from articles.publishing import publish, withdraw
from films.models import Department
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

MOMENT = datetime(2030, 5, 1, 9, tzinfo=UTC)
KEEPING = 1  # How long caches may keep the page.


def read(client, article):
    """Return the page of *article* as a reader gets it."""
    return client.get(article.get_absolute_url())


def test_a_live_article_is_read_as_it_was_written(client, db):
    film = make_film(runtime=120)
    author = make_author("Daniel Fox")
    article = make_live('What Is "Rush" About?', film=film, authors=[author], body="It is *about* two agents.")
    text = read(client, article).text
    assert "What Is “Rush” About?</h1>" in text
    assert f'<a href="{author.get_absolute_url()}"><bdi>Daniel Fox</bdi></a>' in text
    assert "<p>It is <em>about</em> two agents.</p>" in text
    assert film.get_absolute_url() in text
    assert "2\u00a0h" in text


def test_a_draft_is_not_there(client, db):
    assert read(client, make_article()).status_code == 404


def test_a_withdrawn_article_is_gone(client, db):
    article = make_live()
    withdraw(article, by=None)
    assert read(client, article).status_code == 404


def test_time_itself_publishes(client, db):
    with time_machine.travel(MOMENT, tick=False):
        article = make_live("Out at ten", at=MOMENT + timedelta(hours=1))
        assert read(client, article).status_code == 404
        assert "Nothing is out here yet" in client.get("/articles/").text
    with time_machine.travel(MOMENT + timedelta(hours=1), tick=False):
        assert read(client, article).status_code == 200
        assert "Out at ten" in client.get("/articles/").text


def test_a_newer_draft_changes_nothing_for_readers(client, db):
    article = make_live("Before", body="Old words.")
    save_revision(article, by=None, base=article.head, title="After", body="New words.")
    text = read(client, article).text
    assert ("Old words." in text, "New words." in text, "After" in text) == (True, False, False)


def test_an_update_is_dated_and_does_not_move_the_article(client, db):
    with time_machine.travel(MOMENT, tick=False):
        article = make_live("First out")
    with time_machine.travel(MOMENT + timedelta(days=1), tick=False):
        make_live("Second out")
    with time_machine.travel(MOMENT + timedelta(days=2), tick=False):
        publish(save_revision(article, by=None, base=article.head, body="New words."), by=None)
        text = read(client, article).text
        listed = client.get("/articles/").text
    assert ("May 1, 2030" in text, "May 3, 2030" in text) == (True, True)
    assert listed.index("Second out") < listed.index("First out")


def test_contents_stand_where_there_are_three_headings(client, db):
    long = make_live("Long", body="## One\n\na\n\n### Two\n\nb\n\n## Three\n\nc")
    short = make_live("Short", body="## One\n\na\n\n## Two\n\nb")
    assert 'href="#three"' in read(client, long).text
    assert "In this piece" not in read(client, short).text


def test_spoilers_are_announced(client, db):
    assert "Full spoilers" in read(client, make_live(spoilers="full")).text


def test_the_cast_is_named_as_the_film_credits_it(client, db):
    film = make_film()
    make_credit(film, make_person("Special K. McCray"), "Willie Red", credited_as="Special K.", uncredited=True)
    text = read(client, make_live(film=film)).text
    assert "<bdi>Special K.</bdi>" in text
    assert "as <bdi>Willie Red</bdi>" in text
    assert "(uncredited)" in text


def test_a_role_that_spoils_is_withheld(client, db):
    film = make_film()
    credit = make_credit(film, make_person(), "The Killer")
    film.characters.update(spoils=True)
    text = read(client, make_live(film=film)).text + client.get(film.get_absolute_url()).text
    text += client.get(credit.person.get_absolute_url()).text
    assert ("The Killer" in text, text.count("role withheld: spoiler")) == (False, 3)


def test_a_long_cast_is_folded_after_twelve(client, db):
    film = make_film()
    for number in range(14):
        make_credit(film, make_person(f"Extra {number}"), "Driver", billing=number)
    first, rest = read(client, make_live(film=film)).text.split("<details")
    assert ("Extra 11" in first, "Extra 12" in first, "Extra 12" in rest) == (True, False, True)
    assert "2 more in the cast" in rest


def test_what_an_editor_types_is_never_markup(client, db):
    nasty = "<script>alert(1)</script>"
    film = make_film(nasty, logline=nasty)
    make_credit(film, make_person(nasty), nasty, note=nasty)
    author = make_author("Ana", bio=nasty)
    article = make_live(nasty, slug="nasty", dek=nasty, body=nasty, film=film, authors=[author])
    for address in ["/", "/articles/", article.get_absolute_url(), film.get_absolute_url(), author.get_absolute_url()]:
        assert "<script>" not in client.get(address).text


@pytest.mark.parametrize("count", [1, 3, 30])
def test_an_article_costs_ten_queries_however_long_the_cast_or_the_body(client, db, django_assert_num_queries, count):
    film = make_film(poster=make_image())
    for number in range(count):
        make_credit(film, make_person(f"Extra {number}"), "Driver", f"Technician #{number}")
        make_credit(film, make_person(f"Helper {number}"), department=Department.DIRECTING, job="director")
    pictures = "\n\n".join(f"## Part {number}\n\n![A street](image:{make_image().pk})" for number in range(count))
    authors = [make_author(f"Author {number}", portrait=make_image()) for number in range(count)]
    topics = [make_topic(f"Topic {number}") for number in range(count)]
    article = make_live(film=film, authors=authors, topics=topics, body=pictures, hero=make_image())
    # The page's own, then what to read next: by film, makers and topics, and what is newest.
    with django_assert_num_queries(6 + 4 + KEEPING):
        assert read(client, article).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_naming_people_characters_and_films_costs_four_queries_more(client, db, django_assert_num_queries, count):
    film, named = make_film(), []
    for number in range(count):
        make_credit(film, make_person(f"Actor {number}"), f"Part {number}", "Another")
        make_credit(film, make_person(f"Writer {number}"), department=Department.WRITING, job="screenplay")
        make_credit(make_film(f"Film {number}"), make_person(f"Stranger {number}"), "Somebody")
        people = [f"person:{job}-{number}" for job in ("actor", "writer", "stranger")]
        named += [*people, f"character:part-{number}", f"film:film-{number}-1991"]
    article = make_live(film=film, body=" ".join(f"[[{reference}]]" for reference in named))
    # The page's own, without pictures; then people, characters, films, and what the people did; then what to read next.
    with django_assert_num_queries(5 + 4 + 5 + KEEPING):
        text = read(client, article).text
    assert (text.count('id="who-'), text.count("data-card")) == (4 * count, 4 * count)


def test_a_page_lists_whom_the_text_names_and_what_they_did(client, db):
    film = make_film()
    make_credit(film, make_person("Jason Patric"), "Jim Raynor", voice=True)
    make_credit(film, make_person("Sam Elliott"), "Dodd")
    make_credit(film, make_person("Pete Dexter"), department=Department.WRITING, job="screenplay")
    film.characters.filter(slug="jim-raynor").update(description="An agent who needs a partner.")
    make_film("Rush", 2013)
    article = make_live(film=film, body="[[character:jim-raynor]], [[person:pete-dexter]] and [[film:rush-2013]].")
    page = read(client, article).text
    text = " ".join(strip_tags(page.split("<aside")[1].split("</aside>")[0]).split())
    assert "Who’s who Jim Raynor played by Jason Patric (voice) An agent who needs a partner. " in text
    assert f'href="{film.get_absolute_url()}#character-jim-raynor"><bdi>Jim Raynor</bdi>' in page
    assert "Pete Dexter Screenplay 1 more in the cast Sam Elliott as Dodd Also mentioned Rush (2013)" in text


def test_what_stands_in_spoilers_alone_is_not_listed(client, db):
    film = make_film()
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_person("Ron Howard")
    text = read(client, make_live(film=film, body="||[[person:ron-howard]] and [[character:jim-raynor]]||")).text
    assert ('id="who-' in text, text.count("Ron Howard"), "<h3" in text) == (False, 1, True)


def test_who_plays_a_character_that_spoils_stands_nowhere(client, db):
    film = make_film()
    make_credit(film, make_person("Jason Patric"), "The Killer")
    film.characters.update(spoils=True)
    body = "[[character:the-killer|Somebody]] and [[person:jason-patric]]."
    aside = read(client, make_live(film=film, body=body)).text.split("<aside")[1]
    assert ("played by" in aside, "The Killer" in aside) == (False, False)
    assert aside.count("Jason Patric") == aside.count("role withheld: spoiler") == 1


def test_the_list_holds_what_is_live(client, db):
    make_live("Out now")
    make_article("In a drawer")
    make_live("Out tomorrow", at=timezone.now() + timedelta(days=1))
    assert [publication.revision.title for publication in client.get("/articles/").context["page"]] == ["Out now"]


def test_the_list_can_be_of_one_kind(client, db):
    make_live("An essay", kind="essay")
    make_live("A review", kind="review")
    response = client.get("/articles/?kind=essay")
    assert [publication.revision.title for publication in response.context["page"]] == ["An essay"]
    assert client.get("/articles/?kind=poem").status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"), [("", 1), ("2", 2), ("99", 2), ("0", 2), ("x", 1), ("-1", 2), ("9" * 5000, 1)]
)
def test_any_page_number_shows_a_page(client, db, asked, shown):
    article = make_live()
    others = [make_article(f"Piece {number}") for number in range(24)]
    now = timezone.now()
    Publication.objects.bulk_create(Publication(article=other, revision=other.head, starts=now) for other in others)
    response = client.get("/articles/", {"kind": article.kind, "page": asked})
    assert (response.status_code, response.context["page"].number) == (200, shown)
    assert f"kind=explainer&amp;page={3 - shown}" in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(client, db, django_assert_num_queries, count):
    author, topic = make_author("Ana"), make_topic()
    for number in range(count):
        authors = [author, make_author(f"Author {number}")]
        make_live(f"Piece {number}", film=make_film(), authors=authors, topics=[topic], hero=make_image())
    for address, queries in [("/articles/", 5), (author.get_absolute_url(), 5), (topic.get_absolute_url(), 5)]:
        with django_assert_num_queries(queries + KEEPING):
            client.get(address)


def test_an_author_is_shown_with_their_own_pieces(client, db):
    author = make_author("Daniel Fox", bio="Writes about crime films.")
    make_live("His", authors=[make_author("Ana"), author])
    make_live("Hers", authors=[make_author("Bea")])
    response = client.get(author.get_absolute_url())
    assert "Writes about crime films." in response.text
    assert [publication.revision.title for publication in response.context["page"]] == ["His"]


def test_a_topic_is_shown_with_its_pieces(client, db):
    topic = make_topic("Undercover")
    make_live("On it", topics=[topic, make_topic("Addiction")])
    make_live("Off it")
    response = client.get(topic.get_absolute_url())
    assert [publication.revision.title for publication in response.context["page"]] == ["On it"]


def test_without_a_dek_the_first_words_describe_the_article(client, db):
    article = make_live(dek="", body="||She did it||. Then plain\nwords.\n\n## A heading\n\nAnd more.")
    assert '<meta name="description" content="Then plain words. And more.">' in read(client, article).text
