"""Where the catalogue itself uses a film, a person, a character or a picture."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from films.models import Character, Credit, Film, Image, Person

MOST = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that use something in one way, at most MOST of `count`."""

    name: str
    rows: list[Model]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.rows)


def uses(row: Model) -> list[Group]:
    """Return what of the catalogue uses *row*, group by group, empty ones left out; two queries to a group."""
    found = [_group(name, rows) for name, rows in _sources(row).items()]
    return [group for group in found if group.count]


def _sources(row: Model) -> dict[str, QuerySet]:
    if isinstance(row, Film):
        return {"pictures": row.images.all()}
    if isinstance(row, Person):
        credits = row.credits.with_films().order_by("film__sort_key", "film", "pk")
        return {"credits": credits, "pictures": row.images.all()}
    if isinstance(row, Character):
        played = Credit.objects.filter(roles__character=row).select_related("person", "film").billed()
        return {"played by": played}
    if isinstance(row, Image):
        return {"poster of": row.poster_of.all(), "portrait of": row.portrait_of.all()}
    return {}


def _group(name: str, rows: QuerySet) -> Group:
    return Group(name, list(rows[:MOST]), rows.count())
