"""Many reports: whole or not at all, not twice, and every file's fault told."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from risk_kit import batch, catalogue
from risk_kit.batch import Done, Job, Wanted
from risk_kit.cli import main
from risk_kit.edition import FULL, Edition
from risk_kit.errors import BadInput

SAMPLES: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples"
PLAIN: Final = Wanted("zh", FULL)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Two cases that can be reported, one in a folder of its own, and two that cannot."""
    folder = tmp_path / "案件"
    (folder / "下層").mkdir(parents=True)
    shutil.copy(SAMPLES / "flood.yaml", folder / "甲.yaml")
    shutil.copy(SAMPLES / "scribe.yaml", folder / "下層" / "乙.yaml")
    (folder / "壞.yaml").write_text("framework: [", encoding="utf-8")
    (folder / "錯.json").write_text('{"framework": "none", "answers": {}}', encoding="utf-8")
    (folder / "讀我.txt").write_text("x", encoding="utf-8")
    return folder


def one_by_one(found: tuple[Job, ...], wanted: Wanted = PLAIN) -> list[Done]:
    """As the processes do it, in this one."""
    return [batch._report(job, wanted) for job in found]


def run(*arguments: object) -> tuple[int, dict[str, object], str]:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    return done.exit_code, json.loads(done.stdout), done.stderr


def test_a_folder_of_cases_is_reported_by_two_processes_and_not_twice(
    cases: Path, tmp_path: Path
) -> None:
    out = tmp_path / "報告"
    asked = ("batch", cases, "-o", out, "--ending", "html", "--format", "json")
    code, told, _ = run(*asked)
    assert (code, told["made"], told["kept"], told["failed"]) == (2, 2, 0, 2)
    problems = told["problems"]
    assert isinstance(problems, list)
    assert [Path(one["file"]).name for one in problems] == ["壞.yaml", "錯.json"]
    made = sorted(str(one.relative_to(out)) for one in out.rglob("*.html"))
    assert made == ["下層/乙.html", "甲.html"]
    assert "級距" in (out / "甲.html").read_text("utf-8")
    assert len((out / batch.LEDGER).read_text("utf-8").splitlines()) == 2

    first = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    (out / "甲.html").write_text("half of a", encoding="utf-8")
    code, told, _ = run(*asked)
    assert (told["made"], told["kept"], told["failed"]) == (1, 1, 2)
    assert (out / "甲.html").read_text("utf-8").endswith("</html>")
    assert (out / "下層/乙.html").stat().st_mtime_ns == first[out / "下層/乙.html"]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("en", FULL),
        Wanted("zh", Edition("publishable")),
        Wanted("zh", FULL, date(2026, 12, 1)),
    ],
)
def test_what_differs_is_made_again(tmp_path: Path, wanted: Wanted) -> None:
    (job,) = batch.jobs([SAMPLES / "scribe.yaml"], tmp_path, ".json")
    first = batch._report(job, PLAIN)
    known = replace(job, known=(first.key, first.digest))
    assert first.state == "made"
    assert batch._report(known, PLAIN).state == "kept"
    assert batch._report(known, wanted).state == "made"


def test_a_changed_answer_is_reported_again(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    text = (SAMPLES / "scribe.yaml").read_text("utf-8")
    source.write_text(text, encoding="utf-8")
    (job,) = batch.jobs([source], tmp_path / "out", ".json")
    first = batch._report(job, PLAIN)
    source.write_text(text.replace("purpose: ", "purpose: 改", 1), encoding="utf-8")
    again = batch._report(replace(job, known=(first.key, first.digest)), PLAIN)
    assert again.state == "made"
    assert again.digest != first.digest


def test_a_ledger_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = json.dumps({"report": "flood.json", "key": "k", "sha256": "d"})
    ledger = f"{whole}\n[]\nnull\n" + '{"report": "scri'
    (tmp_path / batch.LEDGER).write_text(ledger, encoding="utf-8")
    found = {job.source.stem: job.known for job in batch.jobs([SAMPLES], tmp_path, ".json")}
    assert found == {"flood": ("k", "d"), "scribe": ("", ""), "credit": ("", "")}


def test_an_interruption_leaves_whole_reports_and_the_next_run_goes_on(tmp_path: Path) -> None:
    found = batch.jobs([SAMPLES], tmp_path, ".json")
    running = batch.run(found, PLAIN, tmp_path, 1)
    assert next(running).state == "made"
    running.close()  # as an interrupt does
    for path in tmp_path.glob("*.json"):
        json.loads(path.read_text("utf-8"))
    states = [
        one.state for one in batch.run(batch.jobs([SAMPLES], tmp_path, ".json"), PLAIN, tmp_path, 1)
    ]
    assert "kept" in states
    assert len(states) == 3
    assert not list(tmp_path.glob(".*.tmp"))


def test_two_files_for_one_report_are_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "A.json"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        batch.jobs([tmp_path], tmp_path / "out", ".pdf")
    assert [one.code for one in error.value.problems] == ["same_output"]


def test_nothing_to_report_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        batch.jobs([tmp_path], tmp_path / "out", ".pdf")
    assert error.value.problems[0].code == "nothing_to_report"


def test_reports_are_no_answer_files(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "scribe.yaml", tmp_path / "a.yaml")
    out = tmp_path / "out"
    for _ in range(2):
        found = batch.jobs([tmp_path], out, ".json")
        assert [job.source.name for job in found] == ["a.yaml"]
        assert [one.state for one in one_by_one(found)] == ["made"]


def test_a_missing_file_and_a_folder_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    missing = Job(tmp_path / "none.yaml", tmp_path / "a.json")
    blocked = Job(SAMPLES / "scribe.yaml", tmp_path / "out" / "a.json")
    done = one_by_one((missing, blocked))
    assert [one.state for one in done] == ["failed", "failed"]
    assert [one.problems[0].code for one in done] == ["no_file", "cannot_write"]
    done = CliRunner().invoke(main, ["batch", str(SAMPLES), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2


def test_a_process_that_dies_fails_its_files_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_report", _die)
    found = batch.jobs([SAMPLES], tmp_path, ".json")
    done = list(batch.run(found, PLAIN, tmp_path, 1))
    assert {one.problems[0].code for one in done} == {"worker_lost"}
    assert len(done) == 3


def _die(job: Job, wanted: Wanted) -> Done:
    os._exit(3)
