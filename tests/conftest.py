"""What every test may ask for."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def execute(db):
    """Return a function that runs raw SQL, as somebody at the database's own prompt would."""
    from django.db import connection

    def run(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run
