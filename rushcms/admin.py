"""Accounts as the newsroom keeps them, old addresses, and what of the log-in guard the desk shows."""

from itertools import groupby
from operator import attrgetter

import axes.admin  # noqa: F401 - These three register what is taken away below.
import django.contrib.redirects.admin
import django.contrib.sites.admin  # noqa: F401
from axes.models import AccessFailureLog
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.forms.models import ModelChoiceIterator

from films.forms import RowsField

admin.site.unregister([AccessFailureLog, Group, Redirect, Site, User])


class PermissionIterator(ModelChoiceIterator):
    """Permissions under the name of what they are about."""

    def __iter__(self):
        for kind, permissions in groupby(self.queryset.select_related("content_type"), attrgetter("content_type")):
            yield kind.name.capitalize(), [self.choice(permission) for permission in permissions]


class PermissionField(RowsField):
    """Permissions as boxes to tick."""

    iterator = PermissionIterator

    def label_from_instance(self, permission):
        """Say what it allows, without the app it belongs to."""
        return permission.name


def tick_boxes(field):
    """Return the options that show a many-to-many *field* as boxes to tick, permissions by what they are about."""
    options = {"widget": forms.CheckboxSelectMultiple(attrs={"class": "choices"}), "help_text": ""}
    return options | {"form_class": PermissionField if "permissions" in field.name else RowsField}


@admin.register(Group)
class TeamAdmin(GroupAdmin):
    """What everybody in a group may do."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **options):
        """Show permissions as boxes to tick."""
        return super().formfield_for_manytomany(db_field, request, **{**tick_boxes(db_field), **options})


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Who may enter: the name and the groups first, single permissions folded away."""

    list_display = ("username", "full_name", "email", "is_active", "is_staff", "last_login")
    fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email", "password", "groups")}),
        ("Single permissions", {"fields": ("user_permissions",), "classes": ("collapse",)}),
        ("May enter", {"fields": ("is_active", "is_staff", "is_superuser"), "classes": ("side",)}),
        ("Seen", {"fields": ("last_login", "date_joined"), "classes": ("side",)}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **options):
        """Show groups and permissions as boxes to tick."""
        return super().formfield_for_manytomany(db_field, request, **{**tick_boxes(db_field), **options})

    @admin.display(description="name", ordering="last_name")
    def full_name(self, user):
        """The account's own name, first name first."""
        return user.get_full_name()


class RedirectForm(forms.ModelForm):
    """An address that leads to another one of this site, or to a page elsewhere."""

    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        labels = {"old_path": "Old address", "new_path": "Leads to"}
        help_texts = {
            "old_path": "From the first slash on, such as /articles/rush/. While a page is there, it is not led away.",
            "new_path": "Such as /articles/rush-explained/, or a whole address elsewhere. Left empty, readers learn "
            "that the page is gone.",
        }

    def clean_old_path(self):
        """Take an address of this site that leads nowhere yet."""
        old = self.cleaned_data["old_path"]
        if not old.startswith("/") or old.startswith("//"):
            raise forms.ValidationError("Begin with one slash: /articles/…")
        taken = Redirect.objects.filter(site=Site.objects.get_current(), old_path=old).exclude(pk=self.instance.pk)
        if taken.exists():
            raise forms.ValidationError("This address leads somewhere already; change that one.")
        return old

    def clean_new_path(self):
        """Take an address of this site or of the web."""
        new = self.cleaned_data["new_path"]
        if new.startswith("//") or (new and not new.startswith(("/", "https://", "http://"))):
            raise forms.ValidationError("Begin with one slash, or with https://")
        return new

    def clean(self):
        """Refuse a circle, however long."""
        cleaned = super().clean()
        old, new = cleaned.get("old_path"), cleaned.get("new_path")
        if old and old == new:
            self.add_error("new_path", "This is the old address itself.")
        elif old and new and self._leads_back(old, new):
            self.add_error("new_path", "That address leads back to this one.")
        return cleaned

    def _leads_back(self, old, new):
        """Follow this site's redirects from *new*, without the one that is changed."""
        others = Redirect.objects.filter(site=Site.objects.get_current()).exclude(pk=self.instance.pk)
        passed = set()
        while new and new != old and new not in passed:
            passed.add(new)
            new = others.filter(old_path=new).values_list("new_path", flat=True).first()
        return new == old


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    """Old addresses and where they lead; a new address of an article makes its redirect by itself."""

    form = RedirectForm
    list_display = ("old_path", "leads_to")
    ordering = ("old_path",)
    search_fields = ("old_path", "new_path")
    search_help_text = "Any part of either address"

    def get_queryset(self, request):
        """Keep to this site."""
        return super().get_queryset(request).filter(site=Site.objects.get_current())

    def save_model(self, request, obj, form, change):
        """File it under this site."""
        obj.site = Site.objects.get_current()
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request):
        """Let in who may publish, as all of the below: whoever gives addresses looks after old ones."""
        return request.user.has_perm("articles.publish_article")

    def has_add_permission(self, request):
        """Ask the same of who adds one."""
        return self.has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        """Ask the same of who looks."""
        return self.has_module_permission(request)

    has_change_permission = has_delete_permission = has_view_permission

    @admin.display(description="leads to", ordering="new_path")
    def leads_to(self, redirect):
        """Say where, or that readers learn the page is gone."""
        return redirect.new_path or "nowhere: gone"
