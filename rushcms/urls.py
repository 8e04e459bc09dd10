"""Every public address, and where each app's own begin."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from rushcms import views
from rushcms.cards.views import card_detail

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("articles.urls")),
    path("", include("films.urls")),
    path("cards/<slug:kind>/<slug:slug>.<slug:fingerprint>.jpg", card_detail, name="card"),
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
