"""Presence: who else has an article open, and what they saved meanwhile, in words that the desk shows."""

from dataclasses import dataclass
from datetime import datetime

from articles.autosaving import others_present


@dataclass(frozen=True)
class Company:
    """Somebody who has the article open: a colleague, or oneself in another tab; `since` is when last heard of."""

    name: str
    you: bool
    unsaved: bool
    since: datetime

    def __str__(self):
        here = "You have this open in another tab" if self.you else f"{self.name} is here"
        return f"{here}, with unsaved changes" if self.unsaved else here


def called(user):
    """Return what colleagues call *user*; without one, it was a command."""
    return user.get_short_name() or user.get_username() if user else "A command"


def full_name(user):
    """Return a colleague's whole name, for those who do not look at the same screen."""
    return user.get_full_name() or user.get_username() if user else called(None)


def company(*, article, user, tab=""):
    """Return everybody who has *article* open beside the form *tab* of *user*, each once, however many tabs."""
    found = {}
    for form in others_present(article=article, user=user, tab=tab):
        unsaved = form.unsaved or (form.user_id in found and found[form.user_id].unsaved)
        found[form.user_id] = Company(called(form.user), form.user == user, unsaved, form.updated_at)
    return list(found.values())


def colleagues(forms):
    """Return for each of those whose open *forms* these are a class that marks who is writing, and the name."""
    writing = {form.user_id for form in forms if form.unsaved}
    people = {form.user_id: form.user for form in forms}
    return [(" is-writing" if key in writing else "", called(user)) for key, user in people.items()]


def newer(article, base):
    """Return the head of *article* where it is no longer *base*, which a form started from."""
    return article.head if base and article.head_id != base.pk else None
