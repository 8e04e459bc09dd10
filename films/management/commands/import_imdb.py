"""`import_imdb DIR`: films, people and credits out of IMDb's tables."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from films.importing.imdb import Overtaken, import_imdb
from films.importing.tsv import Unreadable


class Command(BaseCommand):
    """Import IMDb's non-commercial tables; running again adds only what is not there yet."""

    help = (
        "Add films with their people and credits from title.basics, name.basics and title.principals (.tsv or "
        ".tsv.gz, developer.imdb.com/non-commercial-datasets) in DIR. Films and people are found by IMDb's id; what "
        "is empty is filled in, and what staff entered stays. Broken lines are skipped and named."
    )

    def add_arguments(self, parser):
        """Take the folder, and which films."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--titles", nargs="+", default=[], metavar="ID", help="only these films: tt0102820 …")
        parser.add_argument("--ids", type=Path, metavar="FILE", help="only the films whose ids FILE lists, one a line")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="do everything and take it back: count what would be added and changed",
        )

    def handle(self, *args, folder, titles, ids, dry_run, **options):
        """Import, telling how far it is, and which lines were skipped."""
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        try:
            report = import_imdb(
                folder, ids=[*titles, *_listed(ids)], dry_run=dry_run, progress=self._progress(options["verbosity"])
            )
        except (Unreadable, Overtaken) as error:
            raise CommandError(str(error)) from None
        for problem in report.problems:
            self.stderr.write(f"skipped: {problem}")
        self.stdout.write(f"{'A dry run: nothing is written.\n' if dry_run else ''}{report}")

    def _progress(self, verbosity):
        films = 0

        def tell(done):
            nonlocal films
            films += done
            if verbosity and films % 1000 < done:
                self.stderr.write(f"{films:,} films")

        return tell


def _listed(file):
    """Return the ids that *file* lists."""
    if file is None:
        return []
    try:
        listed = file.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} could not be read: {error}") from None
    if not listed:
        raise CommandError(f"{file} lists no ids.")
    return listed
