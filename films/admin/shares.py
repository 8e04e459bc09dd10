"""The lines under a film, a person or a character that a split can give to another, as the desk lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from films.dates import known
from films.models import Character, Credit, Department, Film, Image, Person
from films.separable import character_reasons, film_reasons, person_reasons
from films.splitting import split_character, split_film, split_person
from films.templatetags.films import notes


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is told: what stands in front, such as a year, what it is, and what is said of it."""

    key: int
    lead: str
    text: str
    said: str
    picture: Image | None = None

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.lead, self.text, self.said]))


@dataclass(frozen=True, slots=True)
class Share:
    """Lines of one sort under a heading, sent under one `name`."""

    name: str
    title: str
    lines: list[Line]

    @property
    def led(self) -> bool:
        """Whether something stands in front of any line, so that all leave room for it."""
        return any(line.lead for line in self.lines)


@dataclass(frozen=True, slots=True)
class Kind:
    """What splits a row of one sort: `named` are the fields of a new one, `first` is what it is split by."""

    split: Callable
    reasons: Callable
    named: tuple[str, ...]
    first: str
    beside: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The names under which lines are sent."""
        return [self.first, *self.beside]


KINDS = {
    Person: Kind(split_person, person_reasons, ("name", "disambiguation"), "credits", ("names", "pictures")),
    Film: Kind(
        split_film,
        film_reasons,
        ("title", "year", "disambiguation"),
        "credits",
        ("titles", "releases", "pictures", "articles"),
    ),
    Character: Kind(split_character, character_reasons, ("name", "disambiguation"), "roles", ("names",)),
}


def lines_of(row: Any, name: str) -> Any:
    """Return the rows that *row* has under *name*, with all that a line tells of them."""
    if name == "credits":
        return row.credits.with_films() if isinstance(row, Person) else row.credits.with_parts()
    if name == "roles":
        return row.roles.select_related("credit__person", "credit__film").order_by("credit", "position")
    if name == "articles":
        return row.articles.filter(trashed_at=None).select_related("head").order_by("-pk")
    return getattr(row, "images" if name == "pictures" else name).all()


def shares(name: str, rows: Iterable[Any], subject: Model) -> list[Share]:
    """Return *rows* of *subject* as Shares, credits by department; none where there are no rows."""
    told = [(row, Line(row.pk, *_TELLERS[name](row, subject))) for row in rows]
    if name != "credits":
        return [Share(name, TITLES[name], [line for _, line in told])] if told else []
    order = list(Department)
    by_department = sorted(told, key=lambda pair: order.index(pair[0].department))
    grouped = groupby(by_department, key=lambda pair: pair[0].get_department_display())
    return [Share(name, capfirst(department), [line for _, line in pairs]) for department, pairs in grouped]


def _credit(credit: Credit, subject: Model) -> tuple[str, ...]:
    roles = " / ".join(role.label for role in credit.roles.all())
    as_name = f"as {credit.credited_as}" if credit.credited_as else ""
    said = " · ".join(filter(None, [roles or credit.job, as_name, *notes(credit)]))
    if isinstance(subject, Person):
        return str(credit.film.year or ""), credit.film.title, said
    return "", str(credit.person), " · ".join(filter(None, [said, credit.person.years]))


def _role(role, subject):
    return "", role.credit.name, role.label if role.label != subject.name else ""


def _release(release, subject):
    return "", release.country_name, f"{release.get_kind_display()} · {known(release.date, release.precision)}"


def _article(article, subject):
    return "", str(article), article.get_kind_display()


def _name(row, subject):
    return "", row.text, row.get_kind_display()


def _picture(image, subject):
    return "", str(image), image.credit_line, image


TITLES = {
    "roles": "Played by",
    "names": "Other names",
    "titles": "Other titles",
    "releases": "Releases",
    "pictures": "Pictures",
    "articles": "Articles filed under it",
}
_TELLERS = {
    "credits": _credit,
    "roles": _role,
    "names": _name,
    "titles": _name,
    "releases": _release,
    "pictures": _picture,
    "articles": _article,
}
