"""Make the readers' search anew."""

from django.core.management.base import BaseCommand

from articles.searching.rebuilding import rebuild


class Command(BaseCommand):
    """`rebuild_search`."""

    help = "Read every film, person, character and published article anew for the readers' search."

    def handle(self, *args, **options):
        self.stdout.write(str(rebuild()))
