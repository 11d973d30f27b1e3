# ruff: noqa: INP001, S311, PLW0108, PLR2004 - a script that draws at random and times lambdas
"""Measure the job with risk_kit and its peers in one process, write README.md and results.json.

`make bench`; `python benchmarks/run.py --quick` takes fewer cases and writes nothing.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"  # before Polars is imported: all rows are for one thread

import job
import readme
import yaml_pack
from peers.fisca import Fisca
from peers.many_cases import DuckDB, Polars, connect
from peers.one_case import peers
from peers.shape import Outcome, listed, shape_of

import risk_kit.compile as compiled
from risk_kit import check, load, overlay, planes
from risk_kit.compile_reasons import Ready, ready
from risk_kit.model import Pack, Rule
from risk_kit.planes_pack import packed
from risk_kit.yamlread import read

HERE = Path(__file__).parent
RUNS = 5
SAMPLE = 25
MISSING = 0.2
DIFFERENT = 1 << 12


def main() -> None:
    """The whole run."""
    quick = "--quick" in sys.argv
    pack = job.pack()
    cases = 60_000 if quick else 1_000_000
    one, ratios = one_case(pack, 20 if quick else 200)
    many, more = many_cases(pack, cases)
    figures = {**inside(pack), **cold(pack)}
    found = {
        "ratios": ratios | more,
        "figures": figures,
        "one_case": one,
        "many_cases": many,
        "machine": machine(),
        "cases": cases,
    }
    if quick:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    (HERE / "results.json").write_text(
        json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )
    (HERE / "README.md").write_text(readme.text(found), "utf-8")


def medians(works: Sequence[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """Seconds of each work: the median of `runs` rounds.

    In a round every work has its turn, so that a busy moment of the machine meets them all.
    """
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


# -- one case ------------------------------------------------------------------------------------------


def one_case(pack: Pack, count: int) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Microseconds of one assessment, ours and theirs."""
    random = Random(job.SEED)
    full = [job.full_answers(pack, random) for _ in range(count)]
    part = [job.partial_answers(pack, random, MISSING) for _ in range(count)]
    shape, program = shape_of(pack), compiled.program(pack, job.AS_OF)
    fisca = Fisca(shape)
    ways = [(p.package, p.way, p.timed, p.ratio, p.run, SAMPLE) for p in peers(shape)]
    timed = "a new simulation, inputs set, tier, scores and rules calculated"
    ways.append(
        (
            "OpenFisca-Core",
            "a simulation of one person",
            timed,
            "one_case_vs_openfisca",
            fisca.run,
            5,
        )
    )
    for values in full[:SAMPLE]:
        wanted = _outcome(program.run(values))
        for package, way, _, _, run, _ in ways:
            if run(listed(values)) != wanted:
                raise SystemExit(f"{package} ({way}) does not agree")
    plain = [listed(values) for values in full]

    def each(run: Callable[[Any], object], values: Sequence[Any]) -> Callable[[], object]:
        return lambda: [run(one) for one in values]

    works = [each(program.run, full), each(program.run, part)]
    works += [each(run, plain[:few]) for *_, run, few in ways]
    times = medians(works)
    ours, ranged = times[0] / count, times[1] / count
    rows = [
        _row("risk_kit", "all answered", "answers → truths, scores, tier", ours, (ours, ranged)),
        _row(
            "risk_kit", "one answer in five missing", "the same, as ranges", ranged, (ours, ranged)
        ),
    ]
    ratios = {}
    for (package, way, timed, key, _, few), taken in zip(ways, times[2:], strict=True):
        rows.append(_row(f"{package} {version(package)}", way, timed, taken / few, (ours, ranged)))
        if key:
            ratios[key] = round(taken / few / ours, 1)
    return rows, ratios


def _row(who: str, way: str, timed: str, taken: float, ours: tuple[float, float]) -> dict[str, Any]:
    full, part = (round(taken / one, 1) for one in ours)
    numbers = {"microseconds": round(taken * 1e6, 1), "times": full, "times_with_missing": part}
    return {"who": who, "way": way, "timed": timed} | numbers


def _outcome(ours: compiled.Outcome) -> Outcome:
    tier = ours.levels[0]
    return (
        tuple(t == 2 for t in ours.truths),
        tuple(low for low, _ in ours.scores),
        tier[0] if tier else 0,
    )


# -- many cases ----------------------------------------------------------------------------------------


def many_cases(pack: Pack, n: int) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Millions of assessments a second on one thread, ours and theirs, on the same full answers."""
    import numpy as np  # noqa: PLC0415 - the peers' columns
    import polars as pl  # noqa: PLC0415

    random = Random(job.SEED + 1)
    program, shape = planes.plane_program(pack, job.AS_OF), shape_of(pack)
    few = [job.full_answers(pack, random) for _ in range(DIFFERENT)]
    columns = {name: _repeated(column, n) for name, column in program.columns(few).items()}
    starts = range(0, n, planes.BLOCK)
    blocks = [
        (packed(program.lanes, columns, at, min(at + planes.BLOCK, n)), min(planes.BLOCK, n - at))
        for at in starts
    ]
    vectors = {
        name: np.resize(column, n).astype(bool if column.dtype == bool else np.uint8)
        for name, column in Fisca(shape).columns([listed(values) for values in few]).items()
    }
    frame = pl.DataFrame(vectors)
    polars, fisca, connection = Polars(shape), Fisca(shape), connect(1)
    with tempfile.TemporaryDirectory() as folder:
        frame.write_parquet(f"{folder}/answers.parquet")
        connection.execute(f"CREATE TABLE answers AS FROM '{folder}/answers.parquet'")
    statement = DuckDB(shape).statement()
    works: list[Callable[[], Any]] = [
        lambda: b"".join(program.run_block(*block).low for block in blocks),
        lambda: program.run(columns, n).low,
        lambda: polars.query(frame).collect()["tier"].to_numpy(),
        lambda: connection.execute(statement).fetchnumpy()["tier"],
        lambda: fisca.tiers(vectors, n),
    ]
    found = [np.frombuffer(w(), np.uint8) if i < 2 else w() for i, w in enumerate(works)]
    if not all((found[0] == one).all() for one in found[1:]):
        raise SystemExit("not all agree on the tiers")
    times = medians(works)
    names = [
        ("risk_kit", "packed planes in memory → tier range"),
        ("risk_kit", "byte columns → planes → tier range"),
        (f"Polars {version('polars')}", "lazy query over a data frame → tier"),
        (f"DuckDB {version('duckdb')}", "SQL over a table in memory → tier"),
        (f"OpenFisca-Core {version('OpenFisca-Core')}", "a simulation of all, inputs set → tier"),
    ]
    rows = [
        {
            "who": who,
            "way": way,
            "millions_a_second": round(n / t / 1e6, 2),
            "times": round(t / times[0], 1),
        }
        for (who, way), t in zip(names, times, strict=True)
    ]
    rows[0]["peak_mb"] = _peak(works[0])
    rows[1]["peak_mb"] = _peak(works[1])
    keys = ("million_vs_polars", "million_vs_duckdb", "million_vs_openfisca")
    ratios = {key: round(t / times[0], 1) for key, t in zip(keys, times[2:], strict=True)}
    columns_ratios = {
        f"{key}_from_columns": round(t / times[1], 1)
        for key, t in zip(keys, times[2:], strict=True)
    }
    return rows, ratios | columns_ratios


def _repeated(column: bytes, n: int) -> bytes:
    return (column * (n // len(column) + 1))[:n]


def _peak(work: Callable[[], object]) -> float:
    """Megabytes that Python allocates at most above what is there before."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 1e6, 1)


# -- ours alone ----------------------------------------------------------------------------------------


def inside(pack: Pack) -> dict[str, float]:
    """Milliseconds of all reasons and of all single-answer changes, over twenty answer sets."""
    random = Random(job.SEED + 2)
    cases = [job.full_answers(pack, random) for _ in range(20)]
    part = [job.partial_answers(pack, random, MISSING) for _ in range(20)]
    made, many = ready(pack, job.AS_OF), planes.plane_program(pack, job.AS_OF)
    works: list[Callable[[], object]] = [
        lambda: [reasons(made, values) for values in cases],
        lambda: [reasons(made, values) for values in part],
        lambda: [planes.single_changes(many, values) for values in part],
    ]
    full, partial, changes = (taken / 20 * 1e3 for taken in medians(works))
    return {
        "reasons_all_answered_ms": round(full, 2),
        "reasons_one_in_five_missing_ms": round(partial, 2),
        "single_changes_ms": round(changes, 2),
        "single_changes": len(planes.single_changes(many, part[0])),
    }


def reasons(made: Ready, values: job.Values) -> object:
    """The outcome of one answer set and the reasons of every rule, none of which needs the walk."""

    def walk(rule: Rule) -> list[str]:
        raise SystemExit(f"{rule.id} is not written out")

    return made.witnesses(values, made.program.run(values).truths, walk)


def cold(pack: Pack) -> dict[str, float]:
    """Milliseconds from YAML text to a program, and of importing the package in a new interpreter."""
    asked, rules = yaml_pack.questionnaire(pack).encode(), yaml_pack.framework(pack).encode()
    steps: dict[str, list[float]] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401
        start = time.perf_counter()
        found = work()
        steps.setdefault(name, []).append((time.perf_counter() - start) * 1e3)
        return found

    def whole() -> None:
        documents = step("parse", lambda: (read(asked, "q.yaml"), read(rules, "f.yaml")))
        questions = step("validate_questionnaire", lambda: load.questionnaire(documents[0]))
        framework = step("validate_framework", lambda: load.framework(documents[1], questions))
        faults = step("check", lambda: list(check.faults(framework, questions)))
        if faults:
            raise SystemExit(f"the job has faults: {faults}")
        resolved = step("resolve", lambda: overlay.resolve(framework, questions))
        step("compile", lambda: compiled.program(resolved, job.AS_OF))

    (taken,) = medians([whole])
    found = {"load_ms": round(taken * 1e3, 1), "load_kb": round((len(asked) + len(rules)) / 1000)}
    found |= {
        f"load_{name}_ms": round(statistics.median(times), 1) for name, times in steps.items()
    }
    return found | {"import_ms": _import()}


def _import() -> float:
    """Milliseconds that `import risk_kit` adds to starting an interpreter."""

    def start(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    nothing, ours = medians([start("pass"), start("import risk_kit")], 9)
    return round((ours - nothing) * 1e3, 1)


def machine() -> dict[str, Any]:
    """What the figures depend on, without names."""
    model = ""
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next(
            (one.split(":", 1)[1].strip() for one in lines if one.startswith("model name")), ""
        )
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": model or platform.machine(),
        "cores": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
    }


if __name__ == "__main__":
    main()
