"""The review page of an article: the newest revision as readers would get it, and what colleagues say of it."""

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model

from articles import reviewing
from articles.admin.pages import ArticlePages, Step
from articles.locking import InTrash
from articles.models import Review, Verdict
from articles.permissions import has_words, may_write, require
from articles.presence import called
from articles.rendering import Audience, render

PAST_SHOWN = 20


class ReviewerField(forms.ModelChoiceField):
    """A colleague who may review, by the name that people call them."""

    def label_from_instance(self, user):
        """Name the colleague."""
        return called(user)


class ReviewStep(Step, forms.Form):
    """A step of the review, which `reviewing` may refuse."""

    refusals = (reviewing.ReviewError, InTrash)


class AskForm(ReviewStep):
    """Asks for a review of the newest revision."""

    name = "ask"
    reviewer = ReviewerField(
        get_user_model().objects.none(), required=False, empty_label="Anybody who may", label="Who should review it"
    )
    request = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What to look at",
        help_text="They get it by mail, too.",
    )

    def __init__(self, *args, article, **options):
        super().__init__(*args, article=article, **options)
        self.fields["reviewer"].queryset = reviewing.reviewers(article.head).order_by("first_name", "username")

    def take(self, *, by):
        """Ask."""
        given, head = self.cleaned_data, self.article.head
        reviewing.request_review(head, by=by, reviewer=given["reviewer"], request=given["request"])
        people = called(given["reviewer"]) if given["reviewer"] else "everybody who may"
        return f"Asked {people} to review revision {head.number}."


class AnswerForm(ReviewStep):
    """Answers the review that waits; the button tells whether it is an approval."""

    review = forms.ModelChoiceField(
        Review.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "This review is no longer there: the article has moved on."},
    )
    comment = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, article, **options):
        super().__init__(*args, article=article, **options)
        self.fields["review"].queryset = Review.objects.filter(revision__article=article)


class ApproveForm(AnswerForm):
    """Approves."""

    name = "approve"

    def take(self, *, by):
        """Approve."""
        review = reviewing.approve(self.cleaned_data["review"], by=by, comment=self.cleaned_data["comment"])
        return f"Approved: revision {review.revision.number} may go out."


class ChangesForm(AnswerForm):
    """Asks for changes."""

    name = "changes"

    def take(self, *, by):
        """Ask for changes."""
        review = reviewing.ask_for_changes(self.cleaned_data["review"], by=by, comment=self.cleaned_data["comment"])
        return f"Sent back: {called(review.asked_by)} learns what should change."


STEPS = {form.name: form for form in (AskForm, ApproveForm, ChangesForm)}


class ReviewPages(ArticlePages):
    """Adds the page to the articles' admin."""

    def get_urls(self):
        """Mount the page before the admin's own addresses."""
        return [self.page("review", self.review), *super().get_urls()]

    def review(self, request, article):
        """Show the newest revision and its reviews; take the step that was posted."""
        form = None
        if request.method == "POST":
            form = self.step(request, article, STEPS)
            _require(request.user, article, form)
            if said := form.taken(by=request.user):
                return self.told(request, article, "review", said)
        return self.show(request, "review", article, **_review(request.user, article, form))


def _require(user, article, form):
    if isinstance(form, AskForm):
        return require(may_write(user, article), "ask for a review of this article")
    return reviewing.require_another(user, article.head)


def _review(user, article, posted):
    """Return what the page shows; the *posted* form, refused, stands where it was filled in."""
    rows = Review.objects.filter(revision__article=article).select_related("revision", "asked_by", "reviewer")
    reviews = [*rows[: PAST_SHOWN + 1]]
    standing = standing_of(article.head, reviews)
    waiting = standing["waiting"]
    reviews_articles = user.has_perm("articles.review_article")
    own = reviews_articles and has_words(user, article.head)
    answer = waiting and AnswerForm(article=article, initial={"review": waiting.pk}, auto_id="answer-%s")
    return {
        **standing,
        "reviews": [review for review in reviews if review != waiting],
        "ask": posted if isinstance(posted, AskForm) else AskForm(article=article),
        "answer": posted if isinstance(posted, AnswerForm) else answer,
        "may_ask": may_write(user, article) and not article.trashed_at,
        "may_answer": reviews_articles and not own,
        "own": f"{reviewing.OWN_WORDS} {reviewing.who_may_review(article.head)}" if own and waiting else "",
        "page": render(article.head.body, film=article.film, audience=Audience.EDITORS, prefix="preview-"),
    }


def standing_of(head, reviews):
    """Return how the newest revision stands with its *reviews*, newest first, and which was approved last."""
    ours = [review for review in reviews if review.revision_id == head.pk]
    approvals = [review for review in reviews if review.verdict == Verdict.APPROVED]
    return {
        "head": head,
        "needed": settings.PUBLISHING_NEEDS_APPROVAL,
        "waiting": next((review for review in ours if review.verdict == Verdict.WAITING), None),
        "approval": next((review for review in ours if review.verdict == Verdict.APPROVED), None),
        "changes": next((review for review in ours if review.verdict == Verdict.CHANGES), None),
        "earlier": max(approvals, key=lambda review: review.revision.number, default=None),
    }
