"""What the proofreader says of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drafting import save_revision
from articles.proofreading import Copy, Place, proofread
from articles.proofreading.copy import copy_of
from articles.proofreading.known import Known, Named
from articles.proofreading.linking import proposals
from articles.proofreading.names import check_inconsistent, check_misspelt, check_uncredited
from rushcms.demo.films import RUSH_1991, find, make_films
from tests.factories import make_article, make_credit, make_film, make_person
from tests.passages import copy_for, passages

SEED = """
“Rush” is a 1991 film directed by Lili Fini Zanuck. Jason Patric and Jennifer Jason Leigh star as Jim
Raynor and Kristen Cates, two Texas narcotics agents. They pursue Will Gaines, played by Gregg Allman of musical fame.
Along the way, Raynor and Cates become addicts themselves. The film also stars Sam Elliott as Dodd.

## New Partner

Jim recruits Kristen to be his partner. Their days and nights become a cycle of chasing Gaines. “Rush” explores the
lives of two characters who lose their way. Jim and Kristen pose as a couple.

Dodd reports to his superior, Nettle, who is obsessed with convicting Gaines. The three of them meet with Nettles and he
alludes to it. Nettles also implies that they have no choice. If they refuse, Nettles will turn them in.
"""
PIECES = [
    "Jim",
    "Raynor",
    "Rainor",
    "the Nettles",
    "Chief",
    "Nettle",
    "Robert Altman",
    "Altmann",
    "played by",
    "’s",
    "'s",
]
PIECES += [
    ". ",
    "\n\n",
    "# ",
    "> ",
    "| ",
    "*",
    "[",
    "](x)",
    "`",
    "\\",
    "é",
    "\u0301",
    "千",
    "İ",
    "ß",
    "\0",
    "-",
    " ",
    "\r\n",
]


def names_in(copy):
    return [finding for finding in proofread(copy) if finding.code.startswith("name-")]


@pytest.mark.django_db
@pytest.mark.parametrize("passage", list(passages()), ids=lambda passage: passage["about"])
def test_a_passage_gives_its_findings_and_no_others(passage):
    found = [found for found in proofread(copy_for(passage)) if found.code.startswith(("name-", "fact-"))]
    assert [[finding.code, finding.text, finding.suggestion or ""] for finding in found] == passage["finds"]


@pytest.mark.django_db
@pytest.mark.parametrize("listed", [True, False])
def test_nettles_is_found_wherever_it_stands_and_nothing_else(listed):
    make_films()
    film = find(RUSH_1991)
    nettle = film.characters.get(name="Nettle")
    if not listed:
        nettle.names.all().delete()
    found = names_in(Copy(title="What Is the Movie “Rush” About?", dek="", body=SEED, film=film))
    places = [SEED.index("with Nettles") + 5, SEED.index("Nettles also"), SEED.index("Nettles will")]
    assert [finding.place for finding in found] == [Place("body", place, place + 7) for place in places]
    assert {(finding.text, finding.suggestion) for finding in found} == {("Nettles", "Nettle")}
    assert {finding.about for finding in found} == {f"character:{nettle.pk}"}


@pytest.mark.django_db
def test_all_fixed_nothing_is_left_and_the_revision_keeps_the_note():
    """What the writing screen notes by itself is tried in tests/browser/test_prose_editing.py."""
    make_films()
    film = find(RUSH_1991)
    film.characters.get(name="Nettle").names.all().delete()
    article = make_article(body=SEED, film=film)
    found = names_in(copy_of(article.head))
    assert [finding.text for finding in found] == ["Nettles"] * 3
    body = SEED
    for finding in reversed(found):
        body = body[: finding.place.start] + finding.suggestion + body[finding.place.end :]
    save_revision(article, by=None, base=article.head, body=body, note="Nettles → Nettle (3×)")
    head = article.revisions.get(number=2)
    assert (head.note, head.body) == ("Nettles → Nettle (3×)", SEED.replace("Nettles", "Nettle"))
    assert names_in(copy_of(head)) == []


@pytest.mark.django_db
def test_every_field_is_read():
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    copy = Copy("The Rainor Case", "So Rainor.", "Then Rainor.", "For Rainor", "And Rainor.", film=film)
    assert [finding.place for finding in check_misspelt(copy)] == [
        Place("title", 4, 10),
        Place("dek", 3, 9),
        Place("body", 5, 11),
        Place("seo_title", 4, 10),
        Place("seo_description", 4, 10),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 100])
def test_names_cost_the_same_however_many_are_credited_and_met(count, django_assert_num_queries):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Jason Patric{number}"), f"Jim Raynor{number}")
    strangers = ["".join(3 * chr(ord("k") + int(digit)) for digit in str(number)).title() for number in range(count)]
    body = " ".join(f"It is played by Robert {stranger}." for stranger in strangers)
    with django_assert_num_queries(7):
        copy = Copy(title="", dek="", body=body, film=film)
        found = [finding for check in (check_misspelt, check_inconsistent, check_uncredited) for finding in check(copy)]
    assert [finding.text for finding in found] == [f"Robert {stranger}" for stranger in strangers]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join))
def test_any_text_is_read_and_every_place_is_true(body):
    copy = Copy(title=body, dek=body, body=body)
    copy.__dict__["known"] = Known(
        (
            Named("person", 1, "jason-patric", "Jason Patric", misspellings=("Jason Patrick", "", "é")),
            Named("character", 2, "jim-raynor", "Jim Raynor", others=("千", "", " ", "'s")),
            Named("character", 3, "nettle", "Nettle", played_by=(1,)),
        )
    )
    for finding in [*check_misspelt(copy), *check_inconsistent(copy)]:
        assert getattr(copy, finding.place.field)[finding.place.start : finding.place.end] == finding.text
    for proposal in proposals(copy):
        assert body[proposal.start : proposal.end] == proposal.text
    for stranger in copy.strangers.people():
        assert stranger.text
