"""Where packs are found, and what is said when one is not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from risk_kit import catalogue
from risk_kit.errors import BadInput, NotAvailable, Problem, RiskKitError

SMALL: Final = Path(__file__).parent / "data" / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small pack that may be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def refusal(name: str, overlays: tuple[str, ...] = ()) -> Problem:
    with pytest.raises(RiskKitError) as error:
        catalogue.pack(name, overlays)
    (problem,) = error.value.problems
    return problem


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_shipped_pack_by_id_by_version_and_by_folder() -> None:
    by_id = catalogue.pack("tw-ai-risk")
    assert "tw-ai-risk" in catalogue.shipped()
    assert catalogue.pack(f"tw-ai-risk@{by_id.framework.version}") is by_id
    here = catalogue.shelf().frameworks / "tw-ai-risk"
    assert catalogue.pack(str(here)).digest == by_id.digest
    assert catalogue.folder_of("tw-ai-risk") == here


@pytest.mark.parametrize(
    ("name", "code", "near"),
    [
        ("nowhere", "no_framework", []),
        ("tw-ai-rsk", "no_framework", ["tw-ai-risk"]),
        ("tw-ai-rsk@1.0", "no_framework", ["tw-ai-risk"]),
        ("tw-ai-risk@2", "no_version", None),
        ("tw-ai-risk@../1.0", "no_version", None),
        ("", "no_framework", []),
        ("../tw-ai-risk", "no_framework", None),
        ("/", "no_framework", []),
    ],
)
def test_what_is_not_here(name: str, code: str, near: list[str] | None) -> None:
    problem = refusal(name)
    assert problem.code == code
    assert near is None or problem.facts["near"] == near


def test_a_folder_with_the_name_of_a_shipped_pack_must_be_meant(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    folder.rename("tw-ai-risk")
    Path("tw-ai-risk@9").mkdir()
    assert catalogue.pack("tw-ai-risk").framework.id == "tw-ai-risk"
    assert refusal("tw-ai-risk@9").code == "no_version"
    assert catalogue.pack("./tw-ai-risk").framework.id == "small"


def test_an_overlay_that_is_not_here(folder: Path) -> None:
    assert refusal(str(folder), ("water",)).code == "no_overlay"
    assert refusal("tw-ai-risk", ("../x",)).code == "no_overlay"


def test_a_pack_is_read_again_when_its_files_change(folder: Path) -> None:
    first = catalogue.pack(str(folder))
    assert catalogue.pack(str(folder)) is first
    edit(folder / "questionnaire.yaml", "是否使用", "使用與否？")
    assert catalogue.pack(str(folder)).digest != first.digest
    edit(folder / "framework.yaml", 'version: "1"', 'version: "2"')
    assert catalogue.pack(str(folder)).framework.version == "2"


def test_a_questionnaire_of_the_shelf_beside_the_frameworks(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "frameworks" / "small"
    shutil.copytree(folder, place)
    (tmp_path / "questionnaires").mkdir()
    (place / "questionnaire.yaml").rename(tmp_path / "questionnaires" / "small.yaml")
    assert catalogue.pack(str(place)).questionnaire.id == "small"


@pytest.mark.parametrize("name", ["nope", "my_questions", "../../etc/x", '"a\\\\b"'])
def test_a_questionnaire_that_is_not_here(name: str, folder: Path) -> None:
    (folder / "questionnaire.yaml").unlink()
    edit(folder / "framework.yaml", "questionnaire: small", f"questionnaire: {name}")
    problem = refusal(str(folder))
    wanted = "no_questionnaire" if name.isidentifier() else "bad_id"
    assert (problem.code, problem.line, problem.path) == (wanted, 5, "questionnaire")
    assert problem.file == str(folder / "framework.yaml")


@pytest.mark.parametrize("text", ["", "- a\n", "id: x\n", "questionnaire: [\n"])
def test_a_framework_that_is_none(text: str, folder: Path) -> None:
    (folder / "questionnaire.yaml").unlink()
    (folder / "framework.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        catalogue.pack(str(folder))
    assert {one.file for one in error.value.problems} == {str(folder / "framework.yaml")}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("framework", "main_scale: tier", "main_scale: tear", "no_such"),
        ("framework", "raise: {tier: mid}", "raise: {tier: middle}", "no_level"),
        ("framework", "oblige: [tell]", "oblige: [tel]", "no_such"),
        ("framework", "item: A1", "item: A9", "no_such"),
        ("framework", "cites: [{source: method}]", "cites: [{source: methods}]", "no_such"),
        ("framework", "    raise: {tier: mid}\n", "", "no_effect"),
        ("framework", "when: {not: {used: false}}", "when: {answered: used}", "answered_in_rule"),
        ("framework", "{id: wide, at: 50}", "{id: wide, at: 500}", "thresholds"),
        ("framework", "{who: {includes: public}}", "{criterion: public_too}", "cycle"),
        ("questionnaire", "show: {used: true}", "show: {who: {includes: staff}}", "cycle"),
    ],
)
def test_faults_of_the_whole_are_placed(
    file: str, old: str, new: str, code: str, folder: Path
) -> None:
    edit(folder / f"{file}.yaml", old, new)
    problem = refusal(str(folder))
    assert (problem.code, problem.file) == (code, str(folder / f"{file}.yaml"))
    assert problem.line


def test_not_available_is_its_own_kind_of_error() -> None:
    with pytest.raises(NotAvailable):
        catalogue.pack("nowhere")


ADDS: Final = """format: risk-kit/overlay/1
id: more
version: "1"
base: small@1
title: {zh: 加列, en: more}
rules:
  - id: extra
    title: {zh: 加列, en: extra}
    when: {used: true}
    raise: {tier: %s}
    because: {zh: 理由。, en: reason.}
    cites: [{source: %s}]
    basis: toolkit
"""


@pytest.mark.parametrize(
    ("level", "source", "code", "line"),
    [("high", "method", "no_level", 10), ("top", "nowhere", "no_such", 12)],
)
def test_a_fault_of_base_and_overlay_together_has_its_line(
    level: str, source: str, code: str, line: int, folder: Path
) -> None:
    (folder / "overlays").mkdir()
    (folder / "overlays" / "more.yaml").write_text(ADDS % (level, source), encoding="utf-8")
    problem = refusal(str(folder), ("more",))
    assert (problem.code, problem.line) == (code, line)
    assert problem.file == str(folder / "overlays" / "more.yaml")
