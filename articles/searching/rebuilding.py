"""Making the index anew, and catching up with migrations."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet

from articles.models import EntryKind, Revision, SearchEntry
from articles.searching import facts, keeping, triggers, wording

BATCH = 200  # Articles in a transaction: on SQLite other writers wait for no more than these.


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many articles and how many facts can be found now."""

    articles: int
    facts: int

    def __str__(self) -> str:
        return f"Search finds {self.articles} articles and {self.facts} films, people and characters."


def rebuild() -> Rebuilt:
    """Make all entries anew while the site runs; readers find what they found until each is replaced.

    On SQLite the words are put in anew, too, and readers find nothing, then more and more, until they all are.
    """
    with transaction.atomic():
        wording.empty()
    wording.fill()
    with transaction.atomic():
        facts.refresh()
    count = _keep_all(keeping.shown())
    keeping.forget_past()
    return Rebuilt(count, SearchEntry.objects.exclude(kind=EntryKind.ARTICLE).count())


def before_migrating(*, using: str = "default", plan: Sequence[object] = (), **signal: object) -> None:
    """Drop the triggers on facts where tables are about to change; those that keep the words of entries stay."""
    if plan:
        triggers.remove(using=using)


def after_migrating(*, using: str = "default", plan: Sequence[object] = (), **signal: object) -> None:
    """Put the triggers back, and let be found what was written without them, or is there since before them."""
    triggers.install(using=using)
    if not plan or using != "default" or not _is_whole(using):
        return
    wording.fill(using=using)
    facts.refresh(using=using)
    _keep_all(keeping.missing())


def _keep_all(revisions: QuerySet[Revision]) -> int:
    pks = list(revisions.values_list("pk", flat=True))
    batches = (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))
    return sum(keeping.keep(Revision.objects.filter(pk__in=batch)) for batch in batches)


def _is_whole(using: str) -> bool:
    """Whether the database is what the models say: no migration is left to make."""
    executor = MigrationExecutor(connections[using])
    targets = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in {"articles", "films"}]
    return not executor.migration_plan(targets)
