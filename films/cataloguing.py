"""Taking new people into the catalogue."""

from django.db import transaction

from films import names
from films.models import Person


@transaction.atomic
def add_person(name, **fields):
    """Make somebody called *name*, whoever else is called that, with an address and a sort name; return the Person."""
    person = Person(name=name, sort_name=names.sort_name(name), **fields)
    person.slug = names.free_slug(Person.objects.all(), person.slug_candidates())
    person.save()
    return person
