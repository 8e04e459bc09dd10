"""A save that meets a newer revision: the merge page, its questions and answers, and that nothing is lost."""

import re
from html import unescape

import pytest

from articles.drafting import save_revision
from articles.models import Article, Publication, Revision
from tests.factories import make_article, make_image, make_live, make_member

pytestmark = pytest.mark.django_db

BODY = "Jim picks Kristen.\n\nThey buy.\n\nNettle waits.\n"


@pytest.fixture
def ana(client):
    client.user = make_member("Editors", username="ana", first_name="Ana", last_name="Lima")
    client.force_login(client.user)
    return client


@pytest.fixture
def max_():
    return make_member("Editors", username="max", first_name="Max", last_name="Fischer")


def page_of(article):
    return f"/admin/articles/article/{article.pk}/change/"


def form_of(article, **changes):
    """Return what the browser sends where nothing but *changes* was typed."""
    head = Revision.objects.get(article=article, number=changes.pop("number", 1))
    filing = {"slug": article.slug, "kind": article.kind, "film": "", "note": "", "base": head.pk}
    changes = {name: value.replace("\n", "\r\n") if name == "body" else value for name, value in changes.items()}
    body = head.body.replace("\n", "\r\n")
    return {**head.content, "hero": head.hero_id or "", **filing, "body": body, **changes}


def answer(response, **answers):
    """Return what the merge page's own form would send: its hidden fields as they stand, and *answers*."""
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.text)
    sent = {unescape(name): re.sub("\r?\n", "\r\n", unescape(value)) for name, value in carried}
    del sent["csrfmiddlewaretoken"]
    return {**sent, **{name.replace("_", "-"): value for name, value in answers.items()}}


def head_of(article):
    return Article.objects.select_related("head").get(pk=article.pk).head


def save(article, by, **content):
    return save_revision(article, by=by, base=head_of(article), **content)


def said(response):
    return [str(message) for message in response.context["messages"]]


def meet(client, by, theirs, mine, **start):
    """Let *by* save *theirs* while *mine* is typed; return the article and the answer to saving mine."""
    article = make_article(**{"body": BODY, **start})
    save(article, by, **theirs)
    return article, client.post(page_of(article), form_of(article, **mine))


# Nothing clashes -----------------------------------------------------------------------------------------------------


def test_changes_in_different_paragraphs_are_joined_and_saved_only_on_a_click(ana, max_):
    theirs = {"body": BODY.replace("waits", "never waits"), "dek": "New dek"}
    article, response = meet(ana, max_, theirs, {"body": BODY.replace("picks", "chooses"), "title": "New title"})
    assert (response.status_code, head_of(article).number) == (409, 2)
    assert "Nothing clashes" in response.text
    assert "Max Fischer saved" in response.text
    done = ana.post(page_of(article), answer(response), follow=True)
    head = head_of(article)
    assert said(done) == ["Saved as revision 3."]
    assert head.body == "Jim chooses Kristen.\n\nThey buy.\n\nNettle never waits.\n"
    assert (head.title, head.dek, head.parent.number, head.created_by) == ("New title", "New dek", 2, ana.user)


def test_every_change_on_the_page_says_whose_it_is(ana, max_):
    theirs = {"body": BODY.replace("They buy.\n\n", "").replace("Nettle", "Chief Nettle")}
    _, response = meet(ana, max_, theirs, {"body": BODY.replace("picks", "chooses")})
    changes = [
        (block.kind, who) for part in response.context["text"] for block, who in part["blocks"] if block.kind != "same"
    ]
    assert changes == [("changed", "mine"), ("removed", "theirs"), ("changed", "theirs")]


def test_long_stretches_that_nobody_touched_are_folded(ana, max_):
    body = "\n\n".join(f"Paragraph {number}." for number in range(20))
    theirs = {"body": body.replace("Paragraph 19.", "The end.")}
    _, response = meet(ana, max_, theirs, {"body": body.replace("Paragraph 0.", "The start.")}, body=body)
    assert "16 paragraphs neither of you changed" in response.text


def test_two_windows_of_one_person_meet_as_two_people_do(ana):
    article, response = meet(ana, ana.user, {"body": "Theirs."}, {"body": "Mine."})
    assert (response.status_code, head_of(article).number) == (409, 2)
    assert "You saved this in another window" in response.text


def test_saving_the_same_words_twice_is_no_conflict(ana):
    article = make_article(body=BODY)
    typed = form_of(article, body="Mine.")
    ana.post(page_of(article), typed)
    again = ana.post(page_of(article), typed, follow=True)
    assert said(again)[-1] == "Nothing has changed, so no new revision was made."
    assert head_of(article).number == 2


def test_filing_is_kept_as_typed(ana, max_):
    article, response = meet(ana, max_, {"body": "Theirs."}, {"kind": "guide", "note": "Refiled", "slug": "new-slug"})
    assert Article.objects.get().kind == "explainer"
    ana.post(page_of(article), answer(response))
    filed = Article.objects.get()
    assert (filed.kind, filed.slug, filed.head.body) == ("guide", "new-slug", "Theirs.")


# Clashes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "passage"),
    [
        ({"choice_body_0": "theirs"}, "They sell."),
        ({"choice_body_0": "mine"}, "They use."),
        ({"choice_body_0": "both"}, "They sell.\n\nThey use."),
        ({"choice_body_0": "hand", "edit_body_0": "They buy,\r\nuse and sell."}, "They buy,\nuse and sell."),
    ],
)
def test_a_passage_both_changed_is_decided_on(ana, max_, answers, passage):
    theirs = {"body": BODY.replace("buy", "sell").replace("Nettle", "Gaines")}
    article, response = meet(ana, max_, theirs, {"body": BODY.replace("buy", "use").replace("Jim", "He")})
    assert response.status_code == 409
    done = ana.post(page_of(article), answer(response, **answers), follow=True)
    assert said(done) == ["Saved as revision 3."]
    assert head_of(article).body == f"He picks Kristen.\n\n{passage}\n\nGaines waits.\n"


def test_a_clash_shows_what_each_side_changed_and_chooses_nothing(ana, max_):
    theirs = {"body": BODY.replace("buy", "sell")}
    _, response = meet(ana, max_, theirs, {"body": BODY.replace("buy", "use")})
    for word in ("sell", "use"):
        assert f'<ins class="diff-added"><span class="visually-hidden">[added: </span>{word}<' in response.text
    assert response.text.count("required>") == 4
    assert "checked" not in response.text


def test_an_undecided_clash_saves_nothing_and_keeps_what_was_decided(ana, max_):
    theirs = {"body": BODY.replace("buy", "sell"), "title": "Theirs"}
    article, response = meet(ana, max_, theirs, {"body": BODY.replace("buy", "use"), "title": "Mine"})
    again = ana.post(page_of(article), answer(response, choice_body_0="hand", edit_body_0="By hand."))
    assert (again.status_code, head_of(article).number) == (409, 2)
    assert "Nothing is saved yet: 1 place still needs your decision." in again.text
    assert 'value="hand" required checked' in again.text
    assert "By hand.</textarea>" in again.text
    ana.post(page_of(article), answer(again, choice_body_0="hand", edit_body_0="By hand.", choice_title_0="mine"))
    head = head_of(article)
    assert (head.title, head.body) == ("Mine", BODY.replace("They buy.", "By hand."))


@pytest.mark.parametrize("option", ["", "x", "both"])
def test_an_answer_that_was_not_offered_is_none(ana, max_, option):
    article, response = meet(ana, max_, {"title": "Theirs"}, {"title": "Mine"})
    again = ana.post(page_of(article), answer(response, choice_title_0=option))
    assert (again.status_code, head_of(article).number) == (409, 2)


@pytest.mark.parametrize(("option", "kept"), [("theirs", False), ("mine", True)])
def test_a_paragraph_they_took_out_while_i_changed_it(ana, max_, option, kept):
    theirs = {"body": BODY.replace("They buy.\n\n", "")}
    article, response = meet(ana, max_, theirs, {"body": BODY.replace("buy", "use")})
    assert "Leave it out" in response.text
    assert 'value="both"' not in response.text
    ana.post(page_of(article), answer(response, choice_body_0=option))
    assert ("They use." in head_of(article).body) is kept


@pytest.mark.parametrize("field", ["title", "dek", "seo_title", "seo_description"])
@pytest.mark.parametrize(("option", "kept"), [("theirs", "Theirs"), ("mine", "Mine"), ("hand", "By hand")])
def test_a_line_both_changed_is_decided_on(ana, max_, field, option, kept):
    article, response = meet(ana, max_, {field: "Theirs"}, {field: "Mine"})
    answers = {f"choice-{field}-0": option, f"edit-{field}-0": "By hand"}
    ana.post(page_of(article), {**answer(response), **answers})
    assert getattr(head_of(article), field) == kept


def test_two_main_pictures_are_shown_and_one_is_chosen(ana, max_):
    first, theirs, mine = make_image(), make_image(alt="Their street"), make_image(alt="My street")
    article, response = meet(ana, max_, {"hero": theirs}, {"hero": mine.pk}, hero=first)
    assert 'alt="Their street"' in response.text
    assert 'alt="My street"' in response.text
    assert "edit-hero-0" not in response.text
    ana.post(page_of(article), answer(response, choice_hero_0="theirs"))
    assert head_of(article).hero == theirs


def test_spoilers_both_changed_are_decided_on(ana, max_):
    article, response = meet(ana, max_, {"spoilers": "mild"}, {"spoilers": "full"})
    assert "full spoilers" in response.text
    ana.post(page_of(article), answer(response, choice_spoilers_0="mine"))
    assert head_of(article).spoilers == "full"


def test_two_paragraphs_added_at_the_end_are_both_kept(ana, max_):
    theirs = {"body": "One.\n\nTheirs."}
    article, response = meet(ana, max_, theirs, {"body": "One.\n\nMine."}, body="One.")
    ana.post(page_of(article), answer(response, choice_body_0="both"))
    assert head_of(article).body == "One.\n\nTheirs.\n\nMine."


# Again, and again ----------------------------------------------------------------------------------------------------


def test_where_the_head_moved_again_the_decided_text_meets_it_and_nothing_is_dropped(ana, max_):
    theirs = {"body": BODY.replace("buy", "sell")}
    article, response = meet(ana, max_, theirs, {"body": BODY.replace("buy", "use")})
    save(article, max_, body=BODY.replace("buy", "sell").replace("waits", "acts"), title="Moved")
    again = ana.post(page_of(article), answer(response, choice_body_0="both"))
    assert (again.status_code, head_of(article).number) == (409, 3)
    assert "Nothing clashes" in again.text
    ana.post(page_of(article), answer(again))
    head = head_of(article)
    assert (head.number, head.parent.number, head.title) == (4, 3, "Moved")
    assert head.body == "Jim picks Kristen.\n\nThey sell.\n\nThey use.\n\nNettle acts.\n"


def test_what_the_form_refuses_comes_back_merged_in_the_writing_screen(ana, max_):
    article, response = meet(ana, max_, {"body": "Theirs."}, {"title": " ", "dek": "My dek"})
    refused = ana.post(page_of(article), answer(response))
    form = refused.context["adminform"].form
    assert (refused.status_code, list(form.errors)) == (200, ["title"])
    assert (form["body"].value(), form["dek"].value(), form["base"].value()) == (
        "Theirs.",
        "My dek",
        head_of(article).pk,
    )


def test_a_form_without_its_base_is_asked_about_everything_that_differs(ana, max_):
    article = make_article(body="Theirs.")
    response = ana.post(page_of(article), form_of(article, body="Mine.", base=""))
    assert [asked.label for asked in response.context["asked"].values()] == ["Passage “Mine.”"]
    ana.post(page_of(article), answer(response, choice_body_0="both"))
    assert head_of(article).body == "Theirs.\n\nMine."


@pytest.mark.parametrize("forged", ["", "x", "9" * 30, "other"])
def test_a_forged_newer_revision_is_not_believed(ana, max_, forged):
    other = make_article("Other", body="Secret.")
    article, response = meet(ana, max_, {"body": "Theirs."}, {"body": "Mine."})
    forged = other.head_id if forged == "other" else forged
    again = ana.post(page_of(article), {**answer(response, choice_body_0="theirs"), "merged_with": forged})
    assert (again.status_code, head_of(article).number) == (409, 2)
    assert "Secret." not in again.text


@pytest.mark.parametrize("button", ["_publish", "_withdraw", "_review", "_share"])
def test_another_button_is_not_carried_out_and_the_page_says_so(ana, max_, button):
    article = make_live(body=BODY)
    save(article, max_, body="Theirs.")
    response = ana.post(page_of(article), form_of(article, dek="Mine.", **{button: "1"}))
    assert "From here you can only save" in response.text
    done = ana.post(page_of(article), answer(response), follow=True)
    assert said(done)[0] == "Saved as revision 3."
    assert "That was not done" in said(done)[1]
    assert Publication.objects.live().get().revision.number == 1


# Hands off -----------------------------------------------------------------------------------------------------------


def test_nothing_on_the_page_is_taken_for_markup(ana, max_):
    evil = "<script>alert(1)</script>"
    theirs = {"body": f"{evil} theirs", "title": f"{evil} t", "dek": evil, "note": evil}
    mine = {"body": f"{evil}</textarea> mine", "title": f'{evil}"> m', "note": f"'\">{evil}"}
    _, response = meet(ana, max_, theirs, mine)
    assert response.status_code == 409
    assert evil not in response.text
    assert "</textarea> mine" not in response.text


def test_a_text_that_begins_with_an_empty_line_keeps_it(ana, max_):
    article, response = meet(ana, max_, {"dek": "Theirs"}, {"body": f"\n{BODY}"})
    ana.post(page_of(article), answer(response))
    assert head_of(article).body == f"\n{BODY}"


@pytest.mark.parametrize(
    ("member", "own", "statuses"),
    [
        ("Writers", True, (409, 302)),
        ("Writers", False, (403, 403)),
        ("Editors", False, (409, 302)),
        ("Credits desk", False, (403, 403)),
    ],
)
def test_who_may_meet_and_merge(client, max_, member, own, statuses):
    user = make_member(member)
    client.force_login(user)
    article = make_article(body=BODY, by=user if own else max_)
    save(article, max_, body="Theirs.")
    met = client.post(page_of(article), form_of(article, dek="Mine."))
    merged = {**form_of(article, dek="Mine."), "merged_with": head_of(article).pk}
    saved = client.post(page_of(article), merged)
    assert (met.status_code, saved.status_code) == statuses
    assert head_of(article).number == (3 if saved.status_code == 302 else 2)


def test_the_anonymous_are_sent_to_the_login(client, max_):
    article = make_article(body=BODY)
    response = client.post(page_of(article), {**form_of(article), "merged_with": article.head_id})
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_an_article_that_is_not_there_cannot_be_merged(ana):
    assert ana.post("/admin/articles/article/999/change/", {"merged_with": "1"}).status_code == 404
    assert ana.post("/admin/articles/article/x/change/", {"merged_with": "1"}).status_code == 404
