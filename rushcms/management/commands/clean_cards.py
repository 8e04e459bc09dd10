"""The command that clears away old social cards."""

from django.core.management.base import BaseCommand

from rushcms.cards import keeping


class Command(BaseCommand):
    """Delete the social cards that were drawn in former months."""

    help = "Delete the social cards that were drawn in former months; those still wanted are drawn again."

    def handle(self, *args, **options):
        """Delete and count them."""
        count = keeping.clean()
        self.stdout.write(f"Deleted {count} card{'' if count == 1 else 's'}.")
