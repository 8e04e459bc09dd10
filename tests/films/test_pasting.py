"""Pasted casts: each layout is read exactly, and no line is ever lost."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films import names
from films.importing.pasting import read

PATIENCE = 5  # Seconds for a full box; it takes a fraction of one, and took minutes with patterns that look back.
PEOPLE = ("Jason Patric", "Jennifer Jason Leigh", "Sam Elliott", "Max Perlich", "Gregg Allman", "Daniel Brühl")


def known(found):
    people = {names.fold(name) for name in PEOPLE}
    return {name for name in found if names.fold(name) in people}


def said(text):
    """Return performers and parts, and what else each line told."""
    plain = ("lines", "text", "name", "parts", "film")
    told = []
    for entry in read(text, known):
        more = {name: getattr(entry, name) for name in entry.__slots__ if name not in plain and getattr(entry, name)}
        told.append((entry.name, entry.parts, more) if more else (entry.name, entry.parts))
    return told


JASON = ("Jason Patric", ("Jim Raynor",))
JENNIFER = ("Jennifer Jason Leigh", ("Kristen Cates",))
GUESS = {"guessed": True}
NO_CAST = {"problem": "This is no entry of the cast."}
HEADINGS = ("", (), {"problem": "The headings."})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "* [[Jason Patric]] as Jim Raynor\n* [[Jennifer Jason Leigh]] as Kristen Cates<ref name=nyt />",
            [JASON, JENNIFER],
        ),
        (
            "*[[Jason Patric]] as '''Jim Raynor''', an undercover officer {{citation needed|date=May 1992}}\n"
            "* [[Sam Elliott]] as [[Larry Dodd]]: the lieutenant<ref>{{cite web|title=Rush}}</ref>",
            [
                (*JASON, {"note": "an undercover officer"}),
                ("Sam Elliott", ("Larry Dodd",), {"note": "the lieutenant"}),
            ],
        ),
        (
            "# [[Tony Frank (actor)|Tony Frank]] as Chief Nettle\n# [[Special K. McCray]] as Willie Red (voice)",
            [("Tony Frank", ("Chief Nettle",)), ("Special K. McCray", ("Willie Red",), {"voice": True})],
        ),
    ],
)
def test_wikitext(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jason Patric ... Jim Raynor (uncredited)\nJennifer Jason Leigh ... Kristen Cates",
            [(*JASON, {"uncredited": True}), JENNIFER],
        ),
        (
            "Jason Patric\tJim Raynor\nGregg Allman\tWill Gaines (as Greg Allman) (voice)",
            [JASON, ("Gregg Allman", ("Will Gaines",), {"credited_as": "Greg Allman", "voice": True})],
        ),
        (
            "Jim Raynor . . . . . . Jason Patric\nWoman…………Jennifer\u00a0Jason\u200bLeigh\nHimself ..... Gregg Allman",
            [
                JASON,
                ("Jennifer JasonLeigh", ("Woman",)),
                ("Gregg Allman", ("Himself",), {"as_self": True}),
            ],
        ),
    ],
)
def test_dots_and_tabs(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jason Patric\nJim Raynor\nJennifer Jason Leigh\nKristen Cates", [JASON, JENNIFER]),
        (
            "Jason Patric\nJim Raynor\n\nSam Elliott\nDodd / Larry Dodd\n",
            [JASON, ("Sam Elliott", ("Dodd", "Larry Dodd"))],
        ),
        (
            "Jim Raynor\r\nJason Patric\r\nDr. Jekyll/Mr. Hyde\r\nMax Perlich",
            [JASON, ("Max Perlich", ("Dr. Jekyll/Mr. Hyde",))],
        ),
    ],
)
def test_alternating_lines(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "JIM RAYNOR ........ JASON PATRIC\nKRISTEN CATES ........ JENNIFER JASON LEIGH",
            [("JASON PATRIC", ("JIM RAYNOR",)), ("JENNIFER JASON LEIGH", ("KRISTEN CATES",))],
        ),
        (
            "WALKER......BO OLESON\nCOP #2......AL CERULLO",
            [("BO OLESON", ("WALKER",)), ("AL CERULLO", ("COP #2",))],
        ),
        (
            "MAX PERLICH ....... WALKER\nSAM ELLIOTT ....... DODD",
            [("MAX PERLICH", ("WALKER",)), ("SAM ELLIOTT", ("DODD",))],
        ),
    ],
)
def test_a_press_kit(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Starring Jason Patric, Jennifer Jason Leigh\nwith Max Perlich\nand Gregg Allman as Will Gaines",
            [
                ("Jason Patric", ()),
                ("Jennifer Jason Leigh", ()),
                ("Max Perlich", ()),
                ("Gregg Allman", ("Will Gaines",)),
            ],
        ),
        (
            "Starring: Robert Downey, Jr., Sam Elliott and Max Perlich\nIntroducing Dru Mouser",
            [
                ("Robert Downey Jr.", ()),
                ("Sam Elliott", ()),
                ("Max Perlich", ()),
                ("Dru Mouser", (), {"note": "introducing"}),
            ],
        ),
        (
            "STARRING Jason Patric & Sam Elliott\nAlso starring Tony Frank\nSpecial appearance by Gregg Allman",
            [
                ("Jason Patric", ()),
                ("Sam Elliott", ()),
                ("Tony Frank", ()),
                ("Gregg Allman", (), {"note": "special appearance by"}),
            ],
        ),
        (
            "Starring: Jason Patric, Sam Elliott; with Max Perlich; and Gregg Allman as Will Gaines",
            [
                ("Jason Patric", ()),
                ("Sam Elliott", ()),
                ("Max Perlich", ()),
                ("Gregg Allman", ("Will Gaines",)),
            ],
        ),
    ],
)
def test_starring(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Raynor (Jason Patric)\nCates (Jennifer Jason Leigh)",
            [("Jason Patric", ("Raynor",)), (JENNIFER[0], ("Cates",))],
        ),
        (
            "Jason Patric (Jim Raynor)\nSam Elliott (Dodd) (uncredited)",
            [JASON, ("Sam Elliott", ("Dodd",), {"uncredited": True})],
        ),
        (
            "In Rush (1991), officer Jim Raynor (Jason Patric) and Kristen Cates (Jennifer Jason Leigh) go under.",
            [(*JASON, GUESS), (*JENNIFER, GUESS)],
        ),
        (
            "Jason Patric (Jim Raynor) and Jennifer Jason Leigh (Cates) go under.",
            [(*JASON, GUESS), ("Jennifer Jason Leigh", ("Cates",), GUESS)],
        ),
        (
            "Jim Raynor (Jason Patric) is sent by Sam Elliott to Texas.",
            [(*JASON, GUESS), ("", (), {"problem": "Other names of this line were not read: Sam Elliott."})],
        ),
    ],
)
def test_prose(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Actor\tRole\tBilling\nJason Patric\tJim Raynor\t1\nSam Elliott\tDodd\t3",
            [HEADINGS, (*JASON, {"place": 1}), ("Sam Elliott", ("Dodd",), {"place": 3})],
        ),
        (
            'character,performer,voice,note\n"Jim Raynor",Jason Patric,,\n"Dodd, Larry",Sam Elliott,yes,one scene',
            [HEADINGS, JASON, ("Sam Elliott", ("Dodd, Larry",), {"voice": True, "note": "one scene"})],
        ),
        ("Jim Raynor;Jason Patric\nKristen Cates;Jennifer Jason Leigh", [JASON, JENNIFER]),
        ("Patric, Jason\nElliott, Sam", [("Jason Patric", ()), ("Sam Elliott", ())]),
    ],
)
def test_a_spreadsheet(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patric, Jason  Rush (1991)  [Jim Raynor]  <1>", [(*JASON, {"place": 1})]),
        (
            "Elliott, Sam (I)\tRush (1991)  (as Sam E.)  [Dodd]  <3>",
            [("Sam Elliott", ("Dodd",), {"credited_as": "Sam E.", "place": 3})],
        ),
        (
            "McCray, Special K.\t\tRush (1991/I)  (uncredited)  [Willie Red]\nMadonna\tRush (1991)",
            [("Special K. McCray", ("Willie Red",), {"uncredited": True}), ("Madonna", ())],
        ),
    ],
)
def test_a_list_file(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<actor><name>Jason Patric</name><role>Jim Raynor</role><order>0</order></actor>",
            [(*JASON, {"place": 1})],
        ),
        (
            "<movie>\n<title>Rush</title>\n<actor><name>Sam Elliott</name>\n<role>Dodd / Larry</role></actor>",
            [("", (), NO_CAST), ("", (), NO_CAST), ("Sam Elliott", ("Dodd", "Larry"))],
        ),
        (
            "<actor><name>Jason &amp; Co</name></actor>\n<actor><name>Broken</actor>",
            [("Jason & Co", ()), ("", (), {"problem": "This is no well-formed XML."})],
        ),
    ],
)
def test_an_nfo_file(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sam ElliottDodd", [("Sam Elliott", ("Dodd",), GUESS)]),
        ("Special K. McCrayWillie Red", [("Special K. McCray", ("Willie Red",), GUESS)]),
        (
            "DoddSam Elliott\nBoMax Perlich",
            [("Sam Elliott", ("Dodd",), GUESS), ("Max Perlich", ("Bo",), GUESS)],
        ),
    ],
)
def test_glued_names_are_only_ever_a_guess(text, expected):
    assert said(text) == expected


def test_rubbish_between_the_lines_stays_visible():
    lines = ["CAST", "", "1. Jason Patric as Jim Raynor", "??? !!!", "http://films.example/rush"]
    lines += ["Sam Elliott ... Dodd", "Directed by Lili Fini Zanuck", ""]
    text = "\n".join(lines)
    assert [(entry.lines, entry.name, bool(entry.problem)) for entry in read(text, known)] == [
        ((1,), "", True),
        ((3,), "Jason Patric", False),
        ((4,), "", True),
        ((5,), "", True),
        ((6,), "Sam Elliott", False),
        ((7,), "", True),
    ]


def test_an_entity_that_grows_without_end_is_no_entry():
    entity = '<!DOCTYPE a [<!ENTITY b "bbbb">]>'
    (entry,) = read(f"<actor>{entity}<name>&b;</name></actor>", known)
    assert entry.problem == "This is no well-formed XML."


SIGNS = [
    "\t",
    "\n",
    "\r\n",
    "\r",
    "[[",
    "]]",
    "* ",
    "(",
    ")",
    " / ",
    ",",
    "<1>",
    "[",
    "]",
    "{{",
    "}}",
    "|",
    ";",
    "\0",
    '"',
]
WORDS = ["Jim Raynor", " as ", " ... ", "(uncredited)", "Starring ", "and ", "with ", "(1991)", "actor,role", " – "]
TAGS = ["<actor>", "</actor>", "<name>", "</name>"]
ODD = ["\ufeff", "千と千尋", "\u2028", "\x85", "\x0b"]
PIECES = st.sampled_from([*PEOPLE, *SIGNS, *WORDS, *TAGS, *ODD])
INVISIBLE = re.compile("[\0\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_reading_never_raises_and_never_loses_a_line(text):
    entries = read(text, known)
    lines = enumerate(re.split(r"\r\n|\r|\n", text), start=1)
    wanted = {number for number, line in lines if INVISIBLE.sub("", line).strip()}
    assert wanted <= {number for entry in entries for number in entry.lines}
    assert all(entry.name or entry.problem for entry in entries)


def test_an_endless_line_is_kept_unread_and_the_others_are_read():
    endless = "a" * 140_000
    assert [(entry.text, entry.name, entry.problem) for entry in read(f"{endless}\nSam Elliott as Dodd", known)] == [
        (endless, "", "This line is longer than 2,000 characters."),
        ("Sam Elliott as Dodd", "Sam Elliott", ""),
    ]


def test_an_nfo_file_may_stand_on_one_line():
    actors = "".join(f"<actor><name>Person {number}</name></actor>" for number in range(100))
    entries = read(f"<movie>{actors}</movie>", known)
    assert [(entry.lines, entry.name) for entry in entries] == [((1,), f"Person {number}") for number in range(100)]


HOSTILE = [
    "Ab ",
    "Ab (",
    "A (B c) ",
    "a  ",
    "a  (1991) ",
    "A as ",
    "<!--",
    "<ref>",
    "<ref ",
    "<a",
    "* {{",
    "[http:",
    "[[a (",
    "(voice)",
    "(as ",
    "aBb",
    "\t",
    " .",
    "·",
    ", and ",
    " - ",
    "A / ",
    '"',
]


@pytest.mark.parametrize("piece", [*HOSTILE, "<actor>", "<actor></actor>"])
@pytest.mark.parametrize("end", ["", "?", "x"])
def test_no_line_takes_long_to_read(piece, end):
    line = f"{piece * (1990 // len(piece))}{end}"
    text = "\n".join([f"Ab{line}", f"* A as B{line}", f"A ({line}", line] * 25)
    started = process_time()
    read(text, known)
    assert process_time() - started < PATIENCE


@pytest.mark.parametrize(("start", "end"), [("{{", "}}"), ("* [[", "]] as "), ("(", ")"), ("A" + " " * 1500, "b")])
def test_no_nested_line_takes_long_to_read(start, end):
    line = start * max(1, 990 // len(start)) + end * (400 // len(end))
    started = process_time()
    read("\n".join([line[:2000]] * 100), known)
    assert process_time() - started < PATIENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sam Elliott: Dodd", [("Sam Elliott", ("Dodd",), GUESS)]),
        (
            "Dodd: Sam Elliott\nRaynor: Jason Patric",
            [("Sam Elliott", ("Dodd",), GUESS), (JASON[0], ("Raynor",), GUESS)],
        ),
        ("Runtime: 120 minutes", [("", (), {"problem": "This line was not understood."})]),
        ("* {{ill|Dru Mouser|de}} as {{nowrap|Willie Red}}", [("Dru Mouser", ("Willie Red",))]),
        ("Gregg Allman as himself", [("Gregg Allman", ("himself",), {"as_self": True})]),
        ("Drive as a car", [("", (), {"problem": "This line was not understood."})]),
        ('actor,role\n"Leigh, Jennifer Jason",Kristen Cates', [HEADINGS, JENNIFER]),
        ('actor,role\n"Robert Downey, Jr.",Walker', [HEADINGS, ("Robert Downey, Jr.", ("Walker",))]),
        ("actor,role\n=HYPERLINK(x),Walker", [HEADINGS, ("=HYPERLINK(x)", ("Walker",), GUESS)]),
    ],
)
def test_names_that_stand_otherwise(text, expected):
    assert said(text) == expected


def test_a_line_of_a_list_file_says_of_which_film_it_is():
    text = "Patric, Jason  Rush (1991)  [Jim Raynor]  <1>\nPatric, Jason\tSpeed 2: Cruise Control (1997)\t[Alex]"
    assert [entry.film for entry in read(text, known)] == ["Rush (1991)", "Speed 2: Cruise Control (1997)"]
