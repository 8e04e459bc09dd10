"""The trash page of an article: into it, out of it, and the end."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from articles import trashing
from articles.admin.pages import OPTS, ArticlePages, Step, address
from articles.locking import AlreadyPurged
from articles.permissions import may_publish, require


class TrashStep(Step, forms.Form):
    """A step into the trash or out of it; `after` is the page that comes next."""

    after = "change"


class TrashForm(TrashStep):
    """Puts the article in the trash."""

    name = "trash"

    def take(self, *, by):
        """Trash."""
        trashing.trash(self.article, by=by)
        return f"“{self.article}” is in the trash. Readers no longer see it."


class RecoverForm(TrashStep):
    """Takes the article from the trash."""

    name = "recover"

    def take(self, *, by):
        """Recover."""
        trashing.recover(self.article, by=by)
        return f"“{self.article}” is a draft again. Publishing it is another step."


class PurgeForm(TrashStep):
    """Deletes the article for good, once that was confirmed."""

    name, after = "purge", ""
    refusals = (trashing.NotInTrash,)
    sure = forms.BooleanField(
        label="Delete it with all its revisions. I know that nobody can bring it back.",
        error_messages={"required": "Tick the box if you mean it."},
    )

    def take(self, *, by):
        """Purge."""
        name = str(self.article)
        try:
            trashing.purge(self.article, by=by)
        except AlreadyPurged:
            return f"A colleague has deleted “{name}” for good already."
        return f"“{name}” is deleted for good."


STEPS = {form.name: form for form in (TrashForm, RecoverForm, PurgeForm)}


class TrashPages(ArticlePages):
    """Adds the page to the articles' admin."""

    def get_urls(self):
        """Mount the page before the admin's own addresses."""
        return [self.page("trash", self.trash), *super().get_urls()]

    def trash(self, request, article):
        """Ask before anything is done; take the step that was posted."""
        require(may_publish(request.user), "put articles in the trash or take them out")
        form = None
        if request.method == "POST":
            form = self.step(request, article, STEPS)
            if isinstance(form, PurgeForm):
                require(self.has_purge_permission(request), "delete articles for good")
            if said := form.taken(by=request.user):
                messages.success(request, said)
                return redirect(address(article, form.after) if form.after else f"{OPTS}_changelist")
        return self.show(request, "trash", article, **self._bin(request, article, form))

    def _bin(self, request, article, posted):
        return {
            "purge": posted if isinstance(posted, PurgeForm) else PurgeForm(article=article),
            "may_purge": self.has_purge_permission(request),
            "scheduled": article.publications.scheduled().count(),
            "kept_for": trashing.KEPT_FOR.days,
        }
