"""Coming back: what was left unsaved is offered on top of the form, restored into it, compared, discarded."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import autosaving, kept_texts
from articles.admin import autosaves
from articles.models import Article, Autosave, Revision
from articles.permissions import may_list, may_write
from articles.presence import called, company, newer
from films.numbers import row_number

SAVED = "saved-form"  # The cookie that tells the script which form was saved, so that it forgets its copy.
AS_NEW = {"base": None, **dict.fromkeys(autosaving.PLACE, "")}


class KeptForms(admin.ModelAdmin):
    """Gives the writing screen what its autosaves kept, and who else is there."""

    def get_urls(self):
        """Mount the endpoints of open forms, and the page of a kept text."""
        pages = [
            path("autosave/<slug:tab>/", self._kept_page(require_safe, self.kept), name="articles_article_kept"),
            path(
                "autosave/<slug:tab>/discard/",
                self._kept_page(require_POST, self.discard_kept),
                name="articles_article_kept_discard",
            ),
        ]
        return [*autosaves.addresses("articles_article"), *pages, *super().get_urls()]

    def kept(self, request, tab):
        """Show a kept text against what stands."""
        kept, article = self._my_kept(request, tab)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "What you left unsaved",
            "offer": kept_texts.Offer(kept, article),
            "only_read": not may_write(request.user, article),
            "article": article,
            "newer": article and newer(article, kept.base),
            "saver": article and called(article.head.created_by),
            "changes": kept_texts.changes(kept.payload, article),
            "passages": kept_texts.body_passages(kept.payload, article),
        }
        return TemplateResponse(request, "admin/articles/article/kept.html", context)

    def discard_kept(self, request, tab):
        """Forget a kept text and go back to the form, or, for a new article, to the list."""
        _, article = self._my_kept(request, tab)
        autosaving.discard(user=request.user, tab=tab)
        self.message_user(request, "Discarded.", messages.SUCCESS)
        if article:
            return redirect("admin:articles_article_change", article.pk)
        return redirect("admin:articles_article_changelist" if may_list(request.user) else "admin:index")

    def changelist_view(self, request, extra_context=None):
        """Offer new articles that were never saved."""
        offers = kept_texts.offers(user=request.user) if may_write(request.user) else []
        return super().changelist_view(request, {"offers": offers, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Take a form that is sent again for what it is: a form of what it saved the first time."""
        if request.method == "POST" and request.made and str(request.made.article_id) == object_id:
            request.POST = _from(request.made, request.POST)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_once(self, request, object_id, answer):
        """Return what *answer* makes of the form, which may be sent twice, for the article *object_id*.

        A new article's form is one of the article it made, from then on. A form that is not saved, but comes back with
        errors or meets another revision, is kept as it was sent.
        """
        tab, restored = (_tab(request.POST, name) for name in ("tab", "restored"))
        with transaction.atomic():
            request.made = autosaving.made(user=request.user, tab=tab)
            if object_id is None and request.made:
                object_id = str(request.made.article_id)
            response = answer(object_id)
            if response.status_code != 302:
                _keep(request, tab, object_id)
                return response
            autosaving.count(user=request.user, tab=tab, turn=_turn(request.POST))
            autosaving.discard(user=request.user, tab=restored)
        place, secure = reverse("admin:index"), settings.SESSION_COOKIE_SECURE
        saved = quote(f"{tab} {restored}")
        response.set_cookie(SAVED, saved, max_age=300, path=place, secure=secure, samesite="Strict")
        return response

    def set_aside(self, request):
        """Keep a form that was sent for an article that is gone or that the user may not edit, as a new one's."""
        tab = _tab(request.POST, "tab")
        payload = _sent(request.POST) if may_write(request.user) else None
        if tab and payload:
            autosaving.set_aside(user=request.user, tab=tab, payload=payload)
            autosaving.count(user=request.user, tab=tab, turn=_turn(request.POST))

    def render_change_form(self, request, context, *, obj=None, **options):
        """Put a text that is to be restored into the form, and all others on top of it."""
        if may_write(request.user, obj):
            form = context["adminform"].form
            if not form.is_bound and (tab := request.GET.get("restore", "")):
                context["typed"] = self._fill_in(request, form, obj, tab)
            mine = {form["tab"].value(), form["restored"].value()}
            context["offers"] = kept_texts.offers(user=request.user, article=obj, without=mine)
            context["company"] = company(article=obj, user=request.user, tab=form["tab"].value() or "") if obj else []
        return super().render_change_form(request, context, obj=obj, **options)

    def _fill_in(self, request, form, article, tab):
        kept = autosaving.left(user=request.user, article=article).filter(tab=tab).first()
        if kept is None:
            self.message_user(request, "That text is no longer kept: it was saved or discarded.", messages.WARNING)
            return False
        form.initial |= {**kept.payload, "base": kept.base_id, "restored": tab}
        if article is None and kept.article_id:
            form.initial |= AS_NEW
        return True

    def _my_kept(self, request, tab):
        """Return the kept text, and its article, unless the user may no longer edit that."""
        found = Autosave.objects.unsaved().select_related("article__head__created_by", "base")
        kept = get_object_or_404(found, user=request.user, tab=tab)
        return kept, kept.article if kept.article and may_write(request.user, kept.article) else None

    def _kept_page(self, allowed, view):
        return self.admin_site.admin_view(never_cache(allowed(view)))


def _from(made, data):
    """Return the form *data*, made from an older revision than the one it *made* itself, as one made from that."""
    base = row_number(data.get("base", ""))
    if base and Revision.objects.filter(pk=base, article=made.article_id, number__gte=made.number).exists():
        return data
    data = data.copy()
    data["base"] = made.pk
    return data


def _keep(request, tab, object_id):
    """Keep a form that was sent and not saved."""
    article = Article.objects.filter(pk=row_number(object_id)).first() if object_id else None
    if not tab or not may_write(request.user, article):
        return
    base = Revision.objects.filter(pk=row_number(request.POST.get("base", "")), article=article).first()
    form = {"user": request.user, "tab": tab}
    payload = _sent(request.POST)
    if payload is None:
        return
    autosaving.autosave(**form, article=article, base=base, payload=payload, unsaved=True, closing=True)
    autosaving.count(**form, turn=_turn(request.POST))


def _sent(data):
    """Return the fields of a form that was sent, or None where no form of ours sends them so."""
    try:
        return kept_texts.sent(data)
    except kept_texts.Unreadable:
        return None


def _tab(data, name):
    return data.get(name, "")[:36].replace("\0", "")


def _turn(data):
    return row_number(data.get("turn", "")) or 0
