"""Many answer sets at once: the meaning of a pack as one straight-line program over planes.

A plane is a Python whole number with one bit for each case. `plane_program(pack, as_of)` compiles;
`run` takes byte columns, `run_planes` planes that are packed already, and `single_changes` asks what
every change of one answer would do to the tier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, Final, TypeAlias

from risk_kit import domain
from risk_kit.compile import in_force
from risk_kit.compile_facts import facts_of
from risk_kit.domain import Range
from risk_kit.model import UNKNOWN, Pack, Question, Value
from risk_kit.planes_code import Wiring
from risk_kit.planes_inputs import Inputs
from risk_kit.planes_write import Run, written

Columns: TypeAlias = Mapping[str, bytes]
Planes: TypeAlias = tuple[int, ...]
BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tier range of `cases` cases; case i is bit i of every plane.

    `low[k]` and `high[k]`: where the lowest and highest tier reach level k + 1. `outside`: where the
    case is out of scope, so that there is no tier.
    """

    cases: int
    low: Planes
    high: Planes
    outside: int

    def range(self, case: int) -> Range | None:
        """The places of the lowest and highest level of one case; None when out of scope."""
        if self.outside >> case & 1:
            return None
        low, high = (sum(p >> case & 1 for p in planes) for planes in (self.low, self.high))
        return low, high


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
    planes: int
    _run: Run

    def run(self, columns: Columns, n: int, block: int = BLOCK) -> Tiers:
        """The tiers of `n` cases given as byte columns (see `Inputs.codes`), a block at a time.

        Raises KeyError for a missing column and ValueError for one of another length.
        """
        for column in columns.values():
            if len(column) != n:
                raise ValueError(f"a column of {len(column)} bytes for {n} cases")
        starts = range(0, n, block)
        sizes = [min(block, n - start) for start in starts]
        parts = (
            self.pack_columns(columns, at, at + size)
            for at, size in zip(starts, sizes, strict=True)
        )
        return joined(
            [self.run_planes(part, size) for part, size in zip(parts, sizes, strict=True)]
        )

    def run_planes(self, planes: Planes, n: int) -> Tiers:
        """The tiers of `n` cases given as input planes."""
        found = self._run((planes, (1 << n) - 1))
        levels = len(found) // 2
        return Tiers(n, found[:levels], found[levels : 2 * levels], found[-1])

    def pack_columns(self, columns: Columns, start: int, stop: int) -> Planes:
        """The input planes of the cases `start..stop` of byte columns."""
        # The first case is the lowest bit, so that columns are read backwards.
        cut = {name: column[start:stop][::-1] for name, column in columns.items()}
        every = chain.from_iterable(one.tables for one in self.inputs.values())
        return tuple(int(cut[name].translate(table), 2) for name, table in every)

    def pack_values(self, cases: Sequence[Mapping[str, Value]]) -> Planes:
        """The input planes of answer sets."""
        found: list[int] = []
        for question, one in self.inputs.items():
            masks = [one.mask(values.get(question)) for values in cases]
            found += (_plane(masks, place) for place in range(one.count))
        return tuple(found)

    def columns(self, cases: Sequence[Mapping[str, Value]]) -> Columns:
        """Byte columns of answer sets."""
        found: dict[str, bytes] = {}
        for question, one in self.inputs.items():
            codes = [one.codes(values.get(question)) for values in cases]
            found |= {name: bytes(code[i] for code in codes) for i, name in enumerate(one.columns)}
        return found


def plane_program(pack: Pack, as_of: date) -> PlaneProgram:
    """Compile a checked pack for a day."""
    wiring = Wiring(facts_of(pack, in_force(pack, as_of)))
    low, high, outside = wiring.tier()
    planes = sum(one.count for one in wiring.inputs.values())
    run = written(wiring.circuit, (*low, *high, outside), planes)
    return PlaneProgram(pack, as_of, wiring.inputs, planes, run)


def joined(parts: Sequence[Tiers]) -> Tiers:
    """Blocks one after another; every block but the last has a multiple of eight cases."""
    if len(parts) == 1:
        return parts[0]
    levels = len(parts[0].low) if parts else 0

    def join(planes: Sequence[int]) -> int:
        sizes = (-(-part.cases // 8) for part in parts)
        whole = b"".join(p.to_bytes(s, "little") for p, s in zip(planes, sizes, strict=True))
        return int.from_bytes(whole, "little")

    return Tiers(
        cases=sum(part.cases for part in parts),
        low=tuple(join([part.low[k] for part in parts]) for k in range(levels)),
        high=tuple(join([part.high[k] for part in parts]) for k in range(levels)),
        outside=join([part.outside for part in parts]),
    )


# -- what if one answer were another? ----------------------------------------------------------------


def single_changes(program: PlaneProgram, values: Mapping[str, Value]) -> tuple[Change, ...]:
    """Every change of one answer, with the tier range it gives, all in one run.

    An open question gets each answer; so does a yes/no question or a choice. A many-of question has
    one option put in or out (an exclusive option stands alone). A number or date gets one value from
    each interval between the thresholds that its tests make.
    """
    found: list[tuple[str, Value]] = []
    planes: list[int] = []
    offers = {q: alternatives(one, values.get(q)) for q, one in program.inputs.items()}
    every = (1 << sum(map(len, offers.values()))) - 1
    for question, one in program.inputs.items():
        offered = offers[question]
        masks, now = [one.mask(value) for value in offered], one.mask(values.get(question))
        here = len(found)
        mine = ((1 << len(offered)) - 1) << here
        for place in range(one.count):
            plane = _plane(masks, place) << here
            planes.append(plane | (every ^ mine) if now >> place & 1 else plane)
        found += ((question, value) for value in offered)
    tiers = program.run_planes(tuple(planes), len(found))
    ranges = (tiers.range(case) or (None, None) for case in range(len(found)))
    return tuple(Change(*one, *span) for one, span in zip(found, ranges, strict=True))


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


def _plane(masks: Sequence[int], place: int) -> int:
    """The bits at one place of the masks, the first mask lowest."""
    digits = "".join("1" if mask >> place & 1 else "0" for mask in reversed(masks))
    return int(digits, 2) if digits else 0
