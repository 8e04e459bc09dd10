"""The command that makes the renditions pictures lack."""

from django.core.management.base import BaseCommand

from films import renditions
from films.models import Image


class Command(BaseCommand):
    """Make the renditions of pictures that have none yet: those of before, and those whose task was lost."""

    help = "Make the widths, formats and crops that pictures lack."

    def add_arguments(self, parser):
        """Let everything be made again, after a change of widths or formats."""
        parser.add_argument("--again", action="store_true", help="make those of all pictures anew")

    def handle(self, *args, again, **options):
        """Make them one picture after another, the newest first, and count them."""
        lacking = Image.objects.all() if again else Image.objects.filter(renditions__isnull=True)
        numbers = list(lacking.values_list("pk", flat=True))
        made = sum(self.made(image) for image in map(self.found, numbers) if image)
        self.stdout.write(f"Made renditions of {made} picture{'' if made == 1 else 's'}, of {len(numbers)} to be made.")

    def found(self, number):
        """Return the picture, if it still stands: others work meanwhile."""
        return Image.objects.filter(pk=number).first()

    def made(self, image):
        """Make those of *image*; tell whether there are any now."""
        renditions.make(image)
        if not image.renditions:
            self.stderr.write(f"Picture {image.pk} has none: {image.file.name} is too small, damaged or gone.")
        return bool(image.renditions)
