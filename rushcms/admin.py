"""Accounts as the newsroom keeps them, and what of the log-in guard the desk shows."""

from itertools import groupby
from operator import attrgetter

import axes.admin  # noqa: F401 - It registers what is taken away below.
from axes.models import AccessFailureLog
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms.models import ModelChoiceIterator

from films.forms import RowsField

admin.site.unregister([AccessFailureLog, Group, User])


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
