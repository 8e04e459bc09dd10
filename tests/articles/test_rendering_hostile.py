"""Hostile texts: whatever is written, a page has nothing in it that we do not write, and is made in good time."""

import re
from html.parser import HTMLParser
from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.rendering import Audience, render, sanitising, tables
from articles.rendering.references import references_in

SCRIPTS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "'><iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "JaVaScRiPt&#58;alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "</span></details><style>*{}</style>",
    "<input type=text autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script\\>",
    "<a href='javascript:alert(1)' data-card='person-1'>x</a>",
    "\u202e\ufeff\U000e0041",
]
PLACES = [
    "{}",
    "[x]({})",
    "[x](<{}>)",
    '[x](/a "{}")',
    "![x]({})",
    "![{}](/a.png)",
    '![x](image:1 "{}")',
    "![x](image:{})",
    "[x]: {}\n\n[x]",
    "[x]: /a '{}'\n\n[x]",
    "<{}>",
    "# {}",
    "{}\n===",
    "| {} |\n|---|\n| {} |",
    "[^{}]: x\n\nnote[^{}]",
    "note ^[{}]",
    "```{}\nx\n```",
    "`{}`",
    "[[{}]]",
    "[[person:{}]]",
    "[[film:x|{}]]",
    "[[film.year|{}]]",
    "[[film:{}.year]]",
    "[[cast:{}]]",
    "||{}||",
    "::: spoiler {}\n{}\n:::",
    "> - {}",
    "**{}**~~{}~~",
]
HOSTILE = [place.replace("{}", script) for place, script in product(PLACES, SCRIPTS)]
VOID = {"br", "hr", "img", "input"}
# What a browser reads as a scheme, after it has dropped what it drops.
SCHEME, BLANK = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:"), re.compile(r"[\x00-\x20]")
ALPHABET = ["[[", "]]", "||", "|", ":::", " spoiler ", "\n", "\n\n", "[^1]", "^[", "[", "](", ")", "![", "*", "`", "~~"]
ALPHABET += [
    "person:x",
    "film.year",
    "cast",
    "\\",
    "> ",
    "- ",
    "    ",
    "# ",
    "<b>",
    '"',
    "'",
    "a",
    "|---|\n",
    "image:1",
    "\0",
]


class Checker(HTMLParser):
    """Reads HTML and collects what the allow-list does not have."""

    def __init__(self):
        super().__init__()
        self.wrong = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in sanitising.TAGS:
            self.wrong.append(tag)
        self.wrong += [(tag, name, value) for name, value in attrs if not allowed(tag, name, value)]
        if tag == "input" and dict(attrs) != SWITCH:
            self.wrong.append(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_decl(self, decl):
        self.wrong.append(decl)

    handle_comment = handle_pi = unknown_decl = handle_decl


SWITCH = {"type": "checkbox", "class": "spoiler__switch", "aria-label": "Show spoiler"}


def allowed(tag, name, value):
    if name == "class":
        return set(value.split()) <= sanitising.CLASSES.get(tag, set())
    if tag == "input":
        return name in SWITCH
    scheme = SCHEME.match(BLANK.sub("", value)) if name in {"href", "src"} else None
    if scheme and scheme[0].lower() not in {"http:", "https:", "mailto:"}:
        return False
    return name in sanitising.ATTRIBUTES.get(tag, set())


def wrong(html):
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker.wrong + checker.open


@pytest.mark.parametrize("audience", Audience)
def test_nothing_hostile_gets_past_the_allow_list(db, audience):
    assert len(HOSTILE) == 560
    assert [source for source in HOSTILE if wrong(render(source, audience=audience).html)] == []


@pytest.mark.parametrize(
    "source", ["<b>x</b>", '<span class="x">y</span>', '<input type="text">', "<p onclick=x>", "<!--x-->"]
)
def test_checker_sees_what_is_wrong(source):
    assert wrong(source)


def test_input_is_the_switch_of_a_spoiler_and_nothing_else():
    assert sanitising.clean('<input type="text" class="spoiler__switch" aria-label="Password" name="x">') == (
        '<input class="spoiler__switch">'
    )


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(ALPHABET), max_size=60).map("".join)))
def test_any_text_renders_and_tells_its_references(source):
    # Rows are not asked for: hypothesis has no database to itself.
    source = source.replace("person:x", "person :x").replace("image:1", "image:x")
    rendered = render(source, audience=Audience.EDITORS)
    assert wrong(rendered.html) == []
    assert rendered.words == len(rendered.text.split())
    places = references_in(source)
    assert [each for each in places if not source[each.start : each.end].startswith("[[")] == []
    assert rendered.broken <= {each.target for each in places}


def took(source):
    start = process_time()
    render(source)
    return process_time() - start


WIDE = "|{}\n|{}\n".format("a|" * 3000, "-|" * 3000)
NARROW = "|{}\n|{}\n".format("a|" * 50, "-|" * 50)


@pytest.mark.parametrize("source", [WIDE + "|b|\n" * 3000, (NARROW + "|b|\n" * 1000 + "\n") * 10])
def test_rows_that_lack_cells_are_filled_up_a_little_and_nothing_typed_goes(source):
    rendered = render(source)
    assert rendered.html.count("<td></td>") <= tables.LACKING
    assert rendered.text.count("b") == source.count("b")


def test_whole_rows_make_tables_however_long_the_text():
    source = NARROW + f"|{'b|' * 50}\n" * 100
    assert render(WIDE + "|b|\n" * 5 + f"\n{source}").html.count("<td>b</td>") == 5000


@pytest.mark.parametrize("piece", ["[", "|", "::: spoiler\n", "> ::: spoiler\n"])
def test_megabyte_of_marks_is_read_in_seconds(piece):
    """The bound is generous, for busy machines: what grows by the square of the length takes minutes."""
    assert took(piece * (1_000_000 // len(piece))) < 10


@pytest.mark.parametrize(
    ("start", "piece", "end"),
    [
        ("", '"a ', ""),
        ("", "'a ", 'b" ' * 10_000),
        ("", "||a|| ", ""),
        ("", "||`a ", ""),
        ("", "[[person", ""),
        ("", "[[a]] ", ""),
        ("[^1]: x\n\n", "[^a", ""),
        ("", "## a\n\n", ""),
        ("", "::: spoiler\na\n\n:::\n", ""),
        ("", "- ::: spoiler\n", ""),
        ("", "[", "]" * 30_000),
        ("", "«", ""),
        ("", "![", ""),
        ("", "^[", ""),
        ("", "(c)", ""),
    ],
)
def test_hundred_kilobytes_of_anything_are_read_in_seconds(start, piece, end):
    assert took(start + piece * (100_000 // len(piece)) + end) < 10
