"""Every public address, and where each app's own begin."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from rushcms import machines, searching, views
from rushcms.cards.views import card_detail

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("articles.urls")),
    path("", include("films.urls")),
    path("sitemap.xml", machines.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", machines.sitemap, name="sitemap"),
    path("news-sitemap.xml", machines.news_sitemap, name="news_sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("search/", searching.results, name="search"),
    path("search/suggest", searching.suggestions, name="suggestions"),
    path("cards/<slug:kind>/<slug:slug>.<slug:fingerprint>.jpg", card_detail, name="card"),
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
