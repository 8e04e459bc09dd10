"""The paste desk: a cast pasted as it was found, shown line by line as it was understood, mended, and applied."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from films.admin.foreseeing import tell_outlooks
from films.admin.undoing import undo_address
from films.credits import cast_lines, parts
from films.importing.applying import MANNER, Unclear, apply
from films.importing.entry import Entry
from films.importing.matching import Match, State, known_names, match
from films.importing.pasting import read
from films.models import Film, Person
from films.names import search_text
from films.numbers import row_number

LONGEST = 200_000  # Characters in a paste; the longest cast on record has a tenth of that.
MOST = 2000  # Lines; the longest casts on record have fewer.
NEW, LEFT_OUT = "new", "out"
SAME = "same-"  # With the place of an earlier line: the new person of that line.
FLAGS = ("uncredited", "voice", "archive_footage", "as_self")


class PastedForm(forms.Form):
    """The box."""

    text = forms.CharField(
        label="Credits as you found them",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "autofocus": True}),
    )
    source = forms.CharField(
        max_length=200, required=False, help_text="Where they come from: “press kit”, an address. Kept with the change."
    )

    def clean_text(self):
        """Refuse an empty box and one with too many lines."""
        text = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError("Paste something first.")
        if len(text.splitlines()) > MOST:
            raise ValidationError(f"These are more than {MOST:,} lines: is this one film’s cast?")
        return text


class LineForm(forms.Form):
    """A line as it was understood, each piece to be mended; `who` is a person's number, NEW, SAME… or LEFT_OUT."""

    lines = forms.RegexField(r"\A[0-9]{1,7}(-[0-9]{1,7})?\Z", widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    understood = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, required=False)
    who = forms.CharField(required=False)
    parts = forms.CharField(max_length=2000, required=False)
    credited_as = forms.CharField(max_length=200, required=False)
    uncredited = forms.BooleanField(required=False)
    voice = forms.BooleanField(required=False)
    archive_footage = forms.BooleanField(required=False)
    as_self = forms.BooleanField(required=False)
    note = forms.CharField(max_length=200, required=False)

    def __init__(self, *args, people, may_add, place, **options):
        super().__init__(*args, **options)
        self.people = people
        self.place = place
        self.may_add = may_add

    def clean_parts(self):
        """Return the parts named."""
        labels = tuple(dict.fromkeys(parts(self.cleaned_data["parts"])))
        if any(len(label) > 200 for label in labels):
            raise ValidationError("A part has at most 200 characters.")
        return labels

    def clean(self):
        """Ask who it is, unless the line is left out."""
        data = super().clean()
        if data.get("who") == LEFT_OUT:
            return data
        if not data.get("name"):
            self.add_error("name", "Name somebody, or leave this line out.")
        elif data.get("name") != data.get("understood") and data.get("who") != NEW:
            self.add_error("who", "You changed the name: look it up again, or add a new person.")
        elif data.get("who") == NEW and not self.may_add:
            self.add_error("who", "You may not add people; choose somebody, or leave this line out.")
        elif self.same() is None and data.get("who") != NEW:
            data["person"] = self.people.get(row_number(data.get("who")))
            if not data["person"]:
                self.add_error("who", "Choose who this is.")
        return data

    def same(self):
        """Return the place of the line whose new person this one is too, None where that was not chosen."""
        who = self.cleaned_data.get("who", "")
        return row_number(who.removeprefix(SAME)) if who.startswith(SAME) else None

    def match(self):
        """Return the valid line with whom it names."""
        if person := self.cleaned_data.get("person"):
            return Match(self.entry(), State.MATCHED, person)
        return Match(self.entry(), State.NEW, newcomer=self.place if self.same() is None else self.same())

    def entry(self):
        """Return the line as it stands now, whether all of it is right or not."""
        said = self.cleaned_data
        numbers = tuple(int(number) for number in said.get("lines", "1").split("-"))
        manner = {name: said[name] for name in MANNER if name in said}
        return Entry(numbers, said.get("text", ""), name=said.get("name", ""), **manner)


class LineForms(forms.BaseFormSet):
    """All lines of a paste."""

    def __init__(self, *args, may_add=False, **options):
        super().__init__(*args, **options)
        self.may_add = may_add

    def get_form_kwargs(self, index):
        """Let each line know who may be chosen, and whether somebody new may be."""
        return {"people": self.people, "may_add": self.may_add, "place": index, "empty_permitted": False}

    def clean(self):
        """Refuse a line that wants the new person of another line where there is none of its name."""
        newcomers = {form.place: _called(form) for form in self if form.cleaned_data.get("who") == NEW}
        for form in self:
            if form.same() is not None and newcomers.get(form.same()) != _called(form):
                form.add_error("who", "The other line adds nobody of this name: choose again.")

    @cached_property
    def people(self):
        """Everybody who was chosen, by number, in one query."""
        chosen = {row_number(value) for key, value in self.data.items() if key.endswith("-who")}
        return Person.objects.in_bulk(chosen - {None}) if self.is_bound else {}


Lines = forms.formset_factory(LineForm, LineForms, extra=0, max_num=MOST, absolute_max=MOST + 1, validate_max=True)


class PasteDesk(admin.ModelAdmin):
    """Adds the paste desk to a film's admin."""

    def get_urls(self):
        """Mount it before the addresses of single films."""
        return [
            path("<int:pk>/paste/", self.admin_site.admin_view(self.paste), name="films_film_paste"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def paste(self, request, pk):
        """Show the box; read what was pasted; look it up again; apply it."""
        film = get_object_or_404(Film, pk=pk)
        if not (self.has_change_permission(request, film) and request.user.has_perm("films.change_credit")):
            raise PermissionDenied("You may not change credits.")
        step = {"read": self._read, "look": self._look, "apply": self._apply}.get(request.POST.get("do"))
        return step(request, film) if step else self._show(request, film, PastedForm())

    def _read(self, request, film):
        form = PastedForm(request.POST)
        if not form.is_valid():
            return self._show(request, film, form)
        entries = read(form.cleaned_data["text"], known_names)
        if len(entries) > MOST:
            form.add_error("text", f"These are more than {MOST:,} performers: is this one film’s cast?")
            return self._show(request, film, form)
        matches = match(entries, film=film)
        return self._show(request, film, form, matches, Lines(initial=[_initial(each) for each in matches]))

    def _look(self, request, film, said=None):
        """Ask the catalogue again for the names as they stand now; keep every other piece as it was mended."""
        form, typed = PastedForm(request.POST), said or Lines(request.POST)
        typed.is_valid()
        matches = match([line.entry() for line in typed], film=film)
        shown = said or Lines(initial=[_looked_up(each, line) for each, line in zip(matches, typed, strict=True)])
        return self._show(request, film, form, matches, shown)

    def _apply(self, request, film):
        form, lines = (
            PastedForm(request.POST),
            Lines(request.POST, may_add=request.user.has_perm("films.add_person")),
        )
        if not (form.is_valid() & lines.is_valid()):
            return self._look(request, film, lines)
        chosen = [(line, line.match()) for line in lines if line.cleaned_data["who"] != LEFT_OUT]
        try:
            outcome = apply(
                [each for _, each in chosen], film=film, by=request.user, source=form.cleaned_data["source"]
            )
        except Unclear as error:
            _mark(chosen, error)
            return self._look(request, film, lines)
        messages.success(request, format_html("{}{}", _told(outcome), _way_back(outcome)))
        if outcome.change:
            tell_outlooks(request, outcome.change)
        return HttpResponseRedirect(f"{reverse('admin:films_film_change', args=[film.pk])}#cast-group")

    def _show(self, request, film, form, matches=(), lines=None):
        standing = {line.person.pk: line for line in cast_lines(film)}
        named = {each.person.pk for each in matches if each.person}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": film,
            "form": form,
            "lines": lines,
            "shown": [_shown(matches, place, line, standing) for place, line in enumerate(lines or ())],
            "counts": dict(Counter(each.state for each in matches)),
            "missing": [line for key, line in standing.items() if matches and key not in named],
            "may_add": request.user.has_perm("films.add_person"),
        }
        return TemplateResponse(request, "admin/films/paste.html", context)


def _initial(each):
    """Return a line as the preview shows it first: who is sure is chosen, and what was not understood is left out."""
    entry = each.entry
    manner = {name: getattr(entry, name) for name in MANNER}
    who = {State.MATCHED: each.person and each.person.pk, State.NEW: NEW, State.UNREAD: LEFT_OUT}.get(each.state, "")
    return {
        **manner,
        "parts": " / ".join(entry.parts),
        "lines": "-".join(dict.fromkeys(map(str, (entry.lines[0], entry.lines[-1])))),
        "text": entry.text,
        "name": entry.name,
        "understood": entry.name,
        "who": who,
    }


def _looked_up(each, line):
    """Return a line after another look: a choice that was made stays, unless it was made for another name."""
    said = {name: line[name].value() for name in line.fields}
    same = said["name"] == said["understood"] or said["who"] in {NEW, LEFT_OUT}
    who = said["who"] if said["who"] and same and said["name"] else _initial(each)["who"]
    return {**said, "understood": said["name"], "who": who}


def _called(form):
    return search_text(form.cleaned_data.get("name", ""))


def _mark(chosen, error):
    """Say at each line why it could not be applied."""
    reasons = {id(each.entry): each.reason for each in error.matches}
    for line, each in chosen:
        if id(each.entry) in reasons:
            line.add_error(None, reasons[id(each.entry)])


def _shown(matches, place, line, standing):
    """Return what the preview tells of a line: how sure it is, what for, and what it would change."""
    each = matches[place]
    people = [each.person] if each.person else each.candidates
    also = each.newcomer not in {None, place}
    now = standing.get(each.person.pk) if each.person else None
    return {
        "state": each.state,
        "reason": each.reason,
        "line": line,
        "people": [(str(person.pk), person) for person in people],
        "same": f"{SAME}{each.newcomer}" if also else "",
        "same_line": matches[each.newcomer].entry.lines[0] if also else None,
        "now": now,
        "renames": bool(now and now.parts and each.entry.parts and now.parts != each.entry.parts),
        "guessed": each.entry.guessed,
    }


def _way_back(outcome):
    """Return the link that undoes what was applied, "" where nothing differs."""
    return format_html(' <a href="{}">Undo</a>', undo_address(outcome.change)) if outcome.change else ""


def _told(outcome):
    counts = [f"{len(names)} {what}" for what in ("added", "changed", "unchanged") if (names := getattr(outcome, what))]
    stay = ngettext(
        " %d other of the cast was not in the paste, and stays.",
        " %d others of the cast were not in the paste, and stay.",
        len(outcome.missing),
    )
    stay = stay % len(outcome.missing) if outcome.missing else ""
    return f"{', '.join(counts) or 'Nothing was applied'}.{stay}"
