"""The scores of Canada's Algorithmic Impact Assessment, from the weights that a survey carries.

Options end in their weight (`item2-3`), questions or their panels in the score they add to (-RS raw,
-MS mitigation). With at least 80 % of half of all mitigation points, the raw score counts 15 % less,
rounded half up; the level follows from the quarter of the highest raw score in which it lies.
Thresholds are whole numbers of points, found by the same arithmetic in binary floating point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from risk_kit.errors import Problem
from risk_kit.importers.js_values import number
from risk_kit.importers.survey import Asked, Scalar, ScoreKind, Survey, place

DEDUCTION: Final = 0.15
ENOUGH: Final = 0.8
QUARTERS: Final = (0.25, 0.5, 0.75)
MOST_WEIGHT: Final = 10**6
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Level:
    """From how many raw points a level is reached, without and with the deduction."""

    id: str
    plain: int
    reduced: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Question id → option id → points, by score; the highest sums, and the thresholds they give."""

    weights: Mapping[ScoreKind, Mapping[str, Weights]]
    highest: Mapping[ScoreKind, int]
    enough: int
    levels: tuple[Level, ...]
    lost: tuple[Problem, ...]

    def span(self, kind: ScoreKind, survey: Survey) -> tuple[int, int]:
        """The lowest and highest sum that answers can reach."""
        asked = {one.id: one for one in survey.questions}
        ends = [_ends(asked[name], some) for name, some in self.weights[kind].items()]
        low, high = (sum(end[i] for end in ends) for i in (0, 1))
        return low, max(high, low + 1)


def scores(survey: Survey, file: str) -> Scores:
    """The weights and thresholds of a survey; a weight that is no whole number is listed."""
    weights: dict[ScoreKind, dict[str, Weights]] = {"raw": {}, "mitigation": {}}
    highest: dict[ScoreKind, int] = {"raw": 0, "mitigation": 0}
    lost: list[Problem] = []
    for asked in survey.questions:
        if asked.score is None:
            continue
        given = {one.id: weight(one.value) for one in asked.choices}
        whole = {name: int(w) for name, w in given.items() if _fits(w)}
        lost += _odd(asked, given, file)
        listed = [whole.get(one.id, 0) for one in asked.choices]
        highest[asked.score] += sum(listed) if asked.kind == "many_of" else max([0, *listed])
        if any(whole.values()):
            weights[asked.score][asked.id] = {name: w for name, w in whole.items() if w}
    top = highest["raw"]
    enough = ceil(ENOUGH * (highest["mitigation"] / 2))
    levels = tuple(_level(f"{n}", top * part) for n, part in enumerate(QUARTERS, 2))
    return Scores(weights, highest, enough, levels, tuple(lost))


def weight(value: Scalar) -> float | int:
    """The points of an option: what stands after its last hyphen, or the number that it is."""
    if isinstance(value, str):
        _, hyphen, ending = value.rpartition("-")
        found = number(ending) if hyphen else 0
        return 0 if found is None else found
    return 0 if isinstance(value, bool) else value


def reduced(raw: int) -> int:
    """The raw score less the deduction, a half rounded up."""
    exact = (1 - DEDUCTION) * raw
    below = floor(exact)
    return below + (exact - below >= 0.5)  # noqa: PLR2004 - a half


def _level(ident: str, above: float) -> Level:
    """The least raw score above a limit, without and with the deduction."""
    plain = floor(above) + 1
    least = max(plain, floor(above / (1 - DEDUCTION)) - 2)
    while reduced(least) <= above:
        least += 1
    return Level(ident, plain, least)


def _fits(points: float) -> bool:
    return float(points).is_integer() and abs(points) <= MOST_WEIGHT


def _odd(asked: Asked, given: Mapping[str, float | int], file: str) -> Iterator[Problem]:
    values = {one.id: one.value for one in asked.choices}
    for name, points in given.items():
        if not _fits(points):
            facts = {"value": values[name], "name": asked.name}
            yield Problem("import_weight", facts, file, path=place((*asked.path, "choices")))


def _ends(asked: Asked, weights: Weights) -> tuple[int, int]:
    points = list(weights.values())
    if asked.kind == "many_of":
        return sum(w for w in points if w < 0), sum(w for w in points if w > 0)
    return min(0, *points), max(0, *points)
