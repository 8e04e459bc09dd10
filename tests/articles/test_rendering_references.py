"""References: links to people, characters and films, and where they stand in a source."""

from datetime import date

import pytest
from django.contrib.redirects.models import Redirect

from articles.rendering import Audience, Mentioned, render
from articles.rendering.references import Reference, Target, references_in
from films.models import Release
from tests.factories import make_credit, make_film, make_image, make_person


@pytest.fixture
def film(db):
    """Rush, with Jim Raynor and what the facts need."""
    film = make_film(runtime=120, countries=["US"])
    make_credit(film, make_person(), "Jim Raynor")
    make_credit(film, make_person("Lili Fini Zanuck"), department="directing", job="director")
    make_credit(film, make_person("Pete Dexter"), department="writing")
    Release.objects.create(film=film, country="US", date=date(1991, 12, 22), certificate="R")
    return film


def character(film):
    return film.characters.get()


def test_person_is_a_link_under_the_label_or_the_name(film):
    person = make_person("Seán O'Casey & Sons")
    link = f'<a class="reference" href="/people/{person.slug}/" data-card="person-{person.pk}">'
    source = f'[[person:{person.slug}]], [[ person:{person.slug} | "Sean" <b> *x* ]]'
    assert render(source).html == f"<p>{link}Seán O'Casey &amp; Sons</a>, {link}“Sean” &lt;b&gt; *x*</a></p>\n"
    assert render(source).text == "Seán O'Casey & Sons, “Sean” <b> *x*"


def test_character_of_the_articles_film_leads_to_its_place_on_the_films_page(film):
    card = f'data-card="character-{character(film).pk}"'
    html = '<p><a class="reference" href="/films/rush-1991/#character-jim-raynor" ' + card + ">{}</a></p>\n"
    assert render("[[character:jim-raynor]]", film=film).html == html.format("Jim Raynor")
    assert render("[[character:jim-raynor|Raynor]]", film=film).html == html.format("Raynor")


def test_character_that_spoils_leads_to_the_film_which_does_not_show_its_place(film):
    film.characters.update(spoils=True)
    assert 'href="/films/rush-1991/"' in render("[[character:jim-raynor]]", film=film).html


def test_character_of_another_film_or_of_no_film_is_not_found(film):
    assert render("[[character:jim-raynor|Jim]]", film=make_film("Narc", 2002)).html == "<p>Jim</p>\n"
    assert render("[[character:jim-raynor|Jim]]").html == "<p>Jim</p>\n"


def test_film_is_a_link_under_its_title_and_year(film):
    make_film("Heat <&>", None, slug="heat")
    link = '<a class="reference reference--film" href="/films/{}/">{}</a>'
    assert render("[[film:rush-1991]] and [[film:heat]] and [[film:heat|that]]").html == (
        f"<p>{link.format('rush-1991', '<cite>Rush</cite> (1991)')} and "
        f"{link.format('heat', '<cite>Heat &lt;&amp;&gt;</cite>')} and {link.format('heat', 'that')}</p>\n"
    )


@pytest.mark.parametrize(
    ("source", "readers", "mark"),
    [
        ("[[person:nobody|Nobody's]]", "Nobody’s", "There is no person “nobody”: Nobody’s"),
        ("[[person:nobody]]", "", "There is no person “nobody”"),
        ("[[film:no-film|No]]", "No", "There is no film “no-film”: No"),
        ("[[character:no-one]]", "", "There is no character “no-one”"),
        ("[[film:no-film.year|1990]]", "1990", "There is no year known of “no-film”: 1990"),
        ("[[cast]] in a line", " in a line", "A cast table stands alone on its line"),
        ("[[Jim]]", "", "This is no reference: “Jim”"),
        ("[[film.budget|much]]", "much", "This is no reference: “film.budget”: much"),
        ("[[person:<b>|<i>]]", "&lt;i&gt;", "This is no reference: “person:&lt;b&gt;”: &lt;i&gt;"),
        ("[[]]", "", "This is no reference: “”"),
    ],
)
def test_what_is_not_there_shows_its_label_to_readers_and_a_mark_to_editors(film, source, readers, mark):
    rest = " in a line" if source.endswith("line") else ""
    assert render(source, film=film).html == f"<p>{readers}</p>\n"
    shown = render(source, film=film, audience=Audience.EDITORS)
    assert shown.html == f'<p><span class="broken">{mark}</span>{rest}</p>\n'
    assert [shown.broken] == [{reference.target for reference in references_in(source)}]


def test_what_is_there_is_not_broken(film):
    assert render("[[person:jason-patric]] [[film.year]]\n\n[[cast]]", film=film).broken == frozenset()


@pytest.mark.parametrize("source", ["`[[person:x]]`", "    [[person:x]]", "```\n[[person:x]]\n```", r"\[[person:x]]"])
def test_what_stands_in_code_or_is_escaped_is_no_reference(source):
    rendered = render(source)
    assert (rendered.text, rendered.broken) == ("[[person:x]]", frozenset())
    assert references_in(source) == []


def test_commonmarks_own_links_stay_what_they_are():
    source = "[[note]](/a/) and [[b]] and [x [y]](/z/)\n\n[b]: /b/"
    assert render(source).html == (
        '<p><a href="/a/">[note]</a> and [<a href="/b/">b</a>] and <a href="/z/">x [y]</a></p>\n'
    )
    assert references_in(source) == []


def test_reference_in_a_table_cell_has_its_bar_escaped(film):
    cell = r"| [[person:jason-patric\|Patric]] |"
    html = render(f"{cell}\n|---|\n{cell}").html
    assert html.count('/people/jason-patric/"') == 2
    assert html.count(">Patric</a>") == 2


def test_escaped_bar_is_read_outside_a_table_too(film):
    assert render(r"[[person:jason-patric\|Patric]]").text == "Patric"


def test_former_addresses_of_people_and_films_still_lead_to_them(film):
    Redirect.objects.create(site_id=1, old_path="/people/jason-miller/", new_path="/people/jason-patric/")
    Redirect.objects.create(site_id=1, old_path="/films/rush/", new_path="/films/rush-1991/")
    Redirect.objects.create(site_id=1, old_path="/people/gone/", new_path="/elsewhere/")
    source = "[[person:jason-miller]] in [[film:rush]] of [[film:rush.year]] [[person:gone|and]]"
    assert render(source).text == "Jason Patric in Rush (1991) of 1991 and"
    assert 'href="/people/jason-patric/"' in render(source).html


def test_quotes_around_a_reference_are_those_of_print(film):
    assert render("\"[[person:jason-patric]]\" and '[[person:nobody|he]]'").text == "“Jason Patric” and ‘he’"


def test_reference_in_a_heading_names_it_by_address_and_lists_it_by_name(film):
    rendered = render("## [[film:rush-1991]], explained")
    assert [(heading.id, heading.text) for heading in rendered.toc] == [
        ("rush-1991-explained", "Rush (1991), explained")
    ]


def test_reference_in_a_pictures_description_is_words(film):
    image = make_image()
    html = render(f"![With [[person:jason-patric]], [[person:nobody|him]]](image:{image.pk})").html
    assert 'alt="With Jason Patric, him"' in html


def test_mentions_come_once_each_in_the_order_of_the_text(film):
    image, other = make_image(), make_film("Narc", 2002)
    person = film.credits.cast().get().person
    source = f"""||[[film:narc-2002]]|| [[person:jason-patric]] [[character:jim-raynor]]

    ![x](image:{image.pk}) [[person:jason-patric]] [[person:nobody]]

    [[film.year]] ||[[person:jason-patric]]||
    """.replace("\n    ", "\n")
    assert render(source, film=film).mentions == (
        Mentioned(other, spoils=True),
        Mentioned(person),
        Mentioned(character(film)),
        Mentioned(image),
        Mentioned(film),
    )


def every_kind(count, film):
    """Return a text with *count* references of each kind, all to different rows, and former addresses among them."""
    lines = []
    for number in range(count):
        person, other = make_person(f"Person {number}"), make_film(f"Film {number}", 1990)
        make_credit(film, person, f"Part {number}")
        make_credit(other, person, department="directing")
        Redirect.objects.create(site_id=1, old_path=f"/people/old-{number}/", new_path=person.get_absolute_url())
        Redirect.objects.create(site_id=1, old_path=f"/films/old-{number}/", new_path=other.get_absolute_url())
        lines += [f"[[person:person-{number}]] [[person:old-{number}]] [[character:part-{number}]]"]
        lines += [f"[[film:film-{number}-1990]] [[film:old-{number}]] ![x](image:{make_image().pk})"]
        lines += [f"[[film:film-{number}-1990.{fact}]]" for fact in ("director", "writer", "release", "cast-count")]
        lines += ["[[film.director]] [[film.certificate]]", "", "[[cast]]", ""]
    return "\n".join(lines)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_references_cost_the_same_however_many(film, count, django_assert_num_queries):
    source = every_kind(count, film)
    with django_assert_num_queries(14):
        rendered = render(source, film=film)
    assert rendered.html.count('data-card="character-') == count


def test_text_without_references_asks_for_nothing(film, django_assert_num_queries):
    with django_assert_num_queries(0):
        render("Words, `[[code]]` and a [link](/a/). [[film.year]] is on the row.", film=film)


def test_each_kind_costs_its_own_query_alone(film, django_assert_num_queries):
    with django_assert_num_queries(1):
        render("[[person:jason-patric]] " * 20, film=film)
    with django_assert_num_queries(1):
        render("[[film.directors]] [[film.writers]]", film=film)


def found(source):
    return [(source[each.start : each.end], each.target) for each in references_in(source)]


PERSON = ("[[person:x]]", Target("person", "x"))


@pytest.mark.parametrize(
    ("source", "references"),
    [
        ("[[person:x]]", [PERSON]),
        ("\r\n\r\n> a\r\n> [[person:x]]\r\n", [PERSON]),
        ("`[[person:x]]` [[person:x]] `[[person:x]]`", [PERSON]),
        ("- \t[[person:x]]\n\n        [[person:y]]", [PERSON]),
        ("# [[person:x]] #", [PERSON]),
        ("\0[[person:x]]\0[[\0]]", [PERSON, ("[[\0]]", Target("", "\0"))]),
        ("🎬 [[person:x]]", [PERSON]),
        ("::: spoiler [[person:x]]\n||[[person:x]]||\n:::", [PERSON, PERSON]),
        ("Said[^1] and ^[so [[person:x]]].\n\n[^1]: [[person:x]]", [PERSON, PERSON]),
        ("![[[person:x]]](image:1) [a](/b) [[person:x]]", [PERSON, PERSON]),
        (
            "|a|b|c|\n|-|-|-|\n| `[[x]]` [[person:x\\|a]] | [[person:x]] | | [[lost]] |\n| [[y|z]] | [[person:x]] |",
            [("[[person:x\\|a]]", Target("person", "x")), PERSON, PERSON],
        ),
        ("[[cast:6]]", [("[[cast:6]]", Target("cast", "6"))]),
        ("a [[cast]]", [("[[cast]]", Target("", "cast"))]),
        (
            "[[Film:Rush-1991.Directors|x]]",
            [("[[Film:Rush-1991.Directors|x]]", Target("film", "Rush-1991", "director"))],
        ),
        ("[[film.cast-count]]", [("[[film.cast-count]]", Target("film", "", "cast-count"))]),
        ("[[a\nb]] [[^1]] [[", []),
    ],
)
def test_references_are_found_at_their_places_as_typed(source, references):
    assert found(source) == references


def test_reference_tells_all_that_was_typed():
    assert references_in("By [[film:rush-1991.writer| them ]]") == [
        Reference(kind="film", key="rush-1991", label="them", fact="writer", start=3, end=35)
    ]
