"""Whose failed log-ins are counted together."""

import pytest

from rushcms.lockout import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.0.0.1"),
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "not an address", None),
    ],
)
def test_address_is_what_the_outermost_proxy_saw(rf, settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address


def test_request_over_a_bare_socket_has_no_address(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="")) is None
