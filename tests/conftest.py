"""What every test may ask for."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

# How long an example takes says more of what else the machine does than of our code; benchmarks/ measures that.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


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
