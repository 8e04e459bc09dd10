"""The answer to a log-in that is stopped because too many before it failed."""

from ipaddress import ip_address
from math import ceil

from axes.helpers import get_cool_off, get_failure_limit
from django.conf import settings
from django.shortcuts import render


def locked_out(request, original_response=None, credentials=None):
    """Say that log-ins are stopped, and for how many minutes; 429, with Retry-After where the stop ends by itself."""
    cool_off = get_cool_off(request)
    minutes = ceil(cool_off.total_seconds() / 60) if cool_off else 0
    context = {"limit": get_failure_limit(request, credentials), "minutes": minutes}
    response = render(request, "admin/locked_out.html", context, status=429)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response


def client_address(request):
    """Return who knocks: behind PROXIES proxies, the address that the outermost of them saw; None where unknown."""
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    proxied = 0 < settings.PROXIES <= len(seen)
    address = seen[-settings.PROXIES].strip() if proxied else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(address))
    except ValueError:
        return None
