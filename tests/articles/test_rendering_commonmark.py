"""CommonMark: which of the specification's 652 examples our dialect answers otherwise, and why."""

import json
from pathlib import Path

from articles.rendering import markdown
from articles.rendering.resolving import Text, resolve

EXAMPLES = json.loads((Path(__file__).parents[1] / "data/commonmark.json").read_text())

# A heading has an id to link to, and the highest in a text is an h2.
HEADINGS = {
    *(10, 59, 62, 66, 67, 68, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 86, 89, 90, 91, 95, 96, 102, 103),
    *(115, 141, 214, 215, 227, 228, 229, 230, 232, 300, 646, 647),
}
# Quotes and dashes are those of print.
TYPOGRAPHY = {14, 46, 55, 87, 106, 197, 209, 210, 352, 359, 363, 380, 385, 395, 508, 619, 620, 622, 624, 632}
# HTML is shown as it was typed; nobody writes tags into a page.
HTML = {
    *(21, 31, *range(148, 192), 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, *range(613, 618), 623),
    *(*range(625, 632), 642, 643),
}
# Pictures are written by rules of our own: from elsewhere as links, without the slash of XHTML.
PICTURES = {517, 520, 531, *range(572, 590), 591}
# Two brackets hold a reference; what is none shows nothing.
REFERENCES = {548, 590}


def answer(source):
    """Return our HTML as it is before it is cleaned; an empty quote is written on one line, as on two."""
    parser, env = markdown.build(), {"marks": False}
    tokens = parser.parse(source, env)
    resolve([Text(tokens, env, None)])
    html = parser.renderer.render(tokens, parser.options, env)
    return html.replace("<blockquote></blockquote>", "<blockquote>\n</blockquote>")


def test_examples_that_we_answer_otherwise_are_these_for_these_reasons():
    reasons = [HEADINGS, TYPOGRAPHY, HTML, PICTURES, REFERENCES]
    others = {each["example"] for each in EXAMPLES if answer(each["markdown"]) != each["html"]}
    assert others == set.union(*reasons)
    assert len(others) == sum(map(len, reasons))


def test_three_of_four_examples_are_answered_as_the_specification_does():
    otherwise = len(HEADINGS | TYPOGRAPHY | HTML | PICTURES | REFERENCES)
    assert (len(EXAMPLES), len(EXAMPLES) - otherwise) == (652, 496)
