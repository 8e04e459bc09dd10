"""The trash page, bulk actions, sharing, and addresses that move."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.redirects.models import Redirect
from django.utils import timezone

from articles.admin.trash import PurgeForm
from articles.drafting import save_revision
from articles.filing import move
from articles.locking import AlreadyPurged
from articles.models import Article, Event, Publication
from articles.publishing import publish
from articles.reviewing import approve, request_review
from articles.trashing import purge, trash
from tests.articles.test_admin import form_of
from tests.factories import make_article, make_live, make_member, make_superuser

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def editor(client):
    client.user = make_member("Editors", username="ed")
    client.force_login(client.user)
    return client


@pytest.fixture
def purger(editor):
    editor.user.user_permissions.add(Permission.objects.get(codename="purge_article"))
    return editor


def page_of(article, page="trash"):
    return f"{LIST}{article.pk}/{page}/"


def do(client, article, step, page="trash", **data):
    return client.post(page_of(article, page), {"do": step, **data}, follow=True)


def act(client, action, *articles, state="", **data):
    query = f"?state={state}" if state else ""
    shown = [f"{article.pk}:{article.head_id}" for article in articles]
    chosen = {"action": action, "_selected_action": [article.pk for article in articles], "shown": shown, **data}
    return client.post(LIST + query, chosen, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def titles(response):
    return {article.head.title for article in response.context["cl"].result_list}


def test_trash_is_asked_about_first_with_what_it_would_do(editor):
    article = make_live()
    publish(article.head, by=None, at=timezone.now() + timedelta(days=1), correction=("update", "More."))
    page = editor.get(page_of(article)).text
    assert "Readers no longer see it, at once." in page
    assert "1 scheduled change will be cancelled." in page
    assert Article.objects.get().trashed_at is None


def test_trashed_article_says_so_and_offers_the_way_back(editor):
    article = make_live()
    response = do(editor, article, "trash")
    assert "This article is in the trash" in response.text
    assert f'href="{page_of(article)}"' in response.text
    assert 'name="_publish"' not in response.text
    assert not Publication.objects.live().exists()
    response = do(editor, article, "recover")
    assert said(response) == [f"“{article}” is a draft again. Publishing it is another step."]
    assert Article.objects.get().trashed_at is None


def test_a_trashed_article_cannot_be_published_by_a_forged_form(editor):
    article = make_article()
    trash(article, by=None)
    response = editor.post(f"{LIST}{article.pk}/change/", form_of(article, body="New", _publish="1"))
    form = response.context["adminform"].form
    assert form.non_field_errors() == ["This article is in the trash; take it out first."]
    assert (form["body"].value(), Article.objects.get().head.body) == ("New", article.head.body)
    assert not Publication.objects.exists()


def test_deleting_for_good_needs_permission_the_trash_and_a_tick(purger):
    article = make_article("Doomed")
    assert do(purger, article, "purge", sure="on").context["purge"].non_field_errors() == [
        "Put the article in the trash first."
    ]
    trash(article, by=None)
    assert list(do(purger, article, "purge").context["purge"].errors) == ["sure"]
    assert said(do(purger, article, "purge", sure="on")) == ["“Doomed” is deleted for good."]
    assert not Article.objects.exists()


def test_an_editor_without_the_right_deletes_nothing(editor):
    article = make_article()
    trash(article, by=None)
    assert 'value="purge"' not in editor.get(page_of(article)).text
    assert do(editor, article, "purge", sure="on").status_code == 403
    assert Article.objects.exists()


# The list ------------------------------------------------------------------------------------------------------------


def test_the_list_hides_the_trash_until_it_is_asked_for(editor):
    make_article("Kept")
    trash(make_article("Thrown away"), by=None)
    assert titles(editor.get(LIST)) == {"Kept"}
    assert titles(editor.get(LIST, {"state": "trashed"})) == {"Thrown away"}


def test_the_list_shows_what_is_mine_and_what_waits_for_me(editor):
    other = make_member("Writers")
    make_article("Mine", by=editor.user)
    waiting = make_article("Waiting", by=other)
    request_review(waiting.head, by=other)
    make_article("Neither", by=other)
    page = editor.get(LIST)
    assert "Waiting for me (1)" in page.text
    assert titles(editor.get(LIST, {"whose": "mine"})) == {"Mine"}
    assert titles(editor.get(LIST, {"whose": "waiting"})) == {"Waiting"}


def test_a_writer_is_not_offered_what_waits_for_editors(client):
    client.force_login(make_member("Writers"))
    assert "Waiting for me" not in client.get(LIST).text


def test_the_list_tells_what_time_will_change_next(editor, settings):
    settings.TIME_ZONE = "UTC"
    to_come, live = make_article("To come"), make_live("Live")
    when = timezone.now().replace(year=timezone.now().year + 1, month=3, day=5, hour=9, minute=0)
    publish(to_come.head, by=None, at=when)
    Publication.objects.filter(article=live).update(ends=when)
    text = editor.get(LIST).text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"goes live 5 Mar {when.year}, 09:00" in text
    assert f"ends 5 Mar {when.year}, 09:00" in text


def test_each_chosen_article_is_published_or_told_why_not(editor, settings):
    ready, live, trashed = make_article("Ready"), make_live("Live"), make_article("Thrown away")
    trash(trashed, by=None)
    done, refused = said(act(editor, "publish_chosen", ready, live))
    assert f'Published:<ul class="message-list"><li><a href="{LIST}{ready.pk}/change/">Ready</a></li></ul>' in done
    assert "<li>“Live”: Readers see its newest revision already.</li>" in refused
    settings.PUBLISHING_NEEDS_APPROVAL = True
    assert "Nobody has approved revision 1 yet" in said(act(editor, "publish_chosen", make_article("Unseen")))[0]
    assert (
        "“Thrown away”: This article is in the trash"
        in said(act(editor, "publish_chosen", trashed, state="trashed"))[0]
    )


def test_what_was_saved_since_the_list_was_shown_is_not_published(editor):
    moved, same = make_article("Moved"), make_article("Same")
    page = editor.get(LIST)
    shown = [f"{article.pk}:{article.head_id}" for article in (moved, same)]
    assert all(f'<input type="hidden" name="shown" value="{value}">' in page.text for value in shown)
    save_revision(moved, by=None, base=moved.head, body="Not ready.")
    done, refused = said(act(editor, "publish_chosen", moved, same, shown=shown))
    assert ("Same" in done, "“Moved”: Its newest revision is not the one that the list showed" in refused) == (
        True,
        True,
    )
    assert [turn.article for turn in Publication.objects.all()] == [same]


def test_what_the_list_did_not_show_is_not_published(editor):
    assert "is not the one that the list showed" in said(act(editor, "publish_chosen", make_article(), shown=[]))[0]
    assert not Publication.objects.exists()


def test_what_fails_a_check_is_left_by_name(editor):
    assert (
        "“Open”: Revision 1 fails its checks."
        in said(act(editor, "publish_chosen", make_article("Open", body="TODO")))[0]
    )
    assert not Publication.objects.exists()


def test_the_list_shows_what_readers_see_and_what_the_desk_does_and_finds_either(editor):
    article = make_live("Live")
    second = save_revision(article, by=None, base=article.head, body="Later.")
    review = request_review(second, by=editor.user, reviewer=make_member("Editors", username="olga"))
    publish(article.head, by=None, at=timezone.now() + timedelta(days=1))
    badges = '<span class="badge badge-live-newer">live, newer draft</span> <span class="badge badge-{}">{}</span>'
    assert badges.format("in-review", "in review") in editor.get(LIST).text
    for state in ("live-newer", "in-review", "scheduled"):
        assert titles(editor.get(LIST, {"state": state})) == {"Live"}
    for state in ("live", "approved", "draft", "withdrawn", "trashed"):
        assert titles(editor.get(LIST, {"state": state})) == set()
    approve(review, by=review.reviewer)
    assert badges.format("scheduled", "scheduled") in editor.get(LIST).text


def test_chosen_articles_are_withdrawn_and_trashed_and_taken_back(editor):
    live, draft = make_live("Live"), make_article("Draft")
    done, refused = said(act(editor, "withdraw_chosen", live, draft))
    assert ("Live" in done, "“Draft”: Readers do not see this article now." in refused) == (True, True)
    assert "In the trash:" in said(act(editor, "trash_chosen", live, draft))[0]
    assert Article.objects.filter(trashed_at=None).count() == 0
    assert "Taken from the trash" in said(act(editor, "recover_chosen", live, draft, state="trashed"))[0]
    assert Article.objects.filter(trashed_at=None).count() == 2


def test_chosen_articles_are_named_before_they_are_deleted_for_good(purger):
    doomed, other = make_article("Doomed"), make_article("Doomed, too")
    for article in (doomed, other):
        trash(article, by=None)
    response = act(purger, "purge_chosen", doomed, other, state="trashed")
    assert "<li>Doomed</li>" in response.text
    assert Article.objects.count() == 2
    done = act(purger, "purge_chosen", doomed, other, state="trashed", sure="yes")
    assert said(done) == ['Deleted for good:<ul class="message-list"><li>Doomed, too</li><li>Doomed</li></ul>']
    assert not Article.objects.exists()


def test_only_what_is_in_the_trash_is_deleted_for_good(purger):
    kept = make_article("Kept")
    response = act(purger, "purge_chosen", kept)
    assert "None of these is in the trash" in response.text
    assert "“Kept”: Put the article in the trash first." in said(act(purger, "purge_chosen", kept, sure="yes"))[0]
    assert Article.objects.exists()


@pytest.mark.parametrize(
    "action", ["publish_chosen", "withdraw_chosen", "trash_chosen", "recover_chosen", "purge_chosen"]
)
def test_a_writer_has_no_bulk_actions(client, action):
    writer = make_member("Writers")
    article = make_live(by=writer)
    client.force_login(writer)
    act(client, action, article, sure="yes")
    assert (Article.objects.get().trashed_at, Publication.objects.live().count()) == (None, 1)


def test_an_editor_without_the_right_is_not_offered_the_end(editor):
    trash(make_article(), by=None)
    page = editor.get(LIST, {"state": "trashed"}).text
    assert "recover_chosen" in page
    assert "purge_chosen" not in page


# Sharing -------------------------------------------------------------------------------------------------------------


def test_a_preview_is_shared_as_a_whole_address_with_its_end(editor, client):
    article = make_article("A Draft")
    response = do(editor, article, "share", "sharing")
    link = response.context["made"]["link"]
    assert link.startswith("http://testserver/preview/")
    assert f'value="{link}"' in response.text
    assert "it works until" in response.text
    client.logout()
    assert "A Draft" in client.get(link).text


def test_a_reload_after_sharing_makes_no_second_link(editor):
    article = make_article()
    response = editor.post(page_of(article, "sharing"), {"do": "share"})
    assert (response.status_code, response.url) == (302, page_of(article, "sharing"))
    assert editor.get(response.url).context["made"]
    again = editor.get(response.url)
    assert (again.context["made"], len(again.context["links"])) == (None, 1)


def test_all_links_are_ended(editor):
    article = make_article()
    link = do(editor, article, "share", "sharing").context["made"]["link"]
    assert len(editor.get(page_of(article, "sharing")).context["links"]) == 1
    response = do(editor, article, "unshare", "sharing")
    assert response.context["links"] == []
    assert editor.get(link).status_code == 410


def test_sharing_from_the_writing_screen_saves_first_and_hands_over_the_link(editor):
    article = make_article()
    response = editor.post(f"{LIST}{article.pk}/change/", form_of(article, body="New words", _share="1"), follow=True)
    assert "Anybody who has this link can read revision 2." in said(response)[1]
    assert Event.objects.filter(action="shared", revision__body="New words").count() == 1


def test_a_trashed_article_is_not_shared(editor):
    article = make_article()
    trash(article, by=None)
    assert said(do(editor, article, "share", "sharing")) == ["This article is in the trash; take it out first."]
    assert not Event.objects.filter(action="shared").exists()
    response = editor.post(f"{LIST}{article.pk}/change/", form_of(article, _share="1"), follow=True)
    assert response.status_code == 200
    assert not Event.objects.filter(action="shared").exists()


# Addresses -----------------------------------------------------------------------------------------------------------


def test_old_address_leads_to_the_new_one(editor, client):
    article = make_live(slug="rush")
    assert "Readers of the old address will be led to the new one." in editor.get(f"{LIST}{article.pk}/change/").text
    response = editor.post(f"{LIST}{article.pk}/change/", form_of(article, slug="rush-explained"), follow=True)
    assert said(response)[0].endswith("The old address, /articles/rush/, leads to the new one.")
    client.logout()
    moved = client.get("/articles/rush/")
    assert (moved.status_code, moved["Location"]) == (301, "/articles/rush-explained/")
    assert client.get("/articles/rush-explained/").status_code == 200


def test_taken_address_is_told_beside_the_field(editor):
    make_article(slug="taken")
    article = make_article(slug="rush")
    response = editor.post(f"{LIST}{article.pk}/change/", form_of(article, slug="taken", body="New words"))
    assert response.context["adminform"].form.errors == {"slug": ["Another article is at this address."]}
    assert "New words" in response.text


REDIRECTS = "/admin/redirects/redirect/"


def test_an_editor_keeps_redirects_of_this_site(editor, client):
    response = editor.post(f"{REDIRECTS}add/", {"old_path": "/rush.html", "new_path": "/articles/rush/"})
    assert response.status_code == 302
    assert (Redirect.objects.get().site_id, client.get("/rush.html")["Location"]) == (1, "/articles/rush/")
    assert "/rush.html" in editor.get(REDIRECTS, {"q": "html"}).text
    assert "/rush.html" not in editor.get(REDIRECTS, {"q": "nothing"}).text


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("rush", "/b/", "old_path"),
        ("//evil.example/", "/b/", "old_path"),
        ("/taken/", "/b/", "old_path"),
        ("/a/", "//evil.example/", "new_path"),
        ("/a/", "javascript:alert(1)", "new_path"),
        ("/a/", "/a/", "new_path"),
        ("/elsewhere/", "/taken/", "new_path"),
        ("/" + "x" * 200, "/b/", "old_path"),
    ],
)
def test_a_redirect_that_cannot_be_is_refused(editor, old, new, field):
    Redirect.objects.create(site_id=1, old_path="/taken/", new_path="/elsewhere/")
    response = editor.post(f"{REDIRECTS}add/", {"old_path": old, "new_path": new})
    assert (response.status_code, list(response.context["adminform"].form.errors)) == (200, [field])


def test_a_redirect_is_changed_and_deleted(editor):
    redirect = Redirect.objects.create(site_id=1, old_path="/a/", new_path="/b/")
    editor.post(f"{REDIRECTS}{redirect.pk}/change/", {"old_path": "/a/", "new_path": "https://example.org/"})
    assert Redirect.objects.get().new_path == "https://example.org/"
    editor.post(f"{REDIRECTS}{redirect.pk}/delete/", {"post": "yes"})
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("group", ["Writers", "Credits desk"])
def test_redirects_are_the_editors_affair(client, group):
    client.force_login(make_member(group))
    assert client.get(REDIRECTS).status_code == 403
    assert client.post(f"{REDIRECTS}add/", {"old_path": "/a/", "new_path": "/b/"}).status_code == 403
    client.force_login(make_superuser())
    assert client.get(REDIRECTS).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_redirects_costs_the_same_however_long(editor, count, django_assert_num_queries):
    for number in range(count):
        Redirect.objects.create(site_id=1, old_path=f"/{number}/", new_path="/b/")
    editor.get(REDIRECTS)  # The site is looked up once and kept.
    with django_assert_num_queries(7):
        editor.get(REDIRECTS)


@pytest.mark.parametrize("odd", ["\0", "9" * 5000, "x", "", "-1"])
def test_what_is_no_article_cannot_be_chosen(editor, odd):
    article = make_live()
    chosen = {"action": "withdraw_chosen", "_selected_action": [odd]}
    assert said(editor.post(LIST, chosen, follow=True))[0].startswith("Items must be selected")
    editor.post(LIST, {**chosen, "_selected_action": [odd, article.pk]}, follow=True)
    assert not article.publications.live().exists()


def test_old_address_of_another_article_is_refused_and_nothing_typed_is_lost(editor):
    other, article = make_live("Other", slug="taken"), make_article("Mine", slug="mine")
    move(other, "other", by=None)
    response = editor.post(f"{LIST}{article.pk}/change/", form_of(article, slug="taken", body="Typed."))
    form = response.context["adminform"].form
    assert form.errors == {"slug": ["That address still leads to /articles/other/."]}
    assert (form["body"].value(), Article.objects.get(pk=article.pk).slug) == ("Typed.", "mine")


def test_whoever_deletes_second_is_told_and_nothing_breaks(purger):
    article = make_article("Doomed")
    trash(article, by=None)
    found = Article.objects.with_state().select_related("head").get(pk=article.pk)
    purge(article, by=None)
    with pytest.raises(AlreadyPurged):
        purge(found, by=None)
    form = PurgeForm({"sure": "on"}, article=found)
    assert form.taken(by=purger.user) == "A colleague has deleted “Doomed” for good already."
    assert do(purger, found, "purge", sure="on").status_code == 404
