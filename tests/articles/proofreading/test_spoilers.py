"""What beside a text gives away what the text hides."""

import pytest

from articles.proofreading import Copy, Level, Place
from articles.proofreading.spoilers import check_spoilers
from films.models import Department
from tests.factories import make_credit, make_film, make_person

BODY = """
Jim Raynor asks Kristen Cates to be his partner. They work on a case against Gaines, who is arrested by nobody.
The two agents become addicted to what they buy, and their informer is afraid.

||At last Kristen kills Gaines with a shotgun, and Jim was the informer. Leigh cries over Lili Fini Zanuck's ending.||

::: spoiler What happens last
Walker betrayed them, and everything changed. Los Angeles burns at night. They bury the stolen money beneath the
lighthouse. A police station, an old mother, Christmas in Texas: she forgives.

The final scene shows the truth about the whole story.
:::
"""


@pytest.fixture
def film(db):
    film = make_film(logline="Two narcotics agents go undercover.")
    make_credit(film, make_person("Jason Patric"), "Jim Raynor")
    make_credit(film, make_person("Jennifer Jason Leigh"), "Kristen Cates")
    make_credit(film, make_person("Gregg Allman"), "Will Gaines")
    make_credit(film, make_person("Max Perlich"), "Walker")
    make_credit(film, make_person("Lili Fini Zanuck"), department=Department.DIRECTING)
    return film


def leaks(film, title="A title", body=BODY, **fields):
    copy = Copy(**{"title": title, "dek": "", "body": body, "film": film, **fields})
    return [finding.text for finding in check_spoilers(copy)]


@pytest.mark.parametrize(
    ("title", "leak"),
    [
        ("Why Kristen Kills Gaines", "Kristen Kills Gaines"),
        ("So Kristen finally kills him", "Kristen finally kills"),
        ("Kristen’s killing", "Kristen’s killing"),
        ("Who killed Gaines?", "killed Gaines"),
        ("Gaines and a shotgun", "Gaines and a shotgun"),
        ("Killing Gaines With a Shotgun", "Killing Gaines With a Shotgun"),
        ("Jim was the informer", "Jim was the informer"),
        ("Jim is the informer", "Jim is the informer"),
        ("“Rush”: Was It Walker?", "Walker"),
        ("How Walker Betrayed Them", "Walker Betrayed"),
        ("Max Perlich’s Walker", "Walker"),
        ("Why they bury stolen money at sea", "bury stolen money"),
    ],
)
def test_what_the_text_says_inside_spoilers_alone_is_found(film, title, leak):
    assert leaks(film, title) == [leak]


@pytest.mark.parametrize(
    "title",
    [
        "The Ending of “Rush” (1991), Explained",
        "What the Final Scene of the Whole Story Shows",
        "What Happens at the End, and the Truth About It",
        "Kristen Cates and Will Gaines",
        "Who is the informer?",
        "Lili Fini Zanuck and Jennifer Jason Leigh on Rush",
        "Two addicted agents, an arrest and Jim Raynor",
        "Changed",
        "How “Rush” Changed Everything",
        "The Shotgun, Explained",
        "Who killed whom?",
        "Who Was Betrayed in “Rush”",
        "A Los Angeles Night",
        "Texas at Christmas",
        "The police station on Main Street",
        "Stolen time, money and a lighthouse",
        "Jim Raynor and his informer",
        "Was there an informer, and what did Jim know?",
        "Kristen forgets, and Gaines sings",
        "The mother of all police films",
        "Walkers and other cops",
        "A night that burns",
        "With them, over and against the film",
        "",
    ],
)
def test_what_readers_are_told_anyway_is_left_alone(film, title):
    assert leaks(film, title) == []


def test_every_field_beside_the_text_is_read_and_the_text_is_not(film):
    copy = Copy("😀 Kills Gaines", "So Walker!", BODY, "Jim was the informer", "Kristen kills, Walker fled", film=film)
    found = list(check_spoilers(copy))
    assert [finding.place for finding in found] == [
        Place("title", 2, 14),
        Place("dek", 3, 9),
        Place("seo_title", 0, 20),
        Place("seo_description", 0, 21),
    ]
    assert {(finding.code, finding.level) for finding in found} == {("spoiler-exposed", Level.ERROR)}


def test_a_text_without_spoilers_gives_nothing_away(film):
    assert leaks(film, "Kristen kills Gaines", body="Kristen Cates is an agent.") == []


def test_the_words_of_references_inside_spoilers_are_hidden_too(film):
    body = "The agents work.\n\n||[[character:walker]] did it.||"
    assert leaks(film, "Walker explained", body=body) == ["Walker"]
    assert leaks(film, "Walker explained", body=f"{body}\n\n[[character:walker]] is afraid.") == []


def test_a_spoilers_label_is_no_secret(film):
    assert leaks(film, "The betrayal", body="::: spoiler The betrayal\nWords.\n:::") == []


def test_words_of_two_spoilers_are_no_statement(film):
    body = "Kristen and Jim wait. It is ||Kristen|| who ||murders|| somebody, or ||Jim||."
    assert leaks(film, "Kristen murders Jim", body=body) == []
    assert leaks(film, "Kristen murders Jim", body="Kristen, Jim. ||Kristen murders Jim||") == ["Kristen murders Jim"]


def test_without_a_film_words_are_compared_all_the_same(db):
    assert leaks(None, "Beneath a lighthouse: bury stolen money!") == ["bury stolen money"]
    assert leaks(None, "The shotgun") == []
