"""Many answer sets at once: the meaning of a pack as one straight-line program over planes.

A plane is a Python whole number with one bit for each case. `plane_program(pack, as_of)` compiles;
`run` takes byte columns, `run_block` a block that `packed` has made of them already, and
`single_changes` asks what every change of one answer would do to the tier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from risk_kit import domain
from risk_kit.compile_facts import facts_of
from risk_kit.condition import in_force
from risk_kit.domain import Range
from risk_kit.model import UNKNOWN, Pack, Question, Value
from risk_kit.planes_code import Wiring
from risk_kit.planes_inputs import Inputs
from risk_kit.planes_pack import Columns, Lane, Planes, counted, lanes_of, packed
from risk_kit.planes_write import Run, written

BLOCK: Final = 1 << 16
OUTSIDE: Final = 255


@dataclass(frozen=True, slots=True)
class Tiers:
    """One byte a case: the places of the lowest and highest tier, both 255 when out of scope."""

    low: bytes
    high: bytes


@dataclass(frozen=True, slots=True)
class Levels:
    """Planes: where the lowest and highest tier reach level k + 1, and where there is no tier."""

    low: Planes
    high: Planes
    outside: int

    def ranges(self, cases: int) -> list[Range | None]:
        """The places of the lowest and highest level of the cases in the first bits."""
        low, high = (_counts(planes, cases) for planes in (self.low, self.high))
        pairs = zip(low, high, _digits(self.outside, cases), strict=True)
        return [None if out == "1" else (first, last) for first, last, out in pairs]


@dataclass(frozen=True, slots=True)
class Change:
    """One other answer to one question, and the tier range that it gives; None when out of scope."""

    question: str
    value: Value
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class PlaneProgram:
    """The bit-parallel form of a pack on a day. `inputs`: the planes of each question."""

    pack: Pack
    as_of: date
    inputs: Mapping[str, Inputs]
    lanes: tuple[Lane, ...]
    _run: Run

    def run(self, columns: Columns, n: int, block: int = BLOCK) -> Tiers:
        """The tiers of `n` cases given as byte columns (see `Inputs.codes`), a block at a time.

        Raises KeyError for a missing column and ValueError for one of another length.
        """
        for name, column in columns.items():
            if len(column) != n:
                raise ValueError(f"{name}: {len(column)} bytes for {n} cases")
        parts = []
        for start in range(0, n, block):
            stop = min(start + block, n)
            parts.append(self.run_block(packed(self.lanes, columns, start, stop), stop - start))
        return Tiers(b"".join(part.low for part in parts), b"".join(part.high for part in parts))

    def run_block(self, planes: Planes, cases: int) -> Tiers:
        """The tiers of one block of packed columns."""
        found = self.run_planes(planes, cases + -cases % 8)
        low, high = counted(found.low, cases), counted(found.high, cases)
        if not found.outside:
            return Tiers(low, high)
        out = counted([found.outside], cases)
        return Tiers(_without(low, out), _without(high, out))

    def run_planes(self, planes: Planes, cases: int) -> Levels:
        """The tiers of cases given as input planes, as planes in the same order."""
        found = self._run((planes, (1 << cases) - 1))
        levels = len(found) // 2
        return Levels(found[:levels], found[levels : 2 * levels], found[-1])

    def columns(self, cases: Sequence[Mapping[str, Value]]) -> Columns:
        """Byte columns of answer sets."""
        found: dict[str, bytes] = {}
        for question, one in self.inputs.items():
            codes = [one.codes(values.get(question)) for values in cases]
            found |= {
                name: bytes(code[i] for code in codes) for i, name in enumerate(one.columns())
            }
        return found


def plane_program(pack: Pack, as_of: date) -> PlaneProgram:
    """Compile a checked pack for a day."""
    wiring = Wiring(facts_of(pack, in_force(pack, as_of)))
    low, high, outside = wiring.tier()
    planes = sum(one.count for one in wiring.inputs.values())
    run = written(wiring.circuit, (*low, *high, outside), planes)
    return PlaneProgram(pack, as_of, wiring.inputs, lanes_of(wiring.inputs), run)


def _without(tiers: bytes, out: bytes) -> bytes:
    return bytes(OUTSIDE if no else place for place, no in zip(tiers, out, strict=True))


def _counts(planes: Planes, cases: int) -> list[int]:
    if not planes:
        return [0] * cases
    return [digits.count("1") for digits in zip(*(_digits(p, cases) for p in planes), strict=True)]


def _digits(plane: int, cases: int) -> str:
    """The bits of a plane, the first case first."""
    return f"{plane:0{cases}b}"[::-1] if cases else ""


# -- what if one answer were another? ----------------------------------------------------------------


def single_changes(program: PlaneProgram, values: Mapping[str, Value]) -> tuple[Change, ...]:
    """Every change of one answer, with the tier range it gives, all in one run.

    An open question gets each answer; so does a yes/no question or a choice. A many-of question has
    one option put in or out (an exclusive option stands alone). A number or date gets one value from
    each interval between the thresholds that its tests make.
    """
    found: list[tuple[str, Value]] = []
    masks: list[tuple[int, int]] = []
    base: list[tuple[Inputs, int, int, int]] = []
    for question, one in program.inputs.items():
        here, now = len(found), values.get(question)
        for value in alternatives(one, now):
            found.append((question, value))
            masks.append((one.first, one.mask(value)))
        base.append((one, one.mask(now), here, len(found)))
    planes = _changed(base, masks)
    ranges = program.run_planes(planes, len(found)).ranges(len(found))
    spans = (span or (None, None) for span in ranges)
    return tuple(Change(*one, *span) for one, span in zip(found, spans, strict=True))


def _changed(
    base: Sequence[tuple[Inputs, int, int, int]], masks: Sequence[tuple[int, int]]
) -> Planes:
    """Input planes of the changes: as now everywhere but in the question's own cases."""
    every = (1 << len(masks)) - 1
    planes: list[int] = []
    for one, now, start, stop in base:
        rest = every ^ (1 << stop) - (1 << start)
        planes += (rest if now >> place & 1 else 0 for place in range(one.count))
    for case, (first, mask) in enumerate(masks):
        bit, left = 1 << case, mask
        while left:
            planes[first + (left & -left).bit_length() - 1] |= bit
            left &= left - 1
    return tuple(planes)


def alternatives(one: Inputs, now: Value | None) -> tuple[Value, ...]:
    """The other answers of a question that `single_changes` looks at."""
    question, value = one.question, None if now is UNKNOWN else now
    if question.kind == "many_of":
        return tuple(_toggled(question, value))
    if question.kind in ("whole_number", "date"):
        return tuple(_one_an_interval(one, value))
    return tuple(v for v in domain.choices(question) if v != value)


def _toggled(question: Question, value: Any) -> list[frozenset[str]]:  # noqa: ANN401
    if value is None:
        return [v for v in domain.choices(question, 1) if isinstance(v, frozenset)]
    alone = frozenset(option.id for option in question.options if option.exclusive)
    found = []
    for option in question.options:
        kept = frozenset() if option.exclusive else value - alone
        found.append(value - {option.id} if option.id in value else kept | {option.id})
    return [chosen for chosen in found if chosen or not alone]


def _one_an_interval(one: Inputs, value: Any) -> list[Any]:  # noqa: ANN401
    starts = [one.question.minimum, *(_as_asked(one.question, at) for at in one.cuts)]
    mine = (
        max((start for start in starts if start <= value), default=None)
        if value is not None
        else None
    )
    return [start for start in starts if start != mine]


def _as_asked(question: Question, number: int) -> Any:  # noqa: ANN401
    least = question.minimum
    if isinstance(least, date):
        return least + timedelta(days=number - least.toordinal())
    return number
