"""What the proofreader says of pictures."""

import pytest

from articles.proofreading import Copy, Level, Place
from articles.proofreading.pictures import check_pictures
from tests.factories import make_image


def found(body="", **fields):
    return list(check_pictures(Copy("A title", "", body, **fields)))


def told(body):
    return [(finding.code, finding.level, finding.place, finding.text) for finding in found(body)]


def test_a_picture_without_a_description_is_an_error_and_offered_the_one_it_is_kept_with(db):
    image = make_image(alt="A [dim] street", credit_line="MGM")
    body = f'Before.\n\n![ ](image:{image.pk} "At night")'
    (finding,) = found(body)
    assert (finding.code, finding.level, finding.place) == ("image-alt", Level.ERROR, Place("body", 9, len(body)))
    assert finding.suggestion == f'![A \\[dim\\] street](image:{image.pk} "At night")'


def test_a_picture_kept_without_a_description_offers_none(db):
    image = make_image(alt="", credit_line="MGM")
    assert [finding.suggestion for finding in found(f"![](image:{image.pk})")] == [None]


def test_a_picture_without_a_credit_line_is_found(db):
    image = make_image()
    markup = f"![A street](image:{image.pk})"
    assert told(f"Words {markup} words") == [("image-credit", Level.WARNING, Place("body", 6, 6 + len(markup)), markup)]


def test_a_picture_that_is_not_there_is_an_error(db):
    assert told("![A street](image:999)") == [
        ("link-broken", Level.ERROR, Place("body", 0, 22), "![A street](image:999)")
    ]
    assert [code for code, *_ in told("![A street](image:nine)")] == ["link-broken"]


@pytest.mark.parametrize("body", ["`![](image:1)`", "\\![](image:1)", "![A street](/media/street.png)", "No picture."])
def test_what_is_no_picture_and_what_is_described_is_left_alone(db, body):
    assert told(body) == []


def test_a_described_and_credited_picture_is_left_alone(db):
    image = make_image(credit_line="MGM")
    assert found(f"![A street](image:{image.pk})", hero=image) == []


def test_the_hero_is_looked_at_too(db):
    hero = make_image(alt="")
    assert [(finding.code, finding.level, finding.place) for finding in found(hero=hero)] == [
        ("image-alt", Level.ERROR, Place("hero", 0, 0)),
        ("image-credit", Level.WARNING, Place("hero", 0, 0)),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_many_pictures_cost_one_query(db, count, django_assert_num_queries):
    body = "\n\n".join(f"![](image:{make_image().pk})" for _ in range(count))
    with django_assert_num_queries(1):
        assert len(found(body)) == 2 * count
