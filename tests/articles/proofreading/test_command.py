"""`manage.py proofread`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Proof
from articles.trashing import trash
from tests.factories import make_article, make_film, make_image, make_topic


@pytest.fixture
def whole(db):
    """What an article needs for nothing to be missing."""
    hero = make_image(credit_line="MGM")
    return {"film": make_film(), "topics": [make_topic()], "hero": hero}


def run(*slugs, fails=False, **options):
    out = StringIO()
    if fails:
        with pytest.raises(CommandError) as error:
            call_command("proofread", *slugs, stdout=out, **options)
        return out.getvalue(), str(error.value), error.value.returncode
    call_command("proofread", *slugs, stdout=out, **options)
    return out.getvalue()


def test_findings_are_lines_that_editors_know_how_to_follow(whole):
    make_article("Rush", body="Fine.\n\n😀 Not TK.", **whole)
    make_article("Again", body="See [here](/films/).", **{**whole, "topics": []})
    lines, error, status = run(fails=True)
    assert lines.splitlines() == [
        "again:1:6 notice link-text Say where the link leads: some readers hear links without the words around them.",
        "again:topics notice no-topic No topic: readers find this in fewer places.",
        "rush:3:7 error unfinished This is not finished.",
    ]
    assert (error, status) == ("1 error.", 1)


def test_a_place_outside_the_text_names_its_field(whole):
    make_article("A TK title", body="Fine.", **whole)
    assert run(fails=True)[0] == "a-tk-title:title:3 error unfinished This is not finished.\n"


def test_without_errors_it_ends_well(whole):
    make_article("Rush", body="See [here](/films/).", **whole)
    assert run("rush").startswith("rush:1:6 notice link-text ")
    make_article("Whole", body="Fine.", **whole)
    assert run("whole") == ""


def test_json_is_one_array_with_all_that_is_known(whole):
    article = make_article("Rush", body="Fine.\n\n😀 Not TK.", **whole)
    out, _, status = run("rush", format="json", fails=True)
    assert json.loads(out) == [
        {
            "slug": article.slug,
            "revision": 1,
            "line": 3,
            "column": 7,
            "field": "body",
            "start": 13,
            "end": 15,
            "code": "unfinished",
            "level": "error",
            "message": "This is not finished.",
            "text": "TK",
            "suggestion": None,
            "about": "",
        }
    ]
    assert status == 1
    make_article("Two", body="TK TK [here](/films/)", **whole)
    assert [found["text"] for found in json.loads(run("two", format="json", fails=True)[0])] == ["TK", "TK", "here"]
    make_article("Whole", body="Fine.", **whole)
    assert run("whole", format="json") == "[]\n"


def test_what_is_in_the_trash_or_not_asked_for_is_not_read(whole):
    trash(make_article("Gone", body="TK", **whole), by=None)
    make_article("Rush", body="TK", **whole)
    make_article("Whole", body="Fine.", **whole)
    assert run("whole") == ""
    assert run(fails=True)[1] == "1 error."


@pytest.mark.parametrize(
    ("slugs", "named"), [(["nothing"], "nothing"), (["rush", "nothing"], "nothing"), (["no", "gone"], "no, gone")]
)
def test_an_unknown_address_is_named_and_nothing_is_read(whole, slugs, named):
    make_article("Rush", **whole)
    trash(make_article("Gone", **whole), by=None)
    Proof.objects.all().delete()
    assert run(*slugs, fails=True) == ("", f"There is no article at {named}, or it is in the trash.", 2)
    assert not Proof.objects.exists()


def test_reading_refreshes_what_the_list_shows(whole):
    article = make_article("Rush", body="TK", **whole)
    Proof.objects.update(errors=7, read_at="2001-01-01T00:00Z")
    run("rush", fails=True)
    proof = Proof.objects.get(article=article)
    assert (proof.errors, proof.read_at.year > 2001) == (1, True)


def test_each_article_costs_the_same(whole):
    assert cost_of_reading(whole, 2) - cost_of_reading(whole, 1) == cost_of_reading(whole, 3) - cost_of_reading(
        whole, 2
    )


def cost_of_reading(whole, count):
    while (number := Proof.objects.count()) < count:
        make_article(f"Article {number}", body="TK [here](/films/a/)" * 5 * (number + 1), **whole)
    slugs = list(Proof.objects.order_by("article").values_list("article__slug", flat=True)[:count])
    with CaptureQueriesContext(connection) as queries:
        run(*slugs, fails=True)
    return len(queries)
