"""Two merges of the same pair at one moment: one is done, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from films.merging import MergeRefused, merge
from films.models import Change, Credit, Person
from tests.factories import make_credit, make_film, make_person


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
