"""What pages say in the words of schema.org: only words that it has, and all that search engines ask for."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.dateparse import parse_datetime

from articles.drafting import save_revision
from articles.models import CorrectionKind
from articles.publishing import publish
from films.models import Department, FilmTitle, PersonName, Precision, Release, TitleKind
from tests.factories import (
    make_author,
    make_credit,
    make_film,
    make_genre,
    make_image,
    make_live,
    make_person,
    make_topic,
)
from tests.schema_org import graph_of, mistakes

HOST = "http://testserver"
MOMENT = datetime(2020, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def film(db):
    """A film with all that its page tells."""
    film = make_film(
        original_title="Rausch", runtime=120, logline="Two agents go under.", countries=["US"], languages=["en"],
        imdb_id="tt0102820", tmdb_id=20289, wikidata_id="Q1", poster=make_image(),
    )  # fmt: skip
    film.genres.add(make_genre("Crime"))
    FilmTitle.objects.create(film=film, text="Rushh", kind=TitleKind.MISSPELLING)
    Release.objects.create(film=film, country="US", date=date(1991, 12, 1), precision=Precision.MONTH, certificate="R")
    make_credit(film, make_person(), "Jim Raynor", "The Killer", billing=1)
    film.characters.filter(name="The Killer").update(spoils=True)
    for name, department, job in [
        ("Lili Fini Zanuck", Department.DIRECTING, "director"),
        ("Pete Dexter", Department.WRITING, "screenplay"),
        ("Kim Wozencraft", Department.SOURCE, "novel"),
        ("Eric Clapton", Department.MUSIC, "composer"),
        ("Some Drummer", Department.MUSIC, "drums"),
    ]:
        make_credit(film, make_person(name), department=department, job=job)
    return film


@pytest.fixture
def article(film):
    """A live article on it, corrected after two days."""
    make_person("Ron Howard")
    body = "[[person:ron-howard]], [[film:rush-1991]], [[character:jim-raynor]]. ||[[person:jason-patric]]||"
    with time_machine.travel(MOMENT, tick=False) as clock:
        authors, topics = [make_author("Daniel Fox", bio="Writes.")], [make_topic("Undercover")]
        article = make_live("About “Rush”", film=film, authors=authors, topics=topics, body=body, hero=make_image())
        clock.shift(timedelta(days=2))
        revision = save_revision(article, by=None, base=article.head, dek="Other words.")
        publish(revision, by=None, correction=(CorrectionKind.CORRECTION, "It was Dodd </script>."))
    return article


def test_pages_use_the_words_of_schema_org_as_it_defines_them(client, article, film):
    author, person = article.authors.get(), film.credits.cast().get().person
    for address in ["/", article.get_absolute_url(), film.get_absolute_url(), person.get_absolute_url()]:
        assert list(mistakes(graph_of(client.get(address)))) == [], address
    assert "ld+json" not in client.get(author.get_absolute_url()).text


def test_the_vocabulary_finds_what_is_wrong(client, film):
    nodes = graph_of(client.get(film.get_absolute_url()))
    movie = nodes[f"{HOST}/films/rush-1991/#film"]
    movie |= {"wordCount": 1, "plot": "x", "director": [{"@id": "#nobody"}], "musicBy": {"@type": "Country"}}
    assert len(list(mistakes(nodes))) == 4


def test_the_vocabulary_lets_a_role_say_who_plays_what_and_nothing_of_other_things(client, film):
    nodes = graph_of(client.get(film.get_absolute_url()))
    (role,) = nodes[f"{HOST}/films/rush-1991/#film"]["actor"]
    role["duration"] = "PT2H"
    assert list(mistakes(nodes)) == ["PerformanceRole has no duration."]


def test_a_film_is_told_with_its_facts_and_makers(client, film):
    nodes = graph_of(client.get(film.get_absolute_url()))
    movie = nodes[f"{HOST}/films/rush-1991/#film"]
    told = {name: value for name, value in movie.items() if name not in {"actor", "image", "sameAs"}}
    assert told == {
        "@type": "Movie",
        "@id": f"{HOST}/films/rush-1991/#film",
        "name": "Rush",
        "url": f"{HOST}/films/rush-1991/",
        "alternateName": ["Rausch"],
        "description": "Two agents go under.",
        "datePublished": "1991-12",
        "duration": "PT120M",
        "contentRating": "R",
        "genre": ["Crime"],
        "countryOfOrigin": [{"@type": "Country", "name": "United States"}],
        "inLanguage": ["en"],
        "director": [{"@id": f"{HOST}/people/lili-fini-zanuck/#person"}],
        "author": [{"@id": f"{HOST}/people/pete-dexter/#person"}],
        "musicBy": [{"@id": f"{HOST}/people/eric-clapton/#person"}],
    }
    assert movie["actor"] == [
        {
            "@type": "PerformanceRole",
            "actor": {"@id": f"{HOST}/people/jason-patric/#person"},
            "characterName": ["Jim Raynor"],
        }
    ]
    assert movie["sameAs"] == [
        "https://www.imdb.com/title/tt0102820/",
        "https://www.themoviedb.org/movie/20289",
        "https://www.wikidata.org/wiki/Q1",
    ]


def test_a_film_without_a_poster_has_its_card(client, db):
    film = make_film()
    (picture,) = graph_of(client.get(film.get_absolute_url()))[f"{HOST}/films/rush-1991/#film"]["image"]
    assert picture.startswith(f"{HOST}/cards/films/rush-1991.")


def test_a_person_is_told_with_what_is_known_of_them(client, db):
    person = make_person(
        born=date(1966, 6, 1), born_precision=Precision.MONTH, bio="An actor.", imdb_id="nm0000574",
        portrait=make_image(),
    )  # fmt: skip
    PersonName.objects.create(person=person, text="Jason Miller", kind="birth")
    make_credit(make_film(), person, "Jim")
    node = graph_of(client.get(person.get_absolute_url()))[f"{HOST}/people/jason-patric/#person"]
    assert node.pop("image")[0].startswith(f"{HOST}/media/")
    assert node == {
        "@type": "Person",
        "@id": f"{HOST}/people/jason-patric/#person",
        "name": "Jason Patric",
        "url": f"{HOST}/people/jason-patric/",
        "alternateName": ["Jason Miller"],
        "description": "An actor.",
        "birthDate": "1966-06",
        "jobTitle": ["Actor"],
        "sameAs": ["https://www.imdb.com/name/nm0000574/"],
    }


def test_an_article_has_what_search_engines_ask_for(client, article):
    nodes = graph_of(client.get(article.get_absolute_url()))
    node = nodes[f"{HOST}{article.get_absolute_url()}#article"]
    assert node["headline"] == "About “Rush”"
    assert parse_datetime(node["datePublished"]) == MOMENT
    assert parse_datetime(node["dateModified"]) == MOMENT + timedelta(days=2)
    assert all(address.startswith(f"{HOST}/media/") for address in node["image"])
    (author,) = [nodes[each["@id"]] for each in node["author"]]
    assert (author["@type"], author["name"], author["url"]) == ("Person", "Daniel Fox", f"{HOST}/authors/daniel-fox/")
    assert nodes[node["publisher"]["@id"]]["name"] == "RushCMS"
    assert (node["articleSection"], node["keywords"], node["wordCount"]) == ("Explainer", ["Undercover"], 6)


def test_an_article_points_at_its_film_and_at_whom_it_names_in_sight(client, article):
    node = graph_of(client.get(article.get_absolute_url()))[f"{HOST}{article.get_absolute_url()}#article"]
    assert node["about"] == {"@id": f"{HOST}/films/rush-1991/#film"}
    assert node["mentions"] == [{"@id": f"{HOST}/people/ron-howard/#person"}]


def test_a_correction_is_told(client, article):
    node = graph_of(client.get(article.get_absolute_url()))[f"{HOST}{article.get_absolute_url()}#article"]
    assert node["correction"] == [
        {
            "@type": "CorrectionComment",
            "name": "Correction",
            "text": "It was Dodd </script>.",
            "datePublished": "2020-05-03T09:00:00+00:00",
        }
    ]


def test_breadcrumbs_lead_from_the_list_to_the_page(client, article, film):
    person = film.credits.cast().get().person
    for row, start in [(article, "Articles"), (film, "Films"), (person, "People")]:
        nodes = graph_of(client.get(row.get_absolute_url()))
        crumbs = nodes[f"{HOST}{row.get_absolute_url()}#breadcrumbs"]["itemListElement"]
        assert [(each["@type"], each["position"]) for each in crumbs] == [("ListItem", 1), ("ListItem", 2)]
        assert (crumbs[0]["name"], crumbs[1]["item"]) == (start, f"{HOST}{row.get_absolute_url()}")
        assert all(each["name"] for each in crumbs)


def test_the_site_tells_how_it_is_searched(client, db):
    action = graph_of(client.get("/"))[f"{HOST}/#site"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{HOST}/search/?q={{search_term_string}}"


def test_a_preview_tells_machines_nothing(client, db):
    from articles.sharing import share
    from tests.factories import make_article

    page = client.get(share(make_article().head, by=None)).text
    assert ("ld+json" in page, "article:published_time" in page, '"robots" content="noindex"' in page) == (
        False,
        False,
        True,
    )
