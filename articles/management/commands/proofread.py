"""`proofread [SLUG...]`: what the proofreader finds in the newest revisions, for terminals and scripts."""

import json

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from articles.proofreading import Finding, Level
from articles.proofreading.proofs import read_again

USAGE = 2  # What a shell calls a command that was asked for what is not there.


class Command(BaseCommand):
    """Read articles one after the other; each costs the same number of queries, however many there are."""

    help = (
        "Tell what the proofreader finds in the newest revisions of articles, all that are not in the trash unless "
        "told which, and keep the numbers for the desk. Exits with 1 where an error stands."
    )

    def add_arguments(self, parser):
        """Take which articles, and how to tell."""
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="the end of an article's address")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="lines of text, or one array")

    def handle(self, *args, slugs, format, **options):  # noqa: A002 - the option's name
        """Read, tell, and end as the findings say."""
        articles = _chosen(slugs)
        told = self._tell_json(articles) if format == "json" else self._tell_text(articles)
        if told:
            raise CommandError(f"{told} error{'' if told == 1 else 's'}.")

    def _tell_text(self, articles):
        errors = 0
        for slug, revision, finding in _findings(articles):
            self.stdout.write(f"{slug}:{_where(revision, finding)} {finding.level} {finding.code} {finding.message}")
            errors += finding.level == Level.ERROR
        return errors

    def _tell_json(self, articles):
        errors, before = 0, "["
        for slug, revision, finding in _findings(articles):
            self.stdout.write(before + json.dumps(_told(slug, revision, finding), ensure_ascii=False), ending="")
            errors, before = errors + (finding.level == Level.ERROR), ",\n "
        self.stdout.write("]" if before != "[" else "[]")
        return errors


def _chosen(slugs):
    """Return the ids of the articles to read, by address."""
    kept = Article.objects.filter(trashed_at=None)
    chosen = dict((kept.filter(slug__in=slugs) if slugs else kept).order_by("slug").values_list("slug", "pk"))
    if unknown := [slug for slug in slugs if slug not in chosen]:
        raise CommandError(f"There is no article at {', '.join(unknown)}, or it is in the trash.", returncode=USAGE)
    return chosen


def _findings(articles):
    """Yield what is found, article by article; one that was deleted meanwhile is left out."""
    for slug, article in articles.items():
        try:
            revision, found = read_again(article)
        except Article.DoesNotExist:
            continue
        for finding in found:
            yield slug, revision, finding


def _where(revision, finding):
    """Return where a finding is: line and column of the text, or the field and the column in it."""
    line, column = _line(revision, finding)
    if finding.place.field == "body":
        return f"{line}:{column}"
    return f"{finding.place.field}:{column}" if finding.text else finding.place.field


def _line(revision, finding: Finding):
    before = str(getattr(revision, finding.place.field, "") or "")[: finding.place.start]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _told(slug, revision, finding):
    line, column = _line(revision, finding)
    place = {"field": finding.place.field, "start": finding.place.start, "end": finding.place.end}
    words = {name: getattr(finding, name) for name in ("code", "level", "message", "text", "suggestion", "about")}
    return {"slug": slug, "revision": revision.number, "line": line, "column": column, **place, **words}
