"""However something is written, the search knows it; and what goes is no longer found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import filing, publishing, trashing
from articles.models import SearchEntry
from articles.searching import rebuilding, triggers
from articles.searching.search import search
from films import undoing
from films.changes import recorded
from films.models import Character, CharacterName, Film, FilmTitle, Person, PersonName
from tests.factories import make_article, make_credit, make_film, make_live, make_person, make_topic

pytestmark = pytest.mark.django_db
DAY = timezone.timedelta(days=1)


def names(query):
    """Return the names of what *query* finds itself."""
    found = search(query)
    return [] if found.corrected else [hit.name for hit in found.page or []]


def rows():
    """Return all that is kept, in an order that does not depend on when."""
    return sorted(SearchEntry.objects.values_list("kind", "subject", "names", "about", "prose", "text"))


def test_a_name_is_found_under_its_new_form_alone():
    person, film = make_person("Jason Patric"), make_film("Rush")
    person.name, film.title = "Jason Miller", "Haste"
    person.save()
    film.save()
    assert [names(each) for each in ("patric", "miller", "rush", "haste")] == [[], ["Jason Miller"], [], ["Haste"]]


def test_other_names_come_change_move_and_go():
    first, second = make_person("One"), make_person("Two")
    alias = PersonName.objects.create(person=first, text="Zampano")
    assert names("zampano") == ["One"]
    alias.person = second
    alias.save()
    assert names("zampano") == ["Two"]
    alias.text = "Gelsomina"
    alias.save()
    assert [names("zampano"), names("gelsomina")] == [[], ["Two"]]
    alias.delete()
    assert names("gelsomina") == []


def test_titles_and_years_reach_characters_and_films():
    film = make_credit(make_film("Rush", 1991), None, "Jim Raynor").film
    FilmTitle.objects.create(film=film, text="Ход")
    assert names("ход") == ["Rush"]
    film.year = 1992
    film.save()
    assert [names("raynor 1991"), names("raynor 1992"), names("rush 1992")] == [[], ["Jim Raynor"], ["Rush"]]
    character = film.characters.get()
    CharacterName.objects.create(character=character, text="Jimbo")
    assert names("jimbo") == ["Jim Raynor"]


@pytest.mark.parametrize("ignoring", [False, True])
def test_thousands_made_at_once_are_all_found(ignoring):
    """With IGNORE, SQLite has the whole statement's conflicts its way, the triggers' own among them."""
    people = [Person(name=f"Bulk {number}", slug=f"bulk-{number}") for number in range(1_200)]
    Person.objects.bulk_create(people, ignore_conflicts=ignoring)
    Person.objects.bulk_create(people[:3], ignore_conflicts=True)
    assert search("bulk").total == 1_200
    Person.objects.filter(slug__gte="bulk-2").delete()
    assert search("bulk").total == Person.objects.count() < 1_200


def test_bulk_changes_and_deletions_are_followed():
    films = [make_film(f"Film {number}") for number in range(3)]
    for film in films:
        film.title = film.title.replace("Film", "Picture")
        film.folded = film.title.casefold()
    Film.objects.bulk_update(films, ["title", "folded"])
    assert [len(names("film")), len(names("picture"))] == [0, 3]
    Film.objects.all().delete()
    assert names("picture") == []
    assert SearchEntry.objects.count() == 0


def test_a_deleted_film_takes_its_characters_along():
    credit = make_credit(None, None, "Jim Raynor")
    credit.film.delete()
    assert [names("raynor"), names("rush"), names("patric")] == [[], [], ["Jason Patric"]]


def test_what_is_undone_is_found_as_before():
    person = make_person("Jason Patric")
    PersonName.objects.create(person=person, text="Zampano")
    before = rows()
    with recorded(person, by=None) as recording:
        person.name = "Somebody Else"
        person.save()
        person.names.all().delete()
    assert rows() != before
    undoing.undo(recording.change, by=None)
    assert rows() == before


def test_a_row_written_in_sql_is_found(execute):
    make_person("Jason Patric")
    execute("UPDATE films_person SET name = 'Anna', folded = 'anna o''neill'")
    assert names("oneill") == names("o'neill") == ["Anna"]


def test_the_triggers_and_python_fold_alike():
    """The same words, whichever of them wrote them down."""
    from articles.searching import words

    odd = [
        "O'Connor",
        "Amélie",
        "千と千尋の神隠し",
        "M*A*S*H",
        "Wall·E",
        "Se7en",
        "“Q” & A?!",
        "Łódź – by  night",
        "E.T.",
        "نجيب",
    ]
    for text in odd:
        make_film(text)
    kept = dict(SearchEntry.objects.filter(kind="film").values_list("subject", "names"))
    assert [set(kept[film.pk].split("\n")) - {""} for film in Film.objects.order_by("pk")] == [
        set(words.keys(text)) for text in odd
    ]


def test_a_published_article_is_found_and_a_withdrawn_one_is_not():
    article = make_article("Undercover")
    assert names("undercover") == []
    publishing.publish(article.head, by=None)
    assert names("undercover") == ["Undercover"]
    publishing.withdraw(article, by=None)
    assert names("undercover") == []


def test_time_itself_lets_things_be_found(time_machine):
    time_machine.move_to(timezone.now(), tick=True)
    now = timezone.now()
    article = make_live("Undercover", body="Words.", at=now + DAY)
    publishing.withdraw(article, by=None, at=now + 2 * DAY)
    found = []
    for days in (0, 1, 2):
        time_machine.move_to(now + days * DAY + timezone.timedelta(minutes=1), tick=True)
        found.append(names("undercover"))
    assert found == [[], ["Undercover"], []]


def test_of_two_revisions_the_live_one_is_found():
    from articles.drafting import save_revision

    article = make_live("Undercover", body="Ants.")
    save_revision(article, by=None, base=article.head, body="Bees.")
    assert [names("ants"), names("bees")] == [["Undercover"], []]
    publishing.publish(article.head, by=None)
    assert [names("ants"), names("bees")] == [[], ["Undercover"]]


def test_an_article_is_found_by_where_it_is_filed():
    article = make_live("Undercover", body="Words.")
    filing.refile(article, by=None, film=make_film("Rush", 1991), topics=[make_topic("Narcotics")])
    assert [names("narcotics"), search("rush 1991").counts["article"]] == [["Undercover"], 1]


def test_an_article_follows_the_facts_it_shows():
    person = make_person("Jason Patric")
    make_live("Undercover", body="With [[person:jason-patric]].")
    with recorded(person, by=None):
        person.name = "Jason Miller"
        person.save()
    assert [names("patric"), names("miller")] == [[], ["Jason Miller", "Undercover"]]


def test_what_is_purged_leaves_nothing():
    article = make_live("Undercover")
    trashing.trash(article, by=None)
    trashing.purge(article, by=None)
    assert rows() == []


def test_rebuilding_changes_nothing_that_was_right():
    make_live("Undercover", film=make_credit(None, None, "Jim Raynor").film)
    before, out = rows(), StringIO()
    call_command("rebuild_search", stdout=out)
    assert rows() == before
    assert out.getvalue() == "Search finds 1 articles and 3 films, people and characters.\n"


def test_rebuilding_mends_everything():
    gone = make_live("Gone", body="Words.")
    make_live("Undercover", film=make_credit(None, None, "Jim Raynor").film)
    before = [row for row in rows() if row[1] != gone.head_id or row[0] != "article"]
    publishing.withdraw(gone, by=None)
    SearchEntry.objects.filter(kind__in=["article", "film"]).exclude(subject=gone.head_id).delete()
    SearchEntry.objects.update(names="\nwrong\n")
    SearchEntry.objects.create(kind="person", subject=0, names="\nnobody\n")
    rebuilding.rebuild()
    assert rows() == before
    assert [names("wrong"), names("nobody"), names("patric")] == [[], [], ["Jason Patric"]]


def test_migrating_catches_up_with_what_was_written_meanwhile():
    triggers.remove()
    make_live("Undercover", film=make_credit(None, None, "Jim Raynor").film)
    SearchEntry.objects.all().delete()
    rebuilding.after_migrating(plan=["any"])
    assert [len(names(each)) for each in ("undercover", "raynor", "patric")] == [1, 1, 1]
    assert {row.name for row in Character.objects.all()} == {"Jim Raynor"}


def test_triggers_are_gone_while_tables_change():
    rebuilding.before_migrating(plan=["any"])
    make_person("Jason Patric")
    assert SearchEntry.objects.count() == 0
    rebuilding.after_migrating(plan=())
    make_person("Jason Miller")
    assert names("jason") == ["Jason Miller"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the words in the row itself.")
def test_no_word_outlives_its_entry_on_sqlite(execute):
    make_live("Undercover", film=make_film("千と千尋"))
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_words WHERE articles_words MATCH 'undercover OR 千'")
        assert cursor.fetchone() == (0,)
