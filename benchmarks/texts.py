"""Made-up articles of a given length, the same on every run."""

from random import Random

SYLLABLES = ["ra", "ke", "lo", "mi", "tan", "der", "sol", "vi", "ne", "cha", "por", "ist", "un", "gal", "bri", "ash"]
WORDS_IN_PARAGRAPH = 80


def article(words: int, *, seed: int = 1) -> str:
    """Return an article of *words* words, in paragraphs, with a heading before every sixth."""
    random = Random(seed)  # noqa: S311
    paragraphs = [_paragraph(random) for _ in range(words // WORDS_IN_PARAGRAPH)]
    return "\n\n".join(
        f"## {paragraph[:30].title()}\n\n{paragraph}" if place % 6 == 3 else paragraph
        for place, paragraph in enumerate(paragraphs)
    )


def edited(text: str, *, edits: int, seed: int = 2) -> str:
    """Return *text* with so many single words, all over it, replaced, taken out or doubled."""
    random = Random(seed)  # noqa: S311
    words = text.split(" ")
    for place in sorted(random.sample(range(len(words)), edits), reverse=True):
        if "\n" in words[place]:
            words[place] += " indeed"
        else:
            words[place : place + 1] = random.choice([[_word(random)], [], [words[place], _word(random)]])
    return " ".join(words)


def _paragraph(random: Random) -> str:
    words = [_word(random) for _ in range(WORDS_IN_PARAGRAPH)]
    for place in range(0, WORDS_IN_PARAGRAPH, 16):
        words[place] = words[place].title()
        words[place + 15] += "."
    words[5], words[40] = f"*{words[5]}*", f"[{words[40]}](/articles/{words[41]}/)"
    return " ".join(words)


def _word(random: Random) -> str:
    return "".join(random.choices(SYLLABLES, k=random.randint(1, 4)))
