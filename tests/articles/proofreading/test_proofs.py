"""What is kept of what the proofreader found."""

from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.drafting import Conflict, save_revision
from articles.filing import refile
from articles.gating import FailingChecks, Override
from articles.models import Action, Event, Proof
from articles.proofreading import Level, proofs
from articles.publishing import publish
from tests.factories import make_article, make_credit, make_film, make_person, make_user


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


def failing(copy):
    list(Proof.objects.raw("SELECT nonsense FROM nowhere"))
    yield


@pytest.fixture
def fails(monkeypatch):
    """The proofreader has a check that fails, in the database too."""
    monkeypatch.setattr(import_module("articles.proofreading.proofread"), "CHECKS", (failing,))


def test_a_check_that_fails_costs_no_save_and_leaves_no_proof(db, fails, caplog):
    article = make_article(body="[[film:rush-1991]]")
    revision = save_revision(article, by=None, base=article.head, body="Words")
    assert (article.revisions.count(), revision.body, Proof.objects.count()) == (2, "Words", 0)
    assert caplog.messages == [f"The proofreader failed on revision {n} of article {article.pk}." for n in (1, 2)]


def test_what_was_kept_goes_when_the_same_revision_cannot_be_read_again(db, monkeypatch):
    article = make_article(body="TK")
    monkeypatch.setattr(import_module("articles.proofreading.proofread"), "CHECKS", (failing,))
    assert proofs.read_again(article.pk) == (article.head, [proofs.UNREAD])
    assert not Proof.objects.exists()


def test_what_cannot_be_read_is_published_with_a_reason_alone(db, fails):
    article, editor = make_article(), make_user("articles.publish_article", "articles.override_checks")
    with pytest.raises(FailingChecks, match="The proofreader itself failed") as refusal:
        publish(article.head, by=editor)
    publish(article.head, by=editor, override=Override("It is late.", frozenset(refusal.value.told)))
    assert Event.objects.get(action=Action.OVERRODE).detail == "unread: It is late."


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
