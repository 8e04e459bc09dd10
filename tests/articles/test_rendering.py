"""What the Markdown dialect makes of an editor's text."""

import pytest

from articles.rendering import Audience, Heading, markdownify, render, smarten
from tests.factories import make_image

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    '![" onerror=alert(1)](image:1)',
    '![x](/a.png "\\" onerror=alert(1)")',
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x]: javascript:alert(1)\n\n[x]",
    '<https://x/"onmouseover=alert(1)>',
    "# <svg onload=alert(1)>",
    "| <b onclick=alert(1)> |\n|---|\n| <style>x</style> |",
    "[^<img>]: x\n\nnote[^<img>]",
    "```<script>\nalert(1)\n```",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_in_a_text_becomes_script(db, source):
    html = render(source).html
    for start in ("<script", "<svg", "<style", "<b ", 'href="javascript', 'href="data', 'src="javascript'):
        assert start not in html.lower()
    tags = [piece.split(">")[0] for piece in html.split("<")[1:]]
    assert [tag for tag in tags if " on" in tag.split('"')[0]] == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*Rush* and **rush**", "<p><em>Rush</em> and <strong>rush</strong></p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ('"Rush" -- it\'s...', "<p>“Rush” – it’s…</p>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("# One", '<h2 id="one">One</h2>\n'),
        ("##### Five", "<h5>Five</h5>\n"),
        (
            "![](http://elsewhere.example/a.png)",
            '<p><a href="http://elsewhere.example/a.png">http://elsewhere.example/a.png</a></p>\n',
        ),
        ("![A *cat*](/media/a.png)", '<p><img src="/media/a.png" alt="A cat"></p>\n'),
        ("", ""),
    ],
)
def test_dialect(source, html):
    assert render(source).html == html


def test_headings_get_stable_ids_that_never_repeat():
    rendered = render("## New Partner\n\n## 千と千尋\n\n### New Partner\n\n##### deep", prefix="a7-")
    assert rendered.toc == (
        Heading(2, "a7-new-partner", "New Partner"),
        Heading(2, "a7-qiantoqianxun", "千と千尋"),
        Heading(3, "a7-new-partner-1", "New Partner"),
    )
    assert [heading.id for heading in rendered.toc if f'id="{heading.id}"' not in rendered.html] == []


def test_table_cells_are_aligned_by_class_and_carry_no_style():
    html = render("| a | b |\n|--:|---|\n| 1 | 2 |").html
    assert '<td class="align-right">1</td>' in html
    assert "style" not in html


def test_footnotes_link_both_ways_under_the_articles_prefix():
    html = render("Said[^1] twice[^1].\n\n[^1]: A note.", prefix="a7-").html
    targets = {piece.split('"')[0] for piece in html.split('href="#')[1:]}
    ids = {piece.split('"')[0] for piece in html.split(' id="')[1:]}
    assert targets == ids
    assert all("a7-" in anchor for anchor in ids)
    assert 'aria-label="Back to the text"' in html


def test_text_holds_the_words_alone():
    source = "## Heading\n\nA *film* by [her](/people/her/)[^1]\nand ![a cat](/media/a.png)him.\n\n[^1]: Secret."
    assert render(source).text == "Heading\n\nA film by her and him."


def test_words_and_reading_time():
    rendered = render("word " * 700)
    assert (rendered.words, rendered.reading_time) == (700, 3)
    assert render("").reading_time == 1


def test_picture_alone_is_a_figure_with_caption_and_credit(db):
    image = make_image(caption="Kept with it", credit_line="© MGM")
    html = render(f'![A <street>](image:{image.pk} "At night")').html
    assert html == (
        f'<figure class="picture"><img src="{image.file.url}" width="640" height="360" alt="A &lt;street&gt;" '
        'loading="lazy" decoding="async"><figcaption>At night <span class="credit">© MGM</span></figcaption></figure>\n'
    )


def test_picture_in_prose_comes_in_every_format_there_is(db):
    image = make_image(renditions={"avif": {"320": "r/320.avif", "640": "r/640.avif"}, "png": {"320": "r/320.png"}})
    sizes = 'sizes="(min-width: 42rem) 38rem, 92vw"'
    assert render(f"![A street](image:{image.pk})").html == (
        '<figure class="picture"><picture>'
        f'<source type="image/avif" srcset="/media/r/320.avif 320w, /media/r/640.avif 640w" {sizes}>'
        f'<img src="{image.file.url}" srcset="/media/r/320.png 320w, {image.file.url} 640w" {sizes} '
        'width="640" height="360" alt="A street" loading="lazy" decoding="async"></picture></figure>\n'
    )


def test_picture_among_words_is_no_figure(db):
    image = make_image()
    html = render(f"See ![it](image:{image.pk}) here.").html
    assert html.startswith(f'<p>See <img src="{image.file.url}"')
    assert "figure" not in html


def test_pictures_cost_one_query_however_many(db, django_assert_num_queries):
    images = [make_image() for _ in range(3)]
    source = "\n\n".join(f"![x](image:{image.pk})" for image in images)
    with django_assert_num_queries(1):
        assert render(source).html.count("<figure") == 3
    with django_assert_num_queries(0):
        render("No pictures.")


def test_missing_picture_shows_its_description_to_readers_and_a_mark_to_editors(db):
    assert render("![A cat](image:9)").html.strip() == '<span class="picture-missing">A cat</span>'
    mark = '<span class="broken">There is no picture 9: A cat</span>'
    assert render("![A cat](image:9)", audience=Audience.EDITORS).html.strip() == mark
    assert markdownify("![A cat](image:9)").strip() == mark


@pytest.mark.parametrize("number", ["x", "99999999999999999999", "-1", ""])
def test_picture_with_an_odd_number_is_missing_too(number):
    shown = f'<p><span class="broken">There is no picture {number}: A cat</span></p>'
    assert render(f"![A cat](image:{number})", audience=Audience.EDITORS).html.strip() == shown


def test_heading_that_is_called_like_a_footnote_keeps_ids_apart():
    html = render("## fn1\n\nSaid[^1].\n\n[^1]: A note.").html
    ids = [piece.split('"')[0] for piece in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 3


def test_smarten_leaves_all_but_quotes_and_dashes():
    assert smarten('What Is "Rush"? It\'s *b* [x](y) <i>') == "What Is “Rush”? It’s *b* [x](y) <i>"
