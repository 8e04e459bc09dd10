"""What is kept of what the proofreader found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.drafting import Conflict, save_revision
from articles.filing import refile
from articles.models import Proof
from articles.proofreading import Level, proofs
from tests.factories import make_article, make_credit, make_film, make_person


def kept(article):
    proof = Proof.objects.get(article=article)
    return proof.revision, proof.errors, proof.warnings, proof.notices


def test_the_first_revision_is_read_as_it_is_saved(db):
    article = make_article(body="TK [here](/films/)")
    assert kept(article) == (article.head, 1, 2, 2)


def test_the_newest_revision_takes_the_place_of_the_one_before(db):
    article = make_article(body="TK")
    revision = save_revision(article, by=None, base=article.head, body="TK and TODO")
    assert kept(article) == (revision, 2, 2, 1)


def test_filing_elsewhere_is_read_anew(db):
    article = make_article(body="[[character:jim-raynor]]")
    film = make_film()
    make_credit(film, make_person(), "Jim Raynor")
    assert kept(article)[1:] == (1, 2, 1)
    refile(article, by=None, film=film)
    assert kept(article)[1:] == (0, 1, 1)


def test_a_refused_save_leaves_the_proof(db):
    article = make_article(body="TK")
    before, first = kept(article), article.head
    save_revision(article, by=None, base=first, body="TK", title="Words")
    with pytest.raises(Conflict):
        save_revision(article, by=None, base=first, body="Nothing amiss.")
    assert kept(article)[1:] == before[1:]


def test_errors_are_those_of_any_revision_as_it_is_read_now(db):
    article = make_article(body="TK [here](/films/)")
    first = article.head
    save_revision(article, by=None, base=first, body="Nothing amiss.")
    assert [(finding.code, finding.level) for finding in proofs.errors(first)] == [("unfinished", Level.ERROR)]
    assert proofs.errors(article.head) == []


def test_saving_costs_the_same_however_much_is_found(db):
    assert cost_of_saving(1) == cost_of_saving(30)


def cost_of_saving(count):
    film = make_film()
    for number in range(count):
        make_credit(film, make_person(f"Jason Patric{number}"), f"Jim Raynor{number}")
    article = make_article(film=film)
    refers = "[[person:jason-patric{0}]] [[character:jim-raynor{0}]] [[person:no{0}]] [x](/films/no{0}/)"
    body = "\n\n".join(f"{refers} TK by Jason Patrik{{0}}".format(number) for number in range(count))
    with CaptureQueriesContext(connection) as queries:
        save_revision(article, by=None, base=article.head, body=body)
    assert kept(article)[1] == 3 * count
    return len(queries)
