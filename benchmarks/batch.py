# ruff: noqa: INP001, S311 - a script; its chances are only to be different
"""How long a thousand reports take, in how much memory, and how long one takes that is warm.

    .venv/bin/python benchmarks/batch.py [COUNT [PROCESSES]]

Answer files are the shipped samples with answers changed, left out or unknown at random (seeded), so
that no two reports are alike. Nothing is written outside a temporary folder.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from risk_kit import answers, casework, catalogue, pdf, rendering, wire
from risk_kit.assess import Work, assess
from risk_kit.model import UNKNOWN, Answer, AnswerSet

SAMPLES = ("flood", "credit", "scribe")
SEED = 20261122
UNSURE, OPEN = 0.1, 0.05  # share of answers that are unknown, and left out


def main() -> None:
    """Print the figures as lines."""
    count, processes = (int(one) for one in (sys.argv[1:] + ["1000", "2"][len(sys.argv) - 1 :]))
    print(f"load before: {os.getloadavg()[0]:.2f}; processors: {os.cpu_count()}")
    warm()
    with tempfile.TemporaryDirectory() as folder:
        cases, out = Path(folder, "cases"), Path(folder, "out")
        cases.mkdir()
        write(cases, count)
        batch("first run", cases, out, processes)
        batch("second run, all there", cases, out, processes)
        made = sorted(out.glob("*.pdf"))
        size = sum(one.stat().st_size for one in made) / max(len(made), 1)
        print(f"reports: {len(made)}; mean size: {size / 1024:.0f} KiB")
    print(f"load after: {os.getloadavg()[0]:.2f}")


def warm(rounds: int = 15) -> None:
    """The median time of one report of each sample, in a process that has made some."""
    for name in SAMPLES:
        work = sample(name)
        spent: dict[str, list[float]] = {"assess": [], "report": [], "pdf": []}
        for number in range(rounds):
            start = time.perf_counter()
            now = varied(work, random.Random(number))
            assessed = time.perf_counter()
            found = rendering.built(now, "zh")
            built = time.perf_counter()
            pdf.render(found)
            spent["assess"].append(assessed - start)
            spent["report"].append(built - assessed)
            spent["pdf"].append(time.perf_counter() - built)
        told = ", ".join(f"{k} {median(v) * 1000:.0f} ms" for k, v in spent.items())
        whole = median(map(sum, zip(*spent.values(), strict=True)))
        print(f"warm, {name}: {told}; whole {whole * 1000:.0f} ms")


def sample(name: str) -> Work:
    """A shipped sample, assessed."""
    folder = catalogue.shelf().frameworks / "tw-ai-risk" / "samples"
    return casework.open_case(answers.read(folder / f"{name}.yaml"))


def varied(work: Work, chance: random.Random) -> Work:
    """The case with some answers left out or unknown."""
    given: dict[str, Answer] = {}
    for name, answer in work.answers.answers.items():
        turn = chance.random()
        if turn < UNSURE:
            given[name] = replace(answer, value=UNKNOWN)
        elif turn > UNSURE + OPEN:
            given[name] = answer
    case = {**work.answers.case, "unit": f"第 {chance.randrange(10**6)} 科"}
    held = AnswerSet(given, case, work.answers.followups)
    return Work(work.pack, held, assess(work.pack, held, work.assessment.as_of))


def write(folder: Path, count: int) -> None:
    """Answer files, all different."""
    chance = random.Random(SEED)
    works = [sample(name) for name in SAMPLES]
    for number in range(count):
        work = works[number % len(works)]
        now = varied(work, chance)
        value = wire.answers_json(now.pack, now.answers, now.assessment.as_of)
        text = json.dumps(value, ensure_ascii=False)
        (folder / f"case-{number:04}.json").write_text(text, encoding="utf-8")


def batch(told: str, cases: Path, out: Path, processes: int) -> None:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "risk_kit", "batch", str(cases), "-o", str(out)]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*command, "--processes", str(processes), "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    spent = time.perf_counter() - start
    found = json.loads(done.stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    made = f"made {found['made']}, kept {found['kept']}, failed {found['failed']}"
    memory = f"most memory of a process: {after.ru_maxrss / 1024:.0f} MiB"
    print(f"{told}: {spent:.1f} s, of processors {busy:.1f} s; {made}; {memory}", flush=True)


if __name__ == "__main__":
    main()
