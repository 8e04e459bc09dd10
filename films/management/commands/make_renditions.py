"""The command that makes the renditions pictures lack."""

from django.core.management.base import BaseCommand

from films import renditions
from films.models import Image


class Command(BaseCommand):
    """Make the renditions that pictures lack: those of before, and those whose task failed or was lost.

    Files that were replaced earlier are deleted.
    """

    help = "Make the widths, formats and crops that pictures lack."

    def add_arguments(self, parser):
        """Let everything be made again, after a change of widths or formats."""
        parser.add_argument("--again", action="store_true", help="make those of all pictures anew")

    def handle(self, *args, again, **options):
        """Make them one picture after another, the newest first, and count them."""
        renditions.clear_former()
        wanted = Image.objects.all() if again else renditions.lacking()
        numbers = list(wanted.values_list("pk", flat=True))
        made = sum(self.made(image, again) for image in map(self.found, numbers) if image)
        self.stdout.write(f"Made renditions of {made} picture{'' if made == 1 else 's'}, of {len(numbers)} to be made.")

    def found(self, number):
        """Return the picture, if it still stands: others work meanwhile."""
        return Image.objects.filter(pk=number).first()

    def made(self, image, again):
        """Make those of *image*, or its crops where only they are lacking; tell whether there are any now."""
        make = renditions.make if again or image.renditions is None else renditions.make_crops
        make(image)
        there = bool(renditions.names_in(image.renditions))
        if not there:
            self.stderr.write(f"Picture {image.pk} has none: {image.file.name} is too small, damaged or gone.")
        return there
