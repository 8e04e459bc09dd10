"""Who may take which step: every button of every page and of the list, in every state, by everybody.

A letter says what comes of it: L, who is not logged in is sent to do so; X, a refusal of the person (403); -, an answer
that changes nothing; D, done. Whether anything changed is seen in the article's record. Each cell is taken back before
the next, so that a person's articles are made once.
"""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.admin import reviews, shares, timeline, trash
from articles.drafting import save_revision
from articles.models import Article, Event, Review
from articles.publishing import publish, withdraw
from articles.trashing import trash as put_in_trash
from tests.articles.test_admin import form_of
from tests.factories import make_article, make_author, make_live, make_member, make_superuser

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PAGES = {"publishing": timeline.STEPS, "review": reviews.STEPS, "sharing": shares.STEPS, "trash": trash.STEPS}

PEOPLE = ("anonymous", "writer", "editor", "chief", "desk")  # The chief is an editor who may override and purge, too.
STATES = ("own draft", "own live", "draft", "live", "trashed")
# For each of PEOPLE a word, in it for each of STATES a letter.
TABLE = {
    "change _publish": "LLLLL XXXXX D-D-- D-D-- XXXXX",
    "change _review": "LLLLL --XXX ----- ----- XXXXX",
    "change _share": "LLLLL DDXXX DDDD- DDDD- XXXXX",
    "change _withdraw": "LLLLL XXXXX -D-D- -D-D- XXXXX",
    "list publish_chosen": "LLLLL ----- D-D-- D-D-- XXXXX",
    "list purge_chosen": "LLLLL ----- ----- ----D XXXXX",
    "list recover_chosen": "LLLLL ----- DDDDD DDDDD XXXXX",
    "list trash_chosen": "LLLLL ----- DDDD- DDDD- XXXXX",
    "list withdraw_chosen": "LLLLL ----- -D-D- -D-D- XXXXX",
    "publishing amend": "LLLLL XXXXX DDDD- DDDD- XXXXX",
    "publishing cancel": "LLLLL XXXXX DDDD- DDDD- XXXXX",
    "publishing keep": "LLLLL XXXXX DDDD- DDDD- XXXXX",
    "publishing move": "LLLLL XXXXX DDDD- DDDD- XXXXX",
    "publishing move_end": "LLLLL XXXXX DDDD- DDDD- XXXXX",
    "publishing publish": "LLLLL XXXXX D-D-- D-D-- XXXXX",
    "publishing retract": "LLLLL XXXXX DDDD- DDDD- XXXXX",
    "publishing withdraw": "LLLLL XXXXX -D-D- -D-D- XXXXX",
    "review approve": "LLLLL XXXXX XXDD- XXDD- XXXXX",
    "review ask": "LLLLL DDXXX DDDD- DDDD- XXXXX",
    "review changes": "LLLLL XXXXX XXDD- XXDD- XXXXX",
    "sharing share": "LLLLL DDXXX DDDD- DDDD- XXXXX",
    "sharing unshare": "LLLLL DDXXX DDDDD DDDDD XXXXX",
    "trash purge": "LLLLL XXXXX XXXXX ----D XXXXX",
    "trash recover": "LLLLL XXXXX DDDDD DDDDD XXXXX",
    "trash trash": "LLLLL XXXXX DDDD- DDDD- XXXXX",
}


def a_person(name):
    """Return one of PEOPLE, or None for who is not logged in."""
    if name == "anonymous":
        return None
    user = make_member({"writer": "Writers", "desk": "Credits desk"}.get(name, "Editors"), username=name)
    if name == "chief":
        extra = Permission.objects.filter(codename__in=["override_checks", "purge_article"])
        user.user_permissions.set(extra)
    return user


def an_article(state, own):
    """Return an article in that state with a change planned: a correction tomorrow, withdrawn the day after.

    It is signed by *own*, an author, where the state says so; what a command saved is the words of who signs.
    """
    article = make_article("Rush", by=make_member("Editors"), authors=[own] if own and state.startswith("own") else [])
    head = save_revision(article, by=None, base=article.head, dek="Two agents go under, and stay there.")
    if state.endswith("live"):
        publish(head, by=None)
    publish(article.revisions.get(number=1), by=None, at=timezone.now() + DAY, correction=("update", "More."))
    withdraw(article, by=None, at=timezone.now() + 2 * DAY)
    if state == "trashed":
        put_in_trash(article, by=None)
    article.refresh_from_db()
    return article


def posted(step, article):
    """Return where *step* is sent, and what with."""
    page, name = step.split()
    turn, waiting = article.publications.filter(withdrawn=True).first(), article.head.reviews.first()
    if page == "list":
        shown = f"{article.pk}:{article.head_id}"
        return "changelist", {"action": name, "_selected_action": article.pk, "shown": shown, "sure": "yes"}
    if page == "change":
        return "change", {**form_of(article), name: "1"}
    at = timezone.localtime(timezone.now() + (3 if name == "move_end" else 1.5) * DAY).strftime("%Y-%m-%dT%H:%M")
    common = {"do": name, "publication": turn.pk if turn else "", "review": waiting.pk if waiting else ""}
    common |= {"when": "now", "revision": article.head_id, "at": at, "sure": "on", "comment": "Too long."}
    return page, {**common, "kind": "update" if name == "amend" else "", "text": "Less." if name == "amend" else ""}


def outcome(client, step, article):
    """Take *step* and return its letter."""
    page, data = posted(step, article)
    before = Event.objects.count()
    address = reverse(f"admin:articles_article_{page}", args=[] if page == "changelist" else [article.pk])
    response = client.post(f"{address}?state=trashed" if article.trashed_at and page == "changelist" else address, data)
    if Event.objects.count() != before:
        return "D"
    if response.status_code == 302 and response["Location"].startswith(reverse("admin:login")):
        return "L"
    assert response.status_code in {200, 302, 403}
    return "X" if response.status_code == 403 else "-"


def cell(client, step, article):
    """Return the letter of *step* in the state of *article*, and leave all as it was."""
    with transaction.atomic():
        if step in {"review approve", "review changes"}:
            Review.objects.create(revision=article.head, asked_by=article.head.parent.created_by)
        if not article.trashed_at and step in {"trash recover", "list recover_chosen"}:
            put_in_trash(article, by=None)
        letter = outcome(client, step, Article.objects.select_related("head").get(pk=article.pk))
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)  # Else every answer carries all that was said before.
    return letter


def steps(client):
    """Return every step there is, each with its page; those of the writing screen are its buttons beside saving."""
    pages = {f"{page} {step}" for page, taken in PAGES.items() for step in taken}
    actions = {f"list {name}" for name in admin.site.get_model_admin(Article).actions}
    screen = client.get(reverse("admin:articles_article_change", args=[make_live().pk])).text
    buttons = {f"change {name}" for name in re.findall(r'<button [^>]*name="(\w+)"', screen)}
    return pages | actions | buttons - {"change _save"}


def test_no_step_is_without_its_row_and_no_row_without_its_cells(client):
    client.force_login(make_superuser())
    assert set(TABLE) == steps(client)
    shape = [len(STATES)] * len(PEOPLE)
    assert all([len(word) for word in row.split()] == shape for row in TABLE.values())


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_the_table_says(client, who):
    person = a_person(who)
    if person:
        client.force_login(person)
    own = person and make_author(user=person)
    articles = [an_article(state, own) for state in STATES]
    found = {step: "".join(cell(client, step, article) for article in articles) for step in TABLE}
    assert found == {step: row.split()[PEOPLE.index(who)] for step, row in TABLE.items()}
