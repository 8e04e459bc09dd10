"""Importing many files at once: all of them or, where one is wrong, none."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from articles.importing.document import Document, Refused
from articles.importing.filing import Outcome, import_document
from articles.importing.named import find_film
from articles.importing.reading import read_document


def import_files(
    paths: Iterable[Path], *, film: str = "", author: str = "", publish: bool = False, dry_run: bool = False
) -> list[Outcome]:
    """Import every file and tell what became of each; where one is wrong, import none and raise Refused, naming all.

    *film*, an address, and *author*, a name, go before what the files say. A dry run is taken back at its end.
    """
    if film:
        find_film(film)
    problems: list[Refused] = []
    documents = _read_all(paths, problems)
    outcomes = []
    with transaction.atomic():
        for document in documents:
            try:
                outcomes.append(import_document(document, film=film, author=author, publish=publish))
            except Refused as problem:
                problems.append(problem)
        if problems:
            raise Refused("\n".join(map(str, problems)))
        transaction.set_rollback(dry_run)
    return outcomes


def _read_all(paths: Iterable[Path], problems: list[Refused]) -> list[Document]:
    """Read the files; what is wrong with any of them, alone or beside another, goes to *problems*."""
    documents: dict[str, Document] = {}
    for path in paths:
        try:
            document = read_document(path)
            if twin := documents.get(document.address):
                raise document.problem(f"has the same address as {twin.source}: {twin.address}.", "slug")
            documents[document.address] = document
        except Refused as problem:
            problems.append(problem)
    return list(documents.values())
