"""Films and people in the words of schema.org, for search engines: nodes of one graph that point at each other by @id.

Only what pages show stands here, and nothing that spoils: a character that does has no name in it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import json_script

from films.dates import known_machine
from films.facts import Facts, certificate, first_release
from films.models import Credit, Department, Film, Image, Person, Precision
from films.pictures import crops
from films.roll import Job, Roll

type Node = dict[str, Any]
type Absolute = Callable[[str], str]  # Makes an address whole: request.build_absolute_uri.

JSON, LINKED = 'type="application/json"', 'type="application/ld+json"'
OCCUPATIONS = {"Acting": "Actor"}  # Of what a filmography calls otherwise.
MUSICAL = {"", "composer", "music", "music by", "original music", "original music by", "score"}


class Graph:
    """Nodes as the block of data that a page holds; browsers run none of it, so that it needs no nonce."""

    def __init__(self, nodes: Iterable[Node]):
        self.nodes = list(nodes)

    def pictured(self, address: str) -> "Graph":
        """Return the graph with the picture at *address* for its first node, where that has none."""
        first, *others = self.nodes
        return Graph([{"image": [address]} | first, *others])

    def __html__(self) -> str:
        """Return the block, escaped as Django's own."""
        document = {"@context": "https://schema.org", "@graph": self.nodes}
        return json_script(document).replace(JSON, LINKED, 1)


def film_graph(film: Film, roll: Roll, absolute: Absolute, crumbs: Sequence[tuple[str, str]]) -> Graph:
    """Return what the page of *film*, which came by `for_page()`, says; *crumbs* lead to it from the home page."""
    people = {credit.person: None for credit in [*roll.first_billed, *roll.directors, *_made(film)]}
    nodes = [movie(film, roll, absolute), *(person_stub(person, absolute) for person in people)]
    return Graph([*nodes, breadcrumbs(crumbs, absolute)])


def person_graph(person: Person, jobs: Sequence[Job], absolute: Absolute, crumbs: Sequence[tuple[str, str]]) -> Graph:
    """Return what the page of *person*, who came by `for_page()`, says; *crumbs* lead to it from the home page."""
    return Graph([_person(person, jobs, absolute), breadcrumbs(crumbs, absolute)])


def movie(film: Film, roll: Roll, absolute: Absolute) -> Node:
    """Return the node of a film with its facts and makers."""
    facts = Facts(film, releases=list(film.releases.all()))
    return filled(
        movie_stub(film, absolute)
        | {
            "alternateName": _other_titles(film),
            "description": film.logline,
            "datePublished": released_on(film),
            "duration": f"PT{film.runtime}M" if film.runtime else "",
            "contentRating": certificate(facts),
            "genre": [genre.name for genre in film.genres.all()],
            "countryOfOrigin": [{"@type": "Country", "name": name} for name in film.country_names],
            "inLanguage": film.languages,
            "director": _references(roll.directors, absolute),
            "author": _references(_writing(film), absolute),
            "musicBy": _references(_composing(film), absolute),
            "actor": [_performance(credit, absolute) for credit in roll.first_billed],
            "image": pictures(film.poster, absolute),
            "sameAs": _elsewhere(film, imdb="title", tmdb="movie"),
        }
    )


def movie_stub(film: Film, absolute: Absolute) -> Node:
    """Return the node of a film by name alone, for graphs that are about something else."""
    return {"@type": "Movie", "@id": film_id(film, absolute), "name": film.title, "url": _page(film, absolute)}


def person_stub(person: Person, absolute: Absolute) -> Node:
    """Return the node of a person by name alone."""
    return {"@type": "Person", "@id": person_id(person, absolute), "name": person.name, "url": _page(person, absolute)}


def released_on(film: Film) -> str:
    """Return when the film came out, for machines, as precisely as that is known."""
    release = first_release(list(film.releases.all()), film)
    return known_machine(release.date, Precision(release.precision)) if release else str(film.year or "")


def film_id(film: Film, absolute: Absolute) -> str:
    """Return the @id of a film, the same in all graphs."""
    return f"{_page(film, absolute)}#film"


def person_id(person: Person, absolute: Absolute) -> str:
    """Return the @id of a person, the same in all graphs."""
    return f"{_page(person, absolute)}#person"


def breadcrumbs(crumbs: Sequence[tuple[str, str]], absolute: Absolute) -> Node:
    """Return the way from the home page to this one: names and addresses, the last one this page's."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
        for place, (name, address) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{absolute(crumbs[-1][1])}#breadcrumbs", "itemListElement": items}


def pictures(image: Image | None, absolute: Absolute) -> list[str]:
    """Return the addresses of a picture in the shapes that search engines ask for, each once; none without one."""
    return list(dict.fromkeys(absolute(address) for address in crops(image).values())) if image else []


def filled(node: Mapping[str, Any]) -> Node:
    """Return *node* without what is not known."""
    return {name: value for name, value in node.items() if value not in ("", None, [])}


def _person(person: Person, jobs: Sequence[Job], absolute: Absolute) -> Node:
    return filled(
        person_stub(person, absolute)
        | {
            "alternateName": [name.text for name in person.shown_names],  # type: ignore[attr-defined]
            "description": person.bio,
            "disambiguatingDescription": person.disambiguation,
            "birthDate": known_machine(person.born, person.born_precision) if person.born else "",
            "deathDate": known_machine(person.died, person.died_precision) if person.died else "",
            "jobTitle": [OCCUPATIONS.get(job.name, job.name) for job in jobs],
            "image": pictures(person.portrait, absolute),
            "sameAs": _elsewhere(person, imdb="name", tmdb="person"),
        }
    )


def _page(row: Film | Person, absolute: Absolute) -> str:
    return absolute(row.get_absolute_url())


def _references(credits: Iterable[Credit], absolute: Absolute) -> list[Node]:
    return [{"@id": address} for address in dict.fromkeys(person_id(each.person, absolute) for each in credits)]


def _performance(credit: Credit, absolute: Absolute) -> Node:
    """Return who plays what; a part that spoils is left out."""
    parts = [role.label for role in credit.roles.all() if not (role.character and role.character.spoils)]
    actor = {"@id": person_id(credit.person, absolute)}
    return filled({"@type": "PerformanceRole", "actor": actor, "characterName": parts})


def _made(film: Film) -> list[Credit]:
    return [*_writing(film), *_composing(film)]


def _writing(film: Film) -> list[Credit]:
    return _in(film, Department.WRITING)


def _composing(film: Film) -> list[Credit]:
    return [credit for credit in _in(film, Department.MUSIC) if credit.job.casefold() in MUSICAL]


def _in(film: Film, department: str) -> list[Credit]:
    return [credit for credit in film.all_credits if credit.department == department]  # type: ignore[attr-defined]


def _other_titles(film: Film) -> list[str]:
    titles = [film.original_title, *(title.text for title in film.shown_titles)]  # type: ignore[attr-defined]
    return [title for title in dict.fromkeys(titles) if title and title != film.title]


def _elsewhere(row: Film | Person, *, imdb: str, tmdb: str) -> list[str]:
    """Return the pages of others about *row*."""
    places = [
        (row.imdb_id, f"https://www.imdb.com/{imdb}/{row.imdb_id}/"),
        (row.tmdb_id, f"https://www.themoviedb.org/{tmdb}/{row.tmdb_id}"),
        (row.wikidata_id, f"https://www.wikidata.org/wiki/{row.wikidata_id}"),
    ]
    return [address for known, address in places if known]
