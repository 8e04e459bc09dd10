"""The page for a save that met a newer revision: both texts, merged, and a question wherever they clash."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import Truncator

from articles.admin.comparison import label
from articles.comparing import compare, words
from articles.merging import Merge, Question
from articles.models import Article, Spoilers
from articles.passages import passages
from articles.permissions import may_write, require
from articles.reconciling import Clash
from films.models import Image
from films.numbers import row_number

MET = "merged_with"  # The field that makes a form the answer to this page; its value is the revision met.
PRESSED = "pressed"
BUTTONS = {
    "_save": "",
    "_continue": "",
    "_publish": "Publish",
    "_withdraw": "Withdraw",
    "_share": "Share",
    "_review": "Review",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page puts it, with what has been answered so far; `whose` names the other side's text."""

    question: Question
    number: int
    whose: str
    chosen: str
    typed: str
    missing: bool

    @property
    def label(self):
        """Which field it is about."""
        if self.question.field != "body":
            return label(self.question.field)
        text = self.question.clash.mine.strip() or self.question.clash.theirs
        return f"Passage “{Truncator(text.strip()).words(6)}”"

    @property
    def sides(self):
        """What each of the two wrote, and how to take it."""
        theirs, mine = _sides(self.question)
        clash = self.question.clash
        take = f"Take {self.whose}"
        return [
            self._side("theirs", f"{self.whose[0].upper()}{self.whose[1:]}", theirs, take, clash.theirs),
            self._side("mine", "Yours", mine, "Keep yours", clash.mine),
        ]

    @property
    def others(self):
        """The other ways out."""
        labels = {"both": f"Keep both, {self.whose} first", "hand": "Write it by hand"}
        return [
            {"value": option, "label": labels[option], "chosen": option == self.chosen}
            for option in self.question.options
            if option in labels
        ]

    def _side(self, option, heading, shown, take, text):
        empty = not text.strip()
        said = f"{heading}: nothing here" if empty else heading
        names = {"value": option, "heading": said, "label": "Leave it out" if empty else take}
        return {**names, "shown": shown, "empty": empty, "chosen": option == self.chosen}


class MergePages:
    """Answers a save that met a newer revision with the merge of the two, and saves what is decided there."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Where the form answers the merge page, go on with what was decided, as if it had been typed."""
        if request.method != "POST" or MET not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        article = get_object_or_404(Article, pk=row_number(object_id))
        require(may_write(request.user, article), "edit this article")
        answered, data = request.POST, request.POST
        if theirs := _revision(article, answered[MET]):
            merge = Merge(_revision(article, answered.get("base")), theirs, answered)
            answers, missing = _answers(merge, answered)
            if missing:
                return self.merge_page(request, article, theirs, data=answered)
            data = _as_typed(answered, base=theirs.pk, **merge.content(answers))
        request.POST = data if theirs else _as_typed(answered)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if response.status_code == 302 and answered.get(PRESSED):
            self.message_user(request, _not_done(answered[PRESSED]), messages.WARNING)
        return response

    def merge_page(self, request, article, theirs, *, data):
        """Show *data*, a form that was not saved, merged with *theirs*."""
        base = _revision(article, data.get("base"))
        merge = Merge(base, theirs, data)
        whose = _whose(theirs, request.user)
        asked = _asked(merge, data, whose)
        missing = [question for question in asked.values() if question.missing]
        context = {
            **self.admin_site.each_context(request),
            "title": "Two people wrote this at once",
            "opts": self.opts,
            "original": article,
            "theirs": theirs,
            "by": _by(theirs, request.user),
            "whose": whose,
            "own": theirs.created_by_id == request.user.pk,
            "saved_since": theirs.number - base.number if base else 1,
            "asked": asked,
            "fields": [question for question in asked.values() if question.question.field != "body"],
            "missing": missing,
            "taken": [_taken(*change) for change in merge.taken],
            "text": list(_text(merge, asked)),
            "mine": merge.mine["body"],
            "pressed": _pressed(data),
            "hidden": _hidden(data, theirs),
        }
        return TemplateResponse(request, "admin/articles/article/merge.html", context, status=409)


def _answers(merge, data):
    """Return the wanted text by question, and the keys of questions that have no answer."""
    answers = {}
    for key, question in merge.questions.items():
        option = data.get(f"choice-{key}")
        if option in question.options:
            answers[key] = question.text(option, data.get(f"edit-{key}", ""))
    return answers, merge.questions.keys() - answers.keys()


def _asked(merge, data, whose):
    _, missing = _answers(merge, data)
    return {
        key: Asked(
            question,
            number,
            whose,
            data.get(f"choice-{key}", ""),
            data.get(f"edit-{key}", question.clash.mine),
            MET in data and key in missing,
        )
        for number, (key, question) in enumerate(merge.questions.items(), start=1)
    }


def _sides(question):
    clash = question.clash
    if question.field == "hero":
        return _picture(clash.theirs), _picture(clash.mine)
    if question.field == "spoilers":
        return _spoilers(clash.theirs), _spoilers(clash.mine)
    base = clash.base.strip("\n")
    return words(base, clash.theirs.strip("\n")), words(base, clash.mine.strip("\n"))


def _text(merge, asked):
    """Yield the body's parts as the page shows them: passages with who changed them, and questions."""
    parts, place = merge.parts["body"], 0
    for number, part in enumerate(parts):
        if isinstance(part, Clash):
            yield {"question": asked[f"body-{place}"]}
            place += 1
            continue
        blocks = compare(part.base, part.text).blocks
        for passage in passages(blocks, before=number > 0, after=number < len(parts) - 1):
            yield {"passage": passage, "blocks": [(block, _author(merge, block)) for block in passage.blocks]}


def _author(merge, block):
    if block.kind == "same":
        return ""
    removed = block.kind == "removed"
    pieces = block.before if removed else block.after
    return merge.who("".join(piece.text for piece in pieces), removed=removed)


def _taken(field, who, old, new):
    if field == "hero":
        return {"field": field, "label": label(field), "who": who, "old": _picture(old), "new": _picture(new)}
    if field == "spoilers":
        old, new = _spoilers(old), _spoilers(new)
    return {"field": field, "label": label(field), "who": who, "pieces": words(old, new)}


def _picture(number):
    return Image.objects.filter(pk=row_number(number)).first()


def _spoilers(value):
    return dict(Spoilers.choices).get(value, value)


def _by(revision, user):
    by = revision.created_by
    if by is None:
        return "A command"
    return "You" if by == user else by.get_full_name() or by.get_username()


def _whose(revision, user):
    if revision.created_by_id == user.pk:
        return "what you saved"
    return f"{_by(revision, user)}’s" if revision.created_by else "the command’s"


def _pressed(data):
    """Return which button that does more than save was pressed on the writing screen."""
    others = [BUTTONS.get(name, "another button") for name in data if name.startswith("_")]
    return data.get(PRESSED) or next(filter(None, others), "")


def _not_done(pressed):
    return f"You had pressed “{pressed}”. That was not done: read the merged text, then press it again."


def _is_ours(name):
    return name in {MET, PRESSED, "csrfmiddlewaretoken"} or name.startswith(("_", "choice-", "edit-"))


def _hidden(data, theirs):
    """Return the writing screen's own fields as they were sent, all values, for the page to carry."""
    carried = [(name, value) for name in data for value in data.getlist(name) if not _is_ours(name)]
    return [*carried, (MET, theirs.pk), (PRESSED, _pressed(data))]


def _as_typed(data, **changes):
    """Return the writing screen's form as if the merged content had been typed into it, and Save pressed."""
    typed = QueryDict(mutable=True)
    for name in data:
        if not _is_ours(name):
            typed.setlist(name, data.getlist(name))
    for name, value in {**changes, PRESSED: data.get(PRESSED, ""), "_save": "1"}.items():
        typed[name] = value
    return typed


def _revision(article, number):
    """Return the revision with that id, where it is one of *article*."""
    revisions = article.revisions.select_related("created_by")
    return revisions.filter(pk=row_number(number)).first()
