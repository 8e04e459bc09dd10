"""Two people, one text: what merges by itself, what must be decided, and that nothing is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reconciling import Agreed, Clash, clashes, merge_text, merge_value, resolve

texts = st.lists(st.sampled_from(["Rush\n", "Jim\n", "\n", "Kristen\n", "Gaines"]), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged"),
    [
        ("a\n\nb\n\nc\n", "A\n\nb\n\nc\n", "a\n\nb\n\nC\n", "A\n\nb\n\nC\n"),
        ("a\nb\n", "a\nb\n", "a\n", "a\n"),
        ("a\n", "a\n", "a\nb\n", "a\nb\n"),
        ("a\n", "x\n", "x\n", "x\n"),
        ("", "", "new", "new"),
        ("a\r\nb\r\n", "a\nB\n", "a\r\nb\r\n", "a\nB\n"),
        ("a\n\nb\n", "a\n\nnew\n\nb\n", "a\n\nb\n\nlast\n", "a\n\nnew\n\nb\n\nlast\n"),
        ("a\n\nb", "a\n\nB", "a\n\nb\n\nlast", "a\n\nB\n\nlast"),
        ("a\n\nb\n\nc", "a\n\nB\n\nc", "a\n\nnew\n\nb\n\nc", "a\n\nnew\n\nB\n\nc"),
    ],
)
def test_changes_in_different_places_merge_by_themselves(base, theirs, mine, merged):
    assert merge_text(base, theirs, mine) == [Agreed(merged)]


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "clash"),
    [
        ("a\n\nb\n", "a\n\ntheirs\n", "a\n\nmine\n", Clash("b\n", "theirs\n", "mine\n")),
        ("a\n\nb\n", "a\n\n", "a\n\nmine\n", Clash("b\n", "", "mine\n")),
        ("a\n\n", "a\n\ntheirs\n", "a\n\nmine\n", Clash("", "theirs\n", "mine\n")),
        ("a\n\nb", "a\n\nb\n\nt", "a\n\nb\n\nm", Clash("b", "b\n\nt", "b\n\nm")),
    ],
)
def test_changes_in_one_place_clash(base, theirs, mine, clash):
    assert merge_text(base, theirs, mine) == [Agreed("a\n\n"), clash]


@given(base=texts, theirs=texts, mine=texts)
def test_choosing_one_side_everywhere_keeps_all_that_side_wrote(base, theirs, mine):
    parts = merge_text(base, theirs, mine)
    for side, whole in (("theirs", theirs), ("mine", mine)):
        answers = {place: getattr(clash, side) for place, clash in enumerate(clashes(parts))}
        lines = iter(resolve(parts, answers).splitlines())
        kept = [line for line in whole.splitlines() if line not in base]
        assert all(line in lines for line in kept)


@given(base=texts, theirs=texts)
def test_one_sided_change_is_taken_whole(base, theirs):
    assert resolve(merge_text(base, theirs, base), {}) == theirs
    assert resolve(merge_text(base, base, theirs), {}) == theirs
    assert resolve(merge_text(base, theirs, theirs), {}) == theirs


@given(base=texts, theirs=texts, mine=texts)
def test_merge_does_not_depend_on_who_is_who(base, theirs, mine):
    swapped = [
        Clash(part.base, part.mine, part.theirs) if isinstance(part, Clash) else part
        for part in merge_text(base, mine, theirs)
    ]
    assert merge_text(base, theirs, mine) == swapped


def test_clash_shows_the_words_of_each_side():
    (clash,) = clashes(merge_text("Jim met Kristen.\n", "Jim met Dodd.\n", "Jim left Kristen.\n"))
    assert [(piece.kind, piece.text) for piece in clash.their_changes] == [
        ("same", "Jim met "),
        ("removed", "Kristen"),
        ("added", "Dodd"),
        ("same", ".\n"),
    ]


def test_many_equal_lines_merge_as_few_do_and_keep_nobody_waiting():
    base = [f"Line {place}.\n\n" for place in range(1000)]
    theirs = [f"Line {place}, indeed.\n\n" if place % 2 else text for place, text in enumerate(base)]
    mine = [*base[:500], "Mine.\n\n", *base[501:]]
    merged = [*theirs[:500], "Mine.\n\n", *theirs[501:]]
    assert merge_text(*map("".join, (base, theirs, mine))) == [Agreed("".join(merged))]


def test_clash_without_an_answer_cannot_be_resolved():
    with pytest.raises(KeyError):
        resolve(merge_text("a", "b", "c"), {})


@pytest.mark.parametrize(
    ("values", "merged"),
    [
        (("a", "a", "b"), [Agreed("b")]),
        (("a", "b", "a"), [Agreed("b")]),
        (("a", "b", "b"), [Agreed("b")]),
        (("a", "b", "c"), [Clash("a", "b", "c")]),
        ((None, 3, None), [Agreed("3")]),
    ],
)
def test_field_is_merged_whole(values, merged):
    assert merge_value(*values) == merged
