"""Reading files: what each says, and every way a file can be wrong."""

import itertools
import os
import random
from pathlib import Path

import pytest

from articles.importing import BadDocument, read_document
from articles.importing.literal import literal_heading, literal_paragraph
from articles.rendering import markdown

DATA = Path(__file__).parent.parent / "data"
MATTER = "---\ntitle: T\n{}\n---\n\nWords.\n"


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a file and gives its path."""

    def write(content, name="piece.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def read(written):
    """Return a function that reads content as a file of that name."""
    return lambda content, name="piece.txt": read_document(written(content, name))


@pytest.fixture
def complaint(read, tmp_path):
    """Return a function that gives the complaint about content, without the folder."""

    def complain(content, name="piece.txt"):
        with pytest.raises(BadDocument) as refused:
            read(content, name)
        return str(refused.value).removeprefix(f"{tmp_path}/")

    return complain


# Plain text ----------------------------------------------------------------------------------------------------------


def test_plain_text_has_title_byline_dek_sections_and_paragraphs():
    document = read_document(DATA / "plain.txt")
    assert document.title == 'What Is the Movie "Heat Haze" About?'
    assert document.address == "what-is-the-movie-heat-haze-about"
    assert document.authors == ("Daniel Fox",)
    assert document.dek == '"Heat Haze" follows two agents who lose themselves in the part they play.'
    assert document.body.split("\n\n") == [
        '"Heat Haze" is about an agent\'s cover story, and how \\*well\\* it fits. It costs $5 * 3.',
        "## New Partner",
        "Nobody is arrested, they only file reports.\nThe line goes on here.",
        "1\\. One step follows another, [says\\](nobody) the report.",
        "## Gray Area",
        "The law and the crime of it overlap.",
    ]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_do_not_matter(read, ends):
    plain = (DATA / "plain.txt").read_text()
    document = read(b"\xef\xbb\xbf" + plain.replace("\n", ends).encode())
    assert document.content == read_document(DATA / "plain.txt").content


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("by Daniel Fox", ("Daniel Fox",)),
        ("By Ana Ruiz, Bo Li and Cy Doe", ("Ana Ruiz", "Bo Li", "Cy Doe")),
        ("by Ana Ruiz & Sammy Davis, Jr.", ("Ana Ruiz", "Sammy Davis, Jr.")),
        ("by Sandy Anders", ("Sandy Anders",)),
        ("By the end of it, both are lost.", ()),
        ("Ana Ruiz", ()),
    ],
)
def test_byline_is_a_line_that_begins_with_by(read, line, names):
    assert read(f"Title\n\n{line}\n\nA dek.\n\nWords.").authors == names


def test_without_a_byline_nothing_is_lost(read):
    document = read("Title\n\nBy the end of it, both are lost.\n\nWords.")
    assert (document.dek, document.body) == ("By the end of it, both are lost.", "Words.")


def test_first_paragraph_too_long_for_a_dek_is_text(read):
    document = read(f"Title\n\n{'word ' * 70}\n\nWords.")
    assert document.dek == ""
    assert document.body == f"{('word ' * 70).strip()}\n\nWords."


def test_only_paragraph_is_text_and_no_dek(read):
    document = read("Title\n\nWords.")
    assert (document.dek, document.body) == ("", "Words.")


@pytest.mark.parametrize("line", ["New Partner", "What Happens at the End?", "1. New Partner", "C #", "“Why Them?”"])
def test_short_line_alone_is_a_heading(read, line):
    document = read(f"Title\n\nA dek.\n\n{line}\n\nWords.")
    assert document.body.startswith("## ")
    assert _heard(document.body.split("\n\n")[0]) == [("h2", line)]


@pytest.mark.parametrize(
    "line", ["Nobody.", "He said “no.”", "As follows:", "- New Partner", "* * *", "word " * 20 + "word"]
)
def test_sentence_list_item_or_ornament_alone_is_no_heading(read, line):
    assert _heard(read(f"Title\n\nA dek.\n\n{line}\n\nWords.").body)[0] == ("p", line)


def test_last_line_is_never_a_heading(read):
    assert read("Title\n\nA dek.\n\nWords.\n\nThe End").body.endswith("\n\nThe End")


# Signs ---------------------------------------------------------------------------------------------------------------

parser = markdown.build().disable(["replacements", "smartquotes"])


def _heard(source):
    """Return the blocks the dialect hears in *source*, as tags with their literal text."""
    tokens = parser.parse(source)
    blocks = []
    for token in tokens:
        if token.type.endswith("_open"):
            blocks.append([token.tag, ""])
        if token.type == "inline":
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special", "softbreak"}, (source, kinds)
            blocks[-1][1] = "".join("\n" if child.type == "softbreak" else child.content for child in token.children)
    return [tuple(block) for block in blocks]


SIGNS = [*"*_`[]()!<>#-+=~|\\&:^1.a@\n", " ", "amp;", "](", "[^", "||", "~~", ":::", "__"]


def _samples():
    yield from ("".join(signs) for signs in itertools.product(SIGNS, repeat=3))
    dice = random.Random(1991)
    yield from ("".join(dice.choices(SIGNS, k=dice.randint(4, 24))) for _ in range(4000))


def test_any_signs_in_plain_text_stay_as_typed():
    for sample in _samples():
        lines = [line for line in (" ".join(line.split()) for line in sample.split("\n")) if line]
        if lines:
            assert _heard(literal_paragraph(lines)) == [("p", "\n".join(lines))], sample
            assert _heard(literal_heading(lines[0])) == [("h2", lines[0])], sample


@pytest.mark.parametrize(
    "line",
    [
        'He said "no" — twice.',
        "5 * 3 is 15",
        "snake_case",
        "it [sic] goes",
        "R&B & more",
        "<3",
        "#one",
        "well-known",
        "19.5",
    ],
)
def test_what_markdown_does_not_read_is_not_escaped(line):
    assert literal_paragraph([line]) == line


# Markdown ------------------------------------------------------------------------------------------------------------


def test_markdown_with_front_matter():
    document = read_document(DATA / "front-matter.md")
    assert document.content == {
        "title": "Nobody Gets Arrested",
        "dek": "How a film about police keeps its cases in a drawer.",
        "body": "A *first* paragraph.\n\n## A section\n\nAnd a second.",
        "seo_title": "Nobody gets arrested",
        "seo_description": "On the cases of two agents.",
        "spoilers": "mild",
    }
    assert document.authors == ("Ana Ruiz", "Bo Li")
    assert document.topics == ("Undercover", "True story")
    assert (document.kind, document.address, document.film) == ("essay", "nobody-gets-arrested", "")


@pytest.mark.parametrize(
    "top", ["", "---\nauthor: Ana Ruiz\n---\n\n", "---\n---\n", "---\ntitle: What *Rush* Is\n---\n"]
)
def test_leading_heading_is_the_title_once(read, top):
    document = read(f"{top}# What *Rush* Is\n\nWords.", "piece.md")
    title = "What *Rush* Is" if "title" in top else "What Rush Is"
    assert document.title == title
    assert document.body == ("# What *Rush* Is\n\nWords." if "title" in top else "Words.")


def test_heading_that_repeats_the_title_goes(read):
    assert read("---\ntitle: Rush\n---\n# Rush #\nWords.", "piece.md").body == "Words."


@pytest.mark.parametrize("entry", ["author: Ana Ruiz", "authors: Ana Ruiz", "author:\n- Ana Ruiz\n- Ana  Ruiz"])
def test_author_may_be_one_or_a_list(read, entry):
    assert read(MATTER.format(entry), "piece.md").authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("entry", "cause"),
    [
        ("subtitle: X", "line 3: “subtitle” is no key of front matter; known: author, authors, dek"),
        ("dek: [a]", "line 3: “dek” must be text, not a list; put it in quotes."),
        ("dek: 1991", "line 3: “dek” must be text, not a number; put it in quotes."),
        ("dek: 1991-12-22", "line 3: “dek” must be text, not a date; put it in quotes."),
        ("spoilers: no", "line 3: “spoilers” must be text, not yes or no; put it in quotes."),
        ("topics: {a: b}", "line 3: “topics” must be text or a list of texts."),
        ("topics: [1]", "line 3: “topics” must be text or a list of texts."),
        ("kind: poem", "line 3: “poem” is no kind; known: explainer, ending, review, essay, guide."),
        ("spoilers: all", "line 3: “all” is no spoilers; known: none, mild, full."),
        ("slug: a/b", "line 3: “a/b” is no slug"),
        ("dek: " + "x" * 301, "line 3: the dek is 301 characters long; 300 fit."),
        ("seo_title: " + "x" * 71, "line 3: the search engines’ title is 71 characters long; 70 fit."),
        ("author: " + "x" * 151, "line 3: the author’s name is 151 characters long; 150 fit."),
        ("author: A\nauthors: [B]", "line 4: give “author” or “authors”, not both."),
        ("title: again", "line 3: “title” stands twice in front matter."),
        ('dek: "a\\0b"', "line 3: “dek” holds a control character."),
        ('dek: "a\\ud800b"', "line 3: “dek” holds a control character."),
        ("dek: [", "line 4: front matter is not YAML: "),
        (
            "dek: a: b",
            "line 3: front matter is not YAML: mapping values are not allowed here; put text with a colon in quotes.",
        ),
        ("dek: 1991-99-99", "front matter is not YAML: month must be in 1..12"),
        ("dek: !!python/object:os.system x", "line 3: front matter is not YAML: could not determine a constructor"),
        ("dek: " + "[" * 20_000, "front matter is not YAML: maximum recursion depth exceeded"),
    ],
)
def test_wrong_front_matter_is_named_with_its_line(complaint, entry, cause):
    assert (
        complaint(MATTER.format(entry), "piece.md")
        .removeprefix("piece.md, ")
        .removeprefix("piece.md: ")
        .startswith(cause)
    )


def test_front_matter_that_is_no_mapping_or_never_ends_is_refused(complaint):
    assert complaint("---\n- a\n---\nWords.", "piece.md").startswith("piece.md, line 2: front matter is lines of")
    assert complaint("---\ntitle: a\n\nWords.", "piece.md").startswith("piece.md, line 1: the front matter that begins")


# Files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", ": is empty."),
        (b"\xef\xbb\xbf \r\n\n", ": is empty."),
        (b"Title\n\nWo\0rds", ", line 3: is not text: there is a NUL at byte 9."),
        (b"\x89PNG\r\n\x1a\n\0\0", ", line 3: is not text: there is a NUL at byte 8."),
        (b"Title\n\nCaf\xe9 society", ", line 3: is not UTF-8: byte 10 is 0xe9. Save it as UTF-8."),
        ("Title\n\nWords".encode("utf-16"), ": is UTF-16; save it as UTF-8."),
        (b"Title\n\nWords\x1b[1m", ", line 3: is not text: there is a control character, U+001B."),
        (b"x" * (5 * 1024**2 + 1), ": is larger than 5 MB; an article is not."),
        (b"\n\n" + b"long " * 50, ", line 3: the title is 249 characters long; 200 fit."),
        (b"???\n\nWords.", ", line 1: no address can be made from this title; give a “slug” in front matter."),
        (b"Title\n\nby Ana Ruiz\n", ": there is no text below the title."),
    ],
)
def test_wrong_file_is_named_with_line_and_cause(complaint, content, cause):
    assert complaint(content) == f"piece.txt{cause}"


def test_markdown_without_a_title_is_refused(complaint):
    assert complaint("Words.", "piece.md") == "piece.md: there is no title."


def test_other_suffixes_are_refused(complaint):
    assert complaint("<p>Words.", "piece.html").startswith("piece.html: a “.html” file is not read")


def test_missing_file_folder_and_device_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, cause in [
        (tmp_path / "none.txt", "no such file"),
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "ordinary"),
    ]:
        with pytest.raises(BadDocument, match=cause):
            read_document(path)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that even root cannot read")
def test_unreadable_file_is_refused():
    with pytest.raises(BadDocument, match="cannot be read: Input/output error"):
        read_document(Path("/proc/self/mem"))
