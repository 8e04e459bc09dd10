"""Long lists: the pages of a queryset in its order, each found by its ids first."""

import pytest
from django.core.paginator import EmptyPage

from films.models import Film
from films.paging import LongPaginator
from tests.factories import make_film

pytestmark = pytest.mark.django_db


def test_the_pages_hold_all_rows_in_order():
    films = [make_film(f"Film {number}") for number in range(5)]
    pages = LongPaginator(Film.objects.all(), 2)
    assert [list(page) for page in pages] == [films[:2], films[2:4], films[4:]]


def test_there_is_no_page_after_the_last():
    with pytest.raises(EmptyPage):
        LongPaginator(Film.objects.all(), 2).page(2)


def test_rows_that_are_passed_over_are_not_read(django_assert_num_queries):
    for number in range(5):
        make_film(f"Film {number}")
    page = LongPaginator(Film.objects.with_counts(), 2).page(3)
    with django_assert_num_queries(1) as asked:
        assert [film.title for film in page] == ["Film 4"]
    assert "OFFSET" not in asked[0]["sql"]
