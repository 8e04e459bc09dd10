"""A newsroom at work, for the pictures of the editors' guide."""

from dataclasses import dataclass, field
from datetime import timedelta

import time_machine
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from articles.autosaving import autosave
from articles.drafting import name_revision, save_revision, start_article
from articles.kept_texts import known
from articles.models import Article, Author, CorrectionKind
from articles.publishing import publish
from articles.reviewing import request_review
from films import names
from films.models import Film

CARS = """Every film about pretending has a scene in a parked car. Two people sit side by side, look ahead, and say
what they cannot say face to face.

## Who drives

The driver is a quiet man. He has done this before, and the car is his.

## What the mirror is for

A mirror lets us see a face that its neighbour cannot. It ends badly."""

MEMBERS = (("Ana", "Editors"), ("Ben", "Writers"), ("Eve", "Editors"))

PLANNED = (
    ("Night Moves, Explained: Who Knew What", ("Night Moves", 1975), 1, 7),
    ("“Thief” and the Scene in the Diner", ("Thief", 1981), 4, 12),
    ("Is Walker Dead in “Point Blank”?", ("Point Blank", 1967), 4, 18),
    ("“Blue Collar”: Three Friends, One Safe", ("Blue Collar", 1978), 9, 7),
)


@dataclass
class Newsroom:
    """What the pictures show: pages by the picture's name, a film, and an article that two people edit."""

    shared: Article
    ben: User
    film: str
    pages: dict[str, str] = field(default_factory=dict)

    def interfere(self):
        """Let Ben save, changing one passage that Ana will change and one that she will not."""
        body = CARS.replace("a quiet man", "a patient man").replace("Two people sit", "Two agents sit")
        save_revision(self.shared, by=self.ben, base=self.shared.head, body=body, note="Names them as agents")

    def writing(self, article):
        """Return where *article* is written."""
        return reverse("admin:articles_article_change", args=[article.pk])


def make_newsroom(password, morning):
    """Let three colleagues have worked in the days before *morning*."""
    ana, ben, eve = (make_member(*who, password) for who in MEMBERS)
    Author.objects.filter(slug="ines-calloway").update(user=ana)
    with time_machine.travel(morning - timedelta(days=3), tick=False):
        shared = write("The Parked Car as a Confessional", ben, authors=[ana.author])
        publish_and_go_on(ana, eve)
    explainer = revise_explainer(ana, eve, morning)
    with time_machine.travel(morning - timedelta(hours=15), tick=False):
        draft = leave_draft(ana)
    with time_machine.travel(morning - timedelta(hours=14), tick=False):
        asked = ask(ben, ana)
    film = reverse("admin:films_film_change", args=[explainer.film_id])
    return Newsroom(shared, ben, film, addresses(explainer, draft, asked))


def addresses(explainer, draft, asked):
    """Return the pages to look at, by the names of their pictures."""
    pages = {name: (name, explainer) for name in ("history", "compare", "publishing")}
    pages |= {"writing": ("change", explainer), "coming-back": ("change", draft), "review": ("review", asked)}
    return {name: reverse(f"admin:articles_article_{view}", args=[at.pk]) for name, (view, at) in pages.items()}


def make_member(name, group, password):
    """Make a colleague's account."""
    user = User.objects.create_user(name.lower(), password=password, first_name=name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def make_film(title, year):
    """Make a film that has no credits yet."""
    slug = names.slug(title, year)
    return Film.objects.create(title=title, year=year, sort_title=names.sort_title(title), slug=slug)


def write(title, by, **fields):
    """Start an article."""
    return start_article(by=by, **{"title": title, "body": CARS, **fields})


def publish_and_go_on(ana, eve):
    """Let an article be live with a newer draft, and others go out in the coming days."""
    old = write("“Klute” and the Tape Recorder", eve, film=make_film("Klute", 1971))
    publish(old.head, by=ana)
    save_revision(old, by=eve, base=old.head, body=CARS.replace("badly", "well"))
    for title, film, days, hour in PLANNED:
        publish(write(title, eve, film=make_film(*film)).head, by=ana, at=at(days + 3, hour))


def revise_explainer(ana, eve, morning):
    """Let the sample article be revised, named, put right and planned, and return it."""
    article = Article.objects.get(slug="rush-1991-explained")
    with time_machine.travel(morning - timedelta(days=2, hours=-3), tick=False):
        body = article.head.body.replace("a new partner, and what he asks of", "a new partner. What he asks of")
        second = save_revision(article, by=ana, base=article.head, note="Says sooner who recruits whom", body=body)
        name_revision(second, "as read by Eve", by=ana)
        told = "The opening now says who recruits whom."
        publish(second, by=ana, correction=(CorrectionKind.CLARIFICATION, told))
    with time_machine.travel(morning - timedelta(hours=16), tick=False):
        plain = body.replace(
            "They buy; they write down what they bought and who sold it; they hand",
            "They buy, write it all down, and hand",
        )
        third = save_revision(article, by=eve, base=second, note="The round of a day in fewer words", body=plain)
        publish(third, by=ana, at=at(3, 9), note="With the anniversary.")
    return article


def leave_draft(ana):
    """Let Ana leave a text unsaved, and return its article."""
    article = Article.objects.select_related("head").get(slug="files-in-dodds-drawer")
    typed = {**known(article), "body": f"{article.head.body}\n\nAnd the drawer is never locked."}
    autosave(user=ana, tab="left-yesterday", article=article, base=article.head, payload=typed, unsaved=True)
    return article


def ask(ben, ana):
    """Let Ben ask Ana for one review and anybody for another, and return the first article."""
    article = write("What “The Conversation” Hears", ben, film=make_film("The Conversation", 1974))
    request_review(article.head, by=ben, reviewer=ana, request="Is the second half too sure of itself?")
    other = write("Wires, Rooms and Ears: How Films Listen", ben, film=make_film("Blow Out", 1981))
    request_review(other.head, by=ben)
    return article


def at(days, hour):
    """Return an hour of a day to come, in the newsroom."""
    return (timezone.localtime() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
