"""Addresses that the desk's scripts ask: always answered in JSON, whatever happens."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from films.numbers import row_number

LOGGED_OUT = "You are logged out. Log in again in another tab, then come back: what you typed is still here."
FORGED = "This page was opened before you last logged in, so it may not send anything."
TOO_LARGE = "This is too large to send."
MARGIN = 1024**2  # What a form's other fields may add to the file's own bytes.


class _JsonCsrf(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return refuse(403, FORGED, reason="csrf")


def endpoint(method, *permissions):
    """Let a view answer *method* to users with one of *permissions*, and say in JSON why not to all others.

    The forgery check comes last, so that the body of a stranger's request, or one too large, is never read.
    """

    def decorate(view):
        checked = decorator_from_middleware(_JsonCsrf)(view)

        @never_cache
        @csrf_exempt  # Checked by `checked`, which can answer in JSON.
        @wraps(view)
        def answer(request):
            try:
                return _refusal(request, method, permissions) or checked(request)
            except RequestDataTooBig:
                return refuse(413, TOO_LARGE)
            except ValidationError as error:
                return refuse(400, error.messages[0])
            except PermissionDenied as error:
                return refuse(403, str(error))
            except Http404 as error:
                return refuse(404, str(error))
            except (SuspiciousOperation, MultiPartParserError):
                return refuse(400, "This request could not be read.")

        return answer

    return decorate


def refuse(status, message, *, allow="", **more):
    """Return the answer that says why not; *more* is what the script may need beside the words."""
    headers = {"Allow": allow} if allow else {}
    return JsonResponse({"error": message, **more}, status=status, headers=headers)


def _refusal(request, method, permissions):
    if request.method != method:
        return refuse(405, f"This address only answers {method}.", allow=method)
    if not request.user.is_authenticated:
        return refuse(403, LOGGED_OUT, reason="logged-out", login=reverse("admin:login"))
    if not (request.user.is_staff and any(map(request.user.has_perm, permissions))):
        return refuse(403, "Your account may not do this.")
    length = row_number(request.META.get("CONTENT_LENGTH") or "0")
    if length is None or length > settings.UPLOAD_MAX_BYTES + MARGIN:
        return refuse(413, TOO_LARGE)
    return None
