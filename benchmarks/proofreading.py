"""Precision and recall over tests/data/passages, and the time to proofread: `python -m benchmarks.proofreading`."""

from collections import Counter
from itertools import count
from random import Random
from time import process_time

from django.db import connection, transaction

from articles.proofreading import Copy, proofread
from benchmarks.measuring import milliseconds, show
from benchmarks.site import site
from benchmarks.texts import SYLLABLES, article
from films.models import Film
from tests.factories import make_credit, make_film, make_person
from tests.passages import copy_for, passages

WORDS = 2_000
CREDITS = 100
counter = count()
NAMES_EVERY = 12  # words of the article to a name of the film


def main():
    """Measure both."""
    with site():
        show(["code", "expected", "found", "precision %", "recall %"], judged())
        credited = make_credits()
        body = with_names(article(WORDS), credited)
        linked = with_names(article(WORDS), credited, linked=True)
        film = Film.objects.get()
        works = {
            "proofread": lambda: proofread(copy(body, film)),
            "proofread, every name a reference": lambda: proofread(copy(linked, film)),
            "of the first: rendering": lambda: copy(body, film).rendered,
            "of the first: asking the film for its names": lambda: copy(body, film).known,
            "of the first: telling prose from markup": lambda: copy(body, film).prose,
            "of the first: finding the names, the film asked": lambda: copy(body, film).reading,
        }
        times = milliseconds(*works.values()), milliseconds(*works.values(), clock=process_time)
        heading = [f"{WORDS:,} words, {CREDITS} credits, {connection.vendor}", "ms", "ms of processor"]
        show(heading, list(zip(works, *times, strict=True)))


def judged():
    """Return, for each code, how many findings the passages want, how many they get, precision and recall."""
    wanted, found, right = Counter(), Counter(), Counter()
    for passage in passages():
        wants, gets = Counter(map(tuple, passage["finds"])), _found(passage)
        for code in {code for code, *_ in wants | gets}:
            wanted[code] += _of(wants, code)
            found[code] += _of(gets, code)
            right[code] += _of(wants & gets, code)
    return [
        (code, wanted[code], found[code], 100 * right[code] / (found[code] or 1), 100 * right[code] / wanted[code])
        for code in sorted(wanted)
    ]


def _found(passage):
    with transaction.atomic():
        findings = proofread(copy_for(passage))
        transaction.set_rollback(True)
    told = [finding for finding in findings if finding.code.startswith(("name-", "fact-"))]
    return Counter((finding.code, finding.text, finding.suggestion or "") for finding in told)


def _of(findings, code):
    return sum(number for finding, number in findings.items() if finding[0] == code)


def make_credits():
    """Make a film with so many in the cast, and return the characters' references and names."""
    film, random = make_film(), Random(3)  # noqa: S311
    for _ in range(CREDITS):
        make_credit(film, make_person(_name(random)), _name(random))
    return list(film.characters.values_list("slug", "name"))


def with_names(text, credited, *, linked=False):
    """Return *text* with every twelfth word a character's name, every second one short, every thirtieth misspelt."""
    random, words = Random(4), text.split(" ")  # noqa: S311
    for number, place in enumerate(range(7, len(words), NAMES_EVERY)):
        slug, name = random.choice(credited)
        name = name if number % 2 else name.split()[-1]
        name = name[:-2] + name[-1] if number % 30 == 29 and not linked else name
        words[place] = f"[[character:{slug}|{name}]]" if linked else name
    return " ".join(words)


def copy(body, film):
    """Return *body* as copy about *film* that was never read before."""
    body = f"{body} {next(counter)}"
    return Copy(title="What Is It About?", dek="Two agents go under.", body=body, film=film, has_topics=True)


def _name(random):
    return " ".join("".join(random.choices(SYLLABLES, k=random.randint(2, 3))).title() for _ in range(2))


if __name__ == "__main__":
    main()
