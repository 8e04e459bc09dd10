"""Credits and roles: a person's line on a film, and the parts played under it."""

from django.db import models
from django.db.models import F, Prefetch, Q

from films.models.fields import one_of

DIRECTOR_JOBS = ("", "director")


class CreditQuerySet(models.QuerySet):
    """Which credits, always in billing order; a credit without billing comes after those with."""

    def billed(self):
        """Credits in the order the film gives them."""
        return self.order_by(F("billing").asc(nulls_last=True), "pk")

    def cast(self):
        """Credits of performers."""
        return self.filter(department=Department.CAST).billed()

    def crew(self):
        """Credits of everybody else, by department in the usual order of a title sequence."""
        place = models.Case(
            *(models.When(department=value, then=index) for index, value in enumerate(Department.values)),
            output_field=models.SmallIntegerField(),
        )
        crew = self.exclude(department=Department.CAST)
        return crew.order_by(place, F("billing").asc(nulls_last=True), "pk")

    def directing(self):
        """Credits of directors themselves, not their assistants."""
        return self.filter(department=Department.DIRECTING, job__in=DIRECTOR_JOBS).billed()

    def headline(self):
        """Credits that stand beside an article: the cast and the directors, with people, roles and characters."""
        directing = Q(department=Department.DIRECTING, job__in=DIRECTOR_JOBS)
        return self.filter(Q(department=Department.CAST) | directing).with_parts()

    def with_parts(self):
        """Credits with their person, roles and characters, in billing order."""
        roles = Role.objects.select_related("character")
        return self.select_related("person").prefetch_related(Prefetch("roles", roles)).billed()

    def with_films(self):
        """Credits with their film, roles and characters, newest film first; a film without a year comes last."""
        roles = Role.objects.select_related("character")
        newest = F("film__year").desc(nulls_last=True), "film__sort_key", "film", "pk"
        return self.select_related("film").prefetch_related(Prefetch("roles", roles)).order_by(*newest)


class Department(models.TextChoices):
    """Where in the credits the line stands."""

    CAST = "cast"
    DIRECTING = "directing"
    WRITING = "writing"
    PRODUCTION = "production"
    CAMERA = "camera"
    EDITING = "editing"
    MUSIC = "music"
    ART = "art"
    COSTUME = "costume"
    SOUND = "sound"
    EFFECTS = "effects"
    SOURCE = "source", "source material"
    OTHER = "other"


class Joiner(models.TextChoices):
    """What joins a name to the one before: writers with "&" wrote together, with "and" after; "and Sam Elliott"."""

    NONE = "", "—"
    AMPERSAND = "&", "&"
    AND = "and", "and"


class Credit(models.Model):
    """A person's line on a film, as the film gives it."""

    film = models.ForeignKey("films.Film", models.CASCADE, related_name="credits")
    person = models.ForeignKey("films.Person", models.PROTECT, related_name="credits")
    department = models.CharField(max_length=12, choices=Department)
    job = models.CharField(max_length=100, blank=True, help_text="In the film's words: “director”, “novel”.")
    billing = models.PositiveIntegerField(null=True, blank=True, help_text="Place in the order; numbers have gaps.")
    joiner = models.CharField(max_length=3, choices=Joiner, blank=True, default=Joiner.NONE)
    credited_as = models.CharField(max_length=200, blank=True)
    uncredited = models.BooleanField(default=False)
    voice = models.BooleanField(default=False)
    archive_footage = models.BooleanField(default=False)
    as_self = models.BooleanField("as self", default=False)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        ordering = ["film", F("billing").asc(nulls_last=True), "pk"]
        # The film first: by department first, SQLite would take it for a way to few rows, and join all directors.
        indexes = [models.Index(fields=["film", "department"], name="credit_of_film")]
        constraints = [
            one_of("department", Department),
            one_of("joiner", Joiner),
            models.UniqueConstraint(
                fields=["film", "person"],
                condition=Q(department="cast"),
                name="credit_cast_once",
                violation_error_message="This person is already in the cast; give one line several parts with “ / ”.",
            ),
            models.UniqueConstraint(
                fields=["film", "person", "department", "job"],
                condition=~Q(department="cast"),
                name="credit_crew_once",
                violation_error_message="This person already has that job on this film.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.job or self.get_department_display()}, {self.film}"

    @property
    def name(self):
        """The name on the screen: as credited, else the person's own."""
        return self.credited_as or self.person.name

    @property
    def is_renamed(self):
        """Whether the screen gives another name than the person's own."""
        return bool(self.credited_as) and self.credited_as != self.person.name


class Role(models.Model):
    """A part played under a credit, labelled as the film credits it."""

    credit = models.ForeignKey(Credit, models.CASCADE, related_name="roles")
    position = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=200)
    character = models.ForeignKey("films.Character", models.RESTRICT, null=True, blank=True, related_name="roles")

    class Meta:
        ordering = ["credit", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit", "position"],
                name="role_position_once",
                violation_error_message="Two parts stand in the same place.",
            ),
            models.UniqueConstraint(
                fields=["credit", "label"],
                name="role_label_once",
                violation_error_message="This part is already there.",
            ),
        ]

    def __str__(self):
        return self.label
