# ruff: noqa: INP001 - a script
"""How long signing and verifying take, warm: `python benchmarks/signatures.py` writes signatures.md.

The report is that of the flood case. A development identity signs (P-256, level b-b), so nothing is
asked of a network. Wall time and processor time are the medians of the rounds.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from risk_kit import answers, casework, catalogue, identity, rendering, sign, signing, verification
from risk_kit.sign import ROLES, Manner, Trust
from risk_kit.sign_detached import sign_detached, verify_detached

ROUNDS: Final = 15
PAGE: Final = Path(__file__).with_suffix(".md")
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
GOALS: Final = {"sign": 60, "verify": 150}  # milliseconds
HEAD: Final = """# Signing and verifying, warm

Made by `python benchmarks/signatures.py`; do not edit. The report of the flood case ({size} KiB),
signed by a development identity (P-256, level b-b). Medians of {rounds} rounds in one process.

Machine: {machine}, {cores} cores, Python {python}; load average {load}. On a busy machine wall time
is longer than processor time.

| what | wall ms | processor ms | goal ms |
| --- | --- | --- | --- |
"""


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time in milliseconds, after two rounds to warm up."""
    rounds = []
    for _ in range(ROUNDS + 2):
        wall, own = time.perf_counter(), time.process_time()
        act()
        rounds.append((time.perf_counter() - wall, time.process_time() - own))
    walls, owns = zip(*rounds[2:], strict=True)
    return statistics.median(walls) * 1000, statistics.median(owns) * 1000


def rows(folder: Path) -> tuple[int, list[tuple[str, tuple[float, float], int | None]]]:
    """The size of the report in bytes, and what was measured, with its goal if it has one."""
    now = datetime.now(UTC)
    work = casework.open_case(answers.read(SAMPLE))
    base = rendering.pages(work, "zh")
    people = {role: identity.development_identity(role, folder, now) for role in ROLES}
    trust = Trust((), True, identity.development_certificates(folder))  # noqa: FBT003
    first, how = people[ROLES[0]], {"role": ROLES[0], "reason": "測量", "at": now}
    pdf = base
    for role in ROLES:
        pdf = signing.signed(pdf, people[role], role=role, reason="測量", at=now)
    once = signing.signed(base, first, **how)  # type: ignore[arg-type]
    content = verification.signed_form(
        verification.read_json(rendering.render(work, "zh", Path("a.json")))
    )
    apart = sign_detached(content, first, at=now, manner=Manner())
    assert verification.verify(pdf, trust, now).good  # noqa: S101
    acts: list[tuple[str, Callable[[], object], int | None]] = [
        (
            "sign, b-b, with the visible box",
            lambda: signing.signed(base, first, **how),
            GOALS["sign"],
        ),  # type: ignore[arg-type]
        ("sign, b-b, without it", lambda: sign.sign(base, first, **how), None),  # type: ignore[arg-type]
        ("verify, one signature", lambda: verification.verify(once, trust, now), GOALS["verify"]),
        ("verify, three signatures", lambda: verification.verify(pdf, trust, now), None),
        ("of this: the signature of one", lambda: sign.verify(once, trust, now), None),
        ("of this: the three signatures", lambda: sign.verify(pdf, trust, now), None),
        ("of this: the pages again", lambda: rendering.pages(work, "zh"), None),
        ("of this: the assessment again", lambda: casework.open_case(answers.read(SAMPLE)), None),
        (
            "sign the data apart",
            lambda: sign_detached(content, first, at=now, manner=Manner()),
            None,
        ),
        ("verify that signature", lambda: verify_detached(content, apart, trust, now), None),
    ]
    return len(once), [(name, measured(act), goal) for name, act, goal in acts]


def main() -> None:
    """Measure, and write the page."""
    with TemporaryDirectory() as folder:
        size, found = rows(Path(folder))
    head = HEAD.format(
        size=size // 1024,
        rounds=ROUNDS,
        machine=platform.machine(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        load=", ".join(f"{one:.1f}" for one in os.getloadavg()),
    )
    lines = [f"| {n} | {w:.0f} | {o:.0f} | {goal or ''} |\n" for n, (w, o), goal in found]
    PAGE.write_text(head + "".join(lines), encoding="utf-8")
    sys.stdout.write("".join(lines))


if __name__ == "__main__":
    main()
