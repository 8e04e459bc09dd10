"""What the pages around an article share: their addresses, the question who may see them, and how they are shown."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.admin.listing import badges
from articles.locking import AlreadyPurged
from articles.models import Article
from articles.permissions import may_read, require

OPTS = "admin:articles_article"


class Step:
    """What a form on such a page does once it is valid; mixed into the form, whose `article` it is about.

    `name` is the value of its button, `refusals` are the errors of the activity that it shows as its own.
    """

    name = ""
    refusals: tuple[type[Exception], ...] = ()

    def __init__(self, *args, article, **options):
        self.article = article
        super().__init__(*args, **{"auto_id": f"{self.name}-%s", **options})

    def take(self, *, by):
        """Do it and return what to tell the user; raises one of `refusals`."""
        raise NotImplementedError

    def taken(self, *, by):
        """Return what to tell the user, or nothing where the form was not valid or the step was refused."""
        if not self.is_valid():
            return None
        try:
            return self.take(by=by)
        except self.refusals as error:
            self.add_error(None, str(error))
            return None


class ArticlePages(admin.ModelAdmin):
    """What the pages are mixed with: they need an admin, and add to its addresses."""

    def page(self, name, view, *, methods=("GET", "HEAD", "POST")):
        """Return the address of the page *name* of an article, for `get_urls`."""

        def asked(request, pk):
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            article = get_object_or_404(self._known(request), pk=pk)
            require(may_read(request.user, article), "read this article")
            try:
                return view(request, article)
            except AlreadyPurged as error:
                raise Http404(str(error)) from None

        return path(f"<int:pk>/{name}/", self.admin_site.admin_view(asked), name=f"articles_article_{name}")

    def step(self, request, article, steps):
        """Return the form of *steps*, by name, whose button was pressed."""
        form = steps.get(request.POST.get("do"))
        if form is None:
            raise BadRequest("No button of this page was pressed.")
        return form(request.POST, article=article)

    def show(self, request, name, article, **context):
        """Render the page *name* of *article* in the desk's frame."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "article": article, "original": article}
        template = f"admin/articles/article/{name}.html"
        return TemplateResponse(request, template, {**frame, "badge": badges(article), "page_name": name, **context})

    def told(self, request, article, name, said):
        """Say what was done and come back to the page *name*, so that a reload does nothing twice."""
        messages.success(request, said)
        return redirect(address(article, name))

    def _known(self, request):
        return Article.objects.with_state().select_related("head__created_by", "film").order_by()


def address(article, name):
    """Return where the page *name* of *article* is."""
    return reverse(f"{OPTS}_{name}", args=[article.pk])
