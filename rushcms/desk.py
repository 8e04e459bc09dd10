"""The desk: Django's admin as editors and staff meet it."""

from django.contrib import admin
from django.urls import reverse_lazy


class Desk(admin.AdminSite):
    """The admin site of RushCMS."""

    site_title = "RushCMS desk"
    site_header = "RushCMS"
    index_title = "The desk"
    site_url = reverse_lazy("home")
    enable_nav_sidebar = False
