"""Golden cases of one pack and day side by side: what they come to, and whether a change is noticed.

A plane is a whole number with one bit for each case. The circuit of the pack is worked out once; for
a changed pack only what reads the change is worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from risk_kit.case_readers import Node, Readers
from risk_kit.cases import Case
from risk_kit.compile_facts import facts_of
from risk_kit.compile_points import groups
from risk_kit.condition import exempters_of, in_force, raised, valid_on
from risk_kit.model import Pack, Rule
from risk_kit.planes_circuit import ALWAYS, NEVER, Circuit, Gate
from risk_kit.planes_code import Ends, Wiring
from risk_kit.planes_inputs import inputs_of


class Wires(Wiring):
    """The circuit of a pack, which a changed pack can share but for what reads the change."""

    def __init__(self, pack: Pack, as_of: date) -> None:
        super().__init__(facts_of(pack, in_force(pack, as_of)))
        numbers = frozenset(pack.questions)  # a plane for each bit, so that any bound can be tested
        self.inputs = inputs_of(tuple(pack.questions.values()), {}, numbers)
        self.as_of = as_of

    def under(self, pack: Pack, stale: frozenset[Node]) -> Wires:
        """The circuit of `pack`, which differs only in what `stale` reads."""
        made = copy(self)
        made.take(pack, stale)
        return made

    def take(self, pack: Pack, stale: frozenset[Node]) -> None:
        """Go over to another pack, keeping what no stale node reads."""
        before, self.pack, self.rules = self.rules, pack, in_force(pack, self.as_of)
        if self.rules != before:
            self._exempters = exempters_of(self.rules)
            self._groups = tuple(groups(self.rules, self._exempters, pack.questions))
            self._grouped = {rule.id for group in self._groups for rule, _ in group.rules}
        gone = {key for node in stale for key in _keys(node)}
        self._done = {key: ends for key, ends in self._done.items() if key not in gone}
        self._forms = {}


def _keys(node: Node) -> tuple[tuple[str, str], ...]:
    """What a circuit remembers of a node."""
    kind, name = node
    return {
        "rule": (("rule", name), ("own", name)),
        "criterion": (("criterion", name),),
        "question": (("shown", name),),
    }.get(kind, ())


class Values:
    """The planes of the gates of a circuit; gates made later are worked out when asked for."""

    def __init__(self, circuit: Circuit, inputs: Sequence[int], cases: int) -> None:
        self.circuit = circuit
        self.every = (1 << cases) - 1
        self._inputs = inputs
        self._planes: list[int] = [0, self.every]

    def of(self, ends: Ends) -> tuple[int, int]:
        """The cases in which something surely holds, and surely does not."""
        self._fill()
        return self._planes[ends[0]], self._planes[ends[1]]

    def _fill(self) -> None:
        planes = self._planes
        for sign, one, other in self.circuit.gates[len(planes) :]:
            if sign == "in":
                planes.append(self._inputs[one])
            elif sign == "&":
                planes.append(planes[one] & planes[other])
            elif sign == "|":
                planes.append(planes[one] | planes[other])
            else:
                planes.append(planes[one] ^ planes[other])

    def cut(self, length: Gate) -> None:
        """Forget the planes from a gate on."""
        del self._planes[length:]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the cases expect, as planes; `low` and `high` by place of the level above the lowest."""

    fires: Mapping[str, int]
    not_fires: Mapping[str, int]
    duties: Mapping[str, int]
    applies: int
    outside: int
    says: int
    without: int
    low: Sequence[int]
    high: Sequence[int]


def expected_of(pack: Pack, cases: Sequence[Case]) -> Expected:
    """The expectations of cases of a pack."""
    scale = pack.main_scale

    def reached(level: str | None, place: int) -> bool:
        return level is not None and scale.position(level) >= place

    places = range(1, len(scale.levels))
    return Expected(
        fires=_by_name(cases, lambda one: one.expect.fires),
        not_fires=_by_name(cases, lambda one: one.expect.not_fires),
        duties=_by_name(cases, lambda one: one.expect.obligations),
        applies=_plane(one.expect.applies is True for one in cases),
        outside=_plane(one.expect.applies is False for one in cases),
        says=_plane(one.expect.says_tier for one in cases),
        without=_plane(one.expect.low is None for one in cases),
        low=[_plane(reached(one.expect.low, place) for one in cases) for place in places],
        high=[_plane(reached(one.expect.high, place) for one in cases) for place in places],
    )


def _plane(bits: Iterable[bool]) -> int:
    return sum(1 << place for place, bit in enumerate(bits) if bit)


def _by_name(cases: Sequence[Case], names: Callable[[Case], Iterable[str]]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for place, one in enumerate(cases):
        for name in names(one):
            found[name] = found.get(name, 0) | 1 << place
    return found


class Bench:
    """The cases of one pack and day, worked out together."""

    def __init__(self, pack: Pack, as_of: date, cases: Sequence[Case]) -> None:
        self.pack = pack
        self.cases = cases
        self.readers = Readers(pack)
        self.wires = Wires(pack, as_of)
        planes = [0] * sum(one.count for one in self.wires.inputs.values())
        for place, case in enumerate(cases):
            for question, answer in case.answers.answers.items():
                mine = self.wires.inputs[question]
                mask = mine.mask(answer.value)
                for bit in range(mine.count):
                    planes[mine.first + bit] |= (mask >> bit & 1) << place
        self.values = Values(self.wires.circuit, planes, len(cases))
        self.expected = expected_of(pack, cases)
        self.states = {rule.id: self.values.of(self.wires.rule(rule)) for rule in self.wires.rules}
        self.scope = self._scope(self.wires)
        self._valid = {one.id for one in pack.obligations.values() if valid_on(one, as_of)}
        for question in pack.questions:
            self.wires.shown(question)
        self.size = len(self.wires.circuit.gates)

    def notices(self, changed: Pack, node: Node) -> bool:
        """Whether some case goes red under the pack in which one thing is changed."""
        stale, wires = self._under(changed, node)
        states = {
            rule.id: self.values.of(wires.rule(rule)) if ("rule", rule.id) in stale
            else self.states[rule.id]
            for rule in wires.rules
        }  # fmt: skip
        scope = self._scope(wires)
        same = states == self.states and scope == self.scope
        red = 0 if same else self._red(wires.rules, states, scope)
        self.forget()
        return bool(red)

    def apart(self, changed: Pack, node: Node) -> list[tuple[Gate, Gate]]:
        """Pairs of gates, as it is and as changed: what is certain of each rule, question, scope.

        Where no answers set a pair apart, the change changes nothing. `forget` after use.
        """
        stale, wires = self._under(changed, node)
        rules = {rule.id: rule for rule in wires.rules}
        found: list[tuple[Gate, Gate]] = []
        for rule in self.wires.rules:
            if ("rule", rule.id) in stale:
                other = wires.rule(rules[rule.id]) if rule.id in rules else (NEVER, ALWAYS)
                found += zip(self.wires.rule(rule), other, strict=True)
        for question in self.pack.questions:
            if ("question", question) in stale:
                found += zip(self.wires.shown(question), wires.shown(question), strict=True)
        before, after = self.pack.framework.applies, changed.framework.applies
        if before is not None and after is not None:
            found += zip(self.wires.truth(before), wires.truth(after), strict=True)
        return found

    def forget(self) -> None:
        """Take away the gates that a changed pack needed."""
        self.wires.circuit.shorten(self.size)
        self.values.cut(self.size)

    def _under(self, changed: Pack, node: Node) -> tuple[frozenset[Node], Wires]:
        stale = self.readers.of(node)
        return stale, self.wires.under(changed, stale)

    def _scope(self, wires: Wires) -> tuple[int, int]:
        applies = wires.pack.framework.applies
        return (self.values.every, 0) if applies is None else self.values.of(wires.truth(applies))

    def _red(
        self,
        rules: Sequence[Rule],
        states: Mapping[str, tuple[int, int]],
        scope: tuple[int, int],
    ) -> int:
        """The cases in which the outcome differs from what is expected."""
        told, every = self.expected, self.values.every
        applies, never = scope
        red = told.applies & ~applies | told.outside & ~never
        for name, cases in told.fires.items():
            red |= cases & ~states.get(name, (0, every))[0]
        for name, cases in told.not_fires.items():
            red |= cases & ~states.get(name, (0, every))[1]
        for name, cases in told.duties.items():
            due = _some(states[r.id][0] for r in rules if name in r.obliges)
            red |= cases & ~(due & applies if name in self._valid else 0)
        return red & every | self._wrong_tier(rules, states, never)

    def _wrong_tier(
        self, rules: Iterable[Rule], states: Mapping[str, tuple[int, int]], outside: int
    ) -> int:
        told, every, scale = self.expected, self.values.every, self.pack.main_scale
        reached = [(raised(rule, scale), states[rule.id]) for rule in rules]
        wrong = 0
        for place, (low, high) in enumerate(zip(told.low, told.high, strict=True), start=1):
            mine = [state for at, state in reached if at >= place]
            wrong |= _some(sure for sure, _ in mine) ^ low
            wrong |= _some(every ^ never for _, never in mine) ^ high
        return told.says & (outside ^ told.without | wrong & ~outside)


def _some(planes: Iterable[int]) -> int:
    found = 0
    for plane in planes:
        found |= plane
    return found
