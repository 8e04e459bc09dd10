"""An article's history: the list, any two compared, one as readers would see it, restored, named; what readers saw."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.drafting import name_revision, save_revision
from articles.models import Action, Article, Event, Publication, Revision
from articles.publishing import publish, withdraw
from articles.reviewing import request_review
from articles.trashing import trash
from tests.factories import (
    make_article,
    make_author,
    make_film,
    make_image,
    make_live,
    make_member,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

HISTORY = "/admin/articles/article/{}/history/"
HISTORY_QUERIES, COMPARE_QUERIES, LOOK_QUERIES = 10, 7, 11


@pytest.fixture
def ana(client):
    client.user = make_member("Editors", username="ana", first_name="Ana", last_name="Lima")
    client.force_login(client.user)
    return client


def history_of(article, rest=""):
    return HISTORY.format(article.pk) + rest


def save(article, by=None, **content):
    head = Article.objects.select_related("head").get(pk=article.pk).head
    return save_revision(article, by=by, base=head, **content)


def head_of(article):
    return Article.objects.select_related("head").get(pk=article.pk).head


def said(response):
    return [str(message) for message in response.context["messages"]]


def numbers(response):
    return [row["revision"].number for row in response.context["rows"]]


# The list ------------------------------------------------------------------------------------------------------------


def test_the_history_tells_of_every_revision_newest_first(ana):
    article = make_article(body="One two three.", by=ana.user)
    named = save(article, ana.user, body="One two four five.", note="Sharper")
    name_revision(named, "For the lawyer", by=ana.user)
    page = ana.get(history_of(article))
    assert numbers(page) == [2, 1]
    for told in ("For the lawyer", "Sharper", "Ana Lima", "+2", "−1", "newest"):
        assert told in page.text


def test_the_history_tells_what_readers_saw_and_what_reviewers_said(ana):
    article = make_article(by=make_member("Writers"))
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=2)):
        publish(article.head, by=None)
    publish(save(article, body="Live."), by=None)
    publish(save(article, body="Later."), by=None, at=now + timedelta(days=1))
    request_review(save(article, body="Asked."), by=ana.user)
    rows = ana.get(history_of(article)).context["rows"]
    found = [[kind for kind in ("live", "past", "scheduled", "review") if row[kind]] for row in rows]
    assert found == [["review"], ["scheduled"], ["live"], ["past"]]
    text = ana.get(history_of(article)).text
    for told in ("waiting for review", "scheduled for", "live since"):
        assert told in text


def test_the_history_comes_in_pages(ana):
    article = make_article()
    for number in range(26):
        save(article, body=f"Words {number}.")
    assert numbers(ana.get(history_of(article))) == [*range(27, 2, -1)]
    assert numbers(ana.get(history_of(article), {"p": 2})) == [2, 1]
    assert numbers(ana.get(history_of(article), {"p": "x"})) == [*range(27, 2, -1)]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_history_costs_the_same_however_long(ana, count, django_assert_num_queries):
    article = make_article(by=ana.user)
    for number in range(count - 1):
        save(article, make_member("Editors"), body=f"Words {number}.")
        publish(head_of(article), by=None)
    publish(save(article, body="Live."), by=None)
    request_review(head_of(article), by=ana.user)
    with django_assert_num_queries(HISTORY_QUERIES):
        ana.get(history_of(article))


# Comparing -----------------------------------------------------------------------------------------------------------


def test_any_two_revisions_are_compared_words_in_paragraphs_and_every_field(ana):
    before, after = make_image(alt="Before"), make_image(alt="After")
    article = make_article("Old title", body="One.\n\nJim met Kristen.", hero=before, by=ana.user)
    changes = {"title": "New title", "hero": after, "spoilers": "full", "seo_title": "S", "seo_description": "D"}
    save(article, ana.user, body="One.\n\nJim met Dodd.", **changes)
    page = ana.get(history_of(article, "compare/"), {"from": 1, "to": 2})
    assert [field["label"] for field in page.context["fields"]] == [
        "Title",
        "Main picture",
        "Title for search engines",
        "Description for search engines",
        "Spoilers",
    ]
    removed, added = '<del class="diff-removed"><span class="visually-hidden">[removed: </span>', "[added: </span>"
    for told in (
        f"{removed}Kristen<",
        f"{added}Dodd<",
        f"{removed}Old<",
        f"{added}full<",
        'alt="Before"',
        'alt="After"',
    ):
        assert told in page.text


def test_without_being_told_what_the_newest_revision_changed_is_shown(ana):
    article = make_article(body="One.")
    save(article, body="Two.")
    save(article, body="Three.")
    page = ana.get(history_of(article, "compare/"))
    assert (page.context["old"].number, page.context["new"].number) == (2, 3)
    assert (page.context["before"], page.context["after"]) == ((1, 2), None)


@pytest.mark.parametrize(("view", "shown"), [("sides", "sides"), ("inline", "inline"), ("x", "inline"), ("", "inline")])
def test_a_comparison_is_shown_in_one_or_side_by_side(ana, view, shown):
    article = make_article(body="Jim met Kristen.")
    save(article, body="Jim met Dodd.")
    page = ana.get(history_of(article, "compare/"), {"from": 1, "to": 2, "view": view})
    assert f"diff-as-{shown}" in page.text
    assert page.text.count('diff-block diff-side"') == (2 if shown == "sides" else 0)


def test_paragraphs_that_did_not_change_are_folded_and_counted(ana):
    body = "\n\n".join(f"Paragraph {number}." for number in range(20))
    article = make_article(body=body)
    save(article, body=body.replace("Paragraph 10.", "Something else."))
    page = ana.get(history_of(article, "compare/"))
    assert "9 unchanged paragraphs" in page.text
    assert "8 unchanged paragraphs" in page.text


@pytest.mark.parametrize(
    ("pair", "told"),
    [((1, 1), "one and the same"), ((1, 2), "empty lines or spaces"), ((2, 3), "The texts are the same.")],
)
def test_a_comparison_without_a_difference_says_so(ana, pair, told):
    article = make_article(body="One.\n\nTwo.")
    save(article, body="One.\n\n\nTwo.")
    save(article, dek="Another dek.")
    assert told in ana.get(history_of(article, "compare/"), {"from": pair[0], "to": pair[1]}).text


@pytest.mark.parametrize("asked", ["9", "x", "-1", "9" * 30, "0"])
def test_what_is_no_revision_is_not_compared(ana, asked):
    article = make_article()
    assert ana.get(history_of(article, "compare/"), {"from": asked, "to": 1}).status_code == 404


@pytest.mark.parametrize("count", [2, 3, 30])
def test_a_comparison_costs_the_same_however_long_the_history(ana, count, django_assert_num_queries):
    article = make_live(by=ana.user, hero=make_image())
    for number in range(count - 1):
        save(article, make_member("Editors"), body=f"Words {number}.", hero=make_image())
    with django_assert_num_queries(COMPARE_QUERIES):
        ana.get(history_of(article, "compare/"), {"from": 1, "to": count})


# Looking -------------------------------------------------------------------------------------------------------------


def test_a_revision_is_seen_through_the_readers_page_by_the_newsroom_alone(ana):
    article = make_live(body="First *words*.", film=make_film(), authors=[make_author()], topics=[make_topic()])
    save(article, body="Later words.")
    page = ana.get(history_of(article, "1/"))
    assert "articles/article_detail.html" in [template.name for template in page.templates]
    assert "First <em>words</em>." in page.text
    assert "Only the newsroom sees this page." in page.text
    assert '<link rel="canonical"' not in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert not Event.objects.filter(action=Action.SHARED).exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_look_costs_the_same_however_long_the_history(ana, count, django_assert_num_queries):
    article = make_article(film=make_film(), authors=[make_author()], by=ana.user)
    for number in range(count - 1):
        save(article, body=f"Words {number}.")
    with django_assert_num_queries(LOOK_QUERIES):
        ana.get(history_of(article, "1/"))


@pytest.fixture
def past():
    """An article that had readers: revision 1 from 1 March, 2 from 3 March, none from 5 March, 3 from 3 March 2090."""
    article = make_article(body="First words.")
    for number in (2, 3):
        with time_machine.travel(datetime(2026, 3, 2 * number - 3, 12, tzinfo=UTC), tick=False):
            publish(head_of(article), by=None)
        save(article, body=f"Words of {number}.")
    with time_machine.travel(datetime(2026, 3, 5, 12, tzinfo=UTC), tick=False):
        withdraw(article, by=None)
    publish(head_of(article), by=None, at=datetime(2090, 3, 3, 12, tzinfo=UTC))
    return article


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("2026-03-01T12:00", "First words."),
        ("2026-03-03T11:59", "First words."),
        ("2026-03-03T12:00", "Words of 2."),
        ("2090-03-03T12:00", "Words of 3."),
    ],
)
def test_the_page_is_shown_as_readers_saw_it_at_a_moment(ana, past, at, seen):
    page = ana.get(history_of(past, "as-seen/"), {"at": at})
    assert seen in page.text
    assert ("What readers are to see" in page.text) is at.startswith("2090")
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex, nofollow")


@pytest.mark.parametrize("at", ["2026-03-01T11:59", "2026-03-05T12:00", "2026-06-01T00:00"])
def test_where_nothing_was_live_the_history_says_so(ana, past, at):
    page = ana.get(history_of(past, "as-seen/"), {"at": at})
    assert "Readers saw nothing of this article" in page.text
    assert f'value="{at}"' in page.text


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("at", ["", "x", "2026-13-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_what_is_no_moment_is_told(ana, past, at, zone):
    with timezone.override(zone):
        page = ana.get(history_of(past, "as-seen/"), {"at": at})
    assert (page.status_code, "errorlist" in page.text) == (400, True)


def test_an_hour_that_the_clocks_skipped_is_told(ana, past):
    with timezone.override("Europe/Berlin"):
        page = ana.get(history_of(past, "as-seen/"), {"at": "2026-03-29T02:30"})
    assert page.status_code == 400
    assert "02:30 does not come. Choose 03:30" in page.text


def test_an_hour_that_comes_twice_asks_which_and_either_can_be_looked_at(ana, past, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    asked = {"at": "2026-10-25T02:30"}
    page = ana.get(history_of(past, "as-seen/"), asked)
    assert (page.status_code, 'name="second"' in page.text) == (400, True)
    for second, zone in (("0", "CEST"), ("1", "CET")):
        page = ana.get(history_of(past, "as-seen/"), {**asked, "second": second})
        assert (page.status_code, f"25 Oct 2026, 02:30 {zone}" in page.text) == (200, True)


# Changing ------------------------------------------------------------------------------------------------------------


def test_restoring_makes_a_new_revision_of_the_old_content(ana):
    article = make_live("Old title", body="Old.", hero=make_image())
    base = save(article, title="New title", body="New.", hero=None)
    assert f'name="base" value="{base.pk}"' in ana.get(history_of(article)).text
    done = ana.post(history_of(article, "1/restore/"), {"base": base.pk}, follow=True)
    head = head_of(article)
    assert said(done) == ["Restored revision 1 as revision 3. Readers see no change until it is published."]
    assert (head.number, head.content, head.created_by) == (3, article.revisions.get(number=1).content, ana.user)
    assert Publication.objects.live().get().revision.number == 1


def test_restoring_what_is_the_newest_already_says_so(ana):
    article = make_article()
    done = ana.post(history_of(article, "1/restore/"), {"base": article.head_id}, follow=True)
    assert said(done) == ["Revision 1 says what the newest says: nothing to restore."]
    assert head_of(article).number == 1


@pytest.mark.parametrize("base", ["first", "", "x", "9" * 30])
def test_restoring_from_a_page_that_is_old_names_who_saved_since(ana, base):
    article = make_article(body="Old.")
    first = article.head_id
    save_revision(article, by=make_member("Editors", username="ben"), base=article.head, body="New.")
    base = first if base == "first" else base
    done = ana.post(history_of(article, "1/restore/"), {"base": base}, follow=True)
    assert said(done)[0].startswith("ben saved revision 2 in the meantime. Nothing was restored")
    assert head_of(article).body == "New."


def test_nothing_in_the_trash_is_restored_or_named(ana):
    article = make_article()
    base = save(article, body="New.")
    trash(article, by=None)
    for rest, data in {"1/restore/": {"base": base.pk}, "1/name/": {"name": "First"}}.items():
        done = ana.post(history_of(article, rest), data, follow=True)
        assert said(done) == ["This article is in the trash; take it out first."]
    assert (head_of(article).number, Revision.objects.exclude(name="").exists()) == (2, False)


def test_a_name_that_it_has_already_is_not_recorded_again(ana):
    article = make_article()
    for _ in range(2):
        ana.post(history_of(article, "1/name/"), {"name": "First"})
    assert Event.objects.filter(action=Action.NAMED).count() == 1


def test_a_revision_is_named_and_loses_its_name(ana):
    article = make_article()
    done = ana.post(history_of(article, "1/name/"), {"name": " Before the lawyer ", "page": "1"}, follow=True)
    assert said(done) == ["Revision 1 is now “Before the lawyer”."]
    assert done.redirect_chain == [(history_of(article, "?p=1"), 302)]
    assert Revision.objects.get().name == "Before the lawyer"
    ana.post(history_of(article, "1/name/"), {"name": ""})
    assert Revision.objects.get().name == ""


def test_a_name_that_is_too_long_is_told(ana):
    article = make_article()
    done = ana.post(history_of(article, "1/name/"), {"name": "x" * 101}, follow=True)
    assert "at most 100 characters" in said(done)[0]
    assert Revision.objects.get().name == ""


# Who may what --------------------------------------------------------------------------------------------------------

READS = ["", "compare/", "1/", "as-seen/?at=2026-03-01T12:00"]
WRITES = ["1/restore/", "1/name/"]
WHO = {"writer, own": (200, 302), "writer": (403, 403), "editor": (200, 302), "credits desk": (403, 403)}
WHO |= {"reader": (200, 403)}


@pytest.mark.parametrize("who", WHO)
def test_who_may_see_the_past_and_change_it(client, who):
    groups = {"writer": "Writers", "writer, own": "Writers", "editor": "Editors", "credits desk": "Credits desk"}
    user = make_member(groups[who]) if who in groups else make_user("articles.view_article")
    client.force_login(user)
    article = make_article(by=user if who == "writer, own" else None)
    reads = {client.get(history_of(article, rest)).status_code for rest in READS}
    writes = {client.post(history_of(article, rest)).status_code for rest in WRITES}
    assert (reads, writes) == ({WHO[who][0]}, {WHO[who][1]})


@pytest.mark.parametrize("rest", READS + WRITES)
def test_the_anonymous_and_readers_with_an_account_are_sent_to_the_login(client, rest):
    article = make_article()
    for user in (None, make_user(is_staff=False)):
        if user:
            client.force_login(user)
        response = client.post(history_of(article, rest)) if rest in WRITES else client.get(history_of(article, rest))
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("rest", WRITES)
def test_nothing_is_changed_by_looking(ana, rest):
    article = make_article()
    save(article, body="New.")
    assert (ana.get(history_of(article, rest)).status_code, head_of(article).number) == (405, 2)


@pytest.mark.parametrize("rest", ["9/", "9/restore/", "9/name/", f"{'9' * 30}/"])
def test_a_revision_that_is_not_there_is_not_found(ana, rest):
    article = make_article()
    answer = ana.post if rest.endswith(("restore/", "name/")) else ana.get
    assert answer(history_of(article, rest)).status_code == 404


@pytest.mark.parametrize("pk", ["999", "x", "9" * 30])
def test_an_article_that_is_not_there_has_no_history(ana, pk):
    assert ana.get(HISTORY.format(pk)).status_code == 404


def test_nothing_in_the_past_is_taken_for_markup(ana):
    evil = "<script>alert(1)</script>"
    article = make_article(evil, body=evil)
    name_revision(save(article, title=f"{evil}!", body=f"{evil} more", note=evil), evil, by=None)
    for rest in ("", "compare/", "compare/?view=sides", "2/"):
        assert evil not in ana.get(history_of(article, rest)).text
