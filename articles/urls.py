"""Addresses of articles, authors and topics."""

from django.urls import path

from articles import feeds, views

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="article_list"),
    path("articles/<slug:slug>/", views.article_detail, name="article_detail"),
    path("corrections/", views.correction_list, name="correction_list"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("authors/<slug:slug>/", views.author_detail, name="author_detail"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic_detail"),
    *feeds.feed_paths("", feeds.site_feed, "site_feed"),
    *feeds.feed_paths("films/<slug:slug>/", feeds.film_feed, "film_feed"),
    *feeds.feed_paths("topics/<slug:slug>/", feeds.topic_feed, "topic_feed"),
    *feeds.feed_paths("authors/<slug:slug>/", feeds.author_feed, "author_feed"),
]
