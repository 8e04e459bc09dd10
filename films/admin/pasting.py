"""The paste desk: a cast pasted as it was found, shown line by line as it was understood, mended, and applied."""

from collections import Counter

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from films.admin.foreseeing import tell_outlooks
from films.admin.pasted_lines import LEFT_OUT, MOST, NEW, SAME, Lines, PastedForm
from films.admin.undoing import undo_address
from films.credits import cast_lines
from films.importing.applying import MANNER, Unclear, apply
from films.importing.matching import State, known_names, match
from films.importing.pasting import read
from films.models import Film


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
