"""Facts: what the prose says of its film, against the film."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from articles.proofreading.claims import Claim, claims
from articles.proofreading.copy import Copy
from articles.proofreading.findings import Finding, Level
from articles.proofreading.known import Named
from articles.proofreading.subjects import Subjects
from films.joining import listed
from films.models import Credit, Department, Film
from films.models.credit import DIRECTOR_JOBS
from films.names import fold

MADE = {"director": "was directed by", "writer": "was written by"}
WROTE = {Department.WRITING, Department.SOURCE}


def check_facts(copy: Copy) -> Iterator[Finding]:
    """Find years, running times, makers and parts that the film has otherwise, in two queries beside the names."""
    if copy.film is None:
        return
    film = Credited(copy.film, copy.known.people.values(), copy.known.characters)
    wrong = [(claim, right) for claim in claims(copy) if (right := film.right(claim)) is not None]
    subjects = Subjects(copy, copy.film) if wrong else None
    for claim, right in wrong:
        if subjects and subjects.about_own(claim.place):
            message = film.says(claim, right)
            text = copy.typed(claim.place)
            about = claim.name.about if claim.name else ""
            yield Finding("fact-conflict", Level.WARNING, message, claim.place, text, right or None, about)


class Credited:
    """A film as the answer to claims."""

    def __init__(self, film: Film, people: Iterable[Named], characters: dict[int, Named]):
        self.film, self.characters = film, characters
        self.people = {person.pk: person for person in people}

    @cached_property
    def makers(self) -> dict[str, list[int]]:
        """Who directed and who wrote, in order; of those who wrote, the authors of what it is made from come last."""
        makers: dict[str, list[int]] = {"director": [], "writer": [], "source": []}
        crew = Credit.objects.filter(film=self.film, department__in={Department.DIRECTING, *WROTE}).billed()
        for person, department, job in crew.values_list("person", "department", "job"):
            if department == Department.DIRECTING and job in DIRECTOR_JOBS:
                makers["director"].append(person)
            elif department in WROTE:
                makers["writer" if department == Department.WRITING else "source"].append(person)
        return makers

    def right(self, claim: Claim) -> str | None:
        """Return what is right where *claim* is wrong; None where it is right, or the film does not know."""
        if claim.kind in {"year", "runtime"}:
            known = getattr(self.film, claim.kind)
            return str(known) if known and known != int(claim.said) else None
        people = self._answer(claim)
        if not people or any(self._is(claim, person) for person in people):
            return None
        return listed(list(dict.fromkeys(person.name for person in self._wanted(claim, people))))

    def says(self, claim: Claim, right: str) -> str:
        """Return in words what the film says instead of *claim*."""
        if claim.kind == "year":
            return f"{self.film.title} is of {right}."
        if claim.kind == "runtime":
            return f"{self.film.title} runs {right} minutes."
        if claim.kind == "role" and claim.character:
            return f"{claim.character.name} is played by {right}."
        return f"{self.film.title} {MADE[claim.kind]} {right}."

    def _answer(self, claim: Claim) -> list[Named]:
        """Return the people of whom *claim* might be true."""
        if claim.kind == "role":
            ids = claim.character.played_by if claim.character else []
        else:
            ids = self.makers[claim.kind] and self.makers[claim.kind] + self.makers["source"] * (claim.kind == "writer")
        return [self.people[pk] for pk in ids if pk in self.people]

    def _wanted(self, claim: Claim, people: list[Named]) -> list[Named]:
        """Return whom to suggest: the writers, not the authors of what the film is made from."""
        wanted = self.makers.get(claim.kind, [])
        return [person for person in people if not wanted or person.pk in wanted]

    def _is(self, claim: Claim, person: Named) -> bool:
        """Tell whether *claim* is about *person*, whom it may call by a part of any of their names."""
        if claim.name is not None:
            return claim.name.kind != "person" or claim.name.pk == person.pk
        said = set(fold(claim.said).split())
        return any(said <= set(fold(name).split()) for name in (person.name, *person.others, *person.misspellings))
