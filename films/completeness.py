"""What is known of a film and what is missing: said here once, for its page, the list, its filter and the dashboard."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import Combinable

from films.models import Credit, Film, Release

type Condition = Q | Combinable

_credits = Credit.objects.filter(film=OuterRef("pk"))
_cast = _credits.cast()

# What a film is asked for, in the order in which staff fill it in: when it is missing, and where its page takes it.
ASKED: dict[str, tuple[Condition, str]] = {
    "director": (~Exists(_credits.directing()), "crew-group"),
    "cast": (~Exists(_cast), "cast-group"),
    "billing": (Q(Exists(_cast.filter(billing=None))) | ~Exists(_cast), "cast-group"),
    "year": (Q(year=None), "id_year"),
    "running time": (Q(runtime=None), "id_runtime"),
    "logline": (Q(logline=""), "id_logline"),
    "genres": (~Exists(Film.genres.through.objects.filter(film=OuterRef("pk"))), "id_genres"),
    "countries": (Q(countries=[]), "id_countries"),
    "poster": (Q(poster=None), "id_poster"),
    "IMDb id": (Q(imdb_id=None), "id_imdb_id"),
    "TMDB or Wikidata id": (Q(tmdb_id=None, wikidata_id=None), "id_tmdb_id"),
    "release": (~Exists(Release.objects.filter(film=OuterRef("pk"))), "releases-group"),
}
MISSING = {name: condition for name, (condition, _) in ASKED.items()}
ANYTHING = reduce(or_, map(Q, MISSING.values()))


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not known of a film, and the part of its page on the desk that takes it."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is missing of a film, out of how much."""

    missing: tuple[Missing, ...]

    @property
    def asked(self) -> int:
        """How many things a film is asked for."""
        return len(ASKED)

    @property
    def known(self) -> int:
        """How many of them are known."""
        return self.asked - len(self.missing)

    def __str__(self) -> str:
        return f"{self.known} of {self.asked}"


def completeness(films: Collection[int]) -> dict[int, Completeness]:
    """Return how complete the films with these ids are, by id, in one query."""
    told = {f"lacks_{place}": _asked(condition) for place, condition in enumerate(MISSING.values())}
    rows = Film.objects.filter(pk__in=films).order_by().annotate(**told).values_list("pk", *told)
    return {pk: _complete(lacks) for pk, *lacks in rows}


def incomplete() -> int:
    """Return how many films something is missing of."""
    return Film.objects.filter(ANYTHING).order_by().count()


def _asked(condition: Condition) -> ExpressionWrapper:
    return ExpressionWrapper(Q(condition), output_field=BooleanField())


def _complete(lacks: Iterable[bool]) -> Completeness:
    named = zip(lacks, ASKED.items(), strict=True)
    return Completeness(tuple(Missing(name, place) for lacking, (name, (_, place)) in named if lacking))
