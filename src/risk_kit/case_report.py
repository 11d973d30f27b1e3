"""What `risk-kit test` tells: which cases pass, what they cover, which mistakes they would notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from risk_kit.case_coverage import Coverage, coverage
from risk_kit.case_mutation import Mutant, Score, mutation_score
from risk_kit.cases import CaseResult
from risk_kit.model import Pack

Json = dict[str, Any]
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CaseReport:
    """The results of all cases of a pack, their coverage and, when asked for, the mutation score."""

    pack: Pack
    results: tuple[CaseResult, ...]
    coverage: Coverage
    mutation: Score | None

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that differ from what they expect."""
        return tuple(one for one in self.results if not one.passed)

    @property
    def not_fired(self) -> list[str]:
        """The rules that hold in no case."""
        return [name for name, counts in self.coverage.rules.items() if not counts[0]]


def report(pack: Pack, results: Sequence[CaseResult], *, mutation: bool = False) -> CaseReport:
    """Put together what results tell; mutants are tried on the cases that pass."""
    passing = [one.case for one in results if one.passed]
    score = mutation_score(pack, passing) if mutation else None
    return CaseReport(pack, tuple(results), coverage(pack, results), score)


def report_json(told: CaseReport) -> Json:
    """The report as JSON values."""
    total, cover = len(told.coverage.rules), told.coverage
    result: Json = {
        "pack": f"{told.pack.framework.id}@{told.pack.framework.version}",
        "cases": len(told.results),
        "passed": len(told.results) - len(told.failed),
        "rules_fired": total - len(told.not_fired),
        "rules_total": total,
        "not_fired": told.not_fired,
        "failed": [_failure(one) for one in told.failed],
        "overlays": {
            name: {"cases": cases, "rules_fired": fired, "rules_total": whole}
            for name, (cases, fired, whole) in cover.overlays.items()
        },
        "coverage": _coverage(cover),
        "decisive": dict(cover.decisive),
        "levels": dict(cover.levels),
        "ranges": cover.ranges,
        "out_of_scope": cover.outside,
    }
    return result | ({} if told.mutation is None else {"mutation": _mutation(told.mutation)})


def report_lines(told: CaseReport) -> Iterator[str]:
    """The report in words, Chinese and English."""
    cover = told.coverage
    passed = f"{len(told.results) - len(told.failed)}/{len(told.results)}"
    rules = f"{len(cover.rules) - len(told.not_fired)}/{len(cover.rules)}"
    yield f"黃金案例通過 {passed}；曾成立的規則 {rules}。"
    yield f"Golden cases passed: {passed}; rules that fire: {rules}."
    for name, (cases, fired, whole) in cover.overlays.items():
        yield f"  {name}: 案例 cases {cases}；曾成立的規則 rules that fire {fired}/{whole}"
    always = [name for name, counts in cover.rules.items() if counts[0] and not counts[2]]
    gaps = {
        "從未成立 never holds": told.not_fired,
        "從未不成立 never fails": always,
        "從未用到的豁免 exemptions not used": [
            f"{a}/{b}" for (a, b), n in cover.exemptions.items() if not n
        ],
        "只見一側的門檻 thresholds seen from one side": [
            f"{a}/{b}" for (a, b), counts in cover.thresholds.items() if 0 in counts
        ],
        "沒有決定性案例的條目 items without a decisive case": [
            i for i, n in cover.decisive.items() if not n
        ],
        "沒有案例的級距 levels without a case": [one for one, n in cover.levels.items() if not n],
    }
    yield from (f"  {what}: {_some(names)}" for what, names in gaps.items() if names)
    if told.mutation is not None:
        yield from _mutation_lines(told.mutation)


def _mutation_lines(score: Score) -> Iterator[str]:
    yield f"會被發現的錯誤 mutants killed: {score.killed}/{score.total}"
    if score.equivalent is None:
        yield "  未安裝求解器，可能有些其實毫無差別"
        yield "  no solver (extra prove): some may change nothing"
    elif score.equivalent:
        count = len(score.equivalent)
        yield f"  另有 {count} 個經證明毫無差別，不計入"
        yield f"  {count} more provably change nothing and are not counted"
    survivors = [f"{_layer(one)}{one.id}（{one.change}）" for one in score.survivors]
    yield from (f"  {one}" for one in survivors[:MOST_SHOWN])
    if len(survivors) > MOST_SHOWN:
        yield f"  … {len(survivors) - MOST_SHOWN}"


def _layer(one: Mutant) -> str:
    return f"{one.layer}: " if one.layer else ""


def _some(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - MOST_SHOWN})" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more


def _coverage(cover: Coverage) -> Json:
    return {
        "rules": {
            name: {"holds": yes, "undecided": open_, "does_not_hold": no}
            for name, (yes, open_, no) in cover.rules.items()
        },
        "exemptions": [
            {"rule": rule, "by": exempter, "cases": count}
            for (exempter, rule), count in cover.exemptions.items()
        ],
        "thresholds": [
            {"dimension": dimension, "threshold": mark, "reached": reached, "missed": missed}
            for (dimension, mark), (reached, missed) in cover.thresholds.items()
        ],
    }


def _mutation(score: Score) -> Json:
    left = Counter(one.layer for one in score.survivors)
    return {
        "total": score.total,
        "killed": score.killed,
        "score": _ratio(score.killed, score.total),
        "equivalent": None if score.equivalent is None else len(score.equivalent),
        "layers": {
            name or "base": {
                "total": total,
                "killed": total - left[name],
                "score": _ratio(total - left[name], total),
            }
            for name, total in score.totals.items()
        },
        "survivors": [_mutant(one) for one in score.survivors],
        "changing_nothing": [_mutant(one) for one in score.equivalent or ()],
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _mutant(one: Mutant) -> Json:
    return {"id": one.id, "change": one.change, "layer": one.layer or "base"}


def _failure(one: CaseResult) -> Json:
    differences = [{"what": w, "expected": e, "got": g} for w, e, g in one.differences]
    return {
        "id": one.case.id,
        "file": one.case.file,
        "line": one.case.line,
        "differences": differences,
    }
