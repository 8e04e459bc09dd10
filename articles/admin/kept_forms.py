"""Coming back: what was left unsaved is offered on top of the form, restored into it, compared, discarded."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import autosaving, kept_texts
from articles.admin import autosaves
from articles.models import Autosave
from articles.permissions import may_write, require
from articles.presence import called, company, newer

SAVED = "saved-form"  # The cookie that tells the script which form was saved, so that it forgets its copy.


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
        kept = self._my_kept(request, tab)
        article = kept.article
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "What you left unsaved",
            "offer": kept_texts.Offer(kept),
            "article": article,
            "newer": article and newer(article, kept.base),
            "saver": article and called(article.head.created_by),
            "changes": kept_texts.changes(kept.payload, article),
            "passages": kept_texts.body_passages(kept.payload, article),
        }
        return TemplateResponse(request, "admin/articles/article/kept.html", context)

    def discard_kept(self, request, tab):
        """Forget a kept text and go back to the form, or, for a new article, to the list."""
        article = self._my_kept(request, tab).article
        autosaving.discard(user=request.user, tab=tab)
        self.message_user(request, "Discarded.", messages.SUCCESS)
        place = ("change", [article.pk]) if article else ("changelist", [])
        return HttpResponseRedirect(reverse(f"admin:articles_article_{place[0]}", args=place[1]))

    def changelist_view(self, request, extra_context=None):
        """Offer new articles that were never saved."""
        offers = kept_texts.offers(user=request.user) if may_write(request.user) else []
        return super().changelist_view(request, {"offers": offers, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Once it is saved, forget the kept text that was restored into it, and tell the script, which has copies."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == 302:
            tab, restored = (request.POST.get(name, "")[:36].replace("\0", "") for name in ("tab", "restored"))
            autosaving.discard(user=request.user, tab=restored)
            place, secure = reverse("admin:index"), settings.SESSION_COOKIE_SECURE
            response.set_cookie(
                SAVED, quote(f"{tab} {restored}"), max_age=300, path=place, secure=secure, samesite="Strict"
            )
        return response

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
        kept = Autosave.objects.unsaved().filter(user=request.user, article=article, tab=tab).first()
        if kept is None:
            self.message_user(request, "That text is no longer kept: it was saved or discarded.", messages.WARNING)
            return False
        form.initial |= {**kept.payload, "base": kept.base_id, "restored": tab}
        return True

    def _my_kept(self, request, tab):
        found = Autosave.objects.unsaved().select_related("article__head__created_by", "base")
        kept = get_object_or_404(found, user=request.user, tab=tab)
        require(may_write(request.user, kept.article), "edit this article")
        return kept

    def _kept_page(self, allowed, view):
        return self.admin_site.admin_view(never_cache(allowed(view)))
