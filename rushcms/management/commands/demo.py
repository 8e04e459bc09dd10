"""`demo`: a sample site to look at and to play with."""

from django.core.management.base import BaseCommand, CommandError

from articles.importing import Refused
from rushcms.demo import has_articles_of_its_own, is_empty, make_sample_site
from rushcms.demo.account import USERNAME


class Command(BaseCommand):
    """Make the sample site; running again makes only what is missing."""

    help = "Make a sample site: two films called “Rush”, an explainer, a draft, and an editor's account."

    def add_arguments(self, parser):
        """Take when to hold back, and when not to."""
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--if-empty", action="store_true", help="do nothing where there are films or articles")
        when.add_argument("--force", action="store_true", help="even beside articles of one's own")

    def handle(self, *args, if_empty, force, **options):
        """Make the site, and tell what was made."""
        if if_empty and not is_empty():
            return
        if not force and has_articles_of_its_own():
            raise CommandError("This site has articles of its own; --force puts the sample site beside them.")
        try:
            site = make_sample_site()
        except Refused as error:
            raise CommandError(f"Nothing was made.\n{error}") from None
        for line in site.made:
            self.stdout.write(f"Made {line}.")
        if site.password:
            self.stdout.write(f"Log in at /admin/ as “{USERNAME}” with the password {site.password} (shown only now).")
        elif not site.made:
            self.stdout.write("The sample site is all there; nothing changed.")
