"""The timeline of an article's publications, a point at a time, in an article that is locked.

A publication ends where the next starts, or where a withdrawal was planned; that one stays where it is, whatever
starts at its moment, goes before it or comes after.
"""

from articles.models import Publication


def insert(turns, before, *, starts, **words):
    """Start a publication among *turns* of an article and return it; *before* is what covers that moment, or None."""
    after = turns.scheduled(starts).first()
    ends = before.ends if before else after and after.starts
    withdrawn = bool(before and before.withdrawn)
    if before:
        end(before, starts)
    return turns.create(starts=starts, ends=ends, withdrawn=withdrawn, **words)


def remove(publication):
    """Take *publication* off: the one that it ended goes on to where it would have ended itself."""
    turns = Publication.objects.filter(article=publication.article_id)
    before = turns.filter(ends=publication.starts, withdrawn=False).first()
    publication.delete()
    if before:
        end(before, publication.ends, withdrawn=publication.withdrawn)


def following(publication):
    """Return what comes after *publication*, at once or after a time without, or None."""
    return Publication.objects.filter(article=publication.article_id).scheduled(publication.starts).first()


def end(publication, moment, *, withdrawn=False):
    """Let *publication* end at *moment*, or not, where that is None; by a withdrawal, or for the next."""
    publication.ends, publication.withdrawn = moment, withdrawn
    publication.save(update_fields=["ends", "withdrawn"])
