"""The command import_article: once, again, and never over an editor's work."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.drafting import save_revision
from articles.filing import move
from articles.models import Article, Author, Publication, Revision, Topic
from articles.publishing import withdraw
from tests.factories import make_article, make_author, make_film, make_image, make_live, make_superuser, make_topic

DATA = Path(__file__).parent.parent / "data"
ADDRESS = "what-is-the-movie-heat-haze-about"
PAGE = f"/articles/{ADDRESS}/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Give a copy of the sample in plain text that a test may change."""
    return Path(shutil.copy(DATA / "plain.txt", tmp_path))


@pytest.fixture
def run(tmp_path):
    """Return a function that imports files and gives the report's lines, without the folder."""

    def run(*files, **options):
        out = StringIO()
        call_command("import_article", *map(str, files), stdout=out, **options)
        return out.getvalue().replace(f"{tmp_path}/", "").splitlines()

    return run


@pytest.fixture
def refusal(run, tmp_path):
    """Return a function that gives the error's lines, having seen that nothing was imported."""

    def refusal(*files, **options):
        before = Article.objects.count(), Revision.objects.count(), Author.objects.count(), Topic.objects.count()
        with pytest.raises(CommandError) as error:
            run(*files, **options)
        assert before == (
            Article.objects.count(),
            Revision.objects.count(),
            Author.objects.count(),
            Topic.objects.count(),
        )
        first, *rest = str(error.value).replace(f"{tmp_path}/", "").splitlines()
        assert first == "Nothing was imported."
        return rest

    return refusal


def _reword(file, old="Nobody", new="Not one"):
    file.write_text(file.read_text().replace(old, new))


def _edit(article, **content):
    article.refresh_from_db()
    return save_revision(article, by=make_superuser(), base=article.head, **content)


def test_file_becomes_a_draft(run, file):
    film = make_film()
    assert run(file, film="rush-1991") == [f"plain.txt: created draft {PAGE}; new author Daniel Fox"]
    article = Article.objects.with_state().get()
    assert (article.slug, article.state, article.film, article.kind) == (ADDRESS, "draft", film, "explainer")
    assert [author.name for author in article.authors.all()] == ["Daniel Fox"]
    assert article.head.title == 'What Is the Movie "Heat Haze" About?'
    assert (article.head.created_by, article.head.note) == (None, "Imported from plain.txt")


def test_published_file_is_before_readers(run, file):
    assert run(file, publish=True) == [f"plain.txt: created and published {PAGE}; new author Daniel Fox"]
    assert [publication.article.slug for publication in Publication.objects.live()] == [ADDRESS]


def test_running_twice_is_running_once(run, file):
    make_film()
    run(file, film="rush-1991", publish=True)
    assert run(file, film="rush-1991", publish=True) == [f"plain.txt: unchanged {PAGE}"]
    counts = [model.objects.count() for model in (Article, Revision, Publication, Author)]
    assert counts == [1, 1, 1, 1]


def test_changed_file_is_a_new_revision(run, file):
    run(file, publish=True)
    _reword(file)
    assert run(file) == [f"plain.txt: revised {PAGE}"]
    article = Article.objects.with_state().get()
    assert (article.head.number, article.head.parent.number, article.state) == (2, 1, "live-newer")
    assert "Not one is arrested" in article.head.body
    _reword(file, "Not one", "None")
    assert run(file, publish=True) == [f"plain.txt: revised and published {PAGE}"]


def test_draft_can_be_published_later(run, file):
    run(file)
    assert run(file, publish=True) == [f"plain.txt: published {PAGE}"]
    withdraw(Article.objects.get(), by=None)
    assert run(file) == [f"plain.txt: unchanged {PAGE}"]


def test_what_was_edited_at_the_desk_is_not_touched(run, file):
    run(file, publish=True)
    edited = _edit(Article.objects.get(), body="The desk's words.")
    assert run(file, publish=True) == [f"plain.txt: unchanged {PAGE}; edited at the desk since it was imported"]
    _reword(file)
    assert run(file, publish=True) == [f"plain.txt: not touched {PAGE}; edited at the desk since it was imported"]
    article = Article.objects.get()
    assert article.head == edited
    assert Publication.objects.live().get().revision.number == 1


def test_file_that_says_what_the_desk_wrote_is_unchanged(run, file):
    run(file)
    _edit(Article.objects.get(), dek="Another dek.")
    _reword(file, '"Heat Haze" follows two agents who lose themselves in the part they play.', "Another dek.")
    assert run(file, publish=True) == [f"plain.txt: published {PAGE}"]


def test_article_that_was_never_imported_is_not_touched(run, file):
    article = make_article(slug=ADDRESS)
    assert run(file, publish=True) == [f"plain.txt: not touched {PAGE}; it was not imported from a file"]
    assert article.revisions.count() == 1


def test_article_in_the_trash_is_not_touched(run, file):
    run(file)
    Article.objects.update(trashed_at=timezone.now())
    assert run(file, publish=True) == [f"plain.txt: not touched {PAGE}; it is in the trash"]
    assert not Publication.objects.exists()


def test_editors_hero_stays_when_the_file_says_nothing_new(run, file):
    run(file)
    article = Article.objects.get()
    _edit(article, hero=make_image())
    assert run(file) == [f"plain.txt: unchanged {PAGE}"]
    assert Article.objects.get().head.hero is not None


def test_missing_filing_is_filled_in_and_the_desks_is_kept(run, file):
    first, second = make_film(), make_film(year=2013)
    run(file)
    assert run(file, film=first.slug) == [f"plain.txt: unchanged {PAGE}; now filed under Rush (1991)"]
    assert run(file, film=second.slug, author="Ana Ruiz") == [
        f"plain.txt: unchanged {PAGE}; filed under Rush (1991) at the desk, left so; "
        "signed by Daniel Fox at the desk, left so"
    ]
    assert Article.objects.get().film == first


def test_front_matter_files_the_article(run):
    topic, film = make_topic(), make_film()
    assert run(DATA / "front-matter.md", film=film.slug) == [
        f"{DATA}/front-matter.md: created draft /articles/nobody-gets-arrested/; "
        "new author Ana Ruiz; new author Bo Li; new topic True story"
    ]
    article = Article.objects.get()
    assert (article.kind, article.film, article.head.spoilers) == ("essay", film, "mild")
    assert [byline.author.name for byline in article.bylines.all()] == ["Ana Ruiz", "Bo Li"]
    assert {topic.name for topic in article.topics.all()} == {topic.name, "True story"}


def test_known_author_signs(run, file):
    author, other = make_author(), make_author("Ana Ruiz")
    run(file)
    assert list(Article.objects.get().authors.all()) == [author]
    assert run(DATA / "front-matter.md", author="Ana Ruiz")[0].endswith("new topic Undercover; new topic True story")
    assert list(Article.objects.get(kind="essay").authors.all()) == [other]


def test_name_of_two_authors_is_refused(refusal, file):
    make_author(), make_author()
    assert refusal(file) == [
        "plain.txt: several authors are called Daniel Fox; import it without an author and sign it at the desk."
    ]


def test_unknown_film_is_refused_with_those_near_it(refusal, file, tmp_path):
    make_film(), make_film(year=2013), make_film("Wholly Other", 1950)
    assert refusal(file, film="rush-1992") == ["there is no film “rush-1992”; near it: rush-1991, rush-2013."]
    (tmp_path / "piece.md").write_text("---\ntitle: T\nfilm: zzz\n---\nWords.")
    assert refusal(tmp_path / "piece.md") == ["piece.md, line 3: there is no film “zzz”."]


def test_dry_run_tells_and_writes_nothing(run, file):
    assert run(file, publish=True, dry_run=True) == [
        "A dry run: nothing is written. This is what would happen.",
        f"plain.txt: created and published {PAGE}; new author Daniel Fox",
    ]
    assert (Article.objects.count(), Author.objects.count(), Publication.objects.count()) == (0, 0, 0)


def test_one_wrong_file_stops_the_whole_run_and_all_that_are_wrong_are_named(refusal, file, tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"Title\n\nCaf\xe9")
    (tmp_path / "film.md").write_text("---\ntitle: T\nfilm: none\n---\nWords.")
    (tmp_path / "copy.txt").write_text(file.read_text())
    wrong = [tmp_path / name for name in ("latin.txt", "film.md", "copy.txt", "gone.txt")]
    assert refusal(file, *wrong) == [
        "latin.txt, line 3: is not UTF-8: byte 10 is 0xe9. Save it as UTF-8.",
        f"copy.txt: has the same address as plain.txt: {ADDRESS}.",
        "gone.txt: there is no such file.",
        "film.md, line 3: there is no film “none”.",
    ]


def test_author_too_long_is_refused(refusal, file):
    assert refusal(file, author="x" * 151) == ["plain.txt: the author’s name is 151 characters long; 150 fit."]


def test_a_text_that_fails_its_checks_is_not_published_and_nothing_is_imported(run, refusal, file, tmp_path):
    failing = tmp_path / "failing.md"
    failing.write_text("---\ntitle: Unfinished\n---\nTODO ask Ines.")
    [problem] = refusal(file, failing, publish=True)
    assert problem.startswith("failing.md: it cannot be published. Revision 1 fails its checks.")
    assert run(failing) == ["failing.md: created draft /articles/unfinished/"]
    with pytest.raises(CommandError, match="it cannot be published"):
        run(failing, publish=True)
    assert not Publication.objects.exists()


def test_imported_article_is_a_page(run, file, client):
    make_film()
    run(file, film="rush-1991", publish=True)
    page = client.get(PAGE)
    assert page.status_code == 200
    html = page.content.decode()
    assert [html.count(text) for text in ("New Partner</", "Gray Area</", "how *well* it fits")] == [1, 1, 1]


def test_address_that_leads_to_another_article_is_refused(run, file):
    move(make_live(slug=ADDRESS), "another", by=None)
    with pytest.raises(CommandError, match="That address still leads to /articles/another/"):
        run(file)
    assert Article.objects.count() == 1
