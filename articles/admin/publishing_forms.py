"""The forms of the publishing page: each one change of the timeline, made by the activity of that name."""

from django import forms
from django.utils import timezone

from articles import clock, publishing
from articles.admin.moments import MomentForm, NowOrLaterForm, on_the_clock
from articles.admin.pages import Step
from articles.correcting import CorrectionGone, amend_correction, retract_correction
from articles.gating import FailingChecks, NotApproved, Override, PublishingError
from articles.locking import InTrash
from articles.models import Correction, CorrectionKind, Publication, Revision, Verdict
from articles.presence import called
from films.numbers import row_number

OFFERED = 30


class TimelineStep(Step):
    """A change of the timeline, which `publishing` or `correcting` may refuse."""

    refusals = (PublishingError, InTrash, CorrectionGone)


class PublishForm(TimelineStep, NowOrLaterForm):
    """Lets readers see a revision, now or from a moment on."""

    name = "publish"
    revision = forms.ModelChoiceField(Revision.objects.none(), empty_label=None)
    note = forms.CharField(
        max_length=200, required=False, help_text="For colleagues, kept with this publication.", label="Note"
    )
    kind = forms.ChoiceField(
        choices=[("", "Nothing"), *CorrectionKind.choices], required=False, label="Tell readers of it as"
    )
    text = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What readers are told",
        help_text="Stands under the article with its date, and on the page of corrections.",
    )
    override = forms.CharField(
        max_length=200,
        required=False,
        label="Publish all the same, because",
        help_text="For what stands above and nothing else. The record keeps the reason.",
    )
    told = forms.CharField(required=False, widget=forms.HiddenInput)  # What refused it, for the reason to hold against.

    def __init__(self, *args, article, initial=None, **options):
        self.unapproved = self.failing = False
        super().__init__(*args, article=article, initial={"revision": article.head_id, **(initial or {})}, **options)
        field = self.fields["revision"]
        field.queryset = article.revisions.all()
        field.choices = self._offered(self["revision"].value())

    def _offered(self, wanted):
        """Return the newest revisions as choices, and the one *wanted*, however old it is."""
        rows = self.article.revisions.select_related("created_by").prefetch_related("reviews").order_by("-number")
        offered = [*rows[:OFFERED]]
        if row_number(wanted) not in {None, *(row.pk for row in offered)}:
            offered += rows.filter(pk=row_number(wanted))
        return [(row.pk, _described(row)) for row in offered]

    def clean(self):
        """Ask for both parts of a correction, or neither."""
        cleaned = super().clean()
        if cleaned.get("kind") and not cleaned.get("text"):
            self.add_error("text", "Tell readers what was put right.")
        if cleaned.get("text") and not cleaned.get("kind") and "kind" in cleaned:
            self.add_error("kind", "Say what kind of note this is, or empty the text below.")
        return cleaned

    def take(self, *, by):
        """Publish."""
        given = self.cleaned_data
        correction = (given["kind"], given["text"]) if given["kind"] else None
        override = Override(given["override"], frozenset(given["told"].split()))
        words = {"note": given["note"], "correction": correction, "override": override}
        try:
            turn = publishing.publish(given["revision"], by=by, at=self.moment, **words)
        except (NotApproved, FailingChecks) as error:
            self._stopped(error)
            raise
        number = given["revision"].number
        if turn.starts > timezone.now():
            return f"Readers will see revision {number} from {clock.said(turn.starts)} on."
        return f"Readers see revision {number}."

    def _stopped(self, error):
        """Offer the ways on, and keep what was told now beside what was told before."""
        self.failing = isinstance(error, FailingChecks)
        self.unapproved = not self.failing and not error.stuck
        self.data = self.data.copy()
        self.data["told"] = " ".join(sorted({*self.cleaned_data["told"].split(), *error.told}))


class WithdrawForm(TimelineStep, NowOrLaterForm):
    """Takes the article from readers, now or at a moment."""

    name = "withdraw"

    def take(self, *, by):
        """Withdraw."""
        publishing.withdraw(self.article, by=by, at=self.moment)
        if self.moment:
            return f"Readers will see this article until {clock.said(self.moment)}."
        return "Withdrawn: readers no longer see this article."


class TurnStep(TimelineStep):
    """A change of one publication, which the form names."""

    def __init__(self, data=None, *args, article, **options):
        number = str((data or options.get("initial") or {}).get("publication", ""))
        options = {"auto_id": f"turn-{number}-{self.name}-%s", **options} if number.isdecimal() else options
        super().__init__(data, *args, article=article, **options)
        self.fields["publication"].queryset = article.publications.select_related("revision")

    @property
    def turn(self):
        """The publication that the form named, or None."""
        return getattr(self, "cleaned_data", {}).get("publication")


def named_turn():
    """Return the field that names a publication, out of sight."""
    gone = "This scheduled change is no longer there: somebody moved or cancelled it."
    return forms.ModelChoiceField(
        Publication.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gone, "required": "Choose what to change."},
    )


class MoveForm(TurnStep, MomentForm):
    """Moves a scheduled publication to another moment."""

    name = "move"
    publication = named_turn()

    @classmethod
    def of(cls, turn, *, article):
        """Return the form as it stands beside *turn*."""
        return cls(article=article, initial={"publication": turn.pk, **on_the_clock(turn.starts)})

    def take(self, *, by):
        """Reschedule."""
        turn = publishing.reschedule(self.turn, at=self.moment, by=by)
        return f"Moved: readers will see revision {turn.revision.number} from {clock.said(turn.starts)} on."


class MoveEndForm(TurnStep, MomentForm):
    """Moves a planned withdrawal to another moment."""

    name = "move_end"
    publication = named_turn()

    @classmethod
    def of(cls, turn, *, article):
        """Return the form as it stands beside *turn*."""
        return cls(article=article, initial={"publication": turn.pk, **on_the_clock(turn.ends)})

    def take(self, *, by):
        """Move the withdrawal."""
        turn = publishing.move_withdrawal(self.turn, at=self.moment, by=by)
        return f"Moved: readers will see revision {turn.revision.number} until {clock.said(turn.ends)}."


class CancelForm(TurnStep, forms.Form):
    """Takes a scheduled publication off the timeline."""

    name = "cancel"
    publication = named_turn()

    def take(self, *, by):
        """Cancel."""
        publishing.cancel(self.turn, by=by)
        return f"Cancelled: revision {self.turn.revision.number} will not go out on {clock.said(self.turn.starts)}."


class KeepForm(TurnStep, forms.Form):
    """Calls off a planned end."""

    name = "keep"
    publication = named_turn()

    def take(self, *, by):
        """Keep live."""
        publishing.keep_live(self.turn, by=by)
        return "Called off: the article stays before readers."


class AmendForm(TurnStep, forms.ModelForm):
    """Mends what readers are told with a publication."""

    name = "amend"
    publication = named_turn()

    class Meta:
        model = Correction
        fields = ["kind", "text"]
        labels = {"kind": "Tell readers of it as", "text": "What readers are told"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": 2000})}

    @classmethod
    def of(cls, turn, *, article):
        """Return the form as it stands beside *turn*."""
        told = {"kind": turn.correction.kind, "text": turn.correction.text}
        return cls(article=article, initial={"publication": turn.pk, **told})

    def take(self, *, by):
        """Amend."""
        given = self.cleaned_data
        told = amend_correction(told_with(self.turn), kind=given["kind"], text=given["text"], by=by)
        return "Mended: readers are told this from now on." if told else "That is what readers are told already."


class RetractForm(TurnStep, forms.Form):
    """Takes back what readers are told with a publication."""

    name = "retract"
    publication = named_turn()

    def take(self, *, by):
        """Retract."""
        retract_correction(told_with(self.turn), by=by)
        return "Taken back: readers are no longer told. The record keeps what it said."


def told_with(turn):
    """Return the correction that readers are told with *turn*; raises CorrectionGone."""
    correction = Correction.objects.filter(publication=turn).first()
    if correction is None:
        raise CorrectionGone
    return correction


def _described(revision):
    """Return how a revision is offered: what tells it from the others, in one line."""
    approved = any(review.verdict == Verdict.APPROVED for review in revision.reviews.all())
    number = f"{revision.number}, approved" if approved else f"{revision.number}"
    parts = [number, revision.name or revision.note, clock.said(revision.created_at), called(revision.created_by)]
    return " · ".join(part for part in parts if part)
