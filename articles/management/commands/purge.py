"""Delete for good what has been in the trash long enough."""

from django.core.management.base import BaseCommand, CommandError

from articles.trashing import KEPT_FOR, overdue, purge


class Command(BaseCommand):
    """`purge [--days 30] [--dry-run]`."""

    help = "Delete for good the articles that have been in the trash for 30 days."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=KEPT_FOR.days, help="how long they must have been there")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args, days, dry_run, **options):
        if days < 0:
            raise CommandError("--days must not be negative.")
        articles = list(overdue(days=days).select_related("head"))
        for article in articles:
            if not dry_run:
                purge(article, by=None)
            self.stdout.write(f"{'would delete' if dry_run else 'deleted'} {article.slug}")
        self.stdout.write(f"{len(articles)} {'to delete' if dry_run else 'deleted'}.")
