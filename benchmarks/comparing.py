"""Comparing and merging long articles: `python -m benchmarks.comparing`."""

from articles.comparing import compare
from articles.reconciling import merge_text
from benchmarks.measuring import milliseconds, peak_megabytes, show
from benchmarks.texts import article, edited

LONG = article(10_000)
USUAL = article(1_600)
THEIRS, MINE = edited(LONG, edits=200, seed=2), edited(LONG, edits=200, seed=3)
REWRITTEN = article(10_000, seed=4)
ONE_PARAGRAPH, ANOTHER = (" ".join(text.split()) for text in (LONG, REWRITTEN))
SHORT = ["Ha."] * 1000
REPEATED, HALVED = ("\n\n".join(lines) for lines in (SHORT, [f"No {i}." if i % 2 else "Ha." for i in range(1000)]))

CASES = {
    "compare 1,600 words, 30 edits": lambda: compare(USUAL, edited(USUAL, edits=30)),
    "compare 10,000 words, 200 edits": lambda: compare(LONG, THEIRS),
    "compare 10,000 words, all rewritten": lambda: compare(LONG, REWRITTEN),
    "compare 10,000 words in one paragraph, 200 edits": lambda: compare(ONE_PARAGRAPH, " ".join(THEIRS.split())),
    "compare 10,000 words in one paragraph, all rewritten": lambda: compare(ONE_PARAGRAPH, ANOTHER),
    "compare 1,000 equal paragraphs, every second changed": lambda: compare(REPEATED, HALVED),
    "merge 10,000 words, 200 edits on either side": lambda: merge_text(LONG, THEIRS, MINE),
    "merge 10,000 words, all rewritten on one side": lambda: merge_text(LONG, REWRITTEN, MINE),
    "merge 10,000 words, all rewritten on both": lambda: merge_text(LONG, REWRITTEN, article(10_000, seed=5)),
    "merge 1,000 equal paragraphs, every second changed": lambda: merge_text(REPEATED, HALVED, f"New.\n\n{REPEATED}"),
}


def main():
    """Measure every case."""
    rows = [(name, *milliseconds(work, runs=5), peak_megabytes(work)) for name, work in CASES.items()]
    show(["", "ms", "peak MB"], rows)


if __name__ == "__main__":
    main()
