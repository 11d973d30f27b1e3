"""The answers that carry a score's reaching, or surely not reaching, a number of points."""

from __future__ import annotations

from collections.abc import Mapping
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

    `gains` remembers what `Points.gains` has worked out for these answers.
    """

    values: tuple[Value | None, ...]
    sure: list[int]
    possible: list[int]
    none_sure: list[int]
    none_possible: list[int]
    gains: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def only(self, kept: Carried | set[int]) -> tuple[list[int], list[int]]:
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

    def gain(self, answers: Answers, sign: int) -> int:
        """How much the answers lift the least sum (sign 1) or the least negative sum (sign -1)."""
        if self.tree is None:
            value = answers.values[self.place]
            return 0 if value is None else self._lowest(value, sign) - self._lowest(None, sign)
        amount = self.amount * sign
        truth = self.tree.truth(answers.sure, answers.possible)
        return abs(amount) if truth == (YES if amount > 0 else NO) else 0

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
        return self._lowest(None, sign) if self.group is not None else min(self.amount * sign, 0)

    def _lowest(self, value: Value | None, sign: int) -> int:
        if self.group is None:
            return 0
        low, high = self.group.span(value, YES)
        return low if sign > 0 else -high


@dataclass(frozen=True, slots=True)
class Points:
    """All that adds to one dimension."""

    parts: tuple[Part, ...]
    bases: Mapping[int, int]

    def gains(self, answers: Answers, sign: int) -> list[int]:
        """The gain of each part, worked out once for each answer set."""
        key = (id(self), sign)
        if key not in answers.gains:
            answers.gains[key] = [part.gain(answers, sign) for part in self.parts]
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
        gains = zip(self.gains(answers, sign), self.parts, strict=True)
        useful = [(gain, part.carry(answers), part) for gain, part in gains if gain > 0]
        useful.sort(key=lambda one: -one[0] / (len(one[1]) or 0.5))
        kept = dict.fromkeys(given)
        found = 0
        for gain, carried, _ in useful:
            if found >= missing:
                break
            found += gain
            kept |= dict.fromkeys(carried)
        return self._dropped(answers, sign, missing, useful, list(kept), set(given))

    def _dropped(  # noqa: PLR0913, PLR0917 - one step of `witness`
        self,
        answers: Answers,
        sign: int,
        missing: int,
        useful: list[tuple[int, Carried, Part]],
        kept: list[int],
        given: set[int],
    ) -> set[int]:
        a, b = answers.only(set(kept))
        left = set(kept)
        counting = [(g, p) for g, _, p in useful if p.stands(a, b, left, sign)]
        spare = sum(gain for gain, _ in counting) - missing
        readers: dict[int, list[int]] = {}
        for i, (_, part) in enumerate(counting):
            for place in part.tree.places if part.tree is not None else (part.place,):
                readers.setdefault(place, []).append(i)
        gone: set[int] = set()
        for place in reversed(kept):
            if place in given:
                continue
            left.discard(place)
            a[place], b[place] = answers.none_sure[place], answers.none_possible[place]
            lost = [
                i
                for i in readers.get(place, ())
                if i not in gone and not counting[i][1].stands(a, b, left, sign)
            ]
            loss = sum(counting[i][0] for i in lost)
            if loss <= spare:
                spare -= loss
                gone.update(lost)
            else:
                left.add(place)
                a[place], b[place] = answers.sure[place], answers.possible[place]
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
        found[dimension] = Points(tuple(parts), bases)
    return found
