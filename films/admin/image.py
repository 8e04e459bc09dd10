"""Pictures on the desk: taking one in, and saying what it shows and whose it is."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.widgets import Script
from django.template.loader import render_to_string

from films.admin.lists import CatalogueAdmin, Missing
from films.images import ImageRejected, checked, keep, remove
from films.models import Image
from films.models.fields import matching
from films.tasks import ask_for_renditions

SAID = ["alt", "caption", "credit_line", "licence", "focal_x", "focal_y", "film", "person"]
FOCAL = "Where the eye should rest when the picture is cropped, in percent from the left and from the top."


class NewImageForm(forms.ModelForm):
    """The form that takes a picture in; what is not a picture is refused beside the file."""

    upload = forms.FileField(label="Picture", help_text="JPEG, PNG, WebP or AVIF.")

    class Meta:
        model = Image
        fields = SAID

    def clean_upload(self):
        """Return the picture, ready to be kept; nothing is written yet."""
        try:
            return checked(self.cleaned_data["upload"])
        except ImageRejected as error:
            raise ValidationError(str(error)) from None


class ImageMissing(Missing):
    """Pictures that say too little."""

    missing = {"description": Q(alt=""), "credit": Q(credit_line=""), "film and person": Q(film=None, person=None)}


@admin.register(Image)
class ImageAdmin(CatalogueAdmin):
    """The pictures, each to be described for those who cannot see it and credited to its owner."""

    fieldsets = [
        (None, {"fields": ["picture", "alt", "caption"]}),
        ("Rights", {"fields": ["credit_line", "licence"], "classes": ["side"]}),
        ("Shows", {"fields": ["film", "person"], "classes": ["side"]}),
        ("Focal point", {"fields": [("focal_x", "focal_y")], "classes": ["side"], "description": FOCAL}),
    ]
    readonly_fields = ["picture"]
    autocomplete_fields = ["film", "person"]
    list_display = ["thumbnail", "description", "credit_line", "shows", "size", "created_at"]
    list_display_links = ["description"]
    list_filter = [ImageMissing]
    list_select_related = ["film", "person"]

    class Media:
        css = {"all": ["css/admin/focal.css"]}
        js = [Script("js/admin/focal.js", type="module")]

    def get_form(self, request, obj=None, **kwargs):
        """Ask for the file only where there is none yet."""
        return super().get_form(request, obj, **({"form": NewImageForm} if obj is None else {}), **kwargs)

    def get_fieldsets(self, request, obj=None):
        """Show the picture, or ask for it."""
        first, *rest = super().get_fieldsets(request, obj)
        return [first if obj else (None, {"fields": ["upload", "alt", "caption"]}), *rest]

    def save_model(self, request, obj, form, change):
        """Keep what is said of a picture, and of a new one the file; crops follow the focal point."""
        if not change:
            keep(form.cleaned_data["upload"], obj)
            return
        super().save_model(request, obj, form, change)
        if obj.renditions is None:
            ask_for_renditions(obj)
        elif {"focal_x", "focal_y"} & {*form.changed_data}:
            ask_for_renditions(obj, crops_only=True)

    def delete_model(self, request, obj):
        """Take the picture away with its file."""
        remove(obj)

    def delete_queryset(self, request, queryset):
        """Take the pictures away with their files."""
        for image in queryset:
            remove(image)

    def found(self, queryset, text):
        """Search what pictures say, and what and whom they show."""
        return queryset.filter(matching(text, "folded", "film__folded", "person__folded"))

    @admin.display(description="picture")
    def thumbnail(self, image):
        """Show the picture small."""
        return render_to_string("admin/films/_thumbnail.html", {"image": image})

    @admin.display(description="picture")
    def picture(self, image):
        """Show the picture as large as the page lets it."""
        return render_to_string("admin/films/_picture.html", {"image": image})

    @admin.display(description="description", ordering="alt")
    def description(self, image):
        """Show the description, or that it is missing."""
        return image.alt or "No description yet"

    @admin.display(description="shows")
    def shows(self, image):
        """Name the film and the person it shows."""
        return ", ".join(str(shown) for shown in (image.film, image.person) if shown)

    @admin.display(description="size", ordering="width")
    def size(self, image):
        """Show the size in pixels."""
        return f"{image.width} × {image.height}"
