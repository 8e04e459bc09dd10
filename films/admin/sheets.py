"""The sheets of a film's page: its cast and its crew, each read, checked and saved as a whole."""

from math import inf

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from films import credits
from films.admin.overtaking import IN_PIECES, OVERTAKEN, overtaken
from films.admin.rows import DEPARTMENTS, NAMESAKE, CastRow, CrewRow
from films.cataloguing import add_person
from films.models import Department, Joiner, Person
from films.numbers import row_number

USUAL_JOBS = {
    Department.DIRECTING: ["director", "first assistant director", "second unit director", "script supervisor"],
    Department.WRITING: ["writer", "screenplay", "story", "dialogue", "additional writing"],
    Department.PRODUCTION: ["producer", "executive producer", "line producer", "casting", "production manager"],
    Department.CAMERA: ["director of photography", "camera operator", "focus puller", "gaffer", "still photographer"],
    Department.EDITING: ["editor", "assistant editor", "colourist"],
    Department.MUSIC: ["composer", "songs", "music supervisor", "orchestrator", "conductor"],
    Department.ART: ["production designer", "art director", "set decorator", "property master"],
    Department.COSTUME: ["costume designer", "make-up artist", "hair stylist"],
    Department.SOUND: ["production sound mixer", "sound designer", "re-recording mixer", "foley artist"],
    Department.EFFECTS: ["visual effects supervisor", "special effects supervisor", "stunt coordinator", "animator"],
    Department.SOURCE: ["novel", "play", "short story", "comic book", "characters"],
    Department.OTHER: ["technical adviser", "thanks", "title designer"],
}


class CreditSheet(forms.BaseFormSet):
    """All lines of a film's cast or crew; saved as one, and not over what somebody else saved meanwhile."""

    extra = 1
    can_order = can_delete = can_delete_extra = validate_max = True
    validate_min = False
    min_num, max_num, absolute_max = 0, 4900, 5000
    renderer = None
    editable = may_add_people = True
    overtaken = False
    by = None
    joiners = Joiner.choices

    def __init__(self, data=None, files=None, *, instance, prefix, queryset=None, save_as_new=False):
        self.film = instance
        self.newcomers = {}
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        super().__init__(data if self.editable else None, prefix=prefix)
        if not self.is_bound:
            self.initial = [self.typed(line) for line in self.standing]

    @classmethod
    def get_default_prefix(cls):
        """Return "cast" or "crew"."""
        return cls.what

    def get_queryset(self):
        """Return nothing: the admin asks for rows of its own kind, and these are lines."""
        return []

    def get_form_kwargs(self, index):
        """Tell each row the people it may be about, found in one query for all."""
        return {"people": self.people, "may_add_people": self.may_add_people}

    def typed(self, line):
        """Return what a row shows of *line*."""
        verified_on = line.verified_on.isoformat() if line.verified_on else ""
        return {**vars(line), "name": line.person.name, "person": line.person.pk, "verified_on": verified_on}

    @cached_property
    def people(self):
        """The people that rows speak of, by id as text."""
        if not self.is_bound:
            return {str(line.person.pk): line.person for line in self.standing}
        total = range(self.total_form_count())
        asked = {self.data.get(f"{self.add_prefix(index)}-person", "") for index in total}
        ids = {number for text in asked if (number := row_number(text)) is not None}
        return {str(pk): person for pk, person in Person.objects.in_bulk(ids).items()}

    @cached_property
    def standing(self):
        """The lines as the database has them."""
        return self.lines_of(self.film) if self.film.pk else []

    @property
    def opened(self):
        """What stood there when the page was opened."""
        return self.data.get(f"{self.prefix}-opened", "") if self.is_bound else self.now

    @property
    def now(self):
        """What stands there now."""
        return credits.fingerprint(self.standing)

    @property
    def rows(self):
        """The rows that say something and are not removed, in order."""
        rows = [row for row in self.forms if row.has_changed() and not self._should_delete_form(row)]
        return sorted(rows, key=lambda row: self.place(row, row.cleaned_data))

    @property
    def told_apart(self):
        """The names of new people whom somebody chose beside a namesake."""
        return {row.cleaned_data["name"] for row in self.rows if row.cleaned_data["fresh"] == NAMESAKE}

    @property
    def shown(self):
        """All rows as they stand on the page: in the order typed so far, the blank one last."""
        return sorted(self.forms, key=lambda row: _number(row["ORDER"].value()))

    def place(self, row, data):
        """Return what the row is sorted by."""
        return _number(data.get("ORDER"))

    def is_valid(self):
        """Tell whether the rows may be saved; rows that are only shown always may."""
        return not self.editable or super().is_valid()

    def clean(self):
        """Refuse lines that cannot stand together, or that would overwrite a colleague's."""
        if any(self.errors):
            return
        if len(self.forms) < self.initial_form_count():
            raise ValidationError(IN_PIECES)
        rows = self.rows
        self.lines = [row.line() for row in rows]
        try:
            self.check(self.lines)
        except credits.CreditsRefused as error:
            rows[error.place].add_error("name", str(error))
            return
        self.overtaken = self._overtaken()
        if self.overtaken:
            raise ValidationError(OVERTAKEN, params={"what": self.what})

    def _overtaken(self):
        """Tell whether these lines differ from what was opened, and so do those in the database."""
        credits.lock(self.film)
        said, replace = credits.fingerprint(self.lines), self.data.get(f"{self.prefix}-replace")
        return overtaken(said=said, opened=self.opened, now=self.now, replace=replace)

    def save(self, commit=True):
        """Save the lines, and the new people in them, where they differ from what was opened."""
        if not self.editable or credits.fingerprint(self.lines) in {self.opened, self.now}:
            return
        lines = [type(line)(**{**vars(line), "person": self._registered(line.person)}) for line in self.lines]
        self.keep(self.film, credits.in_order(self.film, lines))
        self.changed_objects = [(self.film, [self.what])] if self.forms else []

    def _registered(self, person):
        """Return *person* with a row of their own; within one save, a new name is one person."""
        if person.pk:
            return person
        if person.name not in self.newcomers:
            self.newcomers[person.name] = add_person(person.name, by=self.by)
        return self.newcomers[person.name]


def _number(value):
    """Return *value* as a number to sort by; what is none comes last."""
    number = row_number(value)
    return inf if number is None else number


class CastSheet(CreditSheet):
    """A film's cast."""

    form = CastRow
    what = "cast"
    lines_of = staticmethod(credits.cast_lines)
    check = staticmethod(credits.check_cast)
    keep = staticmethod(credits.set_cast)

    def typed(self, line):
        """Return what a row shows of *line*."""
        return {**super().typed(line), "parts": " / ".join(line.parts)}


class CrewSheet(CreditSheet):
    """A film's crew, by department."""

    form = CrewRow
    what = "crew"
    lines_of = staticmethod(credits.crew_lines)
    check = staticmethod(credits.check_crew)
    keep = staticmethod(credits.set_crew)
    departments = DEPARTMENTS
    usual_jobs = [(department.value, jobs) for department, jobs in USUAL_JOBS.items()]

    def place(self, row, data):
        """Sort by department, then as placed."""
        return Department.values.index(data["department"]), super().place(row, data)
