"""The writing screen: one form for an article's filing and what it says."""

from copy import copy
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles import addresses, desk_views, drafting, filing, publishing
from articles.admin.conflict import MergePages
from articles.admin.history import HistoryPages
from articles.admin.kept_forms import KeptForms
from articles.admin.listing import ArticleList, badges
from articles.admin.pages import address as page_address
from articles.admin.shares import shared_link, told_link
from articles.admin.standing import StandingPages, standing
from articles.desk_forms import UploadForm
from articles.forms import FILING, ArticleForm
from articles.gating import FailingChecks, NotApproved, PublishingError
from articles.locking import AlreadyPurged, InTrash
from articles.models import Article
from articles.permissions import may_file, may_list, may_read, may_write, require
from articles.rendering import Audience, render
from articles.widgets import ManyPicker, OnePicker
from films.forms import RowsField
from films.numbers import row_number

RECENT = 6
PICKERS = {"film": OnePicker, "topics": ManyPicker}


@admin.register(Article)
class ArticleAdmin(HistoryPages, MergePages, KeptForms, StandingPages, ArticleList):
    """Edits an article's filing and its head revision's content as one form; saving makes the next revision."""

    form = ArticleForm
    change_form_template = add_form_template = "admin/articles/article/change_form.html"

    def get_urls(self):
        """Mount preview, upload and pictures before the addresses of single articles."""
        return [*desk_views.addresses("articles_article"), *super().get_urls()]

    def get_view_on_site_url(self, obj=None):
        """Link to the public page only where there is one."""
        return obj.address if obj and getattr(obj, "live_revision", None) else None

    def get_object(self, request, object_id, from_field=None):
        """Return the article; refuse one that the user may not read, and tell it from one that is not there."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            # Who saves waits here for who saves already, and then sees what they saved and where they filed it.
            list(Article.objects.select_for_update().filter(pk=row_number(object_id)).values_list("pk"))
        article = super().get_object(request, object_id, from_field)
        if article is None:
            require(not _exists(object_id), "read this article")
            raise Http404("There is no such article.")
        article.address = article.get_absolute_url()  # As stored: a refused form leaves what was typed on the row.
        return article

    def has_change_permission(self, request, obj=None):
        """Whether the user may edit this article, or, without one, any."""
        return may_write(request.user, obj)

    def has_view_permission(self, request, obj=None):
        """Whether the user may see this article's drafts, or, without one, the list of those they may."""
        return may_read(request.user, obj) if obj else may_list(request.user)

    def has_delete_permission(self, request, obj=None):
        """Refuse: articles go to the trash, and from there for good."""
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Let film and topics be chosen and added from here, but not deleted."""
        picker = PICKERS.get(db_field.name)
        if picker is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.many_to_many:
            kwargs["form_class"] = RowsField
        field = super().formfield_for_dbfield(db_field, request, widget=picker(db_field, self.admin_site), **kwargs)
        field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Show where a live article is filed, but let only who may publish change it: readers see that at once."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj and may_write(request.user, obj) and not may_file(request.user, obj):
            for name in FILING:
                # A copy: fields that the form declares are shared by all forms made from it.
                field = form.base_fields[name] = copy(form.base_fields[name])
                field.disabled, field.help_text = True, "Readers see this at once, so an editor changes it."
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save the form; where the article is gone or no longer the user's to edit, keep it as a new one's."""
        if {"_publish", "_withdraw"} & request.POST.keys() and not self.has_publish_permission(request):
            raise PermissionDenied("You may not publish or withdraw articles.")
        answer = partial(super().changeform_view, request, form_url=form_url, extra_context=extra_context)
        if request.method != "POST":
            return answer(object_id)
        try:
            return self._save(request, object_id, answer)
        except (PermissionDenied, Http404):
            self.set_aside(request)
            raise

    def _save(self, request, object_id, answer):
        """Ask the form once more where somebody else was quicker: it sees then what they saved, and says so."""
        try:
            return self.save_once(request, object_id, answer)
        except (drafting.Conflict, addresses.AddressTaken, InTrash, IntegrityError):
            return self.save_once(request, object_id, answer)
        except AlreadyPurged as error:
            raise Http404(str(error)) from None

    def render_change_form(self, request, context, *, obj=None, **options):
        """Show the writing screen, or the merge page where the form met a newer revision."""
        form = context["adminform"].form
        if form.theirs:
            return self.merge_page(request, obj, form.theirs, data=form.data)
        self._offer_new_authors(request, form)
        context |= {
            "may_publish": self.has_publish_permission(request),
            "picture_form": UploadForm(auto_id="picture_%s") if request.user.has_perm("films.add_image") else None,
            "may_view_pictures": request.user.has_perm("films.view_image"),
            "typed": form.is_bound,
            **({**self._past(obj), "standing": standing(obj, request.user)} if obj else {}),
        }
        return super().render_change_form(request, context, obj=obj, **options)

    def save_model(self, request, obj, form, change):
        """Save the filing, and what differs from the head as its next revision."""
        request.said = self._revise(request, obj, form) if change else self._start(request, obj, form)

    def save_related(self, request, form, formsets, change):
        """Do nothing: authors and topics were filed with the rest."""

    def response_add(self, request, obj, post_url_continue=None):
        """Stay with the article."""
        return self.response_change(request, obj)

    def response_change(self, request, obj):
        """Tell what was saved, do what else was asked for, and stay with the article, unless its review comes next."""
        self.message_user(request, request.said, messages.SUCCESS)
        try:
            if "_publish" in request.POST:
                self._publish(request, obj)
            elif "_withdraw" in request.POST:
                publishing.withdraw(obj, by=request.user)
                self.message_user(request, "Withdrawn: readers no longer see this article.", messages.SUCCESS)
            elif "_share" in request.POST and not obj.trashed_at:
                self.message_user(request, told_link(shared_link(request, obj.head)), messages.SUCCESS)
            elif "_review" in request.POST:
                return HttpResponseRedirect(page_address(obj, "review"))
        except (NotApproved, FailingChecks) as error:
            self.message_user(request, _stopped(obj, error), messages.ERROR)
        except (PublishingError, InTrash) as error:
            self.message_user(request, f"{error} What you wrote is saved.", messages.ERROR)
        return HttpResponseRedirect(self._address(request, obj))

    def _start(self, request, obj, form):
        typed = {name: form.cleaned_data[name] for name in ("note", "tab")}
        article = drafting.start_article(by=request.user, **typed, **form.filing, **form.content)
        obj.pk = article.pk
        obj.refresh_from_db()
        return "Saved as the first revision."

    def _revise(self, request, obj, form):
        typed = {name: form.cleaned_data[name] for name in ("base", "note", "tab")}
        revision = drafting.save_revision(obj, by=request.user, **typed, **form.content)
        old = Article.objects.get(pk=obj.pk).get_absolute_url()
        if may_file(request.user, obj):
            filing.refile(obj, by=request.user, **form.filing)
        moved = ""
        if old != obj.get_absolute_url():
            moved = f" The old address, {old}, leads to the new one." if filing.was_public(obj) else " It has moved."
        if revision != typed["base"] or revision == request.made:  # Sent twice, it was saved once.
            return f"Saved as revision {revision.number}.{moved}"
        if set(form.filing) & set(form.changed_data):
            return f"Filing saved. The text is unchanged, so no new revision was made.{moved}"
        return "Nothing has changed, so no new revision was made."

    def _publish(self, request, obj):
        publishing.publish(obj.head, by=request.user)
        said = format_html('Readers see this now: <a href="{}">{}</a>', obj.get_absolute_url(), obj.head.title)
        self.message_user(request, said, messages.SUCCESS)

    def _address(self, request, obj):
        address = reverse("admin:articles_article_change", args=[obj.pk])
        return add_preserved_filters(
            {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}, address
        )

    def _offer_new_authors(self, request, form):
        """Give the byline the links that Django gives a model's own fields."""
        field = form.fields["authors"]
        may_add = request.user.has_perm("articles.add_author")
        field.widget = RelatedFieldWidgetWrapper(
            field.widget, Article._meta.get_field("authors").remote_field, self.admin_site, can_add_related=may_add
        )

    def _past(self, article):
        """Return what the side column tells of *article*, and its text for those who may only read."""
        return {
            "badge": badges(article),
            "revisions": article.revisions.select_related("created_by")[:RECENT],
            "publications": article.publications.select_related("revision", "by").order_by("-starts")[:RECENT],
            "page": render(article.head.body, film=article.film, audience=Audience.EDITORS, prefix="preview-"),
        }


def _stopped(article, error):
    """Say that what was written is saved, and give the way to whatever would let it through the gate."""
    page, ask = ("publishing", "Publish it all the same…")
    if isinstance(error, NotApproved) and not error.stuck:
        page, ask = ("review", "Ask for a review")
    way = format_html('<a class="button" href="{}">{}</a>', page_address(article, page), ask)
    if isinstance(error, FailingChecks):
        way = format_html('<a class="button" href="#findings">Show the findings</a> {}', way)
    return format_html("{} What you wrote is saved. {}", error, way)


def _exists(key):
    return Article.objects.filter(pk=row_number(key)).exists()
