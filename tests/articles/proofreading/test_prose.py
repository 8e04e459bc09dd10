"""What of a Markdown source is prose, and that places in it stay true."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.proofreading import prose

MARKDOWN = st.text(alphabet=st.sampled_from(list("ab N\n\t\r*_`[]()!|:#>-1.^\\\"'<~é千\0")), max_size=200)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Jim *and* __Kristen__", "Jim and Kristen"),
        ("# The *end* #", "The end"),
        ("The end\n===", "The end"),
        ("> Said Dodd\n> to Jim", "Said Dodd to Jim"),
        ("- one\n- 2. two", "one two"),
        ("In Texas in\n1974. All is well", "In Texas in 1974. All is well"),
        ("Say `Nettles` or ``Net`tles`` now", "Say or now"),
        ("Half ` a tick", "Half ` a tick"),
        ("```\nNettles\n```\n\n    Nettles\n\nafter", "after"),
        ("[Dodd](/people/nettles/ 'x') said", "Dodd said"),
        ("[Dodd][r], [r] and [sic]\n\n[r]: /nettles/", "Dodd , r and [sic]"),
        ('![A street](image:42 "Dodd waits")', "A street Dodd waits"),
        ("[[character:nettle|Chief Nettle]] of [[film.year]]", "Chief Nettle of"),
        ("[[cast]]\n\nafter", "after"),
        ("| A | B |\n|---|---|\n| [[person:sam\\|Sam]] | `x` |", "A B Sam"),
        ("Dodd[^1] waits^[for Jim].\n\n[^1]: By Nettle.", "Dodd waits for Jim . By Nettle."),
        ("See https://x.example/Nettles and <https://y.example/Nettles>.", "See and ."),
        ("<b>Dodd</b> &amp; Jim", "Dodd &amp; Jim"),
        ("||Dodd|| and a | b", "Dodd and a | b"),
        ("O\\'Toole", "O 'Toole"),
        ("* * *", ""),
        ("", ""),
    ],
)
def test_only_what_is_read_stays(source, words):
    shown = prose.visible(source)
    assert " ".join(shown.split()) == words
    assert len(shown) == len(source)


def test_blocks_are_told_apart():
    source = "# One\n\ntwo\n\n> three\n\n- four\n\n| five | six |\n|-|-|\n\nseven[^n]\n\n[^n]: eight\n"
    assert [(block.kind, source[block.start : block.end].strip()) for block in prose.read(source).blocks] == [
        ("heading", "# One"),
        ("paragraph", "two"),
        ("quote", "> three"),
        ("item", "- four"),
        ("cell", "five"),
        ("cell", "six"),
        ("paragraph", "seven[^n]"),
        ("note", "[^n]: eight"),
    ]


def test_links_references_and_pictures_are_taken():
    source = "[Dodd](/d/ 'x'), [[person:sam|Sam]], ![A [small] street](image:1) and [sic]"
    assert sorted(source[start:end] for start, end in prose.read(source).taken) == [
        "![A [small] street](image:1)",
        "[Dodd](/d/ 'x')",
        "[[person:sam|Sam]]",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_are_kept(end):
    assert prose.visible(f"# One{end}{end}`x` two{end}") == f"  One{end}{end}    two{end}"


@given(MARKDOWN)
def test_whatever_stays_stays_in_its_place(source):
    shown = prose.visible(source)
    assert len(shown) == len(source)
    assert [(own, kept) for own, kept in zip(source, shown, strict=True) if kept not in (own, " ")] == []


@given(MARKDOWN)
def test_blocks_come_in_order(source):
    blocks = prose.read(source).blocks
    assert all(before.end <= after.start for before, after in pairwise(blocks))
    assert all(0 <= block.start <= block.end <= len(source) for block in blocks)


@pytest.mark.parametrize(
    "piece", ["[", "[[", "||", ":::\n", "`", "[a](", "*", "![", '](x "', "> ", "<a", "``` ", "\\", "_"]
)
def test_no_mark_makes_reading_endless(piece):
    prose.read.cache_clear()
    start = process_time()
    prose.read(piece * (200_000 // len(piece)))
    assert process_time() - start < 10
