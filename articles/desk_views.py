"""What the writing screen's scripts ask for: preview, references, pictures; answered in JSON, whatever happens."""

import re
from dataclasses import asdict

from django.http import JsonResponse
from django.urls import path

from articles import proof_views
from articles.completing import suggestions
from articles.desk_forms import PicturesForm, PreviewForm, ReferencesForm, UploadForm
from articles.rendering import Audience, render
from films.endpoints import endpoint, refuse
from films.images import ImageRejected, ImageTooLarge, accept

PICTURES_SHOWN = 24


def addresses(prefix):
    """Return the URL patterns, named *prefix* and their own name, for the admin to mount."""
    views = {"preview": preview, "references": references, "upload": upload, "pictures": pictures, **proof_views.VIEWS}
    return [path(f"{name}/", view, name=f"{prefix}_{name}") for name, view in views.items()]


@endpoint("POST", "articles.add_article", "articles.change_article")
def preview(request):
    """Render what is being written as readers would get it, with marks where something is broken, and proofread it."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return refuse(400, proof_views.first_error(form))
    written = form.cleaned_data
    proof_views.require_readable(request.user, written["article"])
    rendered = render(written["content"], film=written["film"], audience=Audience.EDITORS, prefix="preview-")
    toc = [{"level": heading.level, "id": heading.id, "text": heading.text} for heading in rendered.toc]
    numbers = {"words": rendered.words, "reading_time": rendered.reading_time}
    findings, dismissed = proof_views.findings(written, rendered), proof_views.dismissed(written["article"])
    return JsonResponse({"html": rendered.html, "toc": toc, **numbers, "findings": findings, "dismissed": dismissed})


@endpoint("GET", "articles.add_article", "articles.change_article")
def references(request):
    """List what a reference that is being typed may become, those of the article's own film first."""
    form = ReferencesForm(request.GET)
    if not form.is_valid():
        return refuse(400, proof_views.first_error(form))
    found = suggestions(form.cleaned_data["q"], film=form.cleaned_data["film"])
    return JsonResponse({"references": [asdict(suggestion) for suggestion in found]})


@endpoint("POST", "films.add_image")
def upload(request):
    """Take a picture in, with its description, caption and credit."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return refuse(400, proof_views.first_error(form))
    try:
        return JsonResponse(_picture(accept(form.cleaned_data["file"], **form.columns)), status=201)
    except ImageTooLarge as rejection:
        return refuse(413, str(rejection))
    except ImageRejected as rejection:
        return refuse(400, str(rejection))


@endpoint("GET", "films.view_image")
def pictures(request):
    """List the newest pictures, those of the asked film alone where one is asked."""
    form = PicturesForm(request.GET)
    if not form.is_valid():
        return refuse(400, proof_views.first_error(form))
    return JsonResponse({"pictures": [_picture(image) for image in form.found()[:PICTURES_SHOWN]]})


def reference(image):
    """Return the Markdown that shows *image*, its description and caption safe from being read as Markdown."""
    alt = re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", " ".join(image.alt.split()))
    caption = re.sub(r'([\\"&])', r"\\\1", " ".join(image.caption.split()))
    return f'![{alt}](image:{image.pk} "{caption}")' if caption else f"![{alt}](image:{image.pk})"


def _picture(image):
    shown = {"id": image.pk, "url": image.file.url, "width": image.width, "height": image.height}
    return {**shown, "alt": image.alt, "caption": image.caption, "markdown": reference(image)}
