"""Spoilers: closed for readers, and in nothing that is derived from the text."""

import pytest

from articles.rendering import Heading, render
from tests.factories import make_credit, make_film, make_image

SECRET = "Xyzzy"
START = (
    '<span class="spoiler"><input type="checkbox" class="spoiler__switch" aria-label="Show spoiler">'
    '<span class="spoiler__text">'
)
END = "</span></span>"
BLOCK = '<details class="spoiler-block"><summary class="spoiler-block__label">Spoiler{}</summary>\n'


def paragraph(html):
    """Return *html*, with {…} for a spoiler in the line, as a paragraph."""
    return f"<p>{html}</p>\n".replace("{", START).replace("}", END)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("||dies||", "{dies}"),
        ("so || he dies || now", "so { he dies } now"),
        ("||he *dies* [here](/a)||", '{he <em>dies</em> <a href="/a">here</a>}'),
        ("||a\nb||", "{a\nb}"),
        ("**a ||b** c||", "**a {b** c}"),
        ("[a ||b](/u) c||", "[a {b](/u) c}"),
        ("`||` ||`||`|| `a`", "<code>||</code> {<code>||</code>} <code>a</code>"),
        (r"||a \|| b||", "{a || b}"),
        ("|||a|||", "|{a}|"),
        ("||a||||b||", "{a}{b}"),
        ("||||a||||", "||{a}||"),
        ("||a|| b || c", "{a} b || c"),
        ("||unclosed", "||unclosed"),
        ("a || `||`", "a || <code>||</code>"),
        ("|||| and | a ||", "||{ and | a }"),
        ("||||", "||||"),
        ("|| ||", "|| ||"),
        (r"\||a||", "||a||"),
        ("<https://a.b/||c> ||d||", '<a href="https://a.b/%7C%7Cc">https://a.b/||c</a> {d}'),
        ("[[x||y]] ||z||", "|y {z}"),
        ('"||Quoted||"', "“{Quoted}”"),
        ('||"Quoted"||', "{“Quoted”}"),
    ],
)
def test_spoiler_in_a_line(source, html):
    assert render(source).html == paragraph(html)


def test_no_unclosed_bracket_before_uncovers_a_spoiler():
    for count in range(40):
        assert SECRET not in render("[" * count + f"||{SECRET}||").text


def test_spoiler_in_a_table_cell_has_its_bars_escaped():
    html = render("| a |\n|---|\n| b \\|\\|c\\|\\| |").html
    assert f"<td>b {START}c{END}</td>" in html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("::: spoiler\na\n:::", BLOCK.format("") + "<p>a</p>\n</details>\n"),
        (
            "before\n::: spoiler\na\n:::\nafter",
            f"<p>before</p>\n{BLOCK.format('')}<p>a</p>\n</details>\n<p>after</p>\n",
        ),
        (
            '::: spoiler How *it* "ends" & <b>\na\n:::',
            BLOCK.format(": How <em>it</em> “ends” &amp; &lt;b&gt;") + "<p>a</p>\n</details>\n",
        ),
        (":::Spoiler  x  \na\n:::::", BLOCK.format(": x") + "<p>a</p>\n</details>\n"),
        ("::: spoiler\na", BLOCK.format("") + "<p>a</p>\n</details>\n"),
        ("::: spoiler\n:::", BLOCK.format("") + "</details>\n"),
        (
            "::: spoiler a\n::: spoiler b\nx\n:::\ny\n:::\nz",
            f"{BLOCK.format(': a')}{BLOCK.format(': b')}<p>x</p>\n</details>\n<p>y</p>\n</details>\n<p>z</p>\n",
        ),
        (
            ":::: spoiler a\n::: spoiler b\nx\n:::\ny\n::::\nz",
            f"{BLOCK.format(': a')}{BLOCK.format(': b')}<p>x</p>\n</details>\n<p>y</p>\n</details>\n<p>z</p>\n",
        ),
        (
            "> ::: spoiler\n> a\n\nb",
            f"<blockquote>\n{BLOCK.format('')}<p>a</p>\n</details>\n</blockquote>\n<p>b</p>\n",
        ),
        (
            "::: spoiler\n> a\n:::\nb",
            f"{BLOCK.format('')}<blockquote>\n<p>a</p>\n</blockquote>\n</details>\n<p>b</p>\n",
        ),
        ("::: spoiler\n- a\n:::", f"{BLOCK.format('')}<ul>\n<li>a</li>\n</ul>\n</details>\n"),
        (
            "::: spoiler\n```\n:::\n```\nb\n:::",
            f"{BLOCK.format('')}<pre><code>:::\n</code></pre>\n<p>b</p>\n</details>\n",
        ),
        ("a\n:::\nb", "<p>a</p>\n<p>:::</p>\n<p>b</p>\n"),
        ("::: note\na", "<p>::: note\na</p>\n"),
        ("    ::: spoiler", "<pre><code>::: spoiler\n</code></pre>\n"),
        (r"\::: spoiler", "<p>::: spoiler</p>\n"),
        (
            "::: spoiler ||x||",
            f"{BLOCK.format(f': {START}x{END}')}</details>\n",
        ),
    ],
)
def test_spoiler_block(source, html):
    assert render(source).html == html


def test_blocks_nest_to_a_depth_and_hide_all_beyond_it():
    html = render("::: spoiler\n" * 100 + SECRET + "\n:::" * 100 + "\nafter").html
    assert html.count("<details") == html.count("</details>") == 20
    assert html.endswith("</details>\n<p>after</p>\n")


def test_heading_in_a_spoiler_has_no_anchor_and_no_line_in_the_contents():
    rendered = render("## Why ||he|| lies\n\n::: spoiler\n## Death\n:::\n\n## Death")
    assert rendered.toc == (Heading(2, "why-lies", "Why lies"), Heading(2, "death", "Death"))
    assert "<h2>Death</h2>" in rendered.html


def test_text_and_hidden_part_what_is_said():
    source = "He ||dies|| here.\n\n::: spoiler How it ends\nA *b*\n\n- c\n:::\n\nEnd.[^1] ||So||\n\n[^1]: Note ||x||."
    rendered = render(source)
    assert rendered.text == "He here.\n\nEnd."
    assert rendered.hidden == "dies\n\nA b\n\nc\n\nSo\n\nx"
    assert rendered.words == 3


def test_footnote_that_spoilers_alone_lead_to_is_one():
    html = render("a ||b[^1]|| c[^2] d ^[open] ||e ^[shut]||\n\n[^1]: one\n[^2]: two").html
    items = html.split("<li ")[1:]
    assert ["spoiler-block" in item for item in items] == [True, False, False, True]
    assert render("||b[^1]|| c[^1]\n\n[^1]: one").html.count("<details") == 0


def test_footnote_of_a_footnote_is_seen_where_the_first_one_is():
    source = "{}[^1]\n\n[^1]: one[^2]\n\n[^2]: two ||three[^3]||\n\n[^3]: four"
    assert render(source.format("a")).html.count("<details") == 1
    assert render("||a[^1]||" + source.format("").removeprefix("[^1]")).html.count("<details") == 3


def test_footnote_that_stands_in_a_spoiler_is_one_wherever_the_text_leads_to_it():
    assert render("a[^1]\n\n::: spoiler\n[^1]: one\n:::").html.count("<details") == 2


def test_footnotes_in_footnotes_uncover_no_spoiler():
    rendered = render(f"a[^a]\n\n[^a]: ::: spoiler\n\n    [^b]: x\n\n    {SECRET}\n\n    :::")
    assert SECRET not in rendered.text
    assert rendered.html.index("<details") < rendered.html.index(SECRET) < rendered.html.index("</details>")


def test_mention_in_spoilers_alone_says_so(db):
    film = make_film()
    credit = make_credit(film, None, "Jim")
    source = "::: spoiler\n[[person:jason-patric]]\n:::\n\n||x[^1]||\n\n[^1]: [[character:jim]]\n"
    mentions = render(source, film=film).mentions
    assert [(mention.row, mention.spoils) for mention in mentions] == [
        (credit.person, True),
        (film.characters.get(), True),
    ]
    assert [mention.spoils for mention in render(source + "\n\n[[character:jim]]", film=film).mentions] == [True, False]


SPOILT = {
    "a line": f"A ||{SECRET} dies|| b",
    "a line of emphasis": f"**a ||{SECRET}** dies||",
    "a block": f"::: spoiler\n{SECRET}\n:::",
    "a block in a list": f"- a\n  ::: spoiler\n  {SECRET}\n  :::\n- b",
    "an unclosed block": f"::: spoiler\n\n{SECRET}",
    "code in a block": f"::: spoiler\n```\n{SECRET}\n```\n:::",
    "a heading in a block": f"::: spoiler\n## {SECRET}\n:::",
    "a spoiler in a heading": f"## Why ||{SECRET}|| dies",
    "a footnote in a line": f"a ||b[^1]||\n\n[^1]: {SECRET}",
    "a footnote in a block": f"::: spoiler\na ^[{SECRET}]\n:::",
    "a footnote": f"a[^1]\n\n[^1]: b ||{SECRET}||",
    "a table cell": f"| a |\n|---|\n| \\|\\|{SECRET}\\|\\| |",
    "a table head": f"| \\|\\|{SECRET}\\|\\| |\n|---|\n| b |",
    "a table in a block": f"::: spoiler\n| {SECRET} |\n|---|\n:::",
    "a picture in a line": f"||![{SECRET}](/a.png)||",
    "a picture in a block": f"::: spoiler\n![{SECRET}](/a.png)\n:::",
    "a picture's description": f"![a ||{SECRET}||](/a.png)",
    "a label": f"||[[person:jason-patric|{SECRET}]]||",
    "a link": f"||[{SECRET}](https://example.com/{SECRET})||",
    "a label of a block in a block": f"::: spoiler\n::: spoiler {SECRET}\n:::\n:::",
}


@pytest.mark.parametrize("source", SPOILT.values(), ids=SPOILT)
def test_spoilt_word_stands_in_no_text_heading_or_count(db, source):
    rendered = render(f"Before {make_image().pk}.\n\n{source}\n\n## After")
    assert SECRET not in rendered.text
    assert SECRET not in repr(rendered.toc)
    assert SECRET.lower() not in repr(rendered.toc)
    assert rendered.words == len(rendered.text.split())
    assert f"<p>{SECRET}" not in rendered.html.split("<details")[0]
