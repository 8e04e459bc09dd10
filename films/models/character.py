"""Characters: who is in the story, whoever plays them."""

from django.db import models
from django.db.models import Q

from films.models.fields import OtherName, SearchField, one_of


class Character(models.Model):
    """Somebody in a film's story; several performers may play one."""

    film = models.ForeignKey("films.Film", models.CASCADE, related_name="characters")
    name = models.CharField(max_length=200)
    folded = SearchField("name", db_index=True)
    disambiguation = models.CharField(max_length=100, blank=True)
    description = models.CharField(max_length=300, blank=True, help_text="One line that spoils nothing.")
    spoils = models.BooleanField(
        "spoiler", default=False, help_text="That this character is there gives the film away."
    )
    slug = models.SlugField("address", max_length=220, blank=True)

    class Meta:
        ordering = ["film", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "slug"],
                name="character_slug_once",
                violation_error_message="This film has a character with that address.",
            ),
            models.CheckConstraint(
                name="character_has_name_and_slug",
                condition=~Q(name="") & ~Q(slug=""),
                violation_error_message="A character needs a name.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.disambiguation})" if self.disambiguation else self.name


class CharacterNameKind(models.TextChoices):
    """Whether the name is right."""

    ALIAS = "alias"
    MISSPELLING = "misspelling"


class CharacterName(OtherName):
    """Another name of a character, or a known misspelling: "Nettles" for Nettle."""

    character = models.ForeignKey(Character, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=12, choices=CharacterNameKind, default=CharacterNameKind.ALIAS)

    class Meta:
        ordering = ["character", "pk"]
        constraints = [
            one_of("kind", CharacterNameKind),
            models.UniqueConstraint(
                fields=["character", "text"],
                name="character_name_once",
                violation_error_message="This character already has that name.",
            ),
        ]


class CharacterAddress(models.Model):
    """An address that a character had before a merge, by which references in texts still find it."""

    character = models.ForeignKey(Character, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField("address", max_length=220)

    class Meta:
        ordering = ["character", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["character", "slug"],
                name="character_address_once",
                violation_error_message="This character had that address already.",
            ),
        ]

    def __str__(self):
        return self.slug
