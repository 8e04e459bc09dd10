"""What the writing screen asks the proofreader: findings with the preview, answers to them, links, spellings."""

from importlib import import_module

import pytest

from articles.models import Dismissal
from films.models import Change, CharacterName
from tests.factories import make_article, make_credit, make_film, make_image, make_member, make_person, make_user

pytestmark = pytest.mark.django_db

DESK = "/admin/articles/article"
WHOLE = {"title": "Rush, Explained", "dek": "Two agents go under.", "has_topics": "on"}


@pytest.fixture
def rush():
    film = make_film()
    make_credit(film, make_person("Tony Frank"), "Nettle")
    return film


@pytest.fixture
def editor(client):
    client.force_login(make_member("Editors"))
    return client


def findings(client, content, **said):
    whole = {**WHOLE, "hero": make_image(credit_line="MGM").pk, **said}
    return client.post(f"{DESK}/preview/", {"content": content, **whole}).json()["findings"]


def test_findings_come_with_the_preview_and_count_letters_as_typed(editor, rush):
    [found] = findings(editor, "🎬 One.\r\n\r\nAsk Chief Nettles.", film=rush.pk)
    assert found == {
        "field": "body",
        "start": 18,
        "end": 25,
        "code": "name-misspelt",
        "level": "warning",
        "message": found["message"],
        "text": "Nettles",
        "suggestion": "Nettle",
        "about": f"character:{rush.characters.get().pk}",
        "dismissible": True,
    }
    assert "🎬 One.\n\nAsk Chief Nettles."[18:25] == "Nettles"


def test_every_field_is_read_and_errors_are_not_to_be_dismissed(editor, rush):
    found = findings(editor, "One.", film=rush.pk, title="TK", hero="", has_topics="")
    assert [(each["code"], each["field"], each["dismissible"]) for each in found] == [
        ("unfinished", "title", False),
        ("no-hero", "hero", True),
        ("no-topic", "topics", True),
    ]


@pytest.mark.parametrize("said", [{"hero": "x"}, {"hero": "9" * 30}, {"article": "x"}, {"article": "99999"}])
def test_what_only_the_proofreader_needs_never_costs_the_page(editor, said):
    answer = editor.post(f"{DESK}/preview/", {"content": "One.", **said})
    assert (answer.status_code, answer.json()["words"]) == (200, 1)


def test_a_check_that_fails_costs_neither_the_page_nor_the_screen(editor, monkeypatch):
    def fail(copy):
        raise ZeroDivisionError

    monkeypatch.setattr(import_module("articles.proofreading.proofread"), "CHECKS", (fail,))
    answer = editor.post(f"{DESK}/preview/", {"content": "One.", **WHOLE})
    assert (answer.status_code, answer.json()["words"], answer.json()["findings"]) == (200, 1, None)


def test_nobody_reads_anothers_article_by_its_findings(client):
    article = make_article(by=make_member("Writers"))
    client.force_login(make_member("Writers"))
    for name in ("preview", "linking"):
        assert client.post(f"{DESK}/{name}/", {"content": "One.", "article": article.pk}).status_code == 403


def test_a_dismissed_finding_is_not_told_again(editor, rush):
    article = make_article(body="Ask Chief Nettles.", film=rush)
    said = {"film": rush.pk, "article": article.pk}
    assert [found["code"] for found in findings(editor, "Ask Chief Nettles.", **said)] == ["name-misspelt"]
    told = {"article": article.pk, "code": "name-misspelt", "text": "Nettles", "reason": "A nickname."}
    answer = editor.post(f"{DESK}/dismissal/", told)
    assert (answer.status_code, answer.json()) == (200, {"kept": "A nickname."})
    assert findings(editor, "Ask Chief Nettles.", **said) == []
    assert Dismissal.objects.get().reason == "A nickname."


def test_an_answer_is_shown_with_its_author_and_can_be_taken_back(editor, rush):
    article = make_article(body="Ask Chief Nettles.", film=rush)
    told = {"article": article.pk, "code": "name-misspelt", "text": "Nettles"}
    editor.post(f"{DESK}/dismissal/", {**told, "reason": "A nickname."})
    said = {"content": "Ask Chief Nettles.", "film": rush.pk, "article": article.pk}
    by = str(Dismissal.objects.get().by)
    assert editor.post(f"{DESK}/preview/", said).json()["dismissed"] == [
        {"code": "name-misspelt", "text": "nettles", "reason": "A nickname.", "by": by}
    ]
    assert editor.post(f"{DESK}/undismissal/", told).json() == {"told": True}
    assert editor.post(f"{DESK}/undismissal/", told).json() == {"told": False}
    answer = editor.post(f"{DESK}/preview/", said).json()
    assert answer["dismissed"] == []
    assert "name-misspelt" in [found["code"] for found in answer["findings"]]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": " "}, "Say why it is right as it stands."),
        ({"reason": "x" * 201}, "at most 200 characters"),
        ({"code": "unfinished"}, "put it right"),
        ({"code": "no such"}, "Enter a valid"),
        ({"article": "x"}, "Select a valid choice"),
    ],
)
def test_a_dismissal_that_cannot_be_is_refused_with_its_reason(editor, said, why):
    article = make_article()
    told = {"article": article.pk, "code": "dek-long", "text": "One", "reason": "It reads well.", **said}
    answer = editor.post(f"{DESK}/dismissal/", told)
    assert answer.status_code == 400
    assert why in answer.json()["error"]
    assert Dismissal.objects.count() == 0


def test_names_are_proposed_with_the_reference_that_may_stand_there(editor, rush):
    answer = editor.post(f"{DESK}/linking/", {"content": "🎬\r\nNettle waits.", "film": rush.pk})
    assert answer.json() == {
        "proposals": [
            {
                "start": 2,
                "end": 8,
                "text": "Nettle",
                "markdown": "[[character:nettle]]",
                "kind": "character",
                "name": "Nettle",
                "hint": "played by Tony Frank",
            }
        ]
    }


def test_a_spelling_kept_as_wrong_is_found_from_then_on(editor, rush):
    assert findings(editor, "Then Netty waits.", film=rush.pk) == []
    told = {"about": f"character:{rush.characters.get().pk}", "text": "Netty", "verdict": "reject"}
    assert editor.post(f"{DESK}/spelling/", told).json() == {"kept": "Netty"}
    assert [found["suggestion"] for found in findings(editor, "Then Netty waits.", film=rush.pk)] == ["Nettle"]
    assert Change.objects.get().film == rush


def test_a_spelling_kept_as_right_is_never_questioned_again(editor, rush):
    told = {"about": f"character:{rush.characters.get().pk}", "text": "Nettles", "verdict": "accept"}
    editor.post(f"{DESK}/spelling/", told)
    assert findings(editor, "Ask Chief Nettles.", film=rush.pk) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"about": ""}, "Choose whose name it is."),
        ({"about": "character:0"}, "no longer in the catalogue"),
        ({"about": "film:1"}, "no longer in the catalogue"),
        ({"text": "1991"}, "A name has letters."),
        ({"text": "Nettle"}, "the catalogue itself"),
        ({"verdict": "perhaps"}, "Select a valid choice"),
    ],
)
def test_a_spelling_that_cannot_be_is_refused_with_its_reason(editor, rush, said, why):
    told = {"about": f"character:{rush.characters.get().pk}", "text": "Nettles", "verdict": "reject", **said}
    answer = editor.post(f"{DESK}/spelling/", told)
    assert answer.status_code == 400
    assert why in answer.json()["error"]
    assert CharacterName.objects.count() == 0


@pytest.mark.parametrize(("permission", "status"), [("films.change_character", 200), ("films.change_person", 403)])
def test_a_characters_spelling_is_kept_by_who_may_change_characters(client, rush, permission, status):
    client.force_login(make_user(permission))
    told = {"about": f"character:{rush.characters.get().pk}", "text": "Nettles", "verdict": "reject"}
    assert client.post(f"{DESK}/spelling/", told).status_code == status
