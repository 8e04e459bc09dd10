"""People and their other names."""

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse

from films import names
from films.models.counting import number_of
from films.models.fields import (
    IMDB_NAME,
    LARGE,
    WIKIDATA,
    OtherName,
    Precision,
    SearchField,
    SortField,
    found_by,
    matching,
    one_of,
)


class PersonQuerySet(models.QuerySet):
    """Which people."""

    def named_like(self, text):
        """People with every word of *text* in one of their names, whatever the accents, capitals or script."""
        if not names.search_terms(text):
            return self.all()
        other = PersonName.objects.filter(matching(text, "folded")).values("person")
        return self.filter(pk__in=found_by(Person, matching(text, "folded") | Q(pk__in=other)))

    def with_known_films(self):
        """People that know three of their films, as `known_credits`: what tells namesakes apart."""
        from films.models.credit import Credit

        best = F("billing").asc(nulls_last=True), F("film__year").desc(nulls_last=True), "pk"
        credits = Credit.objects.select_related("film").order_by(*best)[:3]
        return self.prefetch_related(Prefetch("credits", credits, to_attr="known_credits"))

    def with_counts(self):
        """People that know how many credits they have, as `credit_count`."""
        return self.annotate(credit_count=number_of(self.model, "credits"))

    def with_substance(self):
        """People that know whether their page says more than a name, as `substantial`: others keep out of search."""
        from films.models.credit import Credit

        credits = Exists(Credit.objects.filter(person=OuterRef("pk")))
        return self.annotate(substantial=Q(credits) | ~Q(bio="") | Q(portrait__isnull=False))

    def for_list(self):
        """People with what a list shows, in two queries."""
        return self.with_known_films().fetch_mode(models.FETCH_RAISE)

    def for_page(self):
        """People with what their page shows, their films as `filmography`, in a fixed number of queries."""
        from films.models.credit import Credit

        right = PersonName.objects.exclude(kind=PersonNameKind.MISSPELLING)
        names = Prefetch("names", right, to_attr="shown_names")
        films = Prefetch("credits", Credit.objects.with_films(), to_attr="filmography")
        people = self.with_substance().select_related("portrait")
        return people.prefetch_related(names, films).fetch_mode(models.FETCH_RAISE)


class NameOrder(models.TextChoices):
    """Which end of the name is the family's."""

    WESTERN = "western", "western: Jason Patric"
    EASTERN = "eastern", "eastern: Zhang Yimou"
    MONONYM = "mononym", "one name: Madonna"


class Person(models.Model):
    """Somebody with a part in films; names are not unique, the slug and the external ids are."""

    name = models.CharField(max_length=200)
    folded = SearchField("name", db_index=True)
    sort_name = models.CharField(max_length=210, blank=True, help_text="Left empty, made from the name.")
    sort_key = SortField("sort_name", db_index=True)
    name_order = models.CharField(max_length=8, choices=NameOrder, default=NameOrder.WESTERN)
    born = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    died = models.DateField(null=True, blank=True)
    died_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    disambiguation = models.CharField(max_length=100, blank=True, help_text="Tells this person from namesakes.")
    bio = models.TextField("biography", blank=True)
    slug = models.SlugField("address", max_length=220, unique=True, blank=True)
    imdb_id = models.CharField("IMDb id", max_length=12, unique=True, null=True, blank=True, validators=[IMDB_NAME])
    tmdb_id = models.PositiveIntegerField(
        "TMDB id", unique=True, null=True, blank=True, validators=[MaxValueValidator(LARGE)]
    )
    wikidata_id = models.CharField(
        "Wikidata id", max_length=16, unique=True, null=True, blank=True, validators=[WIKIDATA]
    )
    portrait = models.ForeignKey("films.Image", models.PROTECT, null=True, blank=True, related_name="portrait_of")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["sort_key", "id"], name="person_in_order")]
        constraints = [
            one_of("name_order", NameOrder),
            one_of("born_precision", Precision),
            one_of("died_precision", Precision),
            models.CheckConstraint(
                name="person_born_in_time_for_film",
                condition=Q(born=None) | Q(born__gte=date(1700, 1, 1)),
                violation_error_message="Nobody born before 1700 has worked on a film: is this the right century?",
            ),
            models.CheckConstraint(
                name="person_dies_after_birth",
                condition=Q(born=None) | Q(died=None) | Q(died__gte=F("born")),
                violation_error_message="Nobody dies before being born.",
            ),
            models.CheckConstraint(
                name="person_has_name_and_slug",
                condition=~Q(name="") & ~Q(slug=""),
                violation_error_message="A person needs a name.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.disambiguation})" if self.disambiguation else self.name

    def get_absolute_url(self):
        return reverse("films:person_detail", args=[self.slug])

    def slug_candidates(self):
        """Return addresses for this person in order of liking: the name, then with the year of birth."""
        return [names.slug(self.name) or "person", names.slug(self.name, self.born and self.born.year) or "person"]

    @property
    def years(self):
        """The years of life as in print: "1966–", "1947–2017", "" where neither is known."""
        if not self.born and not self.died:
            return ""
        return f"{self.born.year if self.born else '?'}–{self.died.year if self.died else ''}"


class PersonNameKind(models.TextChoices):
    """What sort of other name."""

    ALIAS = "alias"
    BIRTH = "birth", "birth name"
    CREDITED = "credited", "credited as"
    NATIVE = "native", "native script"
    ROMANISED = "romanised"
    MISSPELLING = "misspelling"


class PersonName(OtherName):
    """Another name of a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=12, choices=PersonNameKind, default=PersonNameKind.ALIAS)

    class Meta:
        ordering = ["person", "pk"]
        constraints = [
            one_of("kind", PersonNameKind),
            models.UniqueConstraint(
                fields=["person", "text"],
                name="person_name_once",
                violation_error_message="This person already has that name.",
            ),
        ]
