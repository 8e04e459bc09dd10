"""`import_article FILE...`: articles out of plain text and Markdown."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.importing import Refused, import_files


class Command(BaseCommand):
    """Import files as articles; running again imports only what has changed."""

    help = (
        "Make articles from plain text (a title, “by NAME”, a dek, paragraphs; short lines between them are headings) "
        "and Markdown with front matter. A file belongs to the article at its address: its “slug”, else its title's. "
        "Where one file is wrong, nothing is imported."
    )

    def add_arguments(self, parser):
        """Take the files, and what to file them under."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--film", default="", metavar="SLUG", help="the film all are about, such as rush-1991")
        parser.add_argument("--author", default="", metavar="NAME", help="who signs all; made where not known")
        parser.add_argument("--publish", action="store_true", help="let readers see what the files say, now")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")

    def handle(self, *args, files, film, author, publish, dry_run, **options):
        """Import, and tell what became of each file."""
        try:
            outcomes = import_files(files, film=film, author=author, publish=publish, dry_run=dry_run)
        except Refused as error:
            raise CommandError(f"Nothing was imported.\n{error}") from None
        if dry_run:
            self.stdout.write("A dry run: nothing is written. This is what would happen.")
        for outcome in outcomes:
            self.stdout.write(str(outcome))
