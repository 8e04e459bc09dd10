"""Addresses and forms that no browser of an honest person sends: an answer, never a 500."""

import pytest
from django.db import InterfaceError, connection

from tests.factories import make_film, make_live, make_superuser

HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/article/?kind=%00",
        "/admin/articles/article/?state=%00",
        "/admin/autocomplete/?term=%00&app_label=articles&model_name=article&field_name=film",
        "/articles/?kind=%00",
        "/films/?q=%00",
    ],
)
def test_nul_in_the_address_is_a_bad_request(client, db, address):
    client.force_login(make_superuser())
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/articles/article/?film={HUGE}",
        f"/admin/films/film/?decade={HUGE}",
        f"/admin/films/film/add/?poster={HUGE}",
        f"/admin/articles/article/{HUGE}/change/",
        f"/admin/films/film/{HUGE}/change/",
    ],
)
def test_number_that_no_column_holds_is_no_server_error(client, db, address):
    make_live(film=make_film())
    client.force_login(make_superuser())
    assert client.get(address).status_code in {200, 302, 400, 404}


def test_health_tells_of_a_dead_database(client, db, monkeypatch):
    def dead(*args):
        raise InterfaceError("connection already closed")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", dead)
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"database": "down", "cache": "ok"})
