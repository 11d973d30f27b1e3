"""Golden cases: answer sets with the outcome that a rule author expects, and running them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from risk_kit import answers, schema
from risk_kit.assess import Assessment, State, assess
from risk_kit.domain import Range
from risk_kit.errors import BadInput, Problem
from risk_kit.model import AnswerSet, Pack
from risk_kit.yamlread import Document, Path_, day, read_file


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an author expects; None or empty means: not said.

    `decisive` names questions that must be among the open ones. `scores`: of a dimension or derived
    score, its lowest and highest value.
    """

    low: str | None
    high: str | None
    says_tier: bool
    fires: tuple[str, ...] = ()
    not_fires: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    applies: bool | None = None
    decisive: tuple[str, ...] = ()
    scores: tuple[tuple[str, Range], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an expectation is compared with; None where open questions or scores were not worked out."""

    low: str | None
    high: str | None
    applies: State
    states: Mapping[str, State]
    duties: frozenset[str]
    open: frozenset[str] | None = None
    scores: Mapping[str, Range] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One golden case."""

    id: str
    title: str
    answers: AnswerSet
    as_of: date
    pack: Pack
    expect: Expectation
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, what came out, and every difference: (what, expected, got)."""

    case: Case
    assessment: Assessment
    differences: tuple[tuple[str, str, str], ...]

    @property
    def passed(self) -> bool:
        """Nothing differs."""
        return not self.differences


def files(folder: Path) -> tuple[Path, ...]:
    """The case files of a framework folder, sorted."""
    return tuple(sorted((folder / "cases").glob("*.yaml")))


def read(
    path: Path, pack: Pack, as_of: date, laid: Callable[[tuple[str, ...]], Pack] | None = None
) -> tuple[Case, ...]:
    """The cases of one file, checked against the pack; `as_of` where a case names no day.

    A case that names overlays is checked and run under the pack that `laid` gives for them.
    Raises BadInput: shape, answers that do not fit, rules or levels that do not exist.
    """
    document = read_file(path)
    schema.check(document, "cases")
    many = document.value if isinstance(document.value, list) else [document.value]
    places: list[Path_] = [
        (n,) if isinstance(document.value, list) else () for n in range(len(many))
    ]
    problems: list[Problem] = []
    found: list[Case] = []
    for raw, place in zip(many, places, strict=True):
        try:
            under = laid(tuple(raw["overlays"])) if laid and raw.get("overlays") else pack
            problems.extend(_unknown_names(document, raw, place, under))
            found.append(_case(document, raw, place, under, as_of))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        once = {(one.code, one.file, one.line, one.path): one for one in problems}
        raise BadInput(*sorted(once.values(), key=lambda one: one.line or 0))
    return tuple(found)


def run(case: Case) -> CaseResult:
    """Assess a case under its pack and compare."""
    assessment = assess(case.pack, case.answers, case.as_of, reasons=False)
    return CaseResult(case, assessment, tuple(differences(case.expect, outcome(assessment))))


def outcome(assessment: Assessment) -> Outcome:
    """The part of an assessment that cases speak of."""
    return Outcome(
        low=assessment.tier.low,
        high=assessment.tier.high,
        applies=assessment.applies,
        states={one.rule: one.state for one in assessment.findings},
        duties=frozenset(o.obligation for o in assessment.obligations if o.state == "holds"),
        open=frozenset(one.question for one in assessment.open_questions),
        scores={one.id: (one.low, one.high) for one in assessment.dimensions},
    )


def _case(document: Document, raw: Any, place: Path_, pack: Pack, as_of: date) -> Case:  # noqa: ANN401
    given = answers.answers(document, raw["answers"], (*place, "answers"), pack)
    when = day(raw["as_of"]) if "as_of" in raw else as_of
    if when is None:
        raise BadInput(document.problem("date_expected", (*place, "as_of"), value=raw["as_of"]))
    title = raw["title"] if isinstance(raw["title"], str) else raw["title"].get("zh", "")
    line = document.lines.get(place, 1)
    expect = _expectation(raw["expect"])
    return Case(raw["id"], title, AnswerSet(given), when, pack, expect, document.file, line)


def _expectation(raw: Any) -> Expectation:  # noqa: ANN401
    low, high = raw.get("tier_range", [raw.get("tier")] * 2)
    return Expectation(
        low=low,
        high=high,
        says_tier="tier" in raw or "tier_range" in raw,
        fires=tuple(raw.get("fires", [])),
        not_fires=tuple(raw.get("not_fires", [])),
        obligations=tuple(raw.get("obligations", [])),
        applies=raw.get("applies"),
        decisive=tuple(raw.get("decisive", [])),
        scores=tuple((one, _ends(told)) for one, told in raw.get("dimensions", {}).items()),
    )


def _ends(told: int | list[int]) -> Range:
    """A score that is told as one number, or as its lowest and highest."""
    low, high = (told, told) if isinstance(told, int) else told
    return low, high


def _unknown_names(document: Document, raw: Any, place: Path_, pack: Pack) -> Iterator[Problem]:  # noqa: ANN401
    expect = raw["expect"]
    for key, known in (
        ("fires", pack.rules),
        ("not_fires", pack.rules),
        ("obligations", pack.obligations),
        ("decisive", pack.questions),
        ("dimensions", {*pack.dimensions, *(one.id for one in pack.framework.derived)}),
    ):
        for name in expect.get(key, []):
            if name not in known:
                here = (*place, "expect", key)
                near = get_close_matches(name, known, 1)
                yield document.problem("no_such", here, kind=key, id=name, near=near)
    levels = [level.id for level in pack.main_scale.levels]
    for key in ("tier", "tier_range"):
        named = expect.get(key, [])
        for level in named if isinstance(named, list) else [named]:
            if level not in levels:
                near = get_close_matches(level, levels, 1)
                facts = {"scale": pack.main_scale.id, "id": level, "offered": levels, "near": near}
                yield document.problem("no_level", (*place, "expect", key), **facts)


def differences(expect: Expectation, got: Outcome) -> Iterator[tuple[str, str, str]]:
    """Every difference between what is expected and what came out: (what, expected, got)."""
    tier = (got.low, got.high)
    if expect.says_tier and (expect.low, expect.high) != tier:
        yield "tier", f"{expect.low}…{expect.high}", f"{tier[0]}…{tier[1]}"
    if expect.applies is not None and got.applies != (
        "holds" if expect.applies else "does_not_hold"
    ):
        yield "applies", str(expect.applies), got.applies
    yield from _of_rules(expect, got)
    if got.open is not None:
        yield from ((q, "open", "not open") for q in expect.decisive if q not in got.open)
    if got.scores is not None:
        pairs = ((name, ends, got.scores[name]) for name, ends in expect.scores)
        yield from ((name, _span(ends), _span(out)) for name, ends, out in pairs if ends != out)


def _of_rules(expect: Expectation, got: Outcome) -> Iterator[tuple[str, str, str]]:
    for rule in expect.fires:
        if got.states.get(rule) != "holds":
            yield rule, "holds", got.states.get(rule, "not in force")
    for rule in expect.not_fires:
        if got.states.get(rule, "does_not_hold") != "does_not_hold":
            yield rule, "does_not_hold", got.states[rule]
    yield from (
        (duty, "obliges", "does not") for duty in expect.obligations if duty not in got.duties
    )


def _span(ends: Range) -> str:
    return "…".join(map(str, ends))
