"""Every command and YAML snippet in the documentation is run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from packs import base
from risk_kit import answers, casework, catalogue, load_overlay
from risk_kit.condition import Situation
from risk_kit.load import Builder
from risk_kit.overlay import resolve
from risk_kit.yamlread import read

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```([a-z]+)(?: ([a-z]+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str, sort: str = "") -> list[tuple[str, str]]:
    """(page, text) of every fenced block of a language and sort."""
    return [
        (page.relative_to(ROOT).as_posix(), text)
        for page in PAGES
        for found, kind, text in BLOCK.findall(page.read_text("utf-8"))
        if (found, kind) == (language, sort)
    ]


CONSOLE = blocks("console")
CONDITIONS = blocks("yaml", "condition")
OVERLAYS = blocks("yaml", "overlay")
ANSWERS = blocks("yaml", "answers")


def test_there_are_snippets_to_run() -> None:
    assert CONSOLE
    assert CONDITIONS
    assert OVERLAYS
    assert ANSWERS


@pytest.mark.parametrize(("page", "text"), ANSWERS, ids=[page for page, _ in ANSWERS])
def test_answer_files_can_be_assessed(page: str, text: str) -> None:
    work = casework.open_case(answers.from_document(read(text.encode(), page)))
    assert not work.assessment.tier.decided


@pytest.mark.parametrize(("page", "text"), CONSOLE, ids=[page for page, _ in CONSOLE])
def test_commands_run_in_order(page: str, text: str, tmp_path: Path) -> None:
    for name in ("frameworks", "questionnaires", "vocabularies", "mappings"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for line in text.splitlines():
        words = shlex.split(line.removeprefix("$ "))
        assert words[0] == "risk-kit", line
        command = [sys.executable, "-m", "risk_kit", *words[1:]]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stdout, done.stderr)


@pytest.mark.parametrize(("page", "text"), CONDITIONS, ids=[page for page, _ in CONDITIONS])
def test_conditions_can_be_read(page: str, text: str) -> None:
    questions = """
format: risk-kit/questionnaire/1
id: doc
version: "1"
sections:
  - id: s
    step: inventory
    title: {zh: 題, en: Q}
    questions:
      - {id: per_day, kind: whole_number, minimum: 0, maximum: 500, label: {zh: 件, en: n}}
"""
    several = {
        "affected": ("many_of", ["children", "public", "nobody"]),
        "stage": ("one_of", ["idea", "lab", "live"]),
        "reach": ("one_of", ["r1", "r2", "r3"]),
        "novelty": ("one_of", ["proven", "first"]),
    }
    for name, (kind, options) in several.items():
        offered = ", ".join(f"{{id: {o}, label: {{zh: 項, en: {o}}}}}" for o in options)
        asked_as = f"kind: {kind}, ordered: true, label: {{zh: 題, en: {name}}}"
        questions += f"      - {{id: {name}, {asked_as}, options: [{offered}]}}\n"
    framework, asked = base(questions=questions, framework=_FRAMEWORK)
    pack = resolve(framework, asked)
    document = read(text.encode(), page)
    reader = Builder(document, pack.questions)
    condition = reader.condition(document.value, ())
    assert reader.problems == []
    values = {"affected": frozenset({"public"}), "stage": "live", "reach": "r3", "per_day": 70}
    assert Situation(pack, values, ()).truth(condition) == 2
    assert Situation(pack, values | {"stage": "lab"}, ()).truth(condition) == 0
    assert Situation(pack, {}, ()).truth(condition) == 1


_FRAMEWORK = """
format: risk-kit/framework/1
id: doc
version: "1"
title: {zh: 文件, en: doc}
questionnaire: doc
main_scale: tier
scales:
  - id: tier
    title: {zh: 級距, en: Tier}
    levels:
      - {id: low, label: {zh: 輕, en: low}, meaning: {zh: 輕, en: low}}
      - {id: top, label: {zh: 重, en: top}, meaning: {zh: 重, en: top}}
"""


@pytest.mark.parametrize(("page", "text"), OVERLAYS, ids=[page for page, _ in OVERLAYS])
def test_overlays_can_be_laid(page: str, text: str) -> None:
    under = catalogue.pack("tw-ai-risk")
    laid = load_overlay.overlay(read(text.encode(), page), under.framework, under.questionnaire)
    found = resolve(under.framework, under.questionnaire, [laid])
    assert found.overlays == (laid.id,)
    assert found.digest != under.digest
