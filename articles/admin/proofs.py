"""What the list of articles tells of their proofs, and chooses by them."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.models import Proof

COUNTED = {"errors": "error", "warnings": "warning", "notices": "notice"}
COUNT = '<span class="proof-count is-{}">{} {}{}</span>'
LINKED = '<a class="proof" href="{}#findings">{}</a>{}'
NOTHING = '<span class="proof-count">{}</span>'
LINE = '<span class="line help">{}</span>'


class ProofFilter(admin.SimpleListFilter):
    """Articles by what the proofreader found in them, and those that it should read again."""

    title = "findings"
    parameter_name = "findings"
    choices_said = (
        ("errors", "Errors"),
        ("warnings", "Warnings"),
        ("none", "Nothing found"),
        ("again", "To be read again"),
    )

    def lookups(self, request, model_admin):
        """Offer the levels that matter."""
        return self.choices_said

    def queryset(self, request, queryset):
        """Keep the chosen articles."""
        return queryset.filter(**self._conditions().get(self.value() or "", {}))

    def _conditions(self):
        nothing = {f"proof__{name}": 0 for name in COUNTED}
        return {
            "errors": {"proof__errors__gt": 0},
            "warnings": {"proof__warnings__gt": 0},
            "none": nothing,
            "again": {"proof_current": False},
        }


def with_proofs(articles):
    """Return *articles* with their proof, knowing as `proof_current` whether it says what would be found now."""
    current = Proof.objects.current().filter(article=OuterRef("pk"))
    return articles.select_related("proof").annotate(proof_current=Exists(current))


def findings(article):
    """Return what was found in an article of `with_proofs` as compact marks that lead to its form."""
    proof = getattr(article, "proof", None)
    if proof is None:
        return format_html('<span class="help">{}</span>', "not read yet")
    counts = [
        (kind, number, kind, pluralize(number)) for name, kind in COUNTED.items() if (number := getattr(proof, name))
    ]
    # Notices only remark: they are told where nothing weightier is.
    counts = [count for count in counts if count[0] != "notice"] or counts
    marks = format_html_join(" ", COUNT, counts) or format_html(NOTHING, "nothing found")
    older = format_html(LINE, "the film has changed since") if not article.proof_current else ""
    return format_html(LINKED, reverse("admin:articles_article_change", args=[article.pk]), marks, older)
