"""What a change of a fact leaves behind: found in words and in references, shown before it is saved and told after."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.impact import impact
from articles.drafting import save_revision
from articles.impact import replaced, struck
from articles.models import Article, Mention, Publication, Revision
from articles.rendering import render
from articles.trashing import trash
from films import credits
from films.changes import own, recorded
from films.models import Change, Character, Film, Person
from films.splitting import split_character
from films.undoing import undo
from tests.factories import make_article, make_credit, make_film, make_live, make_member, make_person, make_superuser
from tests.films.test_admin_film import chosen
from tests.films.test_recording import address, film_page, person_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_superuser()


@pytest.fixture
def desk(client, user):
    """A client in whose session a superuser is logged in."""
    client.force_login(user)
    return client


@pytest.fixture
def film():
    """Rush, by Lili Fini Zanuck, with Sam Elliott as Dodd."""
    film = make_film(runtime=120)
    make_credit(film, make_person("Sam Elliott"), "Dodd", billing=10)
    make_credit(film, make_person("Lili Fini Zanuck"), department="directing", job="director")
    return film


def changed(subject, **facts):
    """Return the Change that gives *subject* other *facts*."""
    with recorded(subject, by=None) as recording:
        type(subject).objects.filter(pk=subject.pk).update(**facts)
    return recording.change


def said(change, user):
    """Return what is struck: sentences by title, with whether they follow."""
    found, _ = struck(change, replaced(change), user=user)
    return {each.revision.title: [(str(text), text.follows) for text in each.excerpts] for each in found}


def test_what_prose_may_say_is_told_by_old_and_new(film):
    values = replaced(changed(film, title="Rausch", year=1992, runtime=121, logline="Another."))
    assert [(value.name, value.old, value.new) for value in values] == [
        ("title", "Rush", "Rausch"),
        ("year", "1991", "1992"),
        ("running time", "120", "121"),
    ]


def test_directors_parts_and_characters_are_values_too(film):
    film.characters.update(name="Larry")
    sam = Person.objects.get(name="Sam Elliott")
    with recorded(film, by=None) as recording:
        credits.set_cast(film, [credits.CastLine(sam, ("Captain Dodd",))])
        credits.set_crew(film, [credits.CrewLine(make_person("Ron Howard"), "directing", "director")])
    assert [(value.name, value.old, value.new) for value in replaced(recording.change)] == [
        ("director", "Lili Fini Zanuck", "Ron Howard"),
        ("part", "Dodd", "Captain Dodd"),
    ]


def test_what_is_made_or_deleted_replaces_nothing(film):
    assert replaced(Change(before={}, after={"titles": []})) == []
    assert replaced(Change(before={"titles": []}, after={})) == []


def test_words_are_to_be_edited_and_references_follow(film, user):
    body = (
        "Sam Elliott plays Dodd. [[person:sam-elliott]] says little, and Elliott keeps away.\n\n"
        "He is [[person:sam-elliott|Sam]]. It is [[person:sam-elliott]]. `Sam Elliott` is code. Samantha Elliotts."
    )
    make_article("The Piece", dek="Two agents.", film=film, body=body)
    person = Person.objects.get(name="Sam Elliott")
    assert said(changed(person, name="Samuel Smith"), user) == {
        "The Piece": [
            ("Sam Elliott plays Dodd.", False),
            ("Sam Elliott says little, and Elliott keeps away.", False),
            ("It is Sam Elliott.", True),
        ]
    }


def test_facts_of_the_film_follow_and_numbers_of_other_films_are_none_of_its_own(film, user):
    make_article("Own", film=film, body="In 1991. In [[film.year]]. In [[film:rush-1991.year]]. For 1991,5.")
    make_article("Other", film=make_film("Heat", 1995), body="In 1991. [[film.year]] [[film:rush-1991.year]].")
    assert said(changed(film, year=1992), user) == {
        "Own": [("In 1991.", False), ("In 1991.", True), ("In 1991.", True), ("For 1991,5.", False)],
    }


def test_a_new_name_that_holds_the_old_one_is_not_taken_for_it(film, user):
    make_article("The Piece", film=film, body="Larry Dodd waits. Dodd leaves. [[character:dodd]] dies.")
    sam = Person.objects.get(name="Sam Elliott")
    with recorded(film, by=None) as recording:
        credits.set_cast(film, [credits.CastLine(sam, ("Larry Dodd",))])
    assert said(recording.change, user) == {"The Piece": [("Dodd leaves.", False), ("Dodd dies.", True)]}


def test_a_name_that_another_character_still_has_or_holds_is_not_replaced(film, user):
    make_credit(film, make_person("Daniel Brühl"), "Niki Lauda")
    dodd, lauda, hunt = (
        Character.objects.create(film=film, name=name, slug=f"{name.lower()}-2") for name in ("Dodd", "Lauda", "Hunt")
    )
    make_article("The Piece", film=film, body="Dodd waits. Niki Lauda leaves. Lauda wins. Hunt dies.")
    with recorded(film, by=None) as recording:
        Character.objects.filter(pk__in=[dodd.pk, lauda.pk, hunt.pk]).delete()
    assert [value.old for value in replaced(recording.change)] == ["Hunt"]
    assert said(recording.change, user) == {"The Piece": [("Hunt dies.", False)]}


def test_a_renamed_character_is_not_looked_for_in_longer_names_that_stand(film, user):
    make_credit(film, make_person("Daniel Brühl"), "Niki Lauda")
    Character.objects.create(film=film, name="Lauda", slug="lauda")
    make_article("The Piece", film=film, body="Niki Lauda leaves. Lauda wins.")
    with recorded(film, by=None) as recording:
        film.characters.filter(slug="lauda").update(name="Andreas")
    assert said(recording.change, user) == {"The Piece": [("Lauda wins.", False)]}


def test_undoing_what_left_two_of_one_name_warns_of_nothing(film, user):
    make_credit(film, make_person("Bo Ray"), "Dodd")
    dodd = film.characters.get()
    make_article("The Piece", film=film, body="Dodd waits.")
    roles = dodd.roles.order_by("-pk")[:1]
    change = split_character(dodd, roles, to=Character(film=film, name="Dodd"), by=None)
    assert said(undo(change, by=None), user) == {}


def test_the_message_names_the_values_and_how_many_articles_say_them(film, user):
    for number in range(2):
        make_article(f"Title {number}", film=film, body="In 1991. Two hours: 120 minutes. [[film.year]]")
    told = impact(changed(film, year=1992, runtime=121), user=user).told
    assert str(told).startswith("These articles still say “1991”, “120”: <a href=")


def test_titles_deks_and_search_texts_are_read_too(film, user):
    texts = {"dek": "Made in 1991.", "seo_title": "Rush (1991)", "seo_description": "1991 it was."}
    make_article("Rush, 1991", film=film, body="Words.", **texts)
    assert said(changed(film, year=1992), user) == {
        "Rush, 1991": [("Rush, 1991", False), ("Made in 1991.", False), ("Rush (1991)", False), ("1991 it was.", False)]
    }


def test_the_newest_text_is_read_and_what_readers_still_see(film, user):
    both, live = make_live("Both", film=film, body="In 1991!"), make_live("Live", film=film, body="In 1991?")
    save_revision(both, by=None, base=both.head, body="In 1991, newer.")
    save_revision(live, by=None, base=live.head, body="In that year.")
    trash(make_article("Trashed", film=film, body="In 1991."), by=None)
    assert said(changed(film, year=1992), user) == {
        "Both": [("In 1991, newer.", False)],
        "Live": [("In 1991?", False)],
    }


def test_who_may_open_no_drafts_is_shown_what_readers_see(film):
    make_live("Live", film=film, body="In 1991.")
    make_article("Draft", film=film, body="In 1991.")
    assert list(said(changed(film, year=1992), make_member("Credits desk"))) == ["Live"]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_one_query_however_many_articles(film, user, count, django_assert_num_queries):
    for number in range(count):
        make_live(f"Title {number}", film=film, body="In 1991. [[person:sam-elliott]]")
    change = changed(film, year=1992)
    with django_assert_num_queries(1):
        found, more = struck(change, replaced(change), user=user)
    assert (len(found), more) == (count, 0)


def test_more_than_a_page_can_hold_is_counted(film, user, monkeypatch):
    monkeypatch.setattr("articles.impact.MOST", 2)
    monkeypatch.setattr("articles.impact.READ", 3)
    for number in range(4):
        make_article(f"Title {number}", film=film, body="In 1991.")
    change = changed(film, year=1992)
    found, more = struck(change, replaced(change), user=user)
    assert (len(found), more) == (2, 2)


def test_a_save_that_would_leave_old_words_is_shown_first_and_then_kept(desk, film):
    article = make_article("The Piece", film=film, body="It came out in 1991.")
    sent = film_page(film, year=1992, logline="Typed.")
    held = desk.post(address(film), sent)
    shown = held.content.decode()
    assert held.status_code == 200
    assert "These articles say the old value" in shown
    assert "It came out in <mark>1991</mark>." in shown
    assert 'value="Typed."' in shown
    assert (Film.objects.get().year, Change.objects.count()) == (1991, 0)
    key = held.context["outlooks"][0].key
    assert f'name="foreseen" value="{key}"' in shown
    done = desk.post(address(film), {**sent, "foreseen": key}, follow=True)
    assert (Film.objects.get().year, Change.objects.count()) == (1992, 1)
    link = f'<a href="{reverse("admin:articles_article_change", args=[article.pk])}">The Piece</a>'
    assert f"This article still says “1991”: {link}." in done.content.decode()


def test_another_value_than_the_one_shown_is_shown_again(desk, film):
    make_article(film=film, body="It came out in 1991.")
    key = desk.post(address(film), film_page(film, year=1992)).context["outlooks"][0].key
    again = desk.post(address(film), film_page(film, year=1993, foreseen=key))
    assert again.status_code == 200
    assert Film.objects.get().year == 1991


def test_what_follows_by_itself_keeps_nobody_waiting(desk, film):
    make_article("Of its time", film=film, body="It came out in [[film.year]].")
    done = desk.post(address(film), film_page(film, year=1992), follow=True)
    assert Film.objects.get().year == 1992
    assert "Articles that refer to it show the new value now." in done.content.decode()


def test_new_people_typed_into_a_save_that_is_held_are_made_once_it_is_kept(desk, film):
    make_article(film=film, body="Lili Fini Zanuck made it.")
    sent = film_page(film)
    crew = {"name": "Ron Howard", "fresh": "on", "department": "directing", "job": "director", "ORDER": 1}
    sent |= {f"crew-0-{field}": value for field, value in crew.items()}
    sam = chosen(Person.objects.get(name="Sam Elliott"), parts="Dodd", ORDER=1)
    sent |= {f"cast-0-{field}": value for field, value in sam.items()}
    sent |= {"crew-TOTAL_FORMS": 1, "cast-TOTAL_FORMS": 1, "crew-INITIAL_FORMS": 1, "cast-INITIAL_FORMS": 1}
    held = desk.post(address(film), sent)
    assert 'value="Ron Howard"' in held.content.decode()
    assert not Person.objects.filter(name="Ron Howard").exists()
    desk.post(address(film), {**sent, "foreseen": held.context["outlooks"][0].key})
    assert Person.objects.filter(name="Ron Howard").count() == 1


def test_a_persons_and_a_characters_name_are_looked_for_too(desk, film):
    make_article(film=film, body="Sam Elliott is Dodd.")
    sam, dodd = Person.objects.get(name="Sam Elliott"), film.characters.get()
    assert "<mark>Sam Elliott</mark>" in desk.post(address(sam), person_page(sam, name="X")).content.decode()
    names = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    assert "<mark>Dodd</mark>" in desk.post(address(dodd), {"name": "X", **names}).content.decode()


def publish_cheaply(count, body, person):
    """Return *count* live articles that mention *person*, written straight into the tables."""
    articles = Article.objects.bulk_create(Article(slug=f"title-{number}") for number in range(count))
    heads = Revision.objects.bulk_create(
        Revision(article=article, number=1, title=f"Title {article.pk}", body=body) for article in articles
    )
    for article, head in zip(articles, heads, strict=True):
        article.head = head
    Article.objects.bulk_update(articles, ["head"])
    Mention.objects.bulk_create(Mention(revision=head, person=person) for head in heads)
    Publication.objects.bulk_create(
        Publication(article=article, revision=article.head, starts=timezone.now()) for article in articles
    )
    return articles


def test_a_rename_changes_all_500_articles_that_mention_somebody_in_the_next_request(desk):
    person = make_person("Sam Elliott")
    body = "[[person:sam-elliott]] and [[person:sam-elliott|he]]."
    articles, reader = publish_cheaply(500, body, person), Client()
    assert "Sam Elliott" in reader.get(articles[0].get_absolute_url()).content.decode()
    sent = {"name": "Samuel Smith", "slug": "samuel-smith", "opened": json.dumps(own(person))}
    assert desk.post(address(person), person_page(person, **sent)).status_code == 302
    for article in articles:
        rendered = render(article.head.body)
        assert (rendered.text, "/people/samuel-smith/" in rendered.html) == ("Samuel Smith and he.", True)
    for article in articles[::100]:
        page = reader.get(article.get_absolute_url()).content.decode()
        assert ("Samuel Smith" in page, "Sam Elliott" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_that_mentions_somebody_costs_the_same_however_many_do(client, count, django_assert_num_queries):
    for number in range(2):
        make_person(f"Person {number}")
    articles = publish_cheaply(count + 1, "[[person:person-0]] [[person:person-1]]", make_person())
    # Among them are those of caching and of what to read next, which is there in either case.
    with django_assert_num_queries(10):
        client.get(articles[0].get_absolute_url())
