"""The publishing page of an article: the timeline of what readers saw, see and will see, and every way to change it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django import forms
from django.utils import timezone

from articles.admin.pages import ArticlePages
from articles.admin.publishing_forms import CancelForm, KeepForm, MoveForm, PublishForm, WithdrawForm
from articles.models import Publication
from articles.permissions import may_publish, require
from films.numbers import row_number

PAST_SHOWN = 20
STEPS = {form.name: form for form in (PublishForm, WithdrawForm, MoveForm, CancelForm, KeepForm)}


@dataclass
class Span:
    """A stretch of an article's time: one publication, or none, when readers do not see it."""

    starts: datetime | None
    ends: datetime | None
    now: datetime
    publication: Publication | None = None
    replaced: bool = False
    equipped: bool = False
    move: MoveForm | None = None
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
        return bool(self.equipped and (self.move or self.planned_end))

    @property
    def planned_end(self):
        """Whether an end is planned that can be called off: one that no next publication makes."""
        return bool(self.publication and self.ends and self.ends > self.now and not self.replaced)


def spans(publications, now):
    """Return the stretches of a timeline, earliest first, gaps with them, so that one of them holds *now*."""
    drawn, last = [], None
    for publication in publications:
        if last != publication.starts and (last or publication.starts > now):
            drawn.append(Span(last, publication.starts, now))
        drawn.append(Span(publication.starts, publication.ends, now, publication))
        last = publication.ends
    for span, after in pairwise(drawn):
        span.replaced = bool(after.publication)
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
    if may_publish(request.user):
        for span in drawn:
            _equip(span, article, posted)
    publish = posted if isinstance(posted, PublishForm) else PublishForm(article=article, initial=_wanted(request))
    return {
        "spans": drawn,
        "zone": timezone.get_current_timezone_name(),
        "may_publish": may_publish(request.user),
        "publish": publish,
        "withdraw": posted if isinstance(posted, WithdrawForm) else WithdrawForm(article=article),
        "withdrawable": any(span.publication and span.tense != "past" for span in drawn),
        "older": max(0, len(past) - PAST_SHOWN),
        "lost": posted if posted and not _place(posted, turns) else None,
    }


def _equip(span, article, posted):
    """Give a stretch the form that moves it, and what went wrong with it."""
    if span.publication is None:
        return
    span.equipped = True
    about = isinstance(posted, MoveForm | CancelForm | KeepForm) and posted.turn == span.publication
    span.problem = posted if about and not isinstance(posted, MoveForm) else None
    if span.tense == "future":
        moved = about and isinstance(posted, MoveForm)
        span.move = posted if moved else MoveForm.of(span.publication, article=article)


def _place(posted, turns):
    """Tell whether the page still has the place where *posted* was filled in."""
    if isinstance(posted, PublishForm | WithdrawForm):
        return True
    return posted.turn in turns and (not isinstance(posted, MoveForm) or posted.turn.starts > timezone.now())


def _wanted(request):
    """Return the revision that a link asked to publish, if it is a number at all."""
    wanted = request.GET.get("revision", "")
    return {} if row_number(wanted) is None else {"revision": wanted}
