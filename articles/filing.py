"""Filing: what an article is about and where it stands, outside its history of revisions."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.addresses import AddressTaken, require_free
from articles.drafting import set_bylines
from articles.locking import locked, require_kept
from articles.models import Action, Article, ArticleKind, Revision, record
from articles.permissions import may_file, require
from articles.proofreading import proofs
from articles.searching import keeping
from films import addresses


@transaction.atomic
def refile(article, *, by, slug=None, **filing):
    """Change where *article* is filed: *filing* is `kind`, `film`, `authors`, `topics`; what is not given stays.

    Under a new *slug* the old address leads to the new one. Readers see all of this at once, so for an article that
    is live it takes who may publish. Raises AddressTaken, InTrash, PermissionDenied.
    """
    stored = _to_file(article, by)
    if slug:
        move(article, slug, by=by)
    told = [_put(stored, name, value) for name, value in filing.items()]
    if differences := "; ".join(filter(None, told)):
        record(article, Action.FILED, by=by, detail=differences)
        proofs.keep(Revision.objects.select_related("article__film", "hero").get(pk=stored.head_id))
        keeping.keep_article(stored)
    for name in {"kind", "film"} & filing.keys():
        setattr(article, name, filing[name])


@transaction.atomic
def move(article, slug, *, by):
    """Give *article* the address *slug*; every address at which readers found it leads straight to the new one.

    What nobody has read leaves no trace, since its title may be a secret still. Raises as `refile` does.
    """
    stored = _to_file(article, by)
    old, new = stored.get_absolute_url(), reverse("articles:article_detail", args=[slug])
    if old == new:
        return
    try:
        with transaction.atomic():
            Article.objects.filter(pk=stored.pk).update(slug=slug)
    except IntegrityError:
        raise AddressTaken(f"Another article is at {new}.") from None
    require_free(slug, article=stored)
    leads = addresses.lead if was_public(stored) else addresses.pass_on
    leads(old, new)
    record(stored, Action.MOVED, by=by, detail=f"{old} to {new}")
    article.slug = slug


@transaction.atomic
def store(row):
    """Store *row*, an author or a topic; its articles are then found by what it is called now."""
    before = type(row).objects.filter(pk=row.pk).values_list("name", flat=True).first()
    row.save()
    if before not in {None, row.name}:
        keeping.keep_filed(row)


def was_public(article):
    """Tell whether readers see *article*, or ever saw it."""
    return article.publications.filter(starts__lte=timezone.now()).exists()


def forget_addresses(article):
    """Let nothing lead to *article* any more, which is about to be deleted."""
    addresses.forget(article.get_absolute_url())


def _to_file(article, by):
    """Return *article* as it is stored, not as a form has changed it, and locked."""
    stored = locked(article.pk)
    require(may_file(by, stored), "file this article while readers see it")
    require_kept(stored)
    return stored


def _put(stored, name, value):
    """File *stored* under *value* and return the difference in words; nothing where it is filed there already."""
    old, new = _filed(stored, name), list(value) if name in {"authors", "topics"} else value
    if _keys(name, old) == _keys(name, new):
        return ""
    if name == "authors":
        set_bylines(stored, new)
    elif name == "topics":
        stored.topics.set(new)
    else:
        setattr(stored, name, new)
        stored.save(update_fields=[name])
    return f"{name}: {_said(name, old)} to {_said(name, new)}"


def _filed(stored, name):
    if name == "authors":
        return [byline.author for byline in stored.bylines.select_related("author")]
    return list(stored.topics.all()) if name == "topics" else getattr(stored, name)


def _keys(name, value):
    """Return what tells two filings apart: authors have an order, topics none."""
    return {topic.pk for topic in value} if name == "topics" else value


def _said(name, value):
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(ArticleKind(value).label) if name == "kind" else str(value or "none")
