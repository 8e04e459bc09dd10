"""What changed between two texts: paragraphs first, then words."""

from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import compare, words

texts = st.lists(st.sampled_from(["Jim", " ", "Kristen", "\n\n", "||", "[[a|b]]", "it's", "."]), max_size=30).map(
    "".join
)


def shown(pieces):
    return [(piece.kind, piece.text) for piece in pieces]


def test_words_inside_a_changed_paragraph():
    (same, changed) = compare("One.\n\nJim met Kristen there.", "One.\n\nJim met Dodd there.").blocks
    assert (same.kind, changed.kind) == ("same", "changed")
    assert shown(changed.pieces) == [
        ("same", "Jim met "),
        ("removed", "Kristen"),
        ("added", "Dodd"),
        ("same", " there."),
    ]
    assert shown(changed.before) == [("same", "Jim met "), ("removed", "Kristen"), ("same", " there.")]
    assert shown(changed.after) == [("same", "Jim met "), ("added", "Dodd"), ("same", " there.")]


def test_paragraphs_put_in_and_taken_out_stand_alone():
    kinds = [block.kind for block in compare("One.\n\nTwo.", "New words entirely.\n\nOne.").blocks]
    assert kinds == ["added", "same", "removed"]


def test_counts_are_of_words():
    comparison = compare("Jim met Kristen.", "Jim met her old friend.\n\nAnd left.")
    assert (comparison.added, comparison.removed) == (5, 1)


def test_small_islands_between_changes_are_read_with_them():
    assert shown(words("red in hand", "blue in foot")) == [("removed", "red in hand"), ("added", "blue in foot")]


def test_reference_link_and_spoiler_change_as_one_word():
    assert shown(words("[[person:a]]", "[[person:b]]")) == [("removed", "[[person:a]]"), ("added", "[[person:b]]")]
    assert shown(words("x](/a/) y", "x](/b/) y"))[1:3] == [("removed", "](/a/)"), ("added", "](/b/)")]
    assert shown(words("he dies", "||he dies||")) == [("added", "||"), ("same", "he dies"), ("added", "||")]


def test_line_ends_of_a_browser_are_no_change():
    assert compare("One.\r\n\r\nTwo.", "One.\n\nTwo.").added == 0


def test_complete_rewrite_of_a_huge_paragraph_is_taken_whole():
    old, new = "alpha " * 6000, "beta " * 6000
    assert shown(words(old, new)) == [("removed", old), ("added", new)]


@given(old=texts, new=texts)
def test_each_side_can_be_read_back_from_its_pieces(old, new):
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


@given(old=texts, new=texts)
def test_no_paragraph_is_lost(old, new):
    blocks = compare(old, new).blocks
    before = "".join(piece.text for block in blocks for piece in block.before)
    after = "".join(piece.text for block in blocks for piece in block.after)
    assert "".join(before.split()) == "".join(old.split())
    assert "".join(after.split()) == "".join(new.split())


def test_many_equal_paragraphs_keep_nobody_waiting():
    old = ["Ha."] * 1000
    new = [f"Line {place}." if place % 2 else text for place, text in enumerate(old)]
    comparison = compare("\n\n".join(old), "\n\n".join(new))
    assert [block.kind for block in comparison.blocks[:1]] == ["same"]
    assert (comparison.added - comparison.removed) == 500


def test_a_paragraph_found_elsewhere_is_recognized_among_many_equal_ones():
    old, new = ["Ha."] * 400, ["Oh."] * 400
    blocks = compare("\n\n".join([*old, "Gaines.", *old]), "\n\n".join(["New.", *old, "Gaines.", *new])).blocks
    assert [block.kind for block in blocks[:403]] == ["added", *["same"] * 401, "removed"]
