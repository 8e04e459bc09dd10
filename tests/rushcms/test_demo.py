"""The command demo: a site worth looking at, made once, and never in the way of anybody's own."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.drafting import save_revision
from articles.models import Article, Publication
from articles.rendering import render
from films.models import Character, Credit, Film, Person, Release
from tests.factories import make_article, make_film, make_superuser

ENDING, EXPLAINER, DRAFT = "rush-2013-ending", "rush-1991-explained", "files-in-dodds-drawer"

pytestmark = pytest.mark.django_db


def demo(**options):
    """Run the command and return what it says, a line each."""
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue().splitlines()


def _rows():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def _password(lines):
    return re.search(r"with the password (\S+) \(shown only now\)", "\n".join(lines))[1]


def test_rush_of_1991_has_its_cast_in_billing_order():
    demo()
    cast = Credit.objects.filter(film__slug="rush-1991").cast().with_parts()
    assert [(credit.person.name, *(role.label for role in credit.roles.all())) for credit in cast] == [
        ("Jason Patric", "Jim Raynor"),
        ("Jennifer Jason Leigh", "Kristen Cates"),
        ("Sam Elliott", "Dodd"),
        ("Gregg Allman", "Will Gaines"),
        ("Max Perlich", "Walker"),
        ("Tony Frank", "Nettle"),
        ("Special K. McCray", "Willie Red"),
    ]
    assert Character.objects.get(name="Nettle").names.get().text == "Nettles"
    assert not Character.objects.filter(description="").exists()


def test_rush_of_1991_has_its_crew_and_facts():
    demo()
    film = Film.objects.get(slug="rush-1991")
    assert [(credit.person.name, credit.department, credit.job) for credit in film.credits.crew()] == [
        ("Lili Fini Zanuck", "directing", "director"),
        ("Pete Dexter", "writing", "screenplay"),
        ("Kim Wozencraft", "source", "novel"),
    ]
    release = film.releases.get()
    assert (str(release.date), release.country, release.certificate) == ("1991-12-22", "US", "R")
    assert (film.runtime, film.imdb_id, film.tmdb_id) == (120, "tt0102820", 20289)
    assert sorted(genre.name for genre in film.genres.all()) == ["Crime", "Drama"]


def test_what_the_sample_site_holds_would_pass_the_desks_own_checks():
    demo()
    for model in (Film, Person, Character, Credit, Release):
        for row in model.objects.all():
            row.full_clean()


def test_the_other_rush_is_there():
    demo()
    other = Film.objects.with_directors().get(slug="rush-2013")
    assert [credit.person.name for credit in other.directing] == ["Ron Howard"]
    assert [credit.person.name for credit in other.credits.cast()[:2]] == ["Chris Hemsworth", "Daniel Brühl"]


def test_two_pieces_are_live_and_the_third_is_a_draft():
    demo()
    states = Article.objects.with_state().values_list("slug", "state", "film__slug")
    assert set(states) == {
        (ENDING, "live", "rush-2013"),
        (EXPLAINER, "live", "rush-1991"),
        (DRAFT, "draft", "rush-1991"),
    }


def test_one_piece_leads_to_the_other(client):
    demo()
    page = client.get(reverse("articles:article_detail", args=[EXPLAINER]))
    assert "About Rush (2013), named in this piece" in page.text


def test_explainer_is_long_enough_to_show_what_a_page_can_do():
    demo()
    article = Article.objects.get(slug=EXPLAINER)
    rendered = render(article.head.body, film=article.film)
    assert 700 <= rendered.words <= 900
    assert len(rendered.toc) >= 5
    assert [f"<{tag}" in rendered.html for tag in ("table", "ol", "section", "em")] == [True] * 4


def test_explainer_names_whom_its_film_credits_and_keeps_what_gives_it_away():
    demo()
    article = Article.objects.get(slug=EXPLAINER)
    rendered = render(article.head.body, film=article.film)
    named = {str(mention.row) for mention in rendered.mentions if not mention.spoils}
    assert {"Jim Raynor", "Kristen Cates", "Nettle", "Pete Dexter", "Ron Howard", "Rush (2013)"} <= named
    assert "[[" not in rendered.html
    assert ("forces them to use" in rendered.text, "forces them to use" in rendered.hidden) == (False, True)
    assert "runs 120 minutes, is rated R, and opened in the United States on December 22, 1991" in rendered.text


def test_explainer_is_a_page_and_the_draft_is_none(client):
    demo()
    page = client.get(reverse("articles:article_detail", args=[EXPLAINER]))
    assert page.status_code == 200
    assert [text in page.content.decode() for text in ("Ines Calloway", "Where the line runs")] == [True, True]
    assert client.get(reverse("articles:article_detail", args=[DRAFT])).status_code == 404


def test_running_twice_changes_nothing_and_says_so():
    demo()
    before = _rows()
    assert demo() == ["The sample site is all there; nothing changed."]
    assert _rows() == before


def test_what_editors_made_of_it_stays():
    demo()
    article = Article.objects.get(slug=EXPLAINER)
    edited = save_revision(article, by=make_superuser(), base=article.head, title="My own title")
    Film.objects.filter(slug="rush-1991").update(runtime=119)
    Article.objects.get(slug=DRAFT).delete()
    assert demo() == ["Made draft The Files in Dodd's Drawer."]
    article.refresh_from_db()
    assert (article.head, article.film.runtime) == (edited, 119)


def test_password_is_shown_once_and_opens_the_desk(client):
    password = _password(demo())
    answer = client.post(reverse("admin:login"), {"username": "editor", "password": password, "next": "/admin/"})
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert client.get(reverse("admin:index")).status_code == 200
    assert password not in "\n".join(demo())


def test_two_sites_have_two_passwords():
    first = _password(demo())
    User.objects.all().delete()
    assert _password(demo()) != first


def test_editor_may_edit_and_publish_but_not_delete_or_manage_accounts():
    demo()
    editor = User.objects.get(username="editor")
    may = {
        "articles.add_article": True,
        "articles.change_article": True,
        "articles.publish_article": True,
        "articles.delete_article": False,
        "films.add_film": True,
        "films.delete_credit": True,
        "films.change_image": True,
        "auth.change_user": False,
    }
    assert {permission: editor.has_perm(permission) for permission in may} == may
    assert (editor.is_staff, editor.is_superuser) == (True, False)


def test_database_with_articles_of_its_own_is_refused():
    make_article()
    before = _rows()
    with pytest.raises(CommandError, match="This site has articles of its own; --force puts the sample site beside"):
        demo()
    assert _rows() == before


def test_force_puts_it_beside_ones_own_and_publishes_nothing_that_ones_film_knows_nothing_of():
    own, film = make_article(), make_film(imdb_id="tt0102820", slug="rush-zanuck")
    demo(force=True)
    assert {article.slug for article in Article.objects.all()} == {own.slug, ENDING, EXPLAINER, DRAFT}
    assert (Film.objects.count(), film.articles.count(), film.credits.count()) == (2, 2, 0)
    assert not Publication.objects.live().exists()


@pytest.mark.parametrize("make", [make_article, make_film, demo])
def test_if_empty_does_nothing_where_there_is_something(make):
    make()
    before = _rows()
    assert demo(if_empty=True) == []
    assert _rows() == before


def test_if_empty_makes_it_where_there_is_nothing():
    assert len(demo(if_empty=True)) == 10
