"""Films, their other titles, genres and releases."""

import re
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse

from films import codes, names
from films.models.counting import number_of
from films.models.fields import (
    IMDB_TITLE,
    LARGE,
    SMALL,
    WIKIDATA,
    OtherName,
    Precision,
    SearchField,
    SortField,
    found_by,
    matching,
    one_of,
)

FIRST_FILM = date(1888, 1, 1)


class Genre(models.Model):
    """A kind of film, such as "crime" or "drama"."""

    name = models.CharField(max_length=60, unique=True)
    folded = SearchField("name")
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


YEAR = re.compile(r"\(?((?:18|19|20)[0-9]{2})\)?")


def _titled(text):
    """Return the condition that every word of *text* stands in one of a film's titles."""
    if not text:
        return Q()
    other = FilmTitle.objects.filter(matching(text, "folded")).values("film")
    return matching(text, "folded", "original_folded") | Q(pk__in=other)


class FilmQuerySet(models.QuerySet):
    """Which films."""

    def titled_like(self, text):
        """Films with every word of *text* in their titles, whatever the accents, capitals or script.

        A year may stand among the words as well, "rush 1991" or "Rush (1991)", unless a title has it.
        """
        terms = names.search_terms(text)
        if not terms:
            return self.all()
        years = [int(year[1]) for term in terms if (year := YEAR.fullmatch(term))]
        title = " ".join(term for term in terms if not YEAR.fullmatch(term))
        titled = _titled(text) | (_titled(title) & Q(year__in=years) if years else Q(pk__in=[]))
        return self.filter(pk__in=found_by(Film, titled))

    def with_directors(self):
        """Films that know who directed them, as `directing`: credits in billing order."""
        from films.models.credit import Credit

        directing = Credit.objects.directing().select_related("person")
        return self.prefetch_related(Prefetch("credits", directing, to_attr="directing"))

    def with_credits(self):
        """Films that know all their credits, as `all_credits`, people, roles and characters with them."""
        from films.models.credit import Credit

        return self.prefetch_related(Prefetch("credits", Credit.objects.with_parts(), to_attr="all_credits"))

    def for_list(self):
        """Films with what a card shows, in two queries."""
        return self.select_related("poster").with_directors().fetch_mode(models.FETCH_RAISE)

    def for_page(self):
        """Films with what their page shows, in a fixed number of queries."""
        right = FilmTitle.objects.exclude(kind=TitleKind.MISSPELLING)
        facts = (
            self.with_substance()
            .select_related("poster")
            .prefetch_related("genres", "releases", Prefetch("titles", right, "shown_titles"))
        )
        return facts.with_credits().fetch_mode(models.FETCH_RAISE)

    def with_substance(self):
        """Films that know whether their page says more than a title, as `substantial`: others keep out of search."""
        from films.models.credit import Credit

        credits = Exists(Credit.objects.filter(film=OuterRef("pk")))
        return self.annotate(substantial=Q(credits) | ~Q(logline="") | Q(poster__isnull=False))

    def with_counts(self):
        """Films that know how many cast credits and articles they have, as `cast_count` and `article_count`."""
        return self.annotate(
            cast_count=number_of(self.model, "credits", department="cast"),
            article_count=number_of(self.model, "articles"),
        )

    def without_cast(self):
        """Films that credit nobody in the cast."""
        from films.models.credit import Credit

        return self.filter(~Exists(Credit.objects.filter(film=OuterRef("pk")).cast()))

    def without_director(self):
        """Films of which it is not known who directed them."""
        from films.models.credit import Credit

        return self.filter(~Exists(Credit.objects.filter(film=OuterRef("pk")).directing()))

    def lacking_credits(self):
        """Films without any cast or any director, which know what it is: `lacks_cast`, `lacks_director`.

        Either sort is looked up as a whole, since a database asks an "or" of the two film by film.
        """
        films = self.model.objects.order_by()
        cast, director = Q(pk__in=films.without_cast().values("pk")), Q(pk__in=films.without_director().values("pk"))
        known = {"lacks_cast": cast, "lacks_director": director}
        return self.filter(cast | director).annotate(
            **{name: models.ExpressionWrapper(lacks, models.BooleanField()) for name, lacks in known.items()}
        )


class Film(models.Model):
    """A film; title and year together do not identify one, the slug and the external ids do."""

    title = models.CharField(max_length=300)
    folded = SearchField("title")
    sort_title = models.CharField(max_length=310, blank=True, help_text="Left empty, made from the title.")
    sort_key = SortField("sort_title", db_index=True)
    original_title = models.CharField(max_length=300, blank=True)
    original_folded = SearchField("original_title")
    original_language = models.CharField(max_length=3, blank=True, validators=[codes.known_language])
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(FIRST_FILM.year), MaxValueValidator(2100)]
    )
    runtime = models.PositiveSmallIntegerField(
        "running time", null=True, blank=True, validators=[MaxValueValidator(SMALL)], help_text="In minutes."
    )
    logline = models.CharField(max_length=300, blank=True, help_text="One line that spoils nothing.")
    countries = models.JSONField(default=list, blank=True, validators=[codes.known_countries])
    languages = models.JSONField(default=list, blank=True, validators=[codes.known_languages])
    genres = models.ManyToManyField(Genre, blank=True, related_name="films")
    disambiguation = models.CharField(max_length=100, blank=True, help_text="Tells this film from its namesakes.")
    slug = models.SlugField("address", max_length=220, unique=True, blank=True)
    imdb_id = models.CharField("IMDb id", max_length=12, unique=True, null=True, blank=True, validators=[IMDB_TITLE])
    tmdb_id = models.PositiveIntegerField(
        "TMDB id", unique=True, null=True, blank=True, validators=[MaxValueValidator(LARGE)]
    )
    wikidata_id = models.CharField(
        "Wikidata id", max_length=16, unique=True, null=True, blank=True, validators=[WIKIDATA]
    )
    poster = models.ForeignKey("films.Image", models.PROTECT, null=True, blank=True, related_name="poster_of")
    source = models.CharField(max_length=200, blank=True, help_text="Where these facts come from.")
    verified_on = models.DateField(
        "facts checked on",
        null=True,
        blank=True,
        help_text="The day on which somebody last held the facts to a source.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FilmQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", F("year").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["sort_key", "year", "id"], name="film_in_order")]
        constraints = [
            models.CheckConstraint(
                name="film_year_is_of_cinema",
                condition=Q(year=None) | Q(year__gte=FIRST_FILM.year, year__lte=2100),
                violation_error_message="The first film was made in 1888, and none is made after 2100 yet.",
            ),
            models.CheckConstraint(
                name="film_runs_some_time",
                condition=Q(runtime=None) | Q(runtime__gt=0),
                violation_error_message="A running time is at least one minute; leave it empty where it is not known.",
            ),
            models.CheckConstraint(
                name="film_has_title_and_slug",
                condition=~Q(title="") & ~Q(slug=""),
                violation_error_message="A film needs a title.",
            ),
        ]

    def __str__(self):
        notes = ", ".join(str(note) for note in (self.year, self.disambiguation) if note)
        return f"{self.title} ({notes})" if notes else self.title

    def get_absolute_url(self):
        return reverse("films:film_detail", args=[self.slug])

    def slug_candidates(self, director=""):
        """Return addresses for this film in order of liking: `rush-1991`, then with its *director*'s surname."""
        year = self.year or ""
        return [names.slug(self.title, year) or "film", names.slug(self.title, year, names.surname(director)) or "film"]

    @property
    def country_names(self):
        """The countries' English names, in order."""
        return [codes.country_name(code) for code in self.countries]

    @property
    def language_names(self):
        """The languages' English names, in order."""
        return [codes.language_name(code) for code in self.languages]


class TitleKind(models.TextChoices):
    """What sort of other title."""

    ALTERNATE = "alternate"
    WORKING = "working"
    TRANSLATED = "translated"
    REISSUE = "reissue"
    MISSPELLING = "misspelling"


class FilmTitle(OtherName):
    """Another title of a film."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="titles")
    text = models.CharField("title", max_length=300)
    kind = models.CharField(max_length=12, choices=TitleKind, default=TitleKind.ALTERNATE)

    class Meta:
        ordering = ["film", "pk"]
        constraints = [
            one_of("kind", TitleKind),
            models.UniqueConstraint(
                fields=["film", "text"],
                name="film_title_once",
                violation_error_message="This film already has that title.",
            ),
        ]


class ReleaseKind(models.TextChoices):
    """How it came out."""

    PREMIERE = "premiere"
    LIMITED = "limited"
    THEATRICAL = "theatrical"
    DIGITAL = "digital"
    PHYSICAL = "physical"
    TV = "tv", "TV"
    REISSUE = "reissue"


class Release(models.Model):
    """A film's coming out in one country."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="releases")
    country = models.CharField(max_length=2, validators=[codes.known_country])
    kind = models.CharField(max_length=12, choices=ReleaseKind, default=ReleaseKind.THEATRICAL)
    date = models.DateField(help_text="With only a year or month known, give any day in it and say so beside.")
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    certificate = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = [F("date").asc(), "pk"]
        constraints = [
            one_of("kind", ReleaseKind),
            one_of("precision", Precision),
            models.UniqueConstraint(
                fields=["film", "country", "kind", "date"],
                name="release_once",
                violation_error_message="This release is already there.",
            ),
            models.CheckConstraint(
                name="release_is_of_cinema",
                condition=Q(date__gte=FIRST_FILM),
                violation_error_message="The first film was made in 1888.",
            ),
        ]

    def __str__(self):
        return f"{self.film}, {codes.country_name(self.country)}"

    @property
    def country_name(self):
        """The country's English name."""
        return codes.country_name(self.country)
