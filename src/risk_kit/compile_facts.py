"""What every compiled form needs to know about a pack on a day, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from risk_kit import domain
from risk_kit.compile_points import Group, groups
from risk_kit.compile_tables import Test, Tests, tests_of
from risk_kit.condition import parts_of
from risk_kit.domain import NO, OPEN, YES
from risk_kit.forms import Answered, Between, Chosen, Condition, Equals, Pair, Term
from risk_kit.model import UNKNOWN, Pack, Question, Rule


@dataclass(frozen=True, slots=True)
class Facts:
    """A pack and its rules in force.

    `exempters`: of each rule, those that exempt it. `tests`: of each question that is read. `groups`:
    points that are bounded together.
    """

    pack: Pack
    rules: tuple[Rule, ...]
    exempters: Mapping[str, Sequence[Rule]]
    tests: Mapping[str, Tests]
    groups: tuple[Group, ...]


def facts_of(pack: Pack, rules: tuple[Rule, ...]) -> Facts:
    """The facts about a pack with these rules in force."""
    exempters: dict[str, list[Rule]] = {rule.id: [] for rule in rules}
    for rule in rules:
        for spared in dict.fromkeys(rule.exempts):
            if spared in exempters:
                exempters[spared].append(rule)
    found: dict[str, list[Test]] = {}
    for leaf in leaves(pack, rules):
        if isinstance(leaf, Equals | Between | Chosen | Answered):
            found.setdefault(leaf.question, []).append(leaf)
    tests = {q: tests_of(pack.questions[q], mine) for q, mine in found.items()}
    return Facts(pack, rules, exempters, tests, tuple(groups(rules, exempters, pack.questions)))


def leaves(pack: Pack, rules: Sequence[Rule]) -> Iterator[Condition]:
    """Every condition without parts that the pack holds with these rules."""
    waiting = [rule.when for rule in rules]
    waiting += [rule.unless for rule in rules if rule.unless is not None]
    waiting += [one.when for one in pack.framework.criteria]
    waiting += [one.show for one in pack.questions.values() if one.show is not None]
    waiting += [pack.framework.applies] if pack.framework.applies is not None else []
    while waiting:
        condition = waiting.pop()
        parts = parts_of(condition)
        waiting += parts
        if not parts:
            yield condition


def weigher(question: Question, term: Term) -> Callable[[Any], int]:
    """What a term adds for an answer to a many-of, number or date question."""
    if term.weights:
        weights = {o.id: 0 for o in question.options}
        weights |= {option: weight * term.times for option, weight in term.weights}
        return lambda chosen: sum([weights[option] for option in chosen])
    times = term.times
    if question.kind == "date":
        return lambda value: value.toordinal() * times
    return lambda value: value * times


def pair_table(rows: Question, columns: Question, pair: Pair) -> Mapping[Any, Any]:
    """The truth of a pair by row and then column answer, open ones included."""

    def possible(question: Question, value: Any) -> list[Any]:  # noqa: ANN401
        return list(domain.choices(question)) if value is None else [value]

    def truth(one: Any, other: Any) -> int:  # noqa: ANN401
        found = {
            (r, c) in pair.pairs for r in possible(rows, one) for c in possible(columns, other)
        }
        return OPEN if len(found) > 1 else YES if True in found else NO

    def line(one: Any) -> Mapping[Any, int]:  # noqa: ANN401
        known = {c: truth(one, c) for c in [*domain.choices(columns), None]}
        return known | {UNKNOWN: known[None]}

    table = {r: line(r) for r in [*domain.choices(rows), None]}
    return table | {UNKNOWN: table[None]}
