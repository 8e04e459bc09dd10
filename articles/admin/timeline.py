"""The publishing page of an article: the timeline of what readers saw, see and will see, and every way to change it."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils import timezone

from articles.admin.pages import ArticlePages
from articles.admin.publishing_forms import (
    AmendForm,
    CancelForm,
    KeepForm,
    MoveEndForm,
    MoveForm,
    PublishForm,
    RetractForm,
    TurnStep,
    WithdrawForm,
)
from articles.models import Publication
from articles.permissions import may_override, may_publish, require
from films.numbers import row_number

PAST_SHOWN = 20
BESIDE = (MoveForm, MoveEndForm, AmendForm)  # Forms with fields, drawn beside the publication they change.
STEPS = {form.name: form for form in (PublishForm, WithdrawForm, CancelForm, KeepForm, RetractForm, *BESIDE)}


@dataclass
class Span:
    """A stretch of an article's time: one publication, or none, when readers do not see it."""

    starts: datetime | None
    ends: datetime | None
    now: datetime
    publication: Publication | None = None
    move: MoveForm | None = None
    move_end: MoveEndForm | None = None
    amend: AmendForm | None = None
    problem: forms.Form | None = None

    @property
    def tense(self):
        """Whether the stretch is "past", "now" or "future"."""
        if self.ends and self.ends <= self.now:
            return "past"
        return "future" if self.starts and self.starts > self.now else "now"

    @property
    def may_change(self):
        """Whether there is anything about it that the user can still change."""
        return bool(self.move or self.move_end or self.amend)

    @property
    def planned_end(self):
        """Whether a withdrawal is planned that can be moved or called off."""
        return bool(self.publication and self.publication.withdrawn and self.ends > self.now)

    def equip(self, article, posted):
        """Give it the forms that change it; *posted*, refused, stands where it was filled in."""
        own = posted if posted and posted.turn == self.publication else None
        self.problem = own if own and not isinstance(own, BESIDE) else None
        for name, form, wanted in self._forms():
            if wanted:
                setattr(self, name, own if isinstance(own, form) else form.of(self.publication, article=article))

    def has_place_for(self, form):
        """Whether *form*, of a publication's change, was filled in here and is shown."""
        return form in (self.problem, self.move, self.move_end, self.amend)

    def _forms(self):
        yield "move", MoveForm, self.tense == "future"
        yield "move_end", MoveEndForm, self.planned_end
        yield "amend", AmendForm, hasattr(self.publication, "correction")


def spans(publications, now):
    """Return the stretches of a timeline, earliest first, gaps with them, so that one of them holds *now*."""
    drawn, last = [], None
    for publication in publications:
        if last != publication.starts and (last or publication.starts > now):
            drawn.append(Span(last, publication.starts, now))
        drawn.append(Span(publication.starts, publication.ends, now, publication))
        last = publication.ends
    if not drawn or last:
        drawn.append(Span(last, None, now))
    return drawn


class PublishingPages(ArticlePages):
    """Adds the page to the articles' admin."""

    def get_urls(self):
        """Mount the page before the admin's own addresses."""
        return [self.page("publishing", self.publishing), *super().get_urls()]

    def publishing(self, request, article):
        """Show the timeline; take the step that was posted, and show what refused it beside its form."""
        form = None
        if request.method == "POST":
            require(may_publish(request.user), "publish, schedule or withdraw articles")
            form = self.step(request, article, STEPS)
            if said := form.taken(by=request.user):
                return self.told(request, article, "publishing", said)
        return self.show(request, "publishing", article, **_timeline(request, article, form))


def _timeline(request, article, posted):
    """Return what the page shows; the *posted* form, refused, stands where it was filled in."""
    now = timezone.now()
    turns = [*article.publications.select_related("revision__created_by", "by", "correction")]
    past = [turn for turn in turns if turn.ends and turn.ends <= now]
    drawn = spans(turns[max(0, len(past) - PAST_SHOWN) :], now)
    beside = posted if isinstance(posted, TurnStep) else None
    if may_publish(request.user):
        for span in filter(lambda span: span.publication, drawn):
            span.equip(article, beside)
    publish = posted if isinstance(posted, PublishForm) else PublishForm(article=article, initial=_wanted(request))
    return {
        "spans": drawn,
        "zone": timezone.get_current_timezone_name(),
        "may_publish": may_publish(request.user),
        "may_override": may_override(request.user),
        "publish": publish,
        "withdraw": posted if isinstance(posted, WithdrawForm) else WithdrawForm(article=article),
        "withdrawable": any(span.publication and span.tense != "past" for span in drawn),
        "older": max(0, len(past) - PAST_SHOWN),
        "lost": beside if beside and not any(span.has_place_for(beside) for span in drawn) else None,
    }


def _wanted(request):
    """Return the revision that a link asked to publish, if it is a number at all."""
    wanted = request.GET.get("revision", "")
    return {} if row_number(wanted) is None else {"revision": wanted}
