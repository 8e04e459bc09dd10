"""`import_credits FILE`: credits out of a table of ours, or, with `--film SLUG`, a cast out of anything else."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from films.importing.applying import Unclear, apply
from films.importing.credited import import_table
from films.importing.matching import known_names, match
from films.importing.pasting import read
from films.importing.reporting import became, told, understood
from films.importing.table import Refused, is_table
from films.models import ChangeAction, Film

LARGEST = 5 * 1024**2  # Bytes; the longest cast on record has a few thousand lines.
DRY = "A dry run: nothing is written."


class Command(BaseCommand):
    """Read credits and put them on their films, where every line is clear."""

    help = (
        "Put the credits in FILE on their films. What export_credits wrote names its films itself. Anything else is "
        "the cast of the film that --film names: a spreadsheet saved as CSV, wikitext, “Jason Patric ... Jim Raynor”, "
        "alternating lines, a press kit, a list file or a Kodi NFO. Where one line is not clear, nothing is written, "
        "unless --skip-unclear leaves those out; --dry-run shows what would be done."
    )

    def add_arguments(self, parser):
        """Take the file and the film."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--film", default="", metavar="SLUG", help="the film, such as rush-1991")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, write nothing")
        parser.add_argument("--skip-unclear", action="store_true", help="leave out the lines that are not clear")

    def handle(self, *args, file, film, dry_run, skip_unclear, **options):
        """Read, show and apply."""
        try:
            table = is_table(file)
        except OSError as error:
            raise CommandError(f"{file} could not be read: {error.strerror}.") from None
        if dry_run:
            self.stdout.write(DRY)
        if table:
            self._import_table(file, film=film, dry_run=dry_run)
        else:
            self._import_cast(file, film=_film(film, file), dry_run=dry_run, skip_unclear=skip_unclear)

    def _import_table(self, file, *, film, dry_run):
        """Put in the whole table or nothing, and tell of each film that differs, or lacks lines."""
        differing, lines = 0, []
        try:
            for each in import_table(file, by=None, film=film, dry_run=dry_run):
                differing += each.changed
                if each.changed or each.outcome.missing:
                    lines.append(told(each))
        except Refused as refusal:
            raise CommandError(f"Nothing was written. {refusal}") from None
        except IntegrityError:
            raise CommandError("Nothing was written. Somebody else was writing the same: run it again.") from None
        if not differing:
            lines.append("Nothing would change." if dry_run else "Nothing changed.")
        self.stdout.write("\n".join(lines))

    def _import_cast(self, file, *, film, dry_run, skip_unclear):
        matches = match(read(_text(file), known_names), film=film)
        if dry_run:
            self.stdout.write("\n".join(map(understood, matches)))
        try:
            with transaction.atomic():
                outcome, left = _applied(matches, film=film, source=file.name, skip_unclear=skip_unclear or dry_run)
                transaction.set_rollback(dry_run)
        except Unclear as error:
            lines = "\n".join(map(understood, error.matches))
            raise CommandError(f"Nothing was written, since {error} --skip-unclear leaves them out.\n{lines}") from None
        if left and not skip_unclear:
            self.stdout.write(f"not clear: {left}, so nothing would be written without --skip-unclear; with it:")
        self.stdout.write("\n".join(became(outcome)))


def _film(slug, file):
    if not slug:
        raise CommandError(f"{file} does not name its films: say with --film whose cast it is.")
    film = Film.objects.filter(slug=slug).first()
    if film is None:
        raise CommandError(f"There is no film at {slug}.")
    return film


def _applied(matches, *, skip_unclear, **options):
    """Apply *matches*, where asked only what is clear; return what came of it, and how many were left out."""
    try:
        return apply(matches, by=None, action=ChangeAction.IMPORTED, **options), 0
    except Unclear as error:
        if not skip_unclear:
            raise
        unclear = {id(each.entry) for each in error.matches}
        clear = [each for each in matches if id(each.entry) not in unclear]
        outcome, left = _applied(clear, skip_unclear=skip_unclear, **options)
        return outcome, left + len(unclear)


def _text(file):
    if file.stat().st_size > LARGEST:
        raise CommandError(f"{file} is larger than {LARGEST:,} bytes: is this a cast?")
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8: byte {error.start}.") from None
