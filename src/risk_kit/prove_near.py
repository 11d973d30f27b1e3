"""Full answer sets at hand and their neighbours, all conditions at once: what need not be asked.

Around one answer set lie the sets with one answer taken away or exchanged. A plane holds one bit for
each: the set itself first, then for every question a run of one bit per other answer and, above it,
the bit of the set without that answer. What a plane shows is so; what it does not show is for the
solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from risk_kit import domain
from risk_kit.compile_facts import facts_of
from risk_kit.condition import parts_of
from risk_kit.forms import Between
from risk_kit.model import Pack, Question, Rule, Value
from risk_kit.planes_circuit import ALWAYS, Gate
from risk_kit.planes_code import Ends, Wiring
from risk_kit.prove_search import conditions

AT_FIRST: Final = 16
MOST_SETS: Final = 320


@dataclass(frozen=True, slots=True)
class Run:
    """The neighbours by one question: its answers from bit `first` on, then the bit without one."""

    first: int
    values: tuple[Value, ...]

    @property
    def without(self) -> int:
        """The bit of the set without that answer."""
        return self.first + len(self.values)

    @property
    def answers(self) -> int:
        """A plane with every exchanged answer."""
        return (1 << self.without) - (1 << self.first)

    @property
    def whole(self) -> int:
        """A plane with every neighbour of the run."""
        return (2 << self.without) - (1 << self.first)


class Near:
    """What full answer sets and their neighbours show.

    Gates that are made before the first look are looked at in all sets, later ones in later sets.
    """

    def __init__(self, pack: Pack, rules: Sequence[Rule]) -> None:
        self.pack = pack
        self.wiring = Wiring(facts_of(pack, tuple(rules)))
        self.runs = _runs(pack)
        self._size = 1 + max((run.without for run in self.runs.values()), default=0)
        self._answers = sum(run.answers for run in self.runs.values())
        self._firsts = sum(1 << run.first for run in self.runs.values() if run.values)
        self._without = sum(1 << run.without for run in self.runs.values() if run.values)
        self._fixed = self._exchanged()
        self._begun = False
        self._looked = 0
        self._seen: list[int] = []
        self._apart = 0
        self._compared: list[Ends] = [self.wiring.rule(rule) for rule in self.wiring.rules]

    # -- before the first look -------------------------------------------------------------------

    def applies(self) -> Ends:
        """Where the framework surely applies, and where it surely does not."""
        scope = self.pack.framework.applies
        return (ALWAYS, 0) if scope is None else self.wiring.truth(scope)

    def compare(self, ends: Ends) -> None:
        """Also look at how this differs between neighbours; rules are compared anyway."""
        self._compared.append(ends)

    def add(self, values: Mapping[str, Value]) -> None:
        """Look at a full answer set and its neighbours; nothing happens when there are enough."""
        if self._looked >= MOST_SETS:
            return
        self._looked += 1
        planes = self.planes(values)
        self._seen += [0] * (len(planes) - len(self._seen))
        self._seen = [one | other for one, other in zip(self._seen, planes, strict=True)]
        for yes, no in self._compared:
            self._apart |= self._differ(planes[yes], planes[no])

    # -- what is seen ----------------------------------------------------------------------------

    def shows(self, gate: Gate) -> bool:
        """Some full answer set at hand has the gate."""
        return self._found(gate) & ~self._without != 0

    def with_one(self, gate: Gate) -> int:
        """The neighbours, by exchanged answer, of which some full answer set at hand has the gate."""
        return self._found(gate) & self._answers

    def matters(self, question: str) -> bool:
        """Two answers to the question are known to make a difference to what is compared."""
        self._look()
        return self._apart & self.runs[question].answers != 0

    def option_matters(self, question: str, option: str) -> bool:
        """So are the option alone and the first answer: the first exclusive option, or none at all."""
        self._look()
        run = self.runs[question]
        place = run.first + run.values.index(frozenset({option}))
        return self._apart >> place & 1 == 1

    def _look(self) -> None:
        """At the first look, draw some answer sets to begin with, always the same."""
        if self._begun:
            return
        self._begun = True
        draw = Random(self.pack.framework.id)  # noqa: S311 - no secret
        for _ in range(AT_FIRST):
            self.add({q: _drawn(draw, self.pack.questions[q], run) for q, run in self.runs.items()})

    def _found(self, gate: Gate) -> int:
        self._look()
        return self._seen[gate] if gate < len(self._seen) else 0

    # -- planes ----------------------------------------------------------------------------------

    def planes(self, values: Mapping[str, Value]) -> list[int]:
        """The plane of every gate around one answer set, full or not."""
        every = (1 << self._size) - 1
        given = list(self._fixed)
        for question, value in values.items():
            one, rest = self.wiring.inputs[question], every ^ self.runs[question].whole
            for plane in _bits(one.mask(value)):
                given[one.first + plane] |= rest
        found = [0, every]
        for sign, left, right in self.wiring.circuit.gates[2:]:
            match sign:
                case "&":
                    found.append(found[left] & found[right])
                case "|":
                    found.append(found[left] | found[right])
                case "^":
                    found.append(found[left] ^ found[right])
                case _:
                    found.append(given[left])
        return found

    def _exchanged(self) -> list[int]:
        """The input planes with the bits of exchanged answers alone."""
        inputs = self.wiring.inputs
        found = [0] * sum(one.count for one in inputs.values())
        for question, run in self.runs.items():
            for place, value in enumerate(run.values, run.first):
                for plane in _bits(inputs[question].mask(value)):
                    found[inputs[question].first + plane] |= 1 << place
        return found

    def _differ(self, yes: int, no: int) -> int:
        """Exchanged answers that turn the truth from that of the first answer of their run."""
        return self._from_first(yes) & no | self._from_first(no) & yes

    def _from_first(self, plane: int) -> int:
        """The runs whose first answer has the plane: adding one at its start carries a run away."""
        return self._answers & ~(self._answers + (plane & self._firsts))

    def settled(self, yes: int, no: int) -> int:
        """The sets without an answer that are open though all answers of the run say the same.

        `yes` and `no` are the planes of a truth around one answer set.
        """
        always = (yes & self._answers) + self._firsts | (no & self._answers) + self._firsts
        return self._without & always & ~yes & ~no


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


# ------------------------------------------------------------------ answers to try


def _runs(pack: Pack) -> Mapping[str, Run]:
    """A run for every question that can be tested; numbers at their thresholds."""
    marks, found, first = _marks(pack), {}, 1
    for question in pack.questions.values():
        if question.kind != "text":
            found[question.id] = Run(first, _values(question, marks.get(question.id, set())))
            first = found[question.id].without + 1
    return found


def _marks(pack: Pack) -> dict[str, set[int]]:
    """The thresholds that conditions set for each whole number or date."""
    found: dict[str, set[int]] = {}
    waiting = [condition for _, condition in conditions(pack)]
    while waiting:
        one = waiting.pop()
        waiting.extend(parts_of(one))
        if isinstance(one, Between):
            ends = (domain.ordinal(one.low), domain.ordinal(one.high))
            found.setdefault(one.question, set()).update(end for end in ends if end is not None)
    return found


def _values(question: Question, marks: set[int]) -> tuple[Value, ...]:
    if question.kind not in ("whole_number", "date"):
        return tuple(domain.choices(question, 1))
    low, high = domain.number_range(question, None)
    near = {low, high, *(mark + step for mark in marks for step in (-1, 0, 1))}
    inside = sorted(one for one in near if low <= one <= high)
    is_date = question.kind == "date"
    return tuple(date.fromordinal(one) if is_date else one for one in inside)


def _drawn(draw: Random, question: Question, run: Run) -> Value:
    """Any answer; of a many-of question often several options."""
    free = [one.id for one in question.options if not one.exclusive]
    if question.kind == "many_of" and free and draw.random() < 3 / 4:
        return frozenset(draw.sample(free, draw.randint(1, len(free))))
    return draw.choice(run.values)
