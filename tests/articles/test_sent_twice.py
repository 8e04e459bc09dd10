"""A form that is sent twice, because its answer was long in coming: one article, and nobody merges with themselves."""

import pytest
from django.utils import timezone

from articles import kept_texts
from articles.autosaving import REMEMBERED, autosave, count, left
from articles.drafting import save_revision, start_article
from articles.models import Article, Autosave, Revision
from articles.trashing import purge, trash
from tests.articles.test_autosave_endpoint import ADD, KEEP, form_of, keep, page_of, state
from tests.factories import make_article, make_author, make_member

pytestmark = pytest.mark.django_db

NEW = {"title": "Rush", "kind": "essay", "spoilers": "none", "body": "One.", "tab": "new"}


@pytest.fixture
def ana(client):
    client.user = make_member("Editors", username="ana", first_name="Ana")
    client.force_login(client.user)
    return client


def bodies():
    return list(Revision.objects.order_by("article", "number").values_list("body", flat=True))


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("slug", ["", "rush"])
def test_a_new_article_sent_twice_is_one_article(ana, slug):
    for _ in range(2):
        answer = ana.post(ADD, {**NEW, "slug": slug}, follow=True)
        assert answer.redirect_chain == [(page_of(Article.objects.get()), 302)]
    assert said(answer)[-1] == "Saved as revision 1."
    assert (Article.objects.get().slug, bodies()) == ("rush", ["One."])


def test_what_was_typed_before_the_second_time_is_the_next_revision(ana):
    ana.post(ADD, NEW)
    ana.post(ADD, {**NEW, "body": "One. Two."})
    ana.post(ADD, {**NEW, "body": "One. Two. Three."})
    assert bodies() == ["One.", "One. Two.", "One. Two. Three."]
    assert Article.objects.count() == 1


def test_the_second_time_meets_what_a_colleague_saved_in_between(ana):
    ana.post(ADD, NEW)
    article = Article.objects.get()
    save_revision(article, by=None, base=article.head, body="Theirs.")
    met = ana.post(ADD, {**NEW, "body": "Mine."})
    assert (met.status_code, bodies()) == (409, ["One.", "Theirs."])
    merged = {"base": article.head.parent_id, "merged_with": article.head_id, "choice-body-0": "both"}
    ana.post(ADD, {**NEW, "body": "Mine.", **merged})
    assert bodies() == ["One.", "Theirs.", "Theirs.\n\nMine."]


def test_a_change_sent_twice_does_not_meet_itself(ana):
    article = make_article()
    for body in ("Mine.", "Mine, and more."):
        answer = ana.post(page_of(article), form_of(article, body=body, tab="tab"), follow=True)
    assert said(answer)[-1] == "Saved as revision 3."
    assert bodies() == ["Words.", "Mine.", "Mine, and more."]
    again = ana.post(page_of(article), form_of(article, body="Mine, and more.", tab="tab"), follow=True)
    assert said(again)[-1] == "Saved as revision 3."


def test_a_merged_form_sent_twice_is_saved_once(ana):
    article = make_article(body="One.\n")
    base = article.head
    save_revision(article, by=None, base=base, body="Theirs.\n")
    merged = {"merged_with": article.head_id, "choice-body-0": "mine", "base": base.pk, "tab": "tab"}
    for _ in range(2):
        answer = ana.post(page_of(article), form_of(article, body="Mine.\n", **merged))
        assert answer.status_code == 302
    assert bodies() == ["One.\n", "Theirs.\n", "Mine.\n"]


def test_another_tab_and_another_person_are_other_forms(ana):
    ana.post(ADD, NEW)
    ana.post(ADD, {**NEW, "tab": "other"})
    ana.force_login(make_member("Editors"))
    ana.post(ADD, NEW)
    assert Article.objects.count() == 3


def test_an_activity_told_twice_of_one_form_starts_one_article(ana):
    first = start_article(by=ana.user, title="Rush", body="One.", tab="new")
    assert start_article(by=ana.user, title="Rush", body="One.", tab="new") == first
    assert start_article(by=ana.user, title="Rush", body="Two.", tab="new") == first
    assert bodies() == ["One.", "Two."]


def test_what_a_form_saved_is_known_for_a_day(ana, time_machine):
    time_machine.move_to(timezone.now())
    start_article(by=ana.user, title="Rush", tab="new")
    autosave(user=ana.user, tab="second", payload={}, unsaved=False)
    assert Autosave.objects.count() == 2
    time_machine.shift(REMEMBERED)
    autosave(user=ana.user, tab="third", payload={}, unsaved=False)
    assert [form.tab for form in Autosave.objects.all()] == ["third"]


# What comes late ------------------------------------------------------------------------------------------------------


def test_an_autosave_that_comes_after_its_save_offers_nothing(ana):
    article = make_article()
    ana.post(KEEP, state(article, turn="1"))
    ana.post(page_of(article), form_of(article, body="Typed words. All.", tab="tab", turn="3"))
    answer = ana.post(KEEP, state(article, turn="2"))
    assert (answer.status_code, answer.json()["turn"]) == (200, 3)
    assert not left(user=ana.user, article=article).exists()


def test_an_autosave_older_than_the_last_changes_nothing(ana):
    for turn, body in (("2", "Newer."), ("1", "Older."), ("2", "The same turn.")):
        ana.post(KEEP, state(turn=turn, payload=f'{{"body": "{body}"}}'))
    assert Autosave.objects.get().payload == {"body": "Newer."}


def test_who_goes_on_typing_after_a_slow_save_is_kept_as_the_article_that_was_made(ana):
    ana.post(ADD, {**NEW, "turn": "1"})
    article = Article.objects.get()
    answer = ana.post(KEEP, state(turn="2", tab="new", payload='{"body": "One. Two."}')).json()
    assert answer["head"] is None
    kept = Autosave.objects.get()
    assert (kept.article, kept.base, kept.saved) == (article, article.head, article.head)
    assert [offer.kept for offer in kept_texts.offers(user=ana.user, article=article)] == [kept]
    assert kept_texts.offers(user=ana.user) == []


def test_what_its_own_form_has_saved_is_not_offered_though_others_saved_since(ana):
    article = make_article()
    ana.post(page_of(article), form_of(article, body="Mine.", tab="tab", turn="1"))
    ana.post(KEEP, state(article, turn="2", payload='{"body": "Mine."}'))
    article.refresh_from_db()
    save_revision(article, by=None, base=article.head, body="Theirs.")
    assert kept_texts.offers(user=ana.user, article=article) == []
    assert kept_texts.all_offers(user=ana.user) == []


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 30, "\0"])
def test_an_odd_turn_counts_for_nothing(ana, odd):
    article = make_article()
    assert ana.post(page_of(article), form_of(article, body="Mine.", tab="tab", turn=odd)).status_code in {200, 302}
    assert Autosave.objects.get().turn == 0
    count(user=ana.user, tab="tab", turn=2)
    assert Autosave.objects.get().turn == 2


# Sent and not saved ---------------------------------------------------------------------------------------------------


def test_a_form_that_meets_another_revision_is_kept_as_it_was_sent(ana):
    article = make_article()
    base = article.head
    save_revision(article, by=None, base=base, body="Theirs.")
    met = ana.post(page_of(article), form_of(article, base=base.pk, body="Mine.", dek="Mine", tab="tab", turn="4"))
    assert met.status_code == 409
    ana.post(KEEP, state(article, base=base.pk, turn="3"))
    offer = kept_texts.offers(user=ana.user, article=article)[0].kept
    assert (offer.payload["body"], offer.payload["dek"], offer.base, offer.turn) == ("Mine.", "Mine", base, 4)
    ana.post(
        page_of(article),
        form_of(
            article,
            base=base.pk,
            body="Mine.",
            tab="tab",
            turn="4",
            **{"merged_with": article.head_id, "choice-body-0": "mine", "choice-dek-0": "mine"},
        ),
    )
    assert kept_texts.offers(user=ana.user, article=article) == []


def test_a_form_with_errors_is_kept_as_it_was_sent(ana):
    ana.post(ADD, {**NEW, "title": "", "slug": "x"})
    assert [offer.kept.payload["body"] for offer in kept_texts.offers(user=ana.user)] == ["One."]


# Without its article --------------------------------------------------------------------------------------------------


def test_what_colleagues_left_in_an_article_deleted_for_good_can_become_a_new_one(ana):
    article = make_article(slug="rush")
    keep(ana.user, article, tab="left", title="Kept", slug="rush")
    autosave(user=ana.user, tab="open", article=article, payload={}, unsaved=False)
    trash(article, by=None)
    purge(article, by=None)
    assert [form.tab for form in Autosave.objects.all()] == ["left"]
    assert "Kept" in ana.get(ADD).text
    form = ana.get(ADD, {"restore": "left"}).context["adminform"].form
    assert (form["body"].value(), form["base"].value()) == ("Typed words.", None)


def test_what_is_typed_on_in_an_article_deleted_for_good_is_kept_as_a_new_one(ana):
    article = make_article()
    sent = state(article)
    ana.post(KEEP, sent)
    trash(article, by=None)
    purge(article, by=None)
    assert ana.post(KEEP, {**sent, "payload": '{"body": "More."}'}).status_code == 200
    assert [offer.kept.payload for offer in kept_texts.offers(user=ana.user)] == [{"body": "More."}]
    assert ana.post(KEEP, {**sent, "tab": "never-seen"}).status_code == 404


def test_who_no_longer_signs_an_article_reaches_what_they_had_typed(client):
    ben, author = make_member("Writers"), make_author()
    author.user = ben
    author.save()
    article = make_article("Secret now", authors=[author], dek="Secret dek", slug="secret")
    keep(ben, article, tab="mine", title="My title", slug="secret", filed="{}")
    client.force_login(ben)
    article.bylines.all().delete()
    page = client.get(f"{KEEP}mine/").text
    assert ("Typed words." in page, "My title" in page, "Secret" in page) == (True, True, False)
    assert "My title" in client.get("/admin/articles/article/").text
    form = client.get(ADD, {"restore": "mine"}).context["adminform"].form
    assert [form[name].value() for name in ("title", "body", "slug", "base", "filed")] == [
        *("My title", "Typed words.", ""),
        *(None, ""),
    ]
    answer = client.post(ADD, {**NEW, "title": "My title", "restored": "mine"})
    assert Article.objects.get(pk=answer["Location"].split("/")[-3]).slug == "my-title"
    assert not left(user=ben).exists()


def test_what_is_sent_to_an_article_that_is_no_longer_ones_own_or_gone_is_kept_as_a_new_one(client):
    ben, author = make_member("Writers"), make_author()
    author.user = ben
    author.save()
    article = make_article("Secret now", authors=[author], slug="secret")
    client.force_login(ben)
    sent = form_of(article, body="Typed words.", slug="secret", tab="tab", turn="4")
    article.bylines.all().delete()
    assert client.post(page_of(article), sent).status_code == 403
    kept = Autosave.objects.get()
    assert (kept.article, kept.payload["body"], kept.turn) == (None, "Typed words.", 4)
    assert {"slug", "filed"} & kept.payload.keys() == set()
    place = page_of(article)
    trash(article, by=None)
    purge(article, by=None)
    assert client.post(place, {**sent, "tab": "gone"}).status_code == 404
    assert [offer.kept.tab for offer in kept_texts.offers(user=ben)] == ["gone", "tab"]


@pytest.mark.parametrize("sent", [{}, {"tab": "tab"}, {"body": "Typed."}, {"tab": "tab", "body": "x" * 1_000_001}])
def test_what_no_form_of_ours_sends_to_an_article_of_others_is_not_kept(client, sent):
    client.force_login(make_member("Writers"))
    assert client.post(page_of(make_article()), sent).status_code == 403
    assert not Autosave.objects.exists()
