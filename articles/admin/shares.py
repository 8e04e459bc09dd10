"""The sharing page of an article: a link for somebody without an account, and the end of all such links."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html

from articles import clock, sharing
from articles.admin.pages import ArticlePages, Step, address
from articles.locking import InTrash
from articles.models import Action
from articles.permissions import may_write, require


class ShareForm(Step, forms.Form):
    """Makes a link to the newest revision."""

    name = "share"


class UnshareForm(Step, forms.Form):
    """Ends every link."""

    name = "unshare"

    def take(self, *, by):
        """Revoke."""
        sharing.revoke(self.article, by=by)
        return "Ended: no link to a preview of this article works any more."


MADE = "shared_link"  # In the session, from the making of a link to the page that shows it.
STEPS = {form.name: form for form in (ShareForm, UnshareForm)}


class SharingPages(ArticlePages):
    """Adds the page to the articles' admin."""

    def get_urls(self):
        """Mount the page before the admin's own addresses."""
        return [self.page("sharing", self.sharing), *super().get_urls()]

    def sharing(self, request, article):
        """List the links that still work; make one, or end all."""
        if request.method == "POST":
            form = self.step(request, article, STEPS)
            if isinstance(form, ShareForm):
                return self._shared(request, article)
            require(may_write(request.user, article), "end shared previews of this article")
            return self.told(request, article, "sharing", form.taken(by=request.user))
        made = _handed_over(request, article)
        links = [(event, event.at + sharing.LIFETIME) for event in working_links(article)]
        return self.show(request, "sharing", article, made=made, links=links, may_end=may_write(request.user, article))

    def _shared(self, request, article):
        """Leave the link to the page that comes next, so that a reload makes no second one."""
        try:
            made = shared_link(request, article.head)
            request.session[MADE] = [article.pk, made["link"], made["ends"].isoformat()]
        except InTrash as error:
            self.message_user(request, str(error), messages.ERROR)
        return redirect(address(article, "sharing"))


def shared_link(request, revision):
    """Share *revision* and return the whole address, with the moment at which it ends."""
    link = request.build_absolute_uri(sharing.share(revision, by=request.user))
    return {"link": link, "revision": revision, "ends": timezone.now() + sharing.LIFETIME}


def _handed_over(request, article):
    """Return the link just made for *article*, once: it is kept nowhere else."""
    if request.session.get(MADE, [None])[0] != article.pk:
        return None
    _, link, ends = request.session.pop(MADE)
    return {"link": link, "ends": datetime.fromisoformat(ends)}


def told_link(made):
    """Return the sentence that hands over a link that was *made*."""
    number, ends = made["revision"].number, clock.said(made["ends"])
    return format_html(
        'Anybody who has this link can read revision {}. It works until {}. <a class="shared-link" href="{}">{}</a>',
        number,
        ends,
        made["link"],
        made["link"],
    )


def working_links(article):
    """Return the events of links that are neither too old nor ended, newest first."""
    events = article.events.filter(at__gt=timezone.now() - sharing.LIFETIME)
    ended = events.filter(action=Action.UNSHARED).order_by("-pk").values_list("pk", flat=True).first()
    shared = events.filter(action=Action.SHARED, pk__gt=ended or 0)
    return shared.select_related("by", "revision").order_by("-pk")
