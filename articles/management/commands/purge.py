"""Delete for good what has been in the trash long enough."""

from django.core.management.base import BaseCommand, CommandError

from articles.locking import AlreadyPurged
from articles.trashing import KEPT_FOR, NotInTrash, overdue, purge


class Command(BaseCommand):
    """`purge [--days 30] [--dry-run]`."""

    help = "Delete for good the articles that have been in the trash for 30 days."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=KEPT_FOR.days, help="how long they must have been there")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args, days, dry_run, **options):
        if days < 0:
            raise CommandError("--days must not be negative.")
        gone = [article for article in list(overdue(days=days)) if self._deleted(article, dry_run)]
        self.stdout.write(f"{len(gone)} {'to delete' if dry_run else 'deleted'}.")

    def _deleted(self, article, dry_run):
        """Delete *article* unless a colleague was quicker; the others still go."""
        try:
            if not dry_run:
                purge(article, by=None)
        except (NotInTrash, AlreadyPurged):
            self.stdout.write(f"left {article.slug}: it is no longer in the trash")
            return False
        self.stdout.write(f"{'would delete' if dry_run else 'deleted'} {article.slug}")
        return True
