"""The words: who wrote what, how it was revised, and when readers see it."""

from articles.models.article import Article, ArticleKind, ArticleState
from articles.models.author import Author
from articles.models.autosave import Autosave
from articles.models.byline import Byline
from articles.models.correction import Correction, CorrectionKind
from articles.models.entry import EntryKind, SearchEntry
from articles.models.event import Action, Event, record
from articles.models.mention import Mention
from articles.models.proof import Dismissal, Proof
from articles.models.publication import Publication
from articles.models.review import Review, Verdict, with_words_of
from articles.models.revision import Revision, Spoilers
from articles.models.topic import Topic

__all__ = [
    "Action",
    "Article",
    "ArticleKind",
    "ArticleState",
    "Author",
    "Autosave",
    "Byline",
    "Correction",
    "CorrectionKind",
    "Dismissal",
    "EntryKind",
    "Event",
    "Mention",
    "Proof",
    "Publication",
    "Review",
    "Revision",
    "SearchEntry",
    "Spoilers",
    "Topic",
    "Verdict",
    "record",
    "with_words_of",
]
