"""Surveys and results of other tools → files of ours, written whole or not at all, then checked."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from risk_kit import answers, casework, catalogue, checking, messages
from risk_kit.assess import Work
from risk_kit.errors import BadInput, CannotWrite, Problem
from risk_kit.fhir import export
from risk_kit.files import write_atomic
from risk_kit.importers import js_file, results, surveyjs
from risk_kit.importers.pack import LOST, Made, pack
from risk_kit.importers.yaml_text import yaml_text

_LOST_FILE: Final = "not-translated.yaml"
_ANSWERS_FORM: Final = "risk-kit/answers/1"
FHIR_FILES: Final = ("questionnaire.json", "questionnaire-response.json")
NOT_SAID: Final = "risk-kit/not-expressed/1"
_HEADS: Final = {
    "framework.yaml": "由問卷檔匯入。 Imported from a survey.",
    "questionnaire.yaml": "由問卷檔匯入。 Imported from a survey.",
    results.MAP_FILE: "問卷的名稱與值，對應這裡的代號。 Names and values of the survey, and ids here.",
    _LOST_FILE: "無法轉換的部分，與應知道的事。 What could not be translated, and what to know.",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: a pack folder or an answer file. `lost` was left out, `notes` are to know.

    `count` is the number of questions or answers that were taken over.
    """

    path: Path
    count: int
    version: str | None
    lost: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def survey(path: Path, folder: Path, *, scored: bool, version: str | None = None) -> Imported:
    """Write the pack of a SurveyJS survey into `folder`; `scored` as Canada's assessment is.

    Raises BadInput (no survey, a folder with other files, a pack that `check` refuses), CannotWrite.
    """
    file = str(path)
    read = surveyjs.survey(js_file.read(path), file, version)
    made = pack(read, _ident(folder), file, scored=scored)
    _make(folder)
    for name, whole in _documents(made, path.name).items():
        write_atomic(folder / name, yaml_text(whole, _HEADS[name]).encode("utf-8"))
    checked = checking.check((_given(folder),))
    if checked.problems:
        raise BadInput(*checked.problems)
    return Imported(folder, len(read.questions), read.version, made.lost, made.notes)


def result(path: Path, folder: Path, output: Path) -> Imported:
    """Write the answers of a SurveyJS result under the pack of `folder`.

    Notes name the answers to questions that are not asked. Raises BadInput and CannotWrite.
    """
    known = results.survey_map(folder)
    raw = js_file.read(path)
    found = results.result(raw, known, str(path))
    framework = catalogue.pack(_given(folder)).framework
    given = str(raw.get("version") or "")
    whole = {
        "format": _ANSWERS_FORM,
        "framework": f"{framework.id}@{framework.version}",
        "case": {"name": path.stem} | ({"survey_version": given} if given else {}),
        "answers": found.answers,
    }
    write_atomic(output, yaml_text(whole).encode("utf-8"))
    work = casework.open_case(answers.read(output), _given(folder), unanswered_as_none=True)
    names = {str(one["id"]): name for name, one in known.questions.items()}
    dormant = tuple(
        Problem("import_dormant", {"name": names[one]}, str(path), path=f"$.data.{names[one]}")
        for one in work.assessment.dormant
    )
    rest = sorted(raw.keys() - {"version", "data"})
    left = (Problem("import_result_rest", {"keys": rest}, str(path), path="$"),) if rest else ()
    notes = (*dormant, *left)
    return Imported(output, len(found.answers), given or None, tuple(found.problems), notes)


def fhir(work: Work, folder: Path) -> Imported:
    """Write a case as FHIR R4B resources into `folder`. Raises CannotWrite."""
    made = export(work)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(Problem("cannot_write", {"reason": reason}, file=str(folder))) from error
    for name, whole in zip(FHIR_FILES, (made.questionnaire, made.response), strict=True):
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        write_atomic(folder / name, f"{text}\n".encode("utf-8", "replace"))
    list_ = {"format": NOT_SAID, "not_expressed": listed(made.lost)}
    write_atomic(folder / "not-expressed.yaml", yaml_text(list_).encode("utf-8"))
    return Imported(folder, len(work.pack.questions), None, made.lost, ())


def listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as a file or a pipeline has them: code, place, and the sentence in both languages."""
    return [
        {
            "code": one.code,
            "place": one.path or "",
            "zh": messages.sentence(one, "zh"),
            "en": messages.sentence(one, "en"),
        }
        for one in problems
    ]


def _documents(made: Made, name: str) -> Mapping[str, Mapping[str, Any]]:
    lost = {
        "format": LOST,
        "survey": name,
        "not_translated": listed(made.lost),
        "notes": listed(made.notes),
    }
    documents = (made.framework, made.questionnaire, made.map, lost)
    return dict(zip(_HEADS, documents, strict=True))


def _ident(folder: Path) -> str:
    """An id from the folder's name, told apart from the frameworks that are shipped."""
    plain = unicodedata.normalize("NFKD", folder.resolve().name).encode("ascii", "ignore")
    return f"survey-{re.sub(r'[^A-Za-z0-9]+', '-', plain.decode()).strip('-')[:40]}".strip("-")


def _given(folder: Path) -> str:
    """The folder as a PACK that cannot be taken for the id of a shipped one."""
    return str(folder) if folder.is_absolute() else f"./{folder}"


def _make(folder: Path) -> None:
    """The folder, new or with an earlier import only. Raises BadInput and CannotWrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = {one.name for one in folder.iterdir()} - _HEADS.keys()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(Problem("cannot_write", {"reason": reason}, file=str(folder))) from error
    if strange:
        raise BadInput(Problem("import_folder_taken", {"folder": str(folder)}, path="--output"))
