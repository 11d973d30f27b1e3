# ruff: noqa: INP001 - a script
"""How long the crosswalk takes, warm: `python benchmarks/crosswalk.py` writes crosswalk.md.

One case (the credit sample) under every shipped regime: compiled, by the tree walk, and the whole
as a page asks for it. Medians of the rounds, in one process, on one thread.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from risk_kit import answers, casework, catalogue, crossing, crosswalk

ROUNDS: Final = 30
PAGE: Final = Path(__file__).with_suffix(".md")
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "credit.yaml"
HEAD: Final = """# The crosswalk, warm

Made by `python benchmarks/crosswalk.py`; do not edit. Medians of {rounds} rounds in one process.

Machine: {machine}, {cores} cores, Python {python}; load average {load}.

| what | ms |
| --- | --- |
"""


def milliseconds(act: Callable[[], object]) -> float:
    """The median wall time, after two rounds to warm up."""
    rounds = []
    for _ in range(ROUNDS + 2):
        start = time.perf_counter()
        act()
        rounds.append(time.perf_counter() - start)
    return statistics.median(rounds[2:]) * 1000


def rows() -> list[tuple[str, float]]:
    """What was measured."""
    work = casework.open_case(answers.read(SAMPLE))
    name, day = work.pack.framework.id, work.assessment.as_of
    home = crosswalk.asked_at_home(work.pack, work.answers)
    compiled = crossing.regimes(name, day, compiled=True)
    walked = crossing.regimes(name, day)
    alone = [
        (
            f"· {one.pack.framework.id}",
            milliseconds(lambda one=one: crosswalk.row(one, work.answers, home)),  # type: ignore[misc]
        )
        for one in compiled
    ]
    return [
        (
            f"all {len(compiled)} regimes, compiled (goal 5)",
            milliseconds(lambda: [crosswalk.row(one, work.answers, home) for one in compiled]),
        ),
        *alone,
        (
            "all regimes, by the tree walk",
            milliseconds(lambda: [crosswalk.row(one, work.answers, home) for one in walked]),
        ),
        (
            "the whole as the page asks for it, own row and table included (goal 300)",
            milliseconds(lambda: crossing.crosswalk_of(work, work.answers)),
        ),
    ]


def main() -> None:
    """Measure and write the page."""
    found = rows()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    head = HEAD.format(
        rounds=ROUNDS,
        machine=platform.machine(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        load=load,
    )
    PAGE.write_text(head + "".join(f"| {what} | {ms:.1f} |\n" for what, ms in found), "utf-8")


if __name__ == "__main__":
    main()
