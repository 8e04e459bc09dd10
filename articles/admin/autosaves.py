"""What open forms send: their state, again and again, and that they are closed; answered in JSON."""

from django import forms
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError
from django.http import Http404, JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles import autosaving, kept_texts
from articles.models import Article, Autosave, Revision
from articles.permissions import may_write, require
from articles.presence import called, company, newer
from films.endpoints import endpoint

WRITERS = ("articles.add_article", "articles.change_article")
LARGEST = 3 * 1024**2  # Characters of JSON.


class TabForm(forms.Form):
    """Which form it is, and of which article, where that has a row already."""

    tab = forms.CharField(max_length=36, validators=[RegexValidator(r"^[a-zA-Z0-9_-]+\Z", "This is no form’s name.")])
    restored = forms.CharField(max_length=36, required=False)
    article = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class StateForm(TabForm):
    """An open form's state; `closing` where it is sent while the page goes away."""

    base = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    turn = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    payload = forms.CharField(strip=False)
    unsaved = forms.BooleanField(required=False)
    closing = forms.BooleanField(required=False)

    def clean_payload(self):
        """Return the fields."""
        text = self.cleaned_data["payload"]
        if len(text) > LARGEST:
            raise RequestDataTooBig
        try:
            return kept_texts.read(text)
        except kept_texts.Unreadable as error:
            raise ValidationError(str(error)) from None


def addresses(prefix):
    """Return the URL patterns, named with *prefix*, for the admin to mount."""
    return [
        path("autosave/", autosave, name=f"{prefix}_autosave"),
        path("autosave/discard/", discard, name=f"{prefix}_autosave_discard"),
        path("autosave/left/", left, name=f"{prefix}_autosave_left"),
    ]


@endpoint("POST", *WRITERS)
def autosave(request):
    """Keep a form's state, and tell who else is there and whether somebody saved meanwhile."""
    asked = _checked(StateForm(request.POST))
    if _is_deleted(asked, request.user):
        asked |= {"article": None, "base": None}
    article = _article(asked["article"], request.user)
    state = {name: asked[name] for name in ("tab", "unsaved", "turn", "closing")}
    state |= {"base": _base(asked["base"], article), "payload": asked["payload"] if asked["unsaved"] else {}}
    try:
        kept = autosaving.autosave(user=request.user, article=article, **state)
    except IntegrityError:
        raise Http404("This article has just been deleted for good.") from None
    if asked["unsaved"] and asked["restored"] != asked["tab"]:
        autosaving.discard(user=request.user, tab=asked["restored"])
    answer = {"saved_at": kept.updated_at, "turn": kept.turn, "head": None, "others": []}
    return JsonResponse({**answer, **(_around(kept) if kept.article else {})})


@endpoint("POST", *WRITERS)
def discard(request):
    """Forget a form's state; where there is none, nothing happens."""
    asked = _checked(TabForm(request.POST))
    _article(asked["article"], request.user)
    autosaving.discard(user=request.user, tab=asked["tab"])
    return JsonResponse({"discarded": True})


@endpoint("GET", *WRITERS)
def left(request):
    """Show what the user left unsaved, as the form does on top."""
    asked = _checked(TabForm(request.GET))
    article = _article(asked["article"], request.user)
    found = kept_texts.offers(user=request.user, article=article, without={asked["tab"], asked["restored"]})
    context = {"offers": found, "article": article}
    return JsonResponse({"html": render_to_string("admin/articles/article/_left.html", context, request)})


def _checked(form):
    if not form.is_valid():
        raise ValidationError(next(iter(form.errors.values()))[0])
    return form.cleaned_data


def _article(key, user):
    article = Article.objects.select_related("head__created_by").filter(pk=key).first() if key else None
    if key and not article:
        raise Http404("There is no such article.")
    require(may_write(user, article), "edit this article")
    return article


def _is_deleted(asked, user):
    """Tell whether a form outlived its article: what is typed there then is the text of a new one."""
    form = Autosave.objects.filter(user=user, tab=asked["tab"], article=None)
    return bool(asked["article"]) and form.exists() and not Article.objects.filter(pk=asked["article"]).exists()


def _base(key, article):
    base = Revision.objects.filter(pk=key, article=article).first() if key and article else None
    if key and not base:
        raise ValidationError("This article has no such revision.")
    return base


def _around(kept):
    others = company(article=kept.article, user=kept.user, tab=kept.tab)
    head = _head(newer(kept.article, kept.base), kept.base, kept)
    return {"head": head, "others": [_said(other) for other in others]}


def _said(other):
    return {
        "name": other.name,
        "you": other.you,
        "unsaved": other.unsaved,
        "since": other.since,
        "text": str(other),
    }


def _head(revision, base, kept):
    if not revision:
        return None
    name, when = called(revision.created_by), date_format(localtime(revision.created_at), "H:i")
    said = f"{name} saved revision {revision.number} at {when}."
    compare = reverse("admin:articles_article_compare", args=[revision.article_id])
    return {
        "number": revision.number,
        "by": name,
        "text": f"{said} Your next save will be merged with it." if kept.unsaved else said,
        "url": f"{compare}?from={base.number}&to={revision.number}",
    }
