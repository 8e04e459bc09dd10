"""Rows for tests: each function makes one thing, valid and plain, and takes what matters as keywords."""

import itertools
from io import BytesIO

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from PIL import Image as Picture

from articles.drafting import start_article
from articles.models import Author, Topic
from articles.publishing import publish
from films import names
from films.models import Character, Credit, Department, Film, Genre, Image, Person, Role

counter = itertools.count(1)


def make_user(*permissions, **fields):
    """Make somebody who may enter the desk, with *permissions* such as "articles.change_article"."""
    user = User.objects.create_user(**{"username": f"user{next(counter)}", "is_staff": True, **fields})
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def make_superuser(**fields):
    """Make somebody who may do everything."""
    return make_user(is_superuser=True, **fields)


def make_film(title="Rush", year=1991, **fields):
    """Make a film; its address is free whatever the title."""
    film = Film(title=title, year=year, sort_title=names.sort_title(title), **fields)
    film.slug = film.slug or names.free_slug(Film.objects.all(), film.slug_candidates())
    film.save()
    return film


def make_person(name="Jason Patric", **fields):
    """Make a person; the address is free whatever the name."""
    person = Person(**{"name": name, "sort_name": names.sort_name(name), **fields})
    person.slug = person.slug or names.free_slug(Person.objects.all(), person.slug_candidates())
    person.save()
    return person


def make_credit(film=None, person=None, *parts, **fields):
    """Make a cast credit with a role and a character for each of *parts*, or, with a department, a crew credit."""
    film, person = film or make_film(), person or make_person()
    credit = Credit.objects.create(**{"film": film, "person": person, "department": Department.CAST, **fields})
    for position, label in enumerate(parts, start=1):
        slug = names.free_slug(film.characters.all(), [names.slug(label) or "character"])
        character = Character.objects.filter(film=film, name=label).first()
        character = character or Character.objects.create(film=film, name=label, slug=slug)
        Role.objects.create(credit=credit, position=position, label=label, character=character)
    return credit


def make_genre(name="Crime"):
    """Make a genre."""
    return Genre.objects.create(name=name, slug=names.slug(name))


def make_picture(size=(640, 360), kind="PNG", colour="teal", **options):
    """Return the bytes of a picture file."""
    file = BytesIO()
    Picture.new("RGB", size, colour).save(file, kind, **options)
    return file.getvalue()


def make_image(**fields):
    """Make an Image row with a real file."""
    file = ContentFile(make_picture(), name="picture.png")
    return Image.objects.create(**{"file": file, "width": 640, "height": 360, "alt": "A street at night", **fields})


def make_author(name="Daniel Fox", **fields):
    """Make an author."""
    slug = names.free_slug(Author.objects.all(), [names.slug(name)])
    return Author.objects.create(**{"name": name, "slug": slug, **fields})


def make_topic(name="Undercover", **fields):
    """Make a topic."""
    return Topic.objects.create(**{"name": name, "slug": names.slug(name), **fields})


def make_article(title="What Is the Movie “Rush” About?", *, by=None, **fields):
    """Make a draft: *fields* are those of `start_article`."""
    return start_article(by=by, **{"title": title, "dek": "Two agents go under.", "body": "Words.", **fields})


def make_live(title="What Is the Movie “Rush” About?", *, at=None, **fields):
    """Make an article that readers see, from *at* on or at once."""
    article = make_article(title, **fields)
    publish(article.head, by=None, at=at)
    return article


def make_member(group, **fields):
    """Make somebody of the "Writers", "Editors" or "Credits desk"."""
    user = make_user(**{"email": f"user{next(counter)}@news.example", **fields})
    user.groups.add(Group.objects.get(name=group))
    return user
