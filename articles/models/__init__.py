"""The words: who wrote what, how it was revised, and when readers see it."""

from articles.models.article import Article, ArticleKind, ArticleState, Byline
from articles.models.author import Author
from articles.models.publication import Publication
from articles.models.revision import Revision, Spoilers
from articles.models.topic import Topic

__all__ = [
    "Article",
    "ArticleKind",
    "ArticleState",
    "Author",
    "Byline",
    "Publication",
    "Revision",
    "Spoilers",
    "Topic",
]
