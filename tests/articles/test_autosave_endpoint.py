"""What open forms send and get: who may, what is refused, what is offered on coming back, who else is there."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import kept_texts
from articles.autosaving import autosave
from articles.drafting import save_revision
from articles.models import Article, Autosave, Revision
from articles.publishing import publish
from articles.reviewing import request_review
from tests.factories import make_article, make_author, make_film, make_live, make_member, make_topic

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
ADD = f"{LIST}add/"
KEEP = f"{LIST}autosave/"
DISCARD = f"{KEEP}discard/"
LEFT = f"{KEEP}left/"
PLACES = ["keep", "discard", "left", "kept", "discard_kept", "restore"]
WORKS = {"keep": 200, "discard": 200, "left": 200, "kept": 200, "discard_kept": 302, "restore": 200}


@pytest.fixture
def ana(client):
    client.user = make_member("Editors", username="ana", first_name="Ana")
    client.force_login(client.user)
    return client


@pytest.fixture
def ben(db):
    return make_member("Editors", username="ben", first_name="Ben")


def state(article=None, /, **changes):
    """Return what a form of *article* sends, as it sends it, but for *changes*."""
    base = article.head.pk if article else ""
    known = {"tab": "tab", "article": article.pk if article else "", "base": base, "unsaved": "1"}
    return {**known, "payload": '{"body": "Typed words."}', **changes}


def keep(user, article=None, *, tab="left", body="Typed words.", **fields):
    """Leave a form unsaved, as somebody who may write would; permission can be lost afterwards."""
    base = article.head if article else None
    payload = {"body": body, **fields}
    return autosave(user=user, tab=tab, article=article, base=base, payload=payload, unsaved=True)


def form_of(article, **changes):
    content = {**article.head.content, "hero": ""}
    return {**content, "slug": article.slug, "kind": article.kind, "base": article.head.pk, **changes}


def page_of(article):
    return f"{LIST}{article.pk}/change/"


def ask(client, place, article):
    """Ask the endpoint *place* about *article* as the logged-in user, who left a form of it unsaved as "left"."""
    tab = {"tab": "tab", "article": article.pk}
    answers = {
        "keep": lambda: client.post(KEEP, state(article)),
        "discard": lambda: client.post(DISCARD, tab),
        "left": lambda: client.get(LEFT, tab),
        "kept": lambda: client.get(f"{KEEP}mine/"),
        "discard_kept": lambda: client.post(f"{KEEP}mine/discard/"),
        "restore": lambda: client.get(page_of(article), {"restore": "mine"}),
    }
    return answers[place]()


# Who may -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("group", "own", "may"),
    [
        ("Writers", True, True),
        ("Writers", False, False),
        ("Editors", True, True),
        ("Editors", False, True),
        ("Credits desk", False, False),
    ],
)
def test_who_may_do_what_with_which_article(client, place, group, own, may):
    user = make_member(group)
    client.force_login(user)
    article = make_article(by=user if own else None)
    row = {"user": user, "tab": "mine", "article": article, "payload": {"body": "Typed."}, "unsaved": True}
    Autosave.objects.create(**row, updated_at=timezone.now())
    if may:
        assert ask(client, place, article).status_code == WORKS[place]
    elif place in {"kept", "discard_kept"}:
        # What somebody typed is theirs, whatever became of the article, whose own words they do not see.
        answer = ask(client, place, article)
        assert (answer.status_code, "Two agents go under." in answer.text) == (WORKS[place], False)
    elif place == "restore":
        # Whom the article is only shown gets no form; whom not even that, nothing.
        assert "Typed." not in ask(client, place, article).text
    else:
        assert ask(client, place, article).status_code == 403
        assert Autosave.objects.count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_the_anonymous_get_json_from_endpoints_and_the_login_from_pages(client, place):
    answer = ask(client, place, make_article())
    if place in {"keep", "discard", "left"}:
        assert (answer.status_code, answer.json()["reason"]) == (403, "logged-out")
    else:
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize(("group", "status"), [("Writers", 200), ("Editors", 200), ("Credits desk", 403)])
def test_who_may_keep_a_new_article(client, group, status):
    client.force_login(make_member(group))
    assert client.post(KEEP, state()).status_code == status
    assert Autosave.objects.count() == (status == 200)


@pytest.mark.parametrize("place", ["kept", "discard_kept"])
def test_nobody_sees_or_discards_what_others_typed(ana, ben, place):
    article = make_article()
    keep(ben, article, tab="mine", body="secret")
    assert ask(ana, place, article).status_code == 404
    assert "secret" not in ana.get(page_of(article), {"restore": "mine"}).text
    ana.post(DISCARD, {"tab": "mine"})
    assert Autosave.objects.count() == 1


def test_a_forged_request_is_refused(ben):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben)
    assert client.post(KEEP, state()).json()["reason"] == "csrf"
    keep(ben, tab="mine")
    assert client.post(f"{KEEP}mine/discard/").status_code == 403
    assert Autosave.objects.count() == 1


@pytest.mark.parametrize(("url", "allowed"), [(KEEP, "POST"), (DISCARD, "POST"), (LEFT, "GET")])
def test_other_methods_are_refused(ana, url, allowed):
    answer = ana.get(url) if allowed == "POST" else ana.post(url)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


def test_looking_changes_nothing(ana):
    article = make_article()
    kept = keep(ana.user, article, tab="mine")
    for url in (f"{KEEP}mine/", f"{page_of(article)}?restore=mine", f"{LEFT}?tab=x&article={article.pk}", LIST):
        assert ana.get(url).status_code == 200
    assert ana.get(f"{KEEP}mine/discard/").status_code == 405
    assert Autosave.objects.get().updated_at == kept.updated_at


# Keeping -------------------------------------------------------------------------------------------------------------


def test_a_form_is_kept_and_never_in_the_history(ana):
    article = make_article()
    answer = ana.post(KEEP, state(article))
    kept = Autosave.objects.get()
    assert (kept.payload, kept.base, kept.article) == ({"body": "Typed words."}, article.head, article)
    assert answer.json() == {"saved_at": kept.updated_at.isoformat()[:-9] + "Z", "turn": 0, "head": None, "others": []}
    assert Revision.objects.count() == 1


def test_a_form_with_nothing_unsaved_says_only_that_it_is_open(ana):
    ana.post(KEEP, state(make_article(), unsaved=""))
    assert (Autosave.objects.get().payload, Autosave.objects.get().unsaved) == ({}, False)


def test_a_schedule_and_a_review_hinder_nobody(ana, ben):
    article = make_live(by=ana.user)
    save_revision(article, by=ana.user, base=article.head, body="Next.")
    publish(article.head, by=ben, at=timezone.now() + timedelta(days=1))
    save_revision(article, by=ana.user, base=article.head, body="After that.")
    request_review(article.head, by=ana.user)
    assert ana.post(KEEP, state(article)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"tab": ""}, 400, "This field is required."),
        ({"tab": "x" * 37}, 400, "Ensure this value has at most 36 characters"),
        ({"tab": "a/b"}, 400, "This is no form’s name."),
        ({"tab": "é"}, 400, "This is no form’s name."),
        ({"payload": ""}, 400, "This field is required."),
        ({"payload": "{"}, 400, "The fields could not be read."),
        ({"payload": "[" * 100_000}, 400, "The fields could not be read."),
        ({"payload": "[]"}, 400, "The fields could not be read."),
        ({"payload": '{"trashed_at": "now"}'}, 400, "The field “trashed_at” could not be read."),
        ({"payload": '{"title": 3}'}, 400, "The field “title” could not be read."),
        ({"payload": '{"authors": "3"}'}, 400, "The field “authors” could not be read."),
        ({"payload": '{"authors": [3]}'}, 400, "The field “authors” could not be read."),
        ({"payload": json.dumps({"body": "x" * 1_000_001})}, 400, "The field “body” could not be read."),
        ({"payload": "x" * (3 * 1024**2 + 1)}, 413, "This is too large to send."),
        ({"article": "Rush"}, 400, "Enter a whole number."),
        ({"article": "9" * 30}, 400, "Ensure this value is less than"),
        ({"article": "999999"}, 404, "There is no such article."),
        ({"base": "Rush"}, 400, "Enter a whole number."),
        ({"base": "999999"}, 400, "This article has no such revision."),
    ],
)
def test_bad_input_is_refused_with_its_reason(ana, changes, status, said):
    answer = ana.post(KEEP, state(make_article(), **changes))
    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert not Autosave.objects.exists()


def test_the_base_is_a_revision_of_that_very_article(ana):
    article, other = make_article(), make_article()
    assert ana.post(KEEP, state(article, base=other.head.pk)).status_code == 400
    assert ana.post(KEEP, state(base=other.head.pk)).status_code == 400


def test_what_no_database_keeps_is_left_out(ana):
    ana.post(KEEP, state(payload='{"body": "a\\u0000b\\ud800"}'))
    assert Autosave.objects.get().payload == {"body": "ab?"}
    assert ana.get(f"{KEEP}tab/").status_code == 200


def test_discarding_forgets_and_forgets_again(ana):
    article = make_article()
    ana.post(KEEP, state(article))
    for _ in range(2):
        assert ana.post(DISCARD, {"tab": "tab", "article": article.pk}).json() == {"discarded": True}
    assert not Autosave.objects.exists()


def test_forms_that_vanished_and_held_nothing_are_swept_out(ana, time_machine):
    time_machine.move_to(timezone.now())
    article = make_article()
    ana.post(KEEP, state(article, tab="open", unsaved=""))
    ana.post(KEEP, state(article, tab="typed"))
    time_machine.shift(timedelta(minutes=2))
    ana.post(KEEP, state(article, tab="next", unsaved=""))
    assert set(Autosave.objects.values_list("tab", flat=True)) == {"typed", "next"}


# Coming back ---------------------------------------------------------------------------------------------------------


def test_what_was_left_is_offered_restored_saved_and_gone(ana):
    article = make_article(topics=[make_topic()])
    film, author = make_film(), make_author()
    keep(ana.user, article, body="Kept words.", title="Kept title", film=str(film.pk), authors=[str(author.pk)])
    page = ana.get(page_of(article))
    assert [offer.words for offer in page.context["offers"]] == [2]
    assert "You left unsaved changes" in page.text
    page = ana.get(page_of(article), {"restore": "left"})
    assert page.context["offers"] == []
    assert "Kept words." in page.text
    form = page.context["adminform"].form
    fields = ("title", "body", "film", "authors", "base", "restored")
    typed = {name: form[name].value() for name in fields}
    assert typed["film"] == str(film.pk)
    ana.post(page_of(article), form_of(article, **typed, tab=form["tab"].value()))
    article = Article.objects.get()
    assert (article.head.title, article.head.body, article.film) == ("Kept title", "Kept words.", film)
    assert [byline.author for byline in article.bylines.all()] == [author]
    assert not Autosave.objects.unsaved().exists()


def test_saving_tells_the_script_which_copies_to_forget(ana):
    article = make_article()
    answer = ana.post(page_of(article), form_of(article, body="New.", tab="one", restored="two"))
    cookie = answer.cookies["saved-form"]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == ("one%20two", "/admin/", "Strict")
    answer = ana.post(page_of(article), form_of(article, title="", tab="one"))
    assert "saved-form" not in answer.cookies


def test_a_form_keeps_its_name_when_it_comes_back(ana):
    article = make_article()
    for changes in ({"title": ""}, {"base": "", "body": "Mine."}):
        page = ana.post(page_of(article), form_of(article, tab="one", restored="two", **changes)).text
        assert 'name="tab" value="one"' in page
        assert 'name="restored" value="two"' in page


def test_a_restored_text_keeps_its_base_so_that_it_meets_what_was_saved_meanwhile(ana):
    article = make_article()
    base = article.head
    keep(ana.user, article)
    save_revision(article, by=None, base=base, body="Theirs.")
    form = ana.get(page_of(article), {"restore": "left"}).context["adminform"].form
    assert form["base"].value() == base.pk
    answer = ana.post(page_of(article), form_of(article, body="Typed words.", base=base.pk))
    assert answer.status_code == 409


def test_the_restored_text_goes_on_in_the_new_form_alone(ana):
    article = make_article()
    keep(ana.user, article)
    ana.post(KEEP, state(article, restored="left"))
    assert [kept.tab for kept in Autosave.objects.all()] == ["tab"]


def test_what_is_no_longer_kept_cannot_be_restored_and_the_form_says_so(ana):
    page = ana.get(page_of(make_article()), {"restore": "gone"})
    assert [str(message) for message in page.context["messages"]] == [
        "That text is no longer kept: it was saved or discarded."
    ]


@pytest.mark.parametrize("same", [{"body": "Words.\r\n"}, {"title": " What Is the Movie “Rush” About?"}, {"note": ""}])
def test_a_kept_text_that_says_what_the_head_says_is_not_offered(ana, same):
    article = make_article()
    autosave(user=ana.user, tab="left", article=article, base=article.head, payload=same, unsaved=True)
    assert ana.get(page_of(article)).context["offers"] == []


@pytest.mark.parametrize(
    "other", [{"body": "Other."}, {"note": "Why"}, {"kind": "essay"}, {"film": ""}, {"authors": []}]
)
def test_a_kept_text_that_says_anything_else_is_offered(ana, other):
    article = make_article(film=make_film(), authors=[make_author()])
    autosave(user=ana.user, tab="left", article=article, base=article.head, payload=other, unsaved=True)
    assert len(ana.get(page_of(article)).context["offers"]) == 1


def test_topics_have_no_order_and_authors_do(ana):
    topics, authors = [make_topic("One"), make_topic("Two")], [make_author("A"), make_author("B")]
    article = make_article(topics=topics, authors=authors)
    both = {"topics": [str(topic.pk) for topic in reversed(topics)], "authors": [str(row.pk) for row in authors]}
    assert not kept_texts.differs(both, kept_texts.known(article))
    assert kept_texts.differs({**both, "authors": both["authors"][::-1]}, kept_texts.known(article))


def test_a_new_article_is_offered_by_its_form_and_the_list(ana):
    keep(ana.user, body="First words here.", title="The End of “Rush”")
    for url in (LIST, f"{LIST}add/"):
        page = ana.get(url).text
        assert "The End of “Rush”" in page
        assert "?restore=left" in page
    form = ana.get(f"{LIST}add/", {"restore": "left"}).context["adminform"].form
    assert form["body"].value() == "First words here."
    ana.post(f"{LIST}add/", {"title": "Rush", "kind": "essay", "spoilers": "none", "tab": "x", "restored": "left"})
    assert Article.objects.count() == 1
    assert not Autosave.objects.unsaved().exists()


def test_the_left_part_can_be_asked_for_alone(ana):
    article = make_article()
    keep(ana.user, article)
    query = {"tab": "tab", "article": article.pk}
    assert "You left unsaved changes" in ana.get(LEFT, query).json()["html"]
    assert ana.get(LEFT, {**query, "restored": "left"}).json()["html"].strip() == ""


def test_the_kept_page_compares_with_the_head_and_its_filing(ana):
    film = make_film()
    article = make_article(body="One.\n\nTwo is here.", authors=[make_author("Zoë")])
    payload = {"film": str(film.pk), "authors": [], "kind": "essay", "hero": "99", "slug": article.slug}
    save_revision(article, by=ana.user, base=article.head, body="One.\n\nTwo is here.", title="Another title")
    keep(ana.user, article, tab="mine", body="One.\n\nTwo was here.", **payload)
    page = ana.get(f"{KEEP}mine/")
    pieces = {change.label: [piece.text for piece in change.pieces] for change in page.context["changes"]}
    assert (pieces["Film"], pieces["Authors"]) == (["Rush (1991)"], ["Zoë"])
    assert pieces.keys() == {"Film", "Authors", "Kind"}
    kinds = [block.kind for passage in page.context["passages"] for block in passage.blocks]
    assert kinds == ["same", "changed"]


def test_numbers_that_no_row_can_have_are_kept_and_shown_as_nothing(ana):
    endless = "9" * 5000
    keep(ana.user, tab="mine", film=endless, hero=endless, authors=[endless], topics=[endless])
    assert ana.get("/admin/articles/article/autosave/mine/").status_code == 200
    assert ana.get("/admin/articles/article/add/", {"restore": "mine"}).status_code == 200


def test_the_kept_page_tells_that_somebody_saved_meanwhile(ana, ben):
    article = make_article()
    keep(ana.user, article, tab="mine")
    save_revision(article, by=ben, base=article.head, body="Theirs.")
    assert "Ben has saved revision 2 since you wrote this." in ana.get(f"{KEEP}mine/").text


def test_discarding_from_the_page_goes_back_to_form_or_list(ana):
    article = make_article()
    keep(ana.user, article, tab="mine")
    assert ana.post(f"{KEEP}mine/discard/")["Location"] == page_of(article)
    keep(ana.user, tab="new")
    assert ana.post(f"{KEEP}new/discard/")["Location"] == LIST
    assert ana.post(f"{KEEP}new/discard/").status_code == 404
    assert not Autosave.objects.exists()


# Presence ------------------------------------------------------------------------------------------------------------


def test_who_else_is_here_is_told_each_once(ana, ben):
    article = make_article()
    keep(ben, article, tab="one")
    autosave(user=ben, tab="two", article=article, payload={}, unsaved=False)
    autosave(user=ana.user, tab="other", article=article, payload={}, unsaved=False)
    others = ana.post(KEEP, state(article)).json()["others"]
    assert {other["text"] for other in others} == {
        "Ben is here, with unsaved changes",
        "You have this open in another tab",
    }
    page = ana.get(page_of(article)).text
    assert "Ben is here, with unsaved changes" in page
    assert "Typed words." not in page


def test_a_form_that_closes_is_present_no_longer_and_its_text_is_kept(ana, ben):
    article = make_article()
    autosave(user=ben, tab="one", article=article, payload={"body": "x"}, unsaved=True, closing=True)
    assert ana.post(KEEP, state(article)).json()["others"] == []
    assert Autosave.objects.filter(user=ben, unsaved=True).exists()


@pytest.mark.parametrize(("unsaved", "more"), [("1", " Your next save will be merged with it."), ("", "")])
def test_a_colleagues_save_is_told_at_once(ana, ben, unsaved, more):
    article = make_article()
    sent = state(article, unsaved=unsaved)
    save_revision(article, by=ben, base=article.head, body="Theirs.")
    head = ana.post(KEEP, sent).json()["head"]
    assert (head["number"], head["by"]) == (2, "Ben")
    assert head["text"].startswith("Ben saved revision 2 at ")
    assert head["text"].endswith(f".{more}")
    assert ana.get(head["url"]).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_presence_and_offers_cost_the_same_however_many(ana, count, django_assert_num_queries):
    article = make_article()
    for number in range(count):
        keep(make_member("Editors"), article, tab=f"theirs{number}")
        keep(ana.user, article, tab=f"mine{number}")
    ana.post(KEEP, state(article))
    with django_assert_num_queries(15):
        assert len(ana.post(KEEP, state(article)).json()["others"]) == count + 1
    with django_assert_num_queries(8):
        ana.get(LEFT, {"tab": "tab", "article": article.pk})


def test_the_list_tells_who_has_what_open_at_the_same_cost_however_many(ana, ben):
    costs = []
    for count in (1, 3):
        while Article.objects.count() < count:
            article = make_article(by=ben)
            keep(ben, article, tab=f"one{article.pk}")
            autosave(user=ana.user, tab=f"two{article.pk}", article=article, payload={}, unsaved=False)
            keep(ana.user, tab=f"new{article.pk}")
        with CaptureQueriesContext(connection) as queries:
            page = ana.get(LIST).text
        costs.append(len(queries))
        assert page.count('<span class="here-now is-writing">Ben has it open</span>') == count
        assert page.count('<span class="here-now">Ana has it open</span>') == count
    assert costs[0] == costs[1]


def test_permission_lost_is_told_when_it_is_asked_for(ben):
    ben.groups.clear()
    with pytest.raises(PermissionDenied):
        keep(type(ben).objects.get(pk=ben.pk), make_article())
