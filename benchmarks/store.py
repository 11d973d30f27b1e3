# ruff: noqa: INP001 - a script
"""How long the store of cases takes: `python benchmarks/store.py [PATH or URL]`, else a new file.

Each of the cases holds the answers of the shipped sample. Prints the median and the 95th percentile
of each call in milliseconds.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

from risk_kit import answers, casework, catalogue
from risk_kit.store import Store, open_store
from risk_kit.store_values import Act, Edit
from risk_kit.wire import answers_json

CASES = 1000


def main() -> None:
    """Fill a store, then time what the pages ask of it."""
    with tempfile.TemporaryDirectory() as folder:
        place = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/cases.sqlite3"
        told("open a new store", lambda: open_store(place).close(), 1)
        told("open it again", lambda: open_store(place).close(), 20)
        store = open_store(place)
        measure(store)
        store.close()


def measure(store: Store) -> None:
    """One line for each call."""
    samples = catalogue.shelf().frameworks / "tw-ai-risk" / "samples"
    work = casework.open_case(answers.read(next(samples.glob("*.yaml"))))
    document = answers_json(work.pack, work.answers, work.assessment.as_of)
    idents = [secrets.token_urlsafe(16) for _ in range(CASES)]
    made, changing = iter(idents), iter(range(1, CASES + 1))
    one = idents[0]

    def change() -> None:
        seen = next(changing)
        store.change(one, seen, [Edit("answers", "use_scene", f"{seen}")], act())

    told("make a case", lambda: store.create(next(made), document, act()), CASES)
    told("list, 50 of 1,000 cases", lambda: store.cases(limit=50), 50)
    told("list, all 1,000 cases", lambda: store.cases(limit=CASES), 20)
    told("search all 1,000 titles", lambda: store.cases(limit=20, fits=lambda one: "水" in one), 20)
    told("save one answer", change, 500)
    told("open a case", lambda: store.case(one), 100)
    told("open its past, 250 events back", lambda: store.past(one, 250), 20)
    told("its history, 50 events", lambda: store.history(one), 50)
    told("keep a file of 9 MB", lambda: keep(store), 5)


def keep(store: Store) -> None:
    """Keep a file that is not there yet."""
    store.keep_file(b"%PDF-" + secrets.token_bytes(9_000_000), "a.pdf", act())


def act() -> Act:
    """Somebody, now."""
    return Act(datetime.now(UTC), "benchmark")


def told(name: str, call: Callable[[], object], times: int) -> None:
    """Call it so often and print how long it took."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    print(f"{name:34} {taken[len(taken) // 2]:8.1f} {taken[int(len(taken) * 0.95)]:8.1f} ms")


if __name__ == "__main__":
    main()
