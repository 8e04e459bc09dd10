"""What the page that compares two revisions shows."""

from articles.comparing import compare, words
from articles.models import Revision
from articles.passages import passages

FIELDS = [field for field in Revision.CONTENT if field != "body"]
LABELS = {"hero": "Main picture", "dek": "Dek"}


def comparison(old, new, *, newest):
    """Return how the revision *new* differs from *old*: the fields, the text, and where to go from here.

    *newest* is the number of the article's head; numbers have no gaps, so steps need no look into the database.
    """
    text = compare(old.body, new.body)
    return {
        "old": old,
        "new": new,
        "revisions": [old, new],
        "fields": [_field(name, old, new) for name in FIELDS if getattr(old, name) != getattr(new, name)],
        "passages": passages(text.blocks),
        "text": text,
        "text_same": all(block.kind == "same" for block in text.blocks),
        "spacing_only": old.body != new.body,
        "before": (old.number - 1, old.number) if 1 < old.number < new.number else None,
        "after": (new.number, new.number + 1) if old.number < new.number < newest else None,
    }


def label(name):
    """Return what a field of a revision is called."""
    return LABELS.get(name) or str(Revision._meta.get_field(name).verbose_name).capitalize()


def _field(name, old, new):
    if name == "hero":
        return {"label": label(name), "pictures": True, "old": old.hero, "new": new.hero}
    before, after = (
        revision.get_spoilers_display() if name == "spoilers" else getattr(revision, name) for revision in (old, new)
    )
    return {"label": label(name), "pieces": words(before, after)}
