"""Measuring: medians of several runs, peak memory, and a table of what was found."""

import sys
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

RUNS = 21


def milliseconds(
    *works: Callable[[], object], runs: int = RUNS, clock: Callable[[], float] = perf_counter
) -> list[float]:
    """Return the median time of each of *works*, taken in turns so that a busy moment falls on all alike.

    A first round does not count. With `process_time` for a *clock*, waiting for the processor does not, either.
    """
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs + 1):
        for work, taken in zip(works, times, strict=True):
            start = clock()
            work()
            taken.append(clock() - start)
    return [median(taken[1:]) * 1000 for taken in times]


@dataclass(frozen=True)
class Spent:
    """How long something took, and how long the processor worked for it in this process, in seconds."""

    seconds: float
    processor: float


def spent(work: Callable[[], object]) -> Spent:
    """Do *work* once, and return what it took."""
    start, worked = perf_counter(), process_time()
    work()
    return Spent(perf_counter() - start, process_time() - worked)


def peak_megabytes(work: Callable[[], object]) -> float:
    """Return how much memory *work* held at most, beyond what was there before."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1_000_000


def show(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table such as README.md holds."""
    lines = [heading, ["---"] + ["---:"] * (len(heading) - 1), *rows]
    sys.stdout.writelines("| " + " | ".join(map(_text, line)) + " |\n" for line in lines)


def _text(value: object) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
