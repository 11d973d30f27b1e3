"""Static proofs about a pack: what can never happen, what changes nothing, what can go down.

Needs the extra `prove` (z3-solver). Every finding counts; what could not be finished is said to be
unknown and never passes for fine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Final

from risk_kit.assess import LevelRange
from risk_kit.errors import NotAvailable, Problem
from risk_kit.model import AnswerSet, Pack, Value

if TYPE_CHECKING:
    from risk_kit.prove_world import Finding, Task, World

QUERY: Final = 5.0
WHOLE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Proof:
    """Findings, subjects that could not be finished (check, id), and how many each check looked at.

    `seconds` is the time it took.
    """

    pack: Pack
    as_of: date
    findings: tuple[Finding, ...]
    unknown: tuple[tuple[str, str], ...]
    checked: Mapping[str, int]
    seconds: float


def prove(
    pack: Pack, as_of: date, base: Pack | None = None, query: float = QUERY, whole: float = WHOLE
) -> Proof:
    """Run every check on the pack as of a day; with `base`, also that its overlays lower no tier.

    `query` and `whole` bound one question to the solver and all of them, in seconds. Raises
    NotAvailable when the solver is not installed.
    """
    need_solver()
    from risk_kit.prove_search import Unfinished  # noqa: PLC0415 - needs the extra
    from risk_kit.prove_world import World  # noqa: PLC0415

    begun = monotonic()
    findings: dict[tuple[str, str], Finding] = {}
    unknown: list[tuple[str, str]] = []
    checked: Counter[str] = Counter()
    tasks = list(_tasks(World(pack, as_of, query, whole), base))  # all gates, then the first look
    for task in tasks:
        checked[task.code] += 1
        try:
            found = task.run()
        except Unfinished:
            unknown.append((task.code, task.id))
        else:
            if found is not None:
                findings.setdefault((found.code, found.id), found)
    took = monotonic() - begun
    return Proof(pack, as_of, tuple(findings.values()), tuple(unknown), dict(checked), took)


def exact_range(pack: Pack, values: Mapping[str, Value], as_of: date) -> LevelRange | None:
    """The exact tier range over all full answers that agree with `values`; None when not finished.

    Raises NotAvailable when the solver is not installed.
    """
    need_solver()
    from risk_kit import prove_order  # noqa: PLC0415
    from risk_kit.prove_search import Unfinished  # noqa: PLC0415

    try:
        return prove_order.exact_range(pack, values, as_of)
    except Unfinished:
        return None


def lowers(base: Pack, other: Pack, as_of: date) -> AnswerSet | None:
    """Answers whose tier is lower under `other` than under `base`, or None when there are none.

    Lowering by a rule that the base declares tunable and `other` changed is allowed. Raises
    NotAvailable when the solver is not installed, and prove_search.Unfinished.
    """
    need_solver()
    from risk_kit import prove_order  # noqa: PLC0415

    return prove_order.lowers(base, other, as_of, declared(base, other))


def declared(base: Pack, other: Pack) -> frozenset[str]:
    """The tunable rules of the base that overlays of `other` changed or exempt."""
    named = {name.split("/")[1] for name in other.origins if name.startswith("rules/")}
    for rule in other.framework.rules:
        if rule.id not in base.rules:
            named.update(rule.exempts)
    return frozenset(r.id for r in base.framework.rules if r.tunable is not None and r.id in named)


def need_solver() -> None:
    """Raises NotAvailable, naming the extra, when the solver is not installed."""
    try:
        import z3  # noqa: F401, PLC0415
    except ImportError as error:
        raise NotAvailable(Problem("no_solver", {"extra": "prove"})) from error


def _tasks(world: World, base: Pack | None) -> Iterator[Task]:
    from risk_kit import (  # noqa: PLC0415
        prove_constant,
        prove_loose,
        prove_masked,
        prove_order,
        prove_reach,
        prove_texts,
    )

    yield from prove_texts.tasks(world)
    yield from prove_reach.tasks(world)
    yield from prove_constant.tasks(world)
    yield from prove_order.tasks(world, base, declared(base, world.pack) if base else frozenset())
    yield from prove_masked.tasks(world)
    yield from prove_loose.tasks(world)
