"""Topics on the desk."""

from django.contrib import admin

from articles.admin.author import NamedAdmin
from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """Subjects that articles share."""

    fields = ["name", "slug", "description"]
    list_display = ["name", "description", "articles"]
