"""A result file of SurveyJS (`version` and `data`) → answers under an imported pack.

What does not fit is listed with its place and left out; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from risk_kit.errors import BadInput, Problem
from risk_kit.importers.js_values import empty
from risk_kit.importers.survey import place
from risk_kit.yamlread import read_file

MAP_FILE: Final = "survey-map.yaml"
MAP_FORM: Final = "risk-kit/survey-map/1"
MOST_TEXT: Final = 100_000
_VERSION: Final = re.compile(r"[0-9].*")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class SurveyMap:
    """Which id stands for which name of the survey, and which option for which value."""

    framework: str
    version: str
    stated: bool
    questions: Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Result:
    """Answers by question id, and what was left out."""

    answers: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def survey_map(folder: Path) -> SurveyMap:
    """The map that an import wrote into a pack folder. Raises BadInput."""
    path = folder / MAP_FILE
    if not path.is_file():
        raise BadInput(Problem("import_no_map", {"file": MAP_FILE}, str(folder)))
    document = read_file(path)
    raw = document.value
    whole = isinstance(raw, dict) and raw.get("format") == MAP_FORM
    if not whole or not isinstance(raw.get("questions"), list):
        raise BadInput(document.problem("import_bad_map", (), form=MAP_FORM))
    questions = {str(one["name"]): one for one in raw["questions"] if isinstance(one, dict)}
    version = str(raw.get("version") or "")
    return SurveyMap(str(raw.get("framework")), version, bool(raw.get("stated")), questions)


def result(raw: Mapping[str, Any], known: SurveyMap, file: str) -> Result:
    """The answers in a result file. Raises BadInput: no data, or the result of another version."""
    _same_version(raw, known, file)
    data = raw.get("data")
    if not isinstance(data, dict):
        raise BadInput(Problem("import_no_data", {}, file, path="$.data"))
    found = Result()
    for name, value in data.items():
        for problem in _answer(found, known, name, value):
            where = place(("data", name))
            found.problems.append(Problem(problem.code, problem.facts, file, path=where))
    return found


def _same_version(raw: Mapping[str, Any], known: SurveyMap, file: str) -> None:
    """Raises BadInput when the two versions differ; a missing version is not compared.

    Where the survey's version was read from its prose, the first two numbers decide: a correction of
    the form keeps its questions.
    """
    given = raw.get("version")
    if given is None or not known.version:
        return
    one, other = (_VERSION.search(str(text)) for text in (given, known.version))
    parts = [found[0].strip().split(".") if found else [] for found in (one, other)]
    cut = None if known.stated else 2
    if parts[0][:cut] != parts[1][:cut]:
        facts = {"version": str(given), "wanted": known.version}
        raise BadInput(Problem("import_other_version", facts, file, path="$.version"))


def _answer(found: Result, known: SurveyMap, name: str, value: Any) -> Iterator[Problem]:  # noqa: ANN401
    asked = known.questions.get(name)
    if asked is None:
        near = get_close_matches(name, known.questions, 1)
        yield Problem("import_unknown_answer", {"name": name, "near": near})
        return
    if empty(value):
        return
    read = _READERS[str(asked["kind"])](asked, value)
    if isinstance(read, Problem):
        yield read
    else:
        found.answers[str(asked["id"])] = read


def _option(asked: Mapping[str, Any], value: Any) -> str | Problem:  # noqa: ANN401
    for one in asked["options"]:
        if _same(one["value"], value):
            return str(one["id"])
    return _misfit(asked, value, [one["value"] for one in asked["options"]])


def _options(asked: Mapping[str, Any], value: Any) -> list[str] | Problem:  # noqa: ANN401
    if not isinstance(value, list):
        return _misfit(asked, value, ["[…]"])
    ids: list[str] = []
    for one in value:
        found = _option(asked, one)
        if isinstance(found, Problem):
            return found
        if found in ids:
            return _misfit(asked, one, ["[…]"])
        ids.append(found)
    alone = [str(one["id"]) for one in asked["options"] if one.get("alone")]
    if len(ids) > 1 and set(ids) & set(alone):
        return _misfit(asked, value, ["[…]"])
    return ids


def _truth(asked: Mapping[str, Any], value: Any) -> bool | Problem:  # noqa: ANN401
    for truth in (True, False):
        if _same(asked[str(truth).lower()], value):
            return truth
    return _misfit(asked, value, [asked["true"], asked["false"]])


def _number(asked: Mapping[str, Any], value: Any) -> int | Problem:  # noqa: ANN401
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    whole = isinstance(value, int | float) and not isinstance(value, bool)
    if whole and float(value).is_integer() and asked["minimum"] <= value <= asked["maximum"]:
        return int(value)
    return _misfit(asked, value, [f"{asked['minimum']}…{asked['maximum']}"])


def _text(asked: Mapping[str, Any], value: Any) -> str | Problem:  # noqa: ANN401
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return _misfit(asked, value, ["“…”"])
    if len(value) > MOST_TEXT or value == "unknown":
        return _misfit(asked, value, [f"≤ {MOST_TEXT}"])
    return value


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401
    """The same value of the same type: 3 is not "3", and true is not 1."""
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (one, other))
    return bool(one == other and (numbers or type(one) is type(other)))


def _misfit(asked: Mapping[str, Any], value: Any, offered: list[Any]) -> Problem:  # noqa: ANN401
    facts = {"name": asked["name"], "value": value, "offered": offered}
    return Problem("import_misfit", facts)


_READERS: Final = {
    "one_of": _option,
    "many_of": _options,
    "yes_no": _truth,
    "whole_number": _number,
    "text": _text,
}
