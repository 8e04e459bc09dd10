"""Filing: what an article is about and where it stands, outside its history of revisions."""

from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.drafting import set_bylines
from articles.models import Action, Article, record
from articles.permissions import may_file, require


class AddressTaken(Exception):
    """Another article has that address."""


@transaction.atomic
def refile(article, *, by, slug=None, authors=None, topics=None, **fields):
    """Change where *article* is filed: *fields* are `kind` and `film`; what is not given stays.

    Under a new *slug* the old address leads to the new one. Readers see all of this at once, so for an article that
    is live it takes who may publish. Raises AddressTaken, PermissionDenied.
    """
    require(may_file(by, article), "file this article while readers see it")
    if slug:
        move(article, slug, by=by)
    for field, value in fields.items():
        setattr(article, field, value)
    article.save(update_fields=[*fields]) if fields else None
    if authors is not None and [byline.author for byline in article.bylines.select_related("author")] != list(authors):
        set_bylines(article, authors)
    if topics is not None:
        article.topics.set(topics)


@transaction.atomic
def move(article, slug, *, by):
    """Give *article* the address *slug*; every address it had leads straight to the new one."""
    require(may_file(by, article), "file this article while readers see it")
    old = Article.objects.get(pk=article.pk).get_absolute_url()  # A form may have put the new one on *article* already.
    new = reverse("articles:article_detail", args=[slug])
    if old == new:
        return
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(slug=slug)
    except IntegrityError:
        raise AddressTaken(f"Another article is at {new}.") from None
    site = Site.objects.get_current()
    Redirect.objects.filter(site=site, old_path=new).delete()
    Redirect.objects.filter(site=site, new_path=old).update(new_path=new)
    Redirect.objects.update_or_create(site=site, old_path=old, defaults={"new_path": new})
    record(article, Action.MOVED, by=by, detail=f"{old} to {new}")
    article.slug = slug
