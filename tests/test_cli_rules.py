"""`risk-kit rules`: every form, to a file or to standard output, and sentences when it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from risk_kit.cli import main

SMALL: Final = str(Path(__file__).parent / "data" / "small")


def run(*arguments: object) -> Result:
    done = CliRunner().invoke(main, ["rules", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.mark.parametrize(
    ("form", "sign"),
    [("text", "[R1] 嚴重損害"), ("md", "### 嚴重損害 `R1`"), ("html", "<!DOCTYPE")],
)
def test_each_form_is_printed(form: str, sign: str) -> None:
    done = run(SMALL, "--format", form)
    assert done.exit_code == 0
    assert sign in done.stdout


def test_json_is_for_pipelines() -> None:
    value = json.loads(run(SMALL, "--lang", "en", "--format", "json").stdout)
    assert (value["format"], value["language"]) == ("risk-kit/rules/1", "en")
    assert {one["id"] for one in value["rules"]} == {"R1", "R2", "R3", "R4"}
    assert value["rules"][0]["basis"] == "toolkit"


@pytest.mark.parametrize(
    ("name", "sign"), [("a.html", "<!DOCTYPE"), ("a.md", "# 規則總覽"), ("a.txt", "規則總覽：")]
)
def test_the_ending_of_the_file_chooses_the_form(tmp_path: Path, name: str, sign: str) -> None:
    done = run(SMALL, "-o", tmp_path / name)
    assert done.exit_code == 0
    assert name in done.stdout
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(sign)


def test_a_stated_form_stands_over_the_ending(tmp_path: Path) -> None:
    assert run(SMALL, "--format", "json", "-o", tmp_path / "a.md").exit_code == 0
    assert json.loads((tmp_path / "a.md").read_text(encoding="utf-8"))["rules"]


@pytest.mark.parametrize(
    "arguments",
    [("nowhere",), (SMALL, "--overlay", "none"), (SMALL, "--lang", "fr"), (SMALL, "--format", "x")],
)
def test_what_cannot_be_is_a_sentence(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert done.stderr
