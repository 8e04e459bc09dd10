"""`import_credits FILE --film SLUG`: a cast out of a text, a table or an NFO file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from films.importing.applying import Unclear, apply
from films.importing.matching import State, known_names, match
from films.importing.pasting import read
from films.models import ChangeAction, Film

LARGEST = 5 * 1024**2  # Bytes; the longest cast on record has a few thousand lines.


class Command(BaseCommand):
    """Read a cast and put it on a film, where every line is clear."""

    help = (
        "Put the cast in FILE on a film. It may be a spreadsheet saved as CSV, wikitext, “Jason Patric ... Jim "
        "Raynor”, alternating lines, a press kit, a list file or a Kodi NFO. Where one line is not clear, nothing is "
        "written, unless --skip-unclear leaves those out; --dry-run shows how each line is understood."
    )

    def add_arguments(self, parser):
        """Take the file and the film."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--film", required=True, metavar="SLUG", help="the film, such as rush-1991")
        parser.add_argument("--dry-run", action="store_true", help="show how each line is understood, write nothing")
        parser.add_argument("--skip-unclear", action="store_true", help="leave out the lines that are not clear")

    def handle(self, *args, file, film, dry_run, skip_unclear, **options):
        """Read, show and apply."""
        subject = Film.objects.filter(slug=film).first()
        if subject is None:
            raise CommandError(f"There is no film at {film}.")
        matches = match(read(_text(file), known_names), film=subject)
        if dry_run:
            self.stdout.write("A dry run: nothing is written.")
            for each in matches:
                self.stdout.write(_shown(each))
            return
        try:
            outcome = _applied(matches, film=subject, source=file.name, skip_unclear=skip_unclear)
        except Unclear as error:
            lines = "\n".join(map(_shown, error.matches))
            raise CommandError(f"Nothing was written, since {error} --skip-unclear leaves them out.\n{lines}") from None
        for what in ("added", "changed", "unchanged", "missing"):
            names = getattr(outcome, what)
            self.stdout.write(f"{what}: {len(names)}{f' ({", ".join(names)})' if names else ''}")


def _applied(matches, *, skip_unclear, **options):
    """Apply *matches*, without those that are not clear, or disagree with one another, where that is asked."""
    try:
        return apply(matches, by=None, action=ChangeAction.IMPORTED, **options)
    except Unclear as error:
        if not skip_unclear:
            raise
        unclear = {id(each.entry) for each in error.matches}
        clear = [each for each in matches if id(each.entry) not in unclear]
        return _applied(clear, skip_unclear=skip_unclear, **options)


def _text(file):
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST:,} bytes: is this a cast?")
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} could not be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8: byte {error.start}.") from None


def _shown(each):
    entry = each.entry
    lines = "-".join(dict.fromkeys(map(str, (entry.lines[0], entry.lines[-1]))))
    if each.state == State.UNREAD:
        return f"line {lines}: {each.state}: {entry.text.strip()} ({each.reason})"
    who = f"{entry.name}{f' as {" / ".join(entry.parts)}' if entry.parts else ''}"
    known = "; ".join(map(_evidence, each.candidates))
    return (
        f"line {lines}: {each.state}: {who}{f' ({each.reason})' if each.reason else ''}{f': {known}' if known else ''}"
    )


def _evidence(person):
    films = ", ".join(str(credit.film) for credit in person.known_credits)
    return ", ".join(filter(None, [str(person), f"/people/{person.slug}/", person.years, films]))
