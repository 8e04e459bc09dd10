"""What the writing screen's scripts ask for: preview, upload, pictures; always answered in JSON, whatever happens."""

import re
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import path, reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.forms import PicturesForm, PreviewForm, UploadForm
from articles.rendering import Audience, render
from films.images import ImageRejected, ImageTooLarge, accept

LOGGED_OUT = "You are logged out. Log in again in another tab, then come back: what you typed is still here."
FORGED = "This page was opened before you last logged in, so it may not send anything."
TOO_LARGE = "This is too large to send."
MARGIN = 1024**2  # What a form's other fields may add to the file's own bytes.
PICTURES_SHOWN = 24


def addresses(prefix):
    """Return the URL patterns, named *prefix* and their own name, for the admin to mount."""
    views = {"preview": preview, "upload": upload, "pictures": pictures}
    return [path(f"{name}/", view, name=f"{prefix}_{name}") for name, view in views.items()]


class _JsonCsrf(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return _refuse(403, FORGED, reason="csrf")


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
                return _refuse(413, TOO_LARGE)
            except ValidationError as error:
                return _refuse(400, error.messages[0])
            except PermissionDenied as error:
                return _refuse(403, str(error))
            except Http404 as error:
                return _refuse(404, str(error))
            except (SuspiciousOperation, MultiPartParserError):
                return _refuse(400, "This request could not be read.")

        return answer

    return decorate


@endpoint("POST", "articles.add_article", "articles.change_article")
def preview(request):
    """Render what is being written as readers would get it, with marks where something is broken."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return _refuse(400, _first_error(form))
    rendered = render(
        form.cleaned_data["content"], film=form.cleaned_data["film"], audience=Audience.EDITORS, prefix="preview-"
    )
    toc = [{"level": heading.level, "id": heading.id, "text": heading.text} for heading in rendered.toc]
    numbers = {"words": rendered.words, "reading_time": rendered.reading_time}
    return JsonResponse({"html": rendered.html, "toc": toc, **numbers})


@endpoint("POST", "films.add_image")
def upload(request):
    """Take a picture in, with its description, caption and credit."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refuse(400, _first_error(form))
    try:
        return JsonResponse(_picture(accept(form.cleaned_data["file"], **form.columns)), status=201)
    except ImageTooLarge as rejection:
        return _refuse(413, str(rejection))
    except ImageRejected as rejection:
        return _refuse(400, str(rejection))


@endpoint("GET", "films.view_image")
def pictures(request):
    """List the newest pictures, those of the asked film alone where one is asked."""
    form = PicturesForm(request.GET)
    if not form.is_valid():
        return _refuse(400, _first_error(form))
    return JsonResponse({"pictures": [_picture(image) for image in form.found()[:PICTURES_SHOWN]]})


def reference(image):
    """Return the Markdown that shows *image*, its description and caption safe from being read as Markdown."""
    alt = re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", " ".join(image.alt.split()))
    caption = re.sub(r'([\\"&])', r"\\\1", " ".join(image.caption.split()))
    return f'![{alt}](image:{image.pk} "{caption}")' if caption else f"![{alt}](image:{image.pk})"


def _picture(image):
    shown = {"id": image.pk, "url": image.file.url, "width": image.width, "height": image.height}
    return {**shown, "alt": image.alt, "caption": image.caption, "markdown": reference(image)}


def _refusal(request, method, permissions):
    if request.method != method:
        return _refuse(405, f"This address only answers {method}.", allow=method)
    if not request.user.is_authenticated:
        return _refuse(403, LOGGED_OUT, reason="logged-out", login=reverse("admin:login"))
    if not (request.user.is_staff and any(map(request.user.has_perm, permissions))):
        return _refuse(403, "Your account may not do this.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > settings.UPLOAD_MAX_BYTES + MARGIN:
        return _refuse(413, TOO_LARGE)
    return None


def _refuse(status, message, *, allow="", **more):
    headers = {"Allow": allow} if allow else {}
    return JsonResponse({"error": message, **more}, status=status, headers=headers)


def _first_error(form):
    return next(iter(form.errors.values()))[0]
