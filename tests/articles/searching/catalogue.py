"""A small catalogue with what is hard to find: namesakes, accents, other scripts, apostrophes, other titles."""

from articles.models import ArticleKind
from films.models import CharacterName, Department, FilmTitle, PersonName
from tests.factories import make_credit, make_film, make_live, make_person

FILMS = [
    ("Rush Hour", 1998, []),
    ("The Rush", 2020, []),
    ("Amélie", 2001, ["Le Fabuleux Destin d'Amélie Poulain"]),
    ("Spirited Away", 2001, ["Sen to Chihiro no kamikakushi", "千と千尋の神隠し"]),
    ("Se7en", 1995, ["Seven"]),
    ("Seven Samurai", 1954, ["七人の侍"]),
    ("E.T. the Extra-Terrestrial", 1982, []),
    ("Spider-Man", 2002, []),
    ("Spider-Man: No Way Home", 2021, []),
    ("What About Bob?", 1991, []),
    ("It", 2017, []),
    ("Them!", 1954, []),
    ("2001: A Space Odyssey", 1968, []),
    ("M*A*S*H", 1970, []),
    ("باب الحديد", 1958, ["Cairo Station"]),
    ("Łódź by Night", 1961, []),
    ("Ocean’s Eleven", 2001, []),
]
PEOPLE = ["Jason Statham", "Patrick Swayze", "Donald O'Connor", "Beyoncé", "Chloë Sevigny", "نجيب محفوظ", "三船 敏郎"]


def make_catalogue():
    """Make it all: two films called Rush, who is in them, articles about one, and many others beside."""
    rush, other = make_film("Rush", 1991), make_film("Rush", 2013)
    _cast(rush, {"Jason Patric": "Jim Raynor", "Jennifer Jason Leigh": "Kristen Cates", "Tony Frank": "Nettle"})
    _cast(other, {"Chris Hemsworth": "James Hunt", "Daniel Brühl": "Niki Lauda"})
    make_credit(other, make_person("Ron Howard"), department=Department.DIRECTING, job="director")
    CharacterName.objects.create(character=rush.characters.get(name="Nettle"), text="Nettles", kind="misspelling")
    for title, year, others in FILMS:
        film = make_film(title, year)
        FilmTitle.objects.bulk_create(FilmTitle(film=film, text=text) for text in others)
    people = {name: make_person(name) for name in PEOPLE}
    PersonName.objects.create(person=people["三船 敏郎"], text="Toshiro Mifune", kind="romanised")
    make_credit(make_film("Singin' in the Rain", 1952), people["Donald O'Connor"], "Cosmo Brown")
    _articles(rush, other)


def _cast(film, parts):
    for name, part in parts.items():
        make_credit(film, make_person(name), part)


def _articles(rush, other):
    said = "Two narcotics agents go under.\n\n||Kristen kills the butler.||"
    make_live("What Is the Movie “Rush” About?", film=rush, body=said)
    make_live("How the Cover Comes Off", film=rush, kind=ArticleKind.ENDING, body="The last scene, closely read.")
    make_live("Lauda Against Hunt", film=other, kind=ArticleKind.ESSAY, dek="A rivalry.", body="A season of racing.")
    make_live(
        "Ten Films About Undercover Agents",
        kind=ArticleKind.GUIDE,
        body="Rush is one of them; see [[film:se7en-1995]].",
    )
