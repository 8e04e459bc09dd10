"""The check desk: who and what is probably there twice, credits that cannot be right, and what was settled of them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from films.checking import credits, films, people
from films.checking.queues import QUEUES, judgements, queues_of, settled
from films.checking.settling import REASON, settle_different, settle_plausible, unsettle
from films.models import Film, Person

PER_PAGE = 20
JUDGED = {"people": people.judged, "films": films.judged, "credits": credits.judged}
MERGED = {"people": Person, "films": Film}
SETTLED = "settled"


class Settling(forms.Form):
    """What settles a pair: which two, and why."""

    one = forms.IntegerField()
    other = forms.IntegerField()
    reason = forms.CharField(max_length=REASON, required=False)
    place = forms.IntegerField(required=False, min_value=0)


class Unsettling(forms.Form):
    """Which judgement is taken back."""

    queue = forms.ChoiceField(choices=[(name, name) for name in QUEUES])
    judgement = forms.IntegerField()


class CheckedAdmin(admin.ModelAdmin):
    """An admin whose list leads to the queue of its rows."""

    def changelist_view(self, request, extra_context=None):
        """Lead there who may work through it."""
        name = next(name for name, model in MERGED.items() if model is self.model)
        url = reverse("admin:films_checks", args=[name]) if QUEUES[name] in queues_of(request.user) else None
        return super().changelist_view(request, {"checks_url": url, **(extra_context or {})})


class CheckDesk(CheckedAdmin):
    """Adds the check desk to the admin of films."""

    def get_urls(self):
        """Mount it before the addresses of single films."""
        return [
            path("checks/<slug:tab>/", self.admin_site.admin_view(self.checks), name="films_checks"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def checks(self, request, tab):
        """Show a queue, or what is settled; settle a pair of the queue, or take a judgement back."""
        open_to = [queue.name for queue in queues_of(request.user)]
        if tab not in {*QUEUES, SETTLED}:
            raise Http404
        if not open_to or tab not in {*open_to, SETTLED}:
            raise PermissionDenied("You may not change what is checked here.")
        if request.method == "POST":
            return (self._take_back if tab == SETTLED else self._settle)(request, tab)
        page = _settled_page(request, open_to) if tab == SETTLED else _page(request, tab)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "tab": tab,
            "tabs": [(name, QUEUES[name].figure) for name in open_to],
            "page": page,
            "may_merge": tab in MERGED and self._may_merge(request, MERGED[tab]),
            "pages": page.paginator.get_elided_page_range(page.number),
        }
        return TemplateResponse(request, "admin/films/checks.html", context)

    def _may_merge(self, request, model):
        return self.admin_site.get_model_admin(model).has_merge_permission(request)

    def _settle(self, request, tab):
        form = Settling(request.POST)
        if not form.is_valid():
            messages.error(request, f"Nothing was settled. {_complaint(form)}")
            return HttpResponseRedirect(_address(tab, request))
        said = {"by": request.user, "reason": form.cleaned_data["reason"]}
        try:
            told = _settled(tab, form.cleaned_data["one"], form.cleaned_data["other"], said)
        except (ValueError, ObjectDoesNotExist) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, told)
        # Where this pair stood stands the next one now; so the keyboard goes on from there.
        return HttpResponseRedirect(f"{_address(tab, request)}#pair-{form.cleaned_data['place'] or 0}")

    def _take_back(self, request, tab):
        form = Unsettling(request.POST)
        if not form.is_valid():
            messages.error(request, f"Nothing was taken back. {_complaint(form)}")
            return HttpResponseRedirect(_address(tab, request))
        name = form.cleaned_data["queue"]
        if QUEUES[name] not in queues_of(request.user):
            raise PermissionDenied("You may not change what is checked here.")
        if judgement := QUEUES[name].settled._default_manager.filter(pk=form.cleaned_data["judgement"]).first():
            told = f"Taken back: “{judgement}”."
            unsettle(judgement)
            messages.success(request, f"{told} It is asked about again where it still looks so.")
        else:
            messages.error(request, "That is no longer settled: it has been taken back already.")
        return HttpResponseRedirect(_address(tab, request))


def _page(request, tab):
    """Return the asked page of a queue, its ids made into pairs with their evidence."""
    page = Paginator(QUEUES[tab].standing(), PER_PAGE).get_page(request.GET.get("p"))
    page.object_list = JUDGED[tab](page.object_list)
    return page


def _settled_page(request, open_to):
    page = Paginator(settled(open_to), PER_PAGE).get_page(request.GET.get("p"))
    page.object_list = judgements(page.object_list)
    return page


def _settled(tab, one, other, said):
    """Settle the rows with these ids as the queue *tab* does, and return what to say of it.

    Raises DoesNotExist where one is not there any more, and what `films.checking.settling` does.
    """
    if tab == "credits":
        film, person = _there(Film, one), _there(Person, other)
        return f"Settled: the credits of {settle_plausible(film, person, **said)} are right."
    pair = [_there(MERGED[tab], pk) for pk in (one, other)]
    return f"Settled: {settle_different(*pair, **said)}."


def _there(model, pk):
    if row := model._default_manager.filter(pk=pk).first():
        return row
    raise model.DoesNotExist("Nothing was settled: one of the two is no longer there, deleted or merged meanwhile.")


def _complaint(form):
    return " ".join(f"{name.capitalize()}: {' '.join(each)}" for name, each in form.errors.items())


def _address(tab, request):
    """Return the address of *tab*, on the page that was looked at."""
    number = request.GET.get("p", "")
    query = f"?p={number}" if number.isdecimal() else ""
    return f"{reverse('admin:films_checks', args=[tab])}{query}"
