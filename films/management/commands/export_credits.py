"""`export_credits`: all credits, or those of a few films, as a CSV file that `import_credits` reads back."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from films.exporting import credits_csv
from films.models import Film


class Command(BaseCommand):
    """Write credits as CSV."""

    help = (
        "Write the credits of all films, or of those named, as CSV in UTF-8, to the screen or into a file. "
        "import_credits makes the same films, people and credits of it. A cell that a spreadsheet would take for a "
        "formula has an apostrophe before it, which import_credits takes away again."
    )

    def add_arguments(self, parser):
        """Take the films, and where to write."""
        parser.add_argument("--film", nargs="+", action="extend", default=[], metavar="SLUG", help="only these films")
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file to write, in place of the screen")

    def handle(self, *args, film, output, **options):
        """Write what was asked for."""
        films = Film.objects.filter(slug__in=film) if film else Film.objects.all()
        if unknown := sorted({*film} - {*films.values_list("slug", flat=True)} if film else ()):
            raise CommandError(f"There is no film at {', '.join(unknown)}.")
        lines = credits_csv(films)
        if output:
            _write(output, lines)
        else:
            for line in lines:
                self.stdout.write(line, ending="")


def _write(output, lines):
    """Write *lines* into *output*, which is there as a whole or stays as it was."""
    part = output.with_name(f"{output.name}.part")
    try:
        try:
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            os.replace(part, output)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"{output} could not be written: {error.strerror}.") from None
