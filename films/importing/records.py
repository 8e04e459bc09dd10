"""What an import knows of a film, a person and a credit, before anything is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as another catalogue has them; years are None where not known."""

    imdb_id: str
    name: str
    born: int | None = None
    died: int | None = None


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """A person's line on a film; `place` is its place in the list, which is not always the billing."""

    person: PersonRecord
    department: str
    place: int
    job: str = ""
    parts: tuple[str, ...] = ()
    as_self: bool = False
    archive_footage: bool = False


@dataclass(frozen=True, slots=True)
class FilmRecord:
    """A film as another catalogue has it, with all its credits."""

    imdb_id: str
    title: str
    original_title: str = ""
    year: int | None = None
    runtime: int | None = None
    genres: tuple[str, ...] = ()
    credits: tuple[CreditRecord, ...] = ()
