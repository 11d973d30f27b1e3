"""Reports of many answer files: several processes, each file whole or not at all, and resumable.

Beside the reports stands a ledger, one line for each report: what it was made from and its digest.
A report is made again when either differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Literal, TextIO, TypeAlias

from risk_kit import __version__, answers, casework, rendering
from risk_kit.assess import Work
from risk_kit.digest import canonical, plain, sha256
from risk_kit.document import Language
from risk_kit.edition import Edition
from risk_kit.errors import BadInput, CannotWrite, Problem, RiskKitError
from risk_kit.files import write_atomic

LEDGER: Final = ".risk-kit-batch.jsonl"
ANSWERS: Final = (".yaml", ".yml", ".json")
MOST_FILES: Final = 100_000
_AHEAD: Final = 4  # files given out for each process: enough to keep it busy, few to hold

State: TypeAlias = Literal["made", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """An answer file, where its report goes, and its line of the ledger (key, digest) if any."""

    source: Path
    output: Path
    known: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report of each case."""

    language: Language
    edition: Edition
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file: `key` and `digest` go to the ledger, `problems` say why it failed."""

    job: Job
    state: State
    key: str = ""
    digest: str = ""
    problems: tuple[Problem, ...] = ()


def jobs(paths: Iterable[Path], folder: Path, ending: str) -> tuple[Job, ...]:
    """The answer files under the paths, each with its report's place. Raises BadInput.

    A folder's own folders are kept; what is already in the output folder is no answer file.
    """
    known = _ledger(folder)
    found: dict[str, Job] = {}
    twice: list[Problem] = []
    for source, place in _sources(paths, folder):
        output = (folder / place).with_suffix(ending)
        name = str(output.relative_to(folder))
        if (other := found.get(name.casefold())) is not None:
            same = {"output": name, "other": str(other.source)}
            twice.append(Problem("same_output", same, str(source)))
        found[name.casefold()] = Job(source, output, known.get(name, ("", "")))
        if len(found) > MOST_FILES:
            facts = {"count": len(found), "most": MOST_FILES}
            raise BadInput(Problem("too_many_files", facts))
    if twice:
        raise BadInput(*twice)
    if not found:
        raise BadInput(Problem("nothing_to_report", {}, ", ".join(map(str, paths))))
    return tuple(found.values())


def run(found: tuple[Job, ...], wanted: Wanted, folder: Path, workers: int = 2) -> Iterator[Done]:
    """Make the reports, telling of each file when it is done, in whatever order.

    An interruption leaves whole reports only, and the next run goes on from there.
    """
    todo = iter(found)
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    running: dict[Future[Done], Job] = {}
    try:
        with _opened(folder) as ledger:
            while True:
                for job in islice(todo, workers * _AHEAD - len(running)):
                    running[_given_out(pool, job, wanted)] = job
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done = _result(future, running.pop(future))
                    if done.state == "made":
                        ledger.write(_line(done, folder))
                        ledger.flush()
                    yield done
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _given_out(pool: ProcessPoolExecutor, job: Job, wanted: Wanted) -> Future[Done]:
    try:
        return pool.submit(_report, job, wanted)
    except BrokenProcessPool as error:
        lost: Future[Done] = Future()
        lost.set_exception(error)
        return lost


def _result(future: Future[Done], job: Job) -> Done:
    try:
        return future.result()
    except BrokenProcessPool:
        problem = Problem("worker_lost", {}, str(job.source))
        return Done(job, "failed", problems=(problem,))


def _report(job: Job, wanted: Wanted) -> Done:
    """In a process of its own: one report, unless it is there already."""
    try:
        work = casework.open_case(answers.read(job.source), as_of=wanted.as_of)
        key = _key(work, wanted, job.output.suffix)
        if (key, _digest(job.output)) == job.known:
            return Done(job, "kept")
        data = rendering.render(work, wanted.language, job.output, None, wanted.edition)
        job.output.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(job.output, data)
    except RiskKitError as error:
        return Done(job, "failed", problems=tuple(_told(one, job) for one in error.problems))
    except OSError as error:
        facts = {"reason": error.strerror or type(error).__name__}
        return Done(job, "failed", problems=(Problem("cannot_write", facts, str(job.output)),))
    return Done(job, "made", key, sha256(data))


def _key(work: Work, wanted: Wanted, ending: str) -> str:
    """What a report is made from, so that the same is not made twice."""
    got, edition = work.assessment, wanted.edition
    template = "" if edition.template is None else edition.template.digest
    chosen = [edition.profile, list(edition.revealed), template]
    case = [got.pack_digest, got.answers_digest, got.as_of.isoformat()]
    return sha256(canonical([__version__, wanted.language, ending, chosen, case]))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()) if path.is_file() else ""


def _told(problem: Problem, job: Job) -> Problem:
    """A problem that can travel between processes, placed in its file."""
    facts = {name: plain(value) for name, value in problem.facts.items()}
    return Problem(problem.code, facts, problem.file or str(job.source), problem.line, problem.path)


def _sources(paths: Iterable[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each answer file with its place below the output folder."""
    out = folder.resolve()
    for path in paths:
        if not path.is_dir():
            yield path, Path(path.name)
            continue
        for one in sorted(path.rglob("*")):
            inside = one.resolve().is_relative_to(out) and out != path.resolve()
            if one.suffix.lower() in ANSWERS and one.is_file() and not inside:
                yield one, one.relative_to(path)


def _ledger(folder: Path) -> dict[str, tuple[str, str]]:
    """What the ledger says of each report; a line that was cut off is passed over."""
    place = folder / LEDGER
    found: dict[str, tuple[str, str]] = {}
    for line in place.read_text("utf-8", "replace").splitlines() if place.is_file() else ():
        try:
            raw = json.loads(line)
            found[raw["report"]] = (raw["key"], raw["sha256"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _opened(folder: Path) -> TextIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / LEDGER).open("a", encoding="utf-8")
    except OSError as error:
        facts = {"reason": error.strerror or type(error).__name__}
        raise CannotWrite(Problem("cannot_write", facts, str(folder))) from error


def _line(done: Done, folder: Path) -> str:
    name = str(done.job.output.relative_to(folder))
    entry = {"report": name, "key": done.key, "sha256": done.digest}
    return json.dumps(entry, ensure_ascii=False) + "\n"
