"""Taking new people into the catalogue, and giving rows an address that is theirs alone."""

from django.db import IntegrityError, transaction

from films import addresses, names
from films.changes import recorded
from films.models import ChangeAction, Person


def add_person(name, *, by=None, source="", **fields):
    """Make somebody called *name*, whoever else is called that, with an address and a sort name; return the Person."""
    person = Person(name=name, sort_name=names.sort_name(name), **fields)
    with recorded(person, by=by, action=ChangeAction.CREATED, source=source):
        catalogue(person)
    return person


def catalogue(row, **known):
    """Save *row*, a new film or person, under an address that no other has or had; what is *known* helps to make it."""
    rows = type(row)._default_manager.all()
    candidates = row.slug_candidates(**known)
    row.slug = names.free_slug(rows, candidates, taken=addresses.left(row, candidates[0]))
    save_with_free_slug(row, rows)


def save_with_free_slug(row, rivals):
    """Save *row*, with a number behind its address where one of *rivals* took that since it was found free."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if not rivals.exclude(pk=row.pk).filter(slug=row.slug).exists():
            raise
        row.slug = names.free_slug(rivals.exclude(pk=row.pk), [row.slug])
        row.save()
