"""However something is written, the search knows it; and what goes is no longer found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import filing, publishing, trashing
from articles.models import SearchEntry
from articles.searching import keeping, rebuilding, triggers
from articles.searching.search import search
from films import undoing
from films.changes import recorded
from films.importing.loading import load
from films.importing.records import FilmRecord
from films.merging import merge
from films.models import Character, CharacterName, Film, FilmTitle, Person, PersonName
from tests.factories import make_article, make_author, make_credit, make_film, make_live, make_person, make_topic

pytestmark = pytest.mark.django_db
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the words in the row itself.")
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


@pytest.mark.parametrize(("department", "job"), [("directing", ""), ("writing", "screenplay")])
def test_an_article_follows_who_made_the_film_it_names(department, job):
    """Such a text mentions the film alone."""
    film, person = make_film("Rush", 1991), make_person("Lili Fini Zanuck")
    make_credit(film, person, department=department, job=job)
    fact = {"directing": "director", "writing": "writer"}[department]
    make_live("Undercover", film=film, body=f"By [[film.{fact}]].")
    make_live("Elsewhere", body=f"Made by [[film:rush-1991.{fact}]].")
    with recorded(person, by=None):
        person.name = "Lili Zanuck Brown"
        person.save()
    assert names("fini") == []
    assert names("brown") == ["Lili Zanuck Brown", "Elsewhere", "Undercover"]


def test_an_article_follows_what_an_import_says_of_its_film():
    make_live("Undercover", film=make_film("Rush", None, imdb_id="tt0102820"))
    assert names("undercover 1965") == []
    load([FilmRecord("tt0102820", "Rush", year=1965)], source="")
    assert names("undercover 1965") == ["Undercover"]


def test_an_import_reads_no_article_for_what_is_new_or_as_before(django_assert_max_num_queries):
    make_live("Undercover", film=make_film("Rush", 1991, imdb_id="tt0102820"))
    records = [FilmRecord("tt0102820", "Rush", year=1991), FilmRecord("tt0102821", "Haste", year=1992)]
    with django_assert_max_num_queries(100) as asked:
        load(records, source="")
    assert [query for query in asked.captured_queries if "articles_" in query["sql"]] == []


def test_an_import_is_followed_to_more_articles_than_a_page_is(monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    films = [make_film("Rush", None, imdb_id=f"tt010282{number}") for number in range(3)]
    for film in films:
        make_live(f"Undercover {film.pk}", film=film)
    load([FilmRecord(film.imdb_id, "Rush", year=1965) for film in films], source="")
    assert len(names("undercover 1965")) == 3


def test_an_article_follows_a_merge_and_what_gives_its_parts_back():
    kept, gone = make_film("Rush", 1991), make_film("Haste", 1992)
    person, twin = make_person("Lili Fini Zanuck"), make_person("Lili Brown")
    make_credit(kept, twin, department="directing")
    make_live("Undercover", film=kept, body="By [[film.director]].")
    make_live("Slowly", film=gone)
    change = merge(person, twin, by=None)
    assert [names("undercover brown"), names("undercover fini")] == [[], ["Undercover"]]
    undoing.undo(change, by=None)
    assert [names("undercover brown"), names("undercover fini")] == [["Undercover"], []]
    change = merge(kept, gone, by=None)
    assert names("slowly 1991") == ["Slowly"]
    undoing.undo(change, by=None)
    assert [names("slowly 1991"), names("slowly 1992")] == [[], ["Slowly"]]


@pytest.mark.parametrize("make", [make_author, make_topic])
def test_an_article_follows_its_authors_and_topics(make):
    row, other = make("Zampano"), make("Matto")
    filed = "authors" if make is make_author else "topics"
    for number in range(3):
        make_live(f"Undercover {number}", body="Words.", **{filed: [row, other]})
    before = dict(SearchEntry.objects.filter(kind="article").values_list("subject", "prose"))
    row.name = "Gelsomina"
    filing.store(row)
    assert [len(names(each)) for each in ("zampano", "gelsomina", "matto", "gelsomina undercover")] == [0, 3, 3, 3]
    assert dict(SearchEntry.objects.filter(kind="article").values_list("subject", "prose")) == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_new_name_costs_the_same_however_many_articles(count, django_assert_num_queries):
    topic = make_topic("Zampano")
    for number in range(count):
        make_live(f"Undercover {number}", topics=[topic])
    topic.name = "Gelsomina"
    with django_assert_num_queries(9):
        filing.store(topic)


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


def test_what_is_published_while_tables_change_is_found():
    rebuilding.before_migrating(plan=["any"])
    article = make_live("Undercover", body="Words.")
    filing.refile(article, by=None, topics=[make_topic("Narcotics")])
    rebuilding.after_migrating(plan=["any"])
    assert [names("undercover"), names("narcotics")] == [["Undercover"], ["Undercover"]]
    filing.refile(article, by=None, topics=[])
    assert [names("undercover"), names("narcotics")] == [["Undercover"], []]


@ON_SQLITE
def test_migrating_puts_in_words_that_are_lost(execute):
    make_live("Undercover", film=make_film("Rush"))
    execute("INSERT INTO articles_words (articles_words) VALUES ('delete-all')")
    make_film("Haste")
    assert [names("undercover"), names("rush"), names("haste")] == [[], [], ["Haste"]]
    rebuilding.after_migrating(plan=["any"])
    assert [names("undercover"), names("rush"), names("haste")] == [["Undercover"], ["Rush", "Undercover"], ["Haste"]]


@ON_SQLITE
def test_rebuilding_mends_the_index_of_words(execute):
    film = make_film("Rush")
    make_live("Undercover", film=film)
    execute("INSERT INTO articles_words (articles_words) VALUES ('delete-all')")
    execute(
        "INSERT INTO articles_words (rowid, names, about, prose) SELECT id, 'wrong', '', '' FROM articles_searchentry"
    )
    rebuilding.rebuild()
    assert [names("wrong"), names("rush")] == [[], ["Rush", "Undercover"]]
    film.title = "Haste"
    film.save()
    assert names("haste") == ["Haste"]


@ON_SQLITE
def test_what_has_lost_its_words_can_be_changed_and_deleted(execute):
    film, other = make_film("Rush"), make_film("Slow")
    execute("INSERT INTO articles_words (articles_words) VALUES ('delete-all')")
    film.title = "Haste"
    film.save()
    other.delete()
    execute("INSERT INTO articles_words (articles_words) VALUES ('integrity-check')")
    assert [names("haste"), names("slow")] == [["Haste"], []]


@ON_SQLITE
def test_no_word_outlives_its_entry_on_sqlite(execute):
    make_live("Undercover", film=make_film("千と千尋"))
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_words WHERE articles_words MATCH 'undercover OR 千'")
        assert cursor.fetchone() == (0,)
