"""An article's history: its revisions, any two compared, one looked at as readers would, restored or named."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from articles import drafting
from articles.admin.comparison import comparison
from articles.admin.moments import MomentForm
from articles.locking import InTrash
from articles.models import Article, Correction, Publication, Revision, Verdict
from articles.pages import page_for
from articles.permissions import may_read, may_write, require
from films.numbers import row_number

PER_PAGE = 25
ADDRESS = "<int:pk>/history"


class SeenForm(MomentForm):
    """Asks at which moment to look over readers' shoulders."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["at"].label = "As readers saw it at"


class NameForm(forms.ModelForm):
    """A name for a revision; an empty one takes it away."""

    class Meta:
        model = Revision
        fields = ["name"]


class HistoryPages:
    """Mounts the pages of an article's past on its admin; each asks for permission on the article itself."""

    def get_urls(self):
        """Mount them before the addresses that Django gives."""
        views = {
            "compare": (f"{ADDRESS}/compare/", self.compare_view),
            "as_seen": (f"{ADDRESS}/as-seen/", self.as_seen_view),
            "revision": (f"{ADDRESS}/<int:number>/", self.revision_view),
            "restore": (f"{ADDRESS}/<int:number>/restore/", self.restore_view),
            "name": (f"{ADDRESS}/<int:number>/name/", self.name_view),
        }
        mounted = [
            path(address, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for name, (address, view) in views.items()
        ]
        return [*mounted, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """List the revisions, newest first."""
        return self._history(request, _readable(request, object_id), SeenForm(), **(extra_context or {}))

    def compare_view(self, request, pk):
        """Show what changed from the revision `?from=` to the revision `?to=`; without, what the newest changed."""
        article = _readable(request, pk)
        newest = article.head.number
        to = _number(request.GET.get("to") or newest)
        start = _number(request.GET.get("from") or max(to - 1, 1))
        rows = article.revisions.select_related("created_by", "hero").filter(number__in=[start, to])
        found = {revision.number: revision for revision in rows}
        if not {start, to} <= found.keys():
            raise Http404("This article has no such revision.")
        context = {
            **self._frame(request, article, f"Revision {start} and revision {to}"),
            **comparison(found[start], found[to], newest=newest),
            "view": "sides" if request.GET.get("view") == "sides" else "inline",
            "live": _live(article),
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    def revision_view(self, request, pk, number):
        """Show a revision through the readers' own page, to the newsroom alone."""
        article = _readable(request, pk)
        revisions = Revision.objects.for_page().select_related("created_by")
        revision = get_object_or_404(revisions, article=article, number=number)
        return _unlisted(request, {**page_for(revision), "newest": article.head.number})

    def as_seen_view(self, request, pk):
        """Show what readers saw at the moment `?at=`, or say that they saw nothing."""
        article, form = _readable(request, pk), SeenForm(request.GET)
        if not form.is_valid():
            return self._history(request, article, form, status=400)
        at = form.moment
        moment = {"at": at, "to_come": at > timezone.now()}
        publication = Publication.objects.live(at).for_page().filter(article=article).first()
        if publication is None:
            return self._history(request, article, form, nothing_seen=moment)
        page = page_for(publication.revision, publication)
        page["corrections"] = Correction.objects.shown(at).of(article)
        return _unlisted(request, {**page, **moment, "seen": publication})

    def restore_view(self, request, pk, number):
        """Make the content of an old revision the newest again, by POST."""
        return self._change(request, pk, number, self._restore)

    def name_view(self, request, pk, number):
        """Give a revision a name, by POST."""
        return self._change(request, pk, number, self._name)

    def _change(self, request, pk, number, change):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = _readable(request, pk)
        require(may_write(request.user, article), "change this article")
        revision = get_object_or_404(Revision.objects.select_related("article__head"), article=article, number=number)
        try:
            level, said = change(revision, request)
        except InTrash as error:
            level, said = messages.ERROR, str(error)
        self.message_user(request, said, level)
        page = request.POST.get("page", "")
        address = reverse("admin:articles_article_history", args=[pk])
        return HttpResponseRedirect(address if row_number(page) is None else f"{address}?p={page}")

    @staticmethod
    def _restore(revision, request):
        base = revision.article.revisions.filter(pk=row_number(request.POST.get("base", ""))).first()
        try:
            restored = drafting.restore(revision, base=base, by=request.user)
        except drafting.Conflict as conflict:
            return messages.ERROR, f"{conflict} Nothing was restored; look at the history, then try again."
        if restored == base:
            return messages.WARNING, f"Revision {revision.number} says what the newest says: nothing to restore."
        done = f"Restored revision {revision.number} as revision {restored.number}."
        return messages.SUCCESS, f"{done} Readers see no change until it is published."

    @staticmethod
    def _name(revision, request):
        form = NameForm(request.POST)
        if not form.is_valid():
            return messages.ERROR, " ".join(form.errors["name"])
        name = form.cleaned_data["name"]
        drafting.name_revision(revision, name, by=request.user)
        number = revision.number
        return (
            messages.SUCCESS,
            f"Revision {number} is now “{name}”." if name else f"Revision {number} has no name now.",
        )

    def _history(self, request, article, form, *, status=200, **more):
        pages = Paginator(article.revisions.for_history().defer("body"), PER_PAGE)
        page, live = pages.get_page(request.GET.get("p")), _live(article)
        context = {
            **self._frame(request, article, "History"),
            "rows": [_row(revision, article, live) for revision in page],
            "page": page,
            "page_range": pages.get_elided_page_range(page.number),
            "live": live,
            "may_change": may_write(request.user, article) and not article.trashed_at,
            "moment": form,
            **more,
        }
        return TemplateResponse(request, "admin/articles/article/history.html", context, status=status)

    def _frame(self, request, article, title):
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "original": article}


def _row(revision, article, live):
    """Return what the list shows of *revision*: itself, where it stood before readers, and what reviewers said."""
    now, newest = timezone.now(), revision.pk == article.head_id
    turns = sorted(revision.publications.all(), key=lambda turn: turn.starts, reverse=True)
    return {
        "revision": revision,
        "newest": newest,
        "live": [turn for turn in turns if turn.starts <= now and (turn.ends is None or turn.ends > now)],
        "past": [turn for turn in turns if turn.ends and turn.ends <= now],
        "scheduled": [turn for turn in turns if turn.starts > now],
        "review": next((each for each in revision.reviews.all() if newest or each.verdict != Verdict.WAITING), None),
        "comparable": live.revision.number if live and live.revision_id != revision.pk else None,
    }


def _readable(request, pk):
    """Return the article; 404 where there is none, 403 where the user may not read its drafts."""
    found = Article.objects.select_related("head").defer("head__body")
    article = get_object_or_404(found, pk=row_number(pk))
    require(may_read(request.user, article), "see this article's history")
    return article


def _live(article):
    return Publication.objects.live().filter(article=article).select_related("revision").defer("revision__body").first()


def _number(value):
    number = row_number(value)
    if number is None:
        raise Http404("A revision is asked for by its number.")
    return number


def _unlisted(request, page):
    """Show *page* through the readers' template, to no search engine; the desk's pages are never cached."""
    response = TemplateResponse(request, "admin/articles/article/revision.html", page)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
