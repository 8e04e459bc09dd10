"""What can be done with many articles at once: each for itself, with a line on every one that could not be."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles import publishing, trashing
from articles.gating import PublishingError
from articles.locking import AlreadyPurged, InTrash
from articles.models import ArticleState
from articles.permissions import may_publish
from films.numbers import row_number


class NothingToDo(Exception):
    """The article stands already where the action would bring it."""


REFUSALS = (PublishingError, InTrash, AlreadyPurged, trashing.NotInTrash, NothingToDo)


class BulkActions(admin.ModelAdmin):
    """Adds to the list what may be done with the articles chosen there."""

    actions = ["publish_chosen", "withdraw_chosen", "trash_chosen", "recover_chosen", "purge_chosen"]

    def has_publish_permission(self, request):
        """Whether the user may publish and withdraw."""
        return may_publish(request.user)

    def has_purge_permission(self, request):
        """Whether the user may delete articles for good."""
        return request.user.has_perm("articles.purge_article")

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Offer in the trash what can be done there, and elsewhere the rest; what is sent is never left out."""
        actions = super().get_actions(request, action_location)
        if request.method == "POST":
            return actions
        in_trash = request.GET.get("state") == ArticleState.TRASHED
        return {name: action for name, action in actions.items() if (name in FOR_TRASH) == in_trash}

    def response_action(self, request, queryset, action_location=ActionLocation.CHANGE_LIST):
        """Leave out of what was chosen whatever is no row's number: Django would look it up and fall over it."""
        chosen = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if row_number(key) is not None]
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
        return super().response_action(request, queryset, action_location)

    def action_checkbox(self, article):
        """Keep beside the box which revision the row shows."""
        hidden = format_html('<input type="hidden" name="{}" value="{}">', SHOWN, shown_as(article))
        return format_html("{}{}", super().action_checkbox(article), hidden)

    @admin.action(description="Publish the newest revision of each", permissions=["publish"])
    def publish_chosen(self, request, queryset):
        """Publish of each what the list showed, now; what has moved on since is left alone."""
        shown = set(request.POST.getlist(SHOWN))
        self._each(request, queryset, partial(_publish, shown=shown), "Published")

    @admin.action(description="Withdraw from readers", permissions=["publish"])
    def withdraw_chosen(self, request, queryset):
        """Withdraw each, now."""
        self._each(request, queryset, publishing.withdraw, "Withdrawn")

    @admin.action(description="Put in the trash", permissions=["publish"])
    def trash_chosen(self, request, queryset):
        """Put each in the trash."""
        self._each(request, queryset, _trash, "In the trash")

    @admin.action(description="Take from the trash", permissions=["publish"])
    def recover_chosen(self, request, queryset):
        """Take each from the trash."""
        self._each(request, queryset, _recover, "Taken from the trash, as drafts")

    @admin.action(description="Delete for good…", permissions=["purge"])
    def purge_chosen(self, request, queryset):
        """Name what would be deleted, and delete it once that is confirmed."""
        if request.POST.get("sure"):
            return self._each(request, queryset, trashing.purge, "Deleted for good")
        chosen = [*queryset]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Delete for good?",
            "doomed": [article for article in chosen if article.trashed_at],
            "spared": [article for article in chosen if not article.trashed_at],
        }
        return TemplateResponse(request, "admin/articles/article/purge_chosen.html", context)

    def _each(self, request, articles, step, done_as):
        done, refused = [], []
        for article in articles:
            name, link = str(article), _link(article, step)
            try:
                step(article, by=request.user)
                done.append((link,))
            except REFUSALS as error:
                refused.append((name, str(error)))
        if done:
            self.message_user(request, _listed(f"{done_as}:", "{}", done), messages.SUCCESS)
        if refused:
            self.message_user(request, _listed("Left as they were:", "“{}”: {}", refused), messages.WARNING)


SHOWN = "shown"  # Hidden in each row: the article's number and its newest revision's.
FOR_TRASH = {"recover_chosen", "purge_chosen"}


def shown_as(article):
    """Return what a row of the list holds, so that only what somebody saw there is published from it."""
    return f"{article.pk}:{article.head_id}"


def _publish(article, *, by, shown):
    if shown_as(article) not in shown:
        raise NothingToDo("Its newest revision is not the one that the list showed; look at it first.")
    if article.live_revision == article.head_id:
        raise NothingToDo("Readers see its newest revision already.")
    publishing.publish(article.head, by=by)


def _trash(article, *, by):
    if article.trashed_at:
        raise NothingToDo("It is in the trash already.")
    trashing.trash(article, by=by)


def _recover(article, *, by):
    if not article.trashed_at:
        raise NothingToDo("It is not in the trash.")
    trashing.recover(article, by=by)


def _link(article, step):
    """Name *article* with the way to it, unless it will be gone."""
    if step is trashing.purge:
        return str(article)
    return format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[article.pk]), article)


def _listed(opening, line, rows):
    items = format_html_join("", f"<li>{line}</li>", rows)
    return format_html('{}<ul class="message-list">{}</ul>', opening, items)
