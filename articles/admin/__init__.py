"""The articles' part of the desk."""

from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.impact import impact
from articles.admin.topic import TopicAdmin

__all__ = ["ArticleAdmin", "AuthorAdmin", "TopicAdmin", "impact"]
