"""The answers that carry a score's reaching, or surely not reaching, a number of points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from risk_kit.compile_facts import Facts
from risk_kit.compile_points import Group, points_of
from risk_kit.compile_trees import Carried, Masks, TooLarge, Tree, expanded, scores_in, trees
from risk_kit.condition import effective
from risk_kit.domain import NO, OPEN, YES, Truth
from risk_kit.model import Value


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer set: values by place (None: open), masks of tests, and those of no answers.

    `states`, `gains` and `best` remember what `Points` has worked out for these answers.
    """

    values: tuple[Value | None, ...]
    sure: list[int]
    possible: list[int]
    none_sure: list[int]
    none_possible: list[int]
    states: dict[int, list[Truth | Value | None]] = field(default_factory=dict)
    gains: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    best: dict[tuple[int, int], list[tuple[int, Carried]]] = field(default_factory=dict)

    def only(self, kept: Iterable[int]) -> tuple[list[int], list[int]]:
        """The masks when only those questions are answered."""
        a, b = self.none_sure.copy(), self.none_possible.copy()
        for place in kept:
            a[place], b[place] = self.sure[place], self.possible[place]
        return a, b


@dataclass(frozen=True, slots=True)
class Part:
    """What a rule, or the rules on one question together, add to a dimension."""

    amount: int
    tree: Tree | None
    place: int = -1
    group: Group | None = None

    def state(self, answers: Answers) -> Truth | Value | None:
        """The truth of the rule, or the answer to the one question."""
        if self.tree is None:
            return answers.values[self.place]
        return self.tree.truth(answers.sure, answers.possible)

    def gain(self, state: Truth | Value | None, sign: int) -> int:
        """How much a state lifts the least sum (sign 1) or the least negative sum (sign -1)."""
        if self.group is not None:
            least = _lowest(self.group, None, sign)
            return 0 if state is None else _lowest(self.group, state, sign) - least
        amount = self.amount * sign
        return abs(amount) if state == (YES if amount > 0 else NO) else 0

    def stands(self, a: Masks, b: Masks, kept: set[int], sign: int) -> bool:
        """Whether the gain is still there when only some answers are kept."""
        if self.tree is None:
            return self.place in kept
        return self.tree.truth(a, b) == (YES if self.amount * sign > 0 else NO)

    def carry(self, answers: Answers) -> Carried:
        """The answers that give the gain."""
        if self.tree is None:
            return (self.place,)
        return tuple(dict.fromkeys(self.tree.carry(answers.sure, answers.possible) or ()))

    def base(self, sign: int) -> int:
        """The least sum when nothing is answered."""
        fixed = min(self.amount * sign, 0)
        return fixed if self.group is None else _lowest(self.group, None, sign)


@dataclass(frozen=True, slots=True)
class Points:
    """All that adds to one dimension.

    `bases`: the least sum, and the least negative sum, of no answers. `readers`: of each question by
    place, the parts that read it.
    """

    parts: tuple[Part, ...]
    bases: Mapping[int, int]
    readers: Mapping[int, Sequence[int]]

    def gains(self, answers: Answers, sign: int) -> list[int]:
        """The gain of each part, worked out once for each answer set."""
        key = (id(self), sign)
        if key not in answers.gains:
            states = answers.states.get(id(self)) or [part.state(answers) for part in self.parts]
            answers.states[id(self)] = states
            pairs = zip(self.parts, states, strict=True)
            answers.gains[key] = [part.gain(state, sign) for part, state in pairs]
        return answers.gains[key]

    def truth(self, answers: Answers, needed: int) -> Truth:
        """Whether the points surely reach, may reach, or cannot reach a number."""
        for sign, target, truth in ((1, needed, YES), (-1, 1 - needed, NO)):
            if self.bases[sign] + sum(self.gains(answers, sign)) >= target:
                return truth
        return OPEN

    def witness(self, answers: Answers, needed: int, truth: Truth, given: Carried) -> set[int]:
        """Answers that with those given carry the truth, and none of which can be dropped."""
        sign, target = (1, needed) if truth == YES else (-1, 1 - needed)
        missing = target - self.bases[sign]
        kept, found = dict.fromkeys(given), 0
        for gain, carried in self._best(answers, sign):
            if found >= missing:
                break
            found += gain
            kept |= dict.fromkeys(carried)
        return self._dropped(answers, sign, missing, list(kept)[::-1], set(given))

    def _best(self, answers: Answers, sign: int) -> list[tuple[int, Carried]]:
        """Gains with the answers that give them, those that give most for an answer first."""
        key = (id(self), sign)
        if key not in answers.best:
            gains = zip(self.gains(answers, sign), self.parts, strict=True)
            best = [(gain, part.carry(answers)) for gain, part in gains if gain]
            best.sort(key=lambda one: -one[0] / (len(one[1]) or 0.5))
            answers.best[key] = best
        return answers.best[key]

    def _dropped(
        self, answers: Answers, sign: int, missing: int, kept: list[int], given: set[int]
    ) -> set[int]:
        """The kept answers without those that are not needed, nor given."""
        a, b = answers.only(kept)
        left, parts = set(kept), self.parts
        gains = [
            gain if gain and part.stands(a, b, left, sign) else 0
            for gain, part in zip(self.gains(answers, sign), parts, strict=True)
        ]
        spare = sum(gains) - missing
        for place in kept:
            if place in given:
                continue
            left.discard(place)
            a[place], b[place] = answers.none_sure[place], answers.none_possible[place]
            reading = [i for i in self.readers.get(place, ()) if gains[i]]
            lost = [i for i in reading if not parts[i].stands(a, b, left, sign)]
            loss = sum([gains[i] for i in lost])
            if loss > spare:
                left.add(place)
                a[place], b[place] = answers.sure[place], answers.possible[place]
                continue
            spare -= loss
            for i in lost:
                gains[i] = 0
        return left - given


def points_by_dimension(facts: Facts) -> Mapping[str, Points]:
    """Of each dimension that can be written out: fixed amounts, rules over tests of one question."""
    grouped = {rule.id for group in facts.groups for rule, _ in group.rules}
    place = {question: i for i, question in enumerate(facts.pack.questions)}
    found = {}
    for dimension in facts.pack.dimensions:
        mine = [g for g in facts.groups if g.dimension == dimension]
        rules = [r for r in facts.rules if any(p.dimension == dimension for p in r.points)]
        try:
            alone = [r for r in rules if r.id not in grouped]
            conditions = [expanded(facts, effective(r, facts.exempters[r.id])) for r in alone]
            amounts = [points_of(rule, dimension) for rule in alone]
            hidden = any(group.question.show is not None for group in mine)
            if hidden or any(terms for _, terms in amounts) or any(map(scores_in, conditions)):
                continue
            made = trees(facts, conditions)
        except TooLarge:
            continue
        parts = [Part(amount, tree) for (amount, _), tree in zip(amounts, made, strict=True)]
        parts += [Part(0, None, place[group.question.id], group) for group in mine]
        bases = {sign: sum(part.base(sign) for part in parts) for sign in (1, -1)}
        found[dimension] = Points(tuple(parts), bases, _readers(parts))
    return found


def _lowest(group: Group, value: Value | None, sign: int) -> int:
    low, high = group.span(value, YES)
    return low if sign > 0 else -high


def _readers(parts: Sequence[Part]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for i, part in enumerate(parts):
        for place in part.tree.places if part.tree is not None else (part.place,):
            found.setdefault(place, []).append(i)
    return found
