"""What holds for every request and answer, and Django has no setting for."""

from django.core.exceptions import BadRequest
from django.views.defaults import bad_request

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def permissions_policy(get_response):
    """Tell browsers that no page here uses the named devices."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def no_nul(get_response):
    """Answer 400 to an address that asks for a NUL character, which PostgreSQL takes in no text."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, BadRequest("NUL in the address"))
        return get_response(request)

    return middleware
