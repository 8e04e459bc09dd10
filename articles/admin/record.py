"""The record of an article: who did what and when, in sentences."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from articles.admin.pages import ArticlePages
from articles.models import Action, Event

PER_PAGE = 50

# What was done; {revision} is the revision's number, {detail} what the activity wrote down.
SENTENCES = {
    Action.SAVED: "saved revision {revision}",
    Action.RESTORED: "restored an old text as revision {revision}",
    Action.NAMED: "named revision {revision}",
    Action.ASKED: "asked for a review of revision {revision}",
    Action.APPROVED: "approved revision {revision}",
    Action.CHANGES: "asked for changes to revision {revision}",
    Action.PUBLISHED: "published revision {revision}",
    Action.SCHEDULED: "scheduled revision {revision} {detail}",
    Action.CANCELLED: "called off a planned change: {detail}",
    Action.WITHDREW: "withdrew the article from readers",
    Action.CORRECTED: "told readers of a correction with revision {revision}",
    Action.AMENDED: "mended what readers are told with revision {revision}; before, it said",
    Action.RETRACTED: "took back what readers were told with revision {revision}; it said",
    Action.MOVED: "changed the address from {detail}",
    Action.FILED: "changed where the article is filed: {detail}",
    Action.SHARED: "shared a preview of revision {revision}",
    Action.UNSHARED: "ended all shared previews",
    Action.TRASHED: "put the article in the trash",
    Action.RECOVERED: "took the article from the trash",
    Action.OVERRODE: "let revision {revision} pass against the checks",
    Action.DISMISSED: "dismissed a finding",
}
QUOTED = {
    Action.SAVED,
    Action.RESTORED,
    Action.APPROVED,
    Action.CHANGES,
    Action.PUBLISHED,
    Action.CORRECTED,
    Action.AMENDED,
    Action.RETRACTED,
    Action.OVERRODE,
    Action.DISMISSED,
}


@dataclass(frozen=True)
class Line:
    """An event as the record tells it: the sentence, and the words of whoever did it."""

    event: Event

    @property
    def sentence(self):
        """What was done, to follow the name of who did it."""
        number = self.event.revision.number if self.event.revision else ""
        return self._told(number)

    @property
    def quote(self):
        """What they wrote about it, or nothing."""
        return self.event.detail if self.event.action in QUOTED else ""

    def _told(self, number):
        action, detail = Action(self.event.action), self.event.detail
        if action == Action.WITHDREW and detail:
            return f"planned to withdraw the article on {detail.removeprefix('for ')}"
        if action == Action.NAMED:
            return f"named revision {number} “{detail}”" if detail else f"took the name of revision {number} away"
        if action == Action.ASKED and detail:
            return f"asked {detail} for a review of revision {number}"
        return SENTENCES[action].format(revision=number, detail=detail)


class RecordPage(ArticlePages):
    """Adds the page to the articles' admin."""

    def get_urls(self):
        """Mount the page before the admin's own addresses."""
        return [self.page("record", self.record, methods=["GET", "HEAD"]), *super().get_urls()]

    def record(self, request, article):
        """Show the record, newest first."""
        events = article.events.select_related("by", "revision").defer("revision__body")
        paginator = Paginator(events, PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        lines = [Line(event) for event in page]
        pages = paginator.get_elided_page_range(page.number)
        return self.show(request, "record", article, lines=lines, events=page, pages=pages)
