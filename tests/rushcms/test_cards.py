"""Social cards: what they say, that every letter on them can be read, and where they are kept."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.template import Context, Template
from django.utils import timezone
from PIL import Image as Pillow

from articles.drafting import save_revision
from articles.models import Revision
from articles.publishing import publish, withdraw
from films.images import remove
from films.models import Film, Person
from rushcms.cards import keeping
from rushcms.cards.drawing import drawn
from rushcms.cards.faces import LABEL, TEXT
from rushcms.cards.saying import Card, card_for
from rushcms.cards.setting import fitted, is_rtl
from rushcms.cards.views import address
from tests.factories import make_article, make_author, make_film, make_image, make_live, make_person

pytestmark = pytest.mark.django_db

SECRET = "the sheriff did it"
MOMENT = datetime(2026, 5, 31, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_storage(settings, tmp_path):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": files}


def kept(tmp_path):
    return sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.jpg"))


def live(article):
    return Revision.objects.for_page().get(pk=article.head_id)


def pixels(content):
    picture = Pillow.open(BytesIO(content))
    picture.load()
    return picture


def test_an_articles_card_says_title_dek_film_and_byline():
    film, authors = make_film(), [make_author("Daniel Fox"), make_author("Ana Li"), make_author("Bo Ek")]
    article = make_live("“Rush”...", dek="Two agents go under.", film=film, authors=authors, hero=make_image())
    said = card_for(live(article))
    assert (said.kicker, said.title, said.line) == (("Explainer", "Rush, 1991"), "“Rush”…", "Two agents go under.")
    assert said.signature == "By Daniel Fox, Ana Li and Bo Ek"
    assert said.picture == article.head.hero


def test_an_article_without_picture_has_its_films_poster():
    poster = make_image()
    assert card_for(live(make_live(film=make_film(poster=poster)))).picture == poster


def test_an_article_without_film_byline_and_picture_has_a_card():
    said = card_for(live(make_live()))
    assert (said.kicker, said.signature, said.picture) == (("Explainer",), "", None)


def test_a_films_and_a_persons_card_say_what_their_pages_begin_with():
    film = make_film(logline="Two agents go under.", countries=["US"])
    person = make_person(bio="An American actor.\n\nMore.", born=date(1966, 6, 17))
    said = card_for(film)
    assert (said.kicker, said.title, said.line) == (("Film", "1991", "United States"), "Rush", "Two agents go under.")
    said = card_for(person)
    assert (said.kicker, said.title) == (("Films and roles", "1966–"), "Jason Patric")
    assert said.line == "An American actor."


def test_nothing_that_spoils_is_on_a_card():
    film = make_film(logline="Two agents go under.")
    body = f"||{SECRET}||\n\n::: spoiler\n{SECRET}\n:::"
    article = make_live(film=film, body=body, seo_description=SECRET, note=SECRET)
    for card in (card_for(live(article)), card_for(film)):
        assert SECRET not in repr((card.kicker, card.title, card.line, card.signature))


@pytest.mark.parametrize(
    "title",
    ["Rush", "東京物語", "كفرناحوم", "ואלס עם באשיר", "Kieślowski", "Сталкер", "W" * 200, "and so on " * 20, "🎬"],
)
@pytest.mark.parametrize("kind", ["articles", "films"])
def test_a_card_is_1200_by_630_whatever_its_title(kind, title):
    picture = pixels(drawn(Card(kind, "rush", ("Film",), title, line=title, signature=title)))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))


@pytest.mark.parametrize(
    "title", ["東京物語", "كفرناحوم", "ואלס עם באשיר", "Kieślowski: Trzy kolory", "Сталкер", "नमस्ते"]
)
def test_every_letter_of_these_scripts_has_a_face(title):
    for stack in (LABEL, TEXT):
        runs = stack.runs(title)
        assert "".join(run.text for run in runs) == title
        assert all(run.face.has(letter) for run in runs for letter in run.text)


def test_a_letter_without_a_face_is_never_drawn_as_a_box():
    assert LABEL.runs("Rush \U00012000") == []
    assert "".join(run.text for run in LABEL.runs("Rush \U0001f3ac 1991")) == "Rush 1991"


def test_a_long_title_is_set_small_and_then_cut():
    room = {"width": 800, "height": 300, "leading": 1.1}
    short, long = (fitted(text, TEXT, range(84, 35, -4), **room) for text in ("Rush", "and so on " * 20))
    assert (short.size, len(short.lines)) == (84, 1)
    assert long.size < 60
    endless = fitted("and so on " * 100, TEXT, range(84, 35, -4), **room)
    assert (endless.size, endless.lines[-1].runs[-1].text[-1]) == (36, "…")
    for block in (short, long, endless):
        assert block.height <= 300
        assert max(line.width for line in block.lines) <= 800


@pytest.mark.parametrize(("text", "rtl"), [("كفرناحوم", True), ("1: ואלס", True), ("Rush كفر", False), ("1991", False)])
def test_the_first_letter_decides_the_direction(text, rtl):
    assert is_rtl(text) is rtl


def test_a_right_to_left_card_is_turned_round():
    here, there = (pixels(drawn(Card("films", "x", (), title))) for title in ("Rush", "كفرناحوم"))
    assert here.getpixel((1090, 114))[0] > 200 > there.getpixel((1090, 300))[0]
    assert there.getpixel((110, 114))[0] > 200


def test_the_focal_point_is_in_the_picture(tmp_path):
    picture = Pillow.new("RGB", (300, 1000), "white")
    picture.paste("black", (0, 0, 300, 500))
    picture.save(tmp_path / "still.png")
    top, foot = (make_image(file="still.png", width=300, height=1000, focal_y=percent) for percent in (0, 100))
    dark, light = (pixels(drawn(Card("films", "x", (), "Rush", picture=image))) for image in (top, foot))
    assert dark.getpixel((1150, 300))[0] < 20
    assert light.getpixel((1150, 300))[0] > 120


def test_a_large_picture_is_drawn_from_a_rendition_and_until_then_not_at_all(tmp_path):
    Pillow.new("RGBA", (1440, 1440), (255, 255, 255, 0)).save(tmp_path / "1440.png")
    large = make_image(width=7700, height=7700)
    bare = Card("films", "x", (), "Rush", picture=large)
    before = bare.fingerprint
    assert pixels(drawn(bare)).getpixel((1090, 114))[0] > 200  # The lamp.
    large.renditions = {"png": {"320": "320.png", "1440": "1440.png", "2048": "2048.png"}}
    assert bare.fingerprint != before
    assert pixels(drawn(bare)).getpixel((1090, 114)) < (30, 30, 30)


def test_a_card_is_drawn_once(client, tmp_path):
    film = make_film()
    at = address(card_for(film))
    with time_machine.travel(MOMENT, tick=False):
        first = client.get(at)
        assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
        (name,) = kept(tmp_path)
        assert name.startswith("cards/2026-05/films.rush-1991.0.")
        (tmp_path / name).write_bytes(b"as kept")
        assert client.get(at).content == b"as kept"


def test_who_knows_a_cards_address_does_not_know_its_file(client, tmp_path):
    film = make_film()
    client.get(address(card_for(film)))
    assert [name for name in kept(tmp_path) if card_for(film).fingerprint in name] == []


def test_a_card_may_be_kept_no_longer_than_its_page(client):
    with time_machine.travel(MOMENT, tick=False):
        article = make_live()
        withdraw(article, by=None, at=MOMENT + timedelta(seconds=8))
        shown = [address(card_for(live(article))), article.get_absolute_url()]
        card, page = (client.get(path)["Cache-Control"] for path in shown)
    assert card == page == "public, max-age=4, s-maxage=4"


class Full(FileSystemStorage):
    """A storage that takes nothing more."""

    def _save(self, name, content):
        raise OSError("no space left")


def test_a_card_that_cannot_be_kept_is_shown(client, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{__name__}.Full", "OPTIONS": {"location": tmp_path}},
    }
    answer = client.get(address(card_for(make_film())))
    assert (answer.status_code, pixels(answer.content).size, kept(tmp_path)) == (200, (1200, 630), [])


def test_a_card_goes_with_its_picture_wherever_that_stood(client, tmp_path, django_capture_on_commit_callbacks):
    poster, other = make_image(), make_image()
    film, second, person = make_film(poster=poster), make_person(portrait=poster), make_person(portrait=other)
    for shown in (film, second, person):
        client.get(address(card_for(shown)))
    Film.objects.update(poster=None)
    Person.objects.filter(pk=second.pk).update(portrait=None)
    with django_capture_on_commit_callbacks(execute=True):
        remove(poster)
        assert len([name for name in kept(tmp_path) if name.startswith("cards/")]) == 3  # It may still be undone.
    (name,) = (name for name in kept(tmp_path) if name.startswith("cards/"))
    assert name.split("/")[2].split(".")[:3] == ["people", person.slug, str(other.pk)]


def test_the_cards_of_what_is_deleted_go(client, tmp_path, django_capture_on_commit_callbacks):
    gone = [make_film(slug="rush"), make_person(slug="rush"), make_live(slug="rush")]
    stays = make_film(slug="rush-2")
    for shown in (*gone[:2], live(gone[2]), stays):
        keeping.content(card_for(shown))
    with django_capture_on_commit_callbacks(execute=True):
        for row in gone:
            type(row).objects.filter(pk=row.pk).delete()
    assert [name.split("/")[2].split(".")[:2] for name in kept(tmp_path)] == [["films", "rush-2"]]


@pytest.mark.parametrize("change", [{"title": "Rush!"}, {"year": 1992}, {"logline": "Another."}, {"countries": ["GB"]}])
def test_whatever_changes_a_card_changes_its_address(client, tmp_path, change):
    film = make_film(slug="rush")
    former = address(card_for(film))
    client.get(former)
    Film.objects.update(**change)
    now = address(card_for(Film.objects.get()))
    assert now != former
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (302, now)
    assert client.get(now).status_code == 200
    assert len(kept(tmp_path)) == 2  # Reading deletes nothing; the command does.


def test_a_moved_focal_point_and_another_name_of_the_site_change_the_address(settings):
    film = make_film(poster=make_image())
    first = card_for(film).fingerprint
    film.poster.focal_x = 10
    second = card_for(film).fingerprint
    settings.SITE_NAME = "Another"
    assert len({first, second, card_for(film).fingerprint}) == 3


def test_the_card_is_of_what_is_live(client):
    article = make_live(slug="rush")
    shown = address(card_for(live(article)))
    newer = save_revision(article, by=None, base=article.head, **{**article.head.content, "title": "Not out yet"})
    draft = address(card_for(live(newer.article)))
    assert draft != shown
    assert client.get(draft)["Location"] == shown
    assert client.get(shown).status_code == 200


def test_drafts_scheduled_and_withdrawn_articles_have_none(client):
    draft, planned, gone = make_article(), make_article(), make_live()
    publish(planned.head, by=None, at=timezone.now() + timedelta(days=1))
    withdraw(gone, by=None)
    for article in (draft, planned, gone):
        assert client.get(address(card_for(live(article)))).status_code == 404


@pytest.mark.parametrize("path", ["films/nothing", "people/nothing", "articles/nothing", "topics/rush"])
def test_what_is_not_there_has_no_card(client, path):
    assert client.get(f"/cards/{path}.0123456789abcdef0123.jpg").status_code == 404


def test_a_picture_lost_from_the_storage_leaves_the_card_without_it(client):
    film = make_film(poster=make_image())
    default_storage.delete(film.poster.file.name)
    assert client.get(address(card_for(film))).status_code == 200


def test_the_tags_ask_the_database_for_nothing(django_assert_num_queries):
    article = make_live(film=make_film(poster=make_image()), authors=[make_author()])
    film = Film.objects.for_page().get()
    make_person()
    person, revision = Person.objects.for_page().get(), live(article)
    page = Template("{% load cards %}{% card_url shown %} {% card shown as made %}{{ made.alt }}")
    with django_assert_num_queries(0):
        said = [page.render(Context({"shown": shown})) for shown in (film, person, revision)]
    assert said[0] == f"{address(card_for(film))} Film / 1991: Rush"


def test_cards_of_former_months_are_cleared_away(tmp_path, capsys):
    with time_machine.travel(MOMENT, tick=False) as clock:
        keeping.content(card_for(make_film()))
        call_command("clean_cards")
        assert (capsys.readouterr().out, len(kept(tmp_path))) == ("Deleted 0 cards.\n", 1)
        clock.shift(timedelta(days=1))
        call_command("clean_cards")
    assert (capsys.readouterr().out, kept(tmp_path)) == ("Deleted 1 card.\n", [])


def test_the_longest_address_has_a_name_that_disks_take(tmp_path):
    keeping.content(Card("articles", "a" * 220, (), "Rush"))
    assert len(kept(tmp_path)) == 1
