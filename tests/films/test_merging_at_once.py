"""Two merges of the same pair at one moment: one is done, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from articles.models import Article
from films.merging import LATE, MergeRefused, Vanished, merge
from films.models import Change, Credit, Film, Person
from tests.factories import make_article, make_credit, make_film, make_person


def at_once(*functions):
    """Return what each of *functions* returns, or why it was refused, when all are called at one moment."""
    ready = Barrier(len(functions))

    def call(function):
        ready.wait()
        try:
            return function()
        except MergeRefused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as threads:
        return list(threads.map(call, functions))


def a_pair():
    """Make two people, of whom the second has a line on a film."""
    sam, eliott = make_person("Sam Elliott"), make_person("Sam Eliott")
    make_credit(make_film(), eliott, "Dodd")
    return sam, eliott


@pytest.mark.parametrize("crosswise", [False, True])
def test_one_of_two_merges_of_a_pair_is_done_and_the_other_told(transactional_db, crosswise):
    sam, eliott = a_pair()
    pairs = [(sam, eliott), (eliott, sam) if crosswise else (sam, eliott)]
    answers = at_once(*(lambda pair=pair: merge(*pair, by=None) for pair in pairs))
    [change], [refusal] = ([each for each in answers if isinstance(each, kind)] for kind in (Change, str))
    assert refusal.endswith(" is no longer there: deleted, or merged already.")
    assert [person.pk for person in Person.objects.all()] == [change.person_id]
    assert Credit.objects.get().person_id == change.person_id
    assert Change.objects.filter(part_of=None).count() == 1


WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
TRIES = 20_000


def save_while_merged(article, film):
    """Hold *article* until a merge waits for it, then ask for *film*, which the merge holds, as filing does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '1min'")  # So that it is the merge that finds out, and ends.
            Article.objects.filter(pk=article.pk).update(slug="saved")
            yield
            assert any(cursor.execute(WAITING).fetchone() for _ in range(TRIES))
            Film.objects.select_for_update().get(pk=film.pk)
    finally:
        connection.close()


@contextmanager
def patience():
    """Let a deadlock be looked for after four seconds, so that it is there by then however busy the machine is."""
    with connection.cursor() as cursor:
        cursor.execute("SET deadlock_timeout = '4s'")
        yield
        cursor.execute("RESET deadlock_timeout")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="On SQLite one writes at a time.")
def test_a_merge_that_waits_for_who_waits_for_it_is_refused(transactional_db):
    rush, other = make_film(), make_film()
    article = make_article(film=other)
    saving = save_while_merged(article, other)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(next, saving).result()
        saved = thread.submit(next, saving, None)
        with patience(), pytest.raises(Vanished, match=LATE):
            merge(rush, other, by=None)
        assert saved.result() is None
    article.refresh_from_db()
    assert (article.slug, article.film, Film.objects.count()) == ("saved", other, 2)


def test_another_failure_of_the_database_is_not_told_as_a_late_merge(transactional_db):
    rush, other = make_film(), make_film()
    with pytest.raises(OperationalError), connection.execute_wrapper(broken):
        merge(rush, other, by=None)


def broken(*_):
    """Fail as a database does that is not there."""
    raise OperationalError("the connection was lost")
