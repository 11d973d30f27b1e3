"""How many small mistakes in a pack and its overlays the golden cases would notice.

One mistake at a time: a rule dropped, its condition or a part of it negated, a bound or a score
threshold moved by one; criteria, show-conditions and what overlays widen alike. A mutant is killed
when a case that passes goes red. Each is tried in every combination of overlays that the cases lay
and that holds the place, until a case notices it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from risk_kit.case_mistakes import Mistake, mistakes
from risk_kit.case_planes import Bench
from risk_kit.cases import Case
from risk_kit.model import Pack

if TYPE_CHECKING:
    from risk_kit.prove_same import Logic


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: in which rule, criterion, question or threshold, what was done, in which layer.

    `layer` is "" for the base, else the overlay (or overlays, joined by +) that bring the place.
    """

    id: str
    change: str
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants count in each layer, and those that no case noticed.

    `equivalent`: mutants that no case noticed and that provably change nothing, whatever is answered
    or left open; they count in no total. None: the solver is not installed, so nothing was proved.
    """

    totals: Mapping[str, int]
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...] | None = None

    @property
    def total(self) -> int:
        """Mutants that count."""
        return sum(self.totals.values())

    @property
    def killed(self) -> int:
        """Mutants that some case noticed."""
        return self.total - len(self.survivors)


def mutation_score(pack: Pack, cases: Sequence[Case]) -> Score:
    """Try every mutant of a pack, and of the overlays that cases lay, on the cases; they must pass."""
    tried = trials(pack, cases)
    totals = Counter(one.mutant.layer for one in tried)
    alive = [one for one in tried if not one.killed()]
    same = changing_nothing(alive)
    totals.subtract(one.mutant.layer for one in same or ())
    return Score(
        totals=dict(totals),
        survivors=tuple(one.mutant for one in alive if one not in (same or ())),
        equivalent=None if same is None else tuple(one.mutant for one in same),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A mutant, and the mistake that it is on each bench where it can be made."""

    mutant: Mutant
    ways: list[tuple[Bench, Mistake]]

    def killed(self) -> bool:
        """Whether some case notices it."""
        return any(bench.notices(one.made(), one.node) for bench, one in self.ways)


def changing_nothing(alive: Sequence[Trial]) -> list[Trial] | None:
    """Those that change nothing under any of their packs; None when the solver is not here."""
    try:
        from risk_kit.prove_same import Logic  # noqa: PLC0415 - needs the extra
    except ImportError:
        return None
    logics: dict[Bench, Logic] = {}
    found = []
    for trial in alive:
        for bench, mistake in trial.ways:
            if bench not in logics:
                logics[bench] = Logic(bench.wires.circuit, bench.wires.inputs)
            if not _same(logics[bench], bench, mistake):
                break
        else:
            if trial.ways:
                found.append(trial)
    return found


def _same(logic: Logic, bench: Bench, mistake: Mistake) -> bool:
    """Whether the mistake provably changes nothing; what a score reads may change what is shown."""
    if any(kind == "dimension" for kind, _ in bench.readers.of(mistake.node)):
        return False
    differ = logic.differ(bench.apart(mistake.made(), mistake.node))
    bench.forget()
    logic.cut(bench.size)
    return differ is False


def trials(pack: Pack, cases: Sequence[Case]) -> list[Trial]:
    """Every mutant, in the order of the packs: the base first, then by number of overlays."""
    found: dict[Hashable, Trial] = {}
    for under, benches in _benches(pack, cases):
        layer = "+".join(under.overlays)
        for one in mistakes(under, pack):
            trial = found.get(one.key)
            if trial is None:
                trial = found[one.key] = Trial(Mutant(one.id, one.change, layer), [])
            trial.ways.extend((bench, one) for bench in benches)
    return list(found.values())


def _benches(pack: Pack, cases: Sequence[Case]) -> Iterator[tuple[Pack, list[Bench]]]:
    """The packs that cases are run under, the base among them, with their cases by day."""
    packs = {pack.digest: pack}
    days: dict[str, dict[date, list[Case]]] = {pack.digest: {}}
    for case in cases:
        packs.setdefault(case.pack.digest, case.pack)
        days.setdefault(case.pack.digest, {}).setdefault(case.as_of, []).append(case)
    for digest in sorted(packs, key=lambda one: len(packs[one].overlays)):
        under = packs[digest]
        yield under, [Bench(under, day, some) for day, some in days[digest].items()]
