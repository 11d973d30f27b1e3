"""Who reads what in a pack: through criteria, show-conditions, scores and exemptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from risk_kit.condition import parts_of, questions_in
from risk_kit.forms import Condition, Named, Score
from risk_kit.model import Pack, Rule

Node: TypeAlias = tuple[str, str]


class Readers:
    """For each criterion, question, dimension and rule, everything whose truth may follow from it."""

    def __init__(self, pack: Pack) -> None:
        self._direct: dict[Node, set[Node]] = {}
        self._memory: dict[Node, frozenset[Node]] = {}
        for node, read in _edges(pack):
            self._direct.setdefault(read, set()).add(node)

    def of(self, node: Node) -> frozenset[Node]:
        """The node and all that reads it, directly or not."""
        if node not in self._memory:
            found, waiting = {node}, [node]
            while waiting:
                for one in self._direct.get(waiting.pop(), set()) - found:
                    found.add(one)
                    waiting.append(one)
            self._memory[node] = frozenset(found)
        return self._memory[node]


def _edges(pack: Pack) -> Iterator[tuple[Node, Node]]:
    """Pairs of a node and one that it reads."""
    for criterion in pack.criteria.values():
        yield from _reads(("criterion", criterion.id), criterion.when)
    for question in pack.questions.values():
        yield from _reads(("question", question.id), question.show)
    for rule in pack.rules.values():
        yield from _rule_reads(rule)


def _rule_reads(rule: Rule) -> Iterator[tuple[Node, Node]]:
    node = ("rule", rule.id)
    yield from _reads(node, rule.when)
    yield from _reads(node, rule.unless)
    yield from ((("rule", name), node) for name in rule.exempts)
    for points in rule.points:
        dimension = ("dimension", points.dimension)
        yield dimension, node
        yield from ((dimension, ("question", term.question)) for term in points.terms)


def _reads(node: Node, condition: Condition | None) -> Iterator[tuple[Node, Node]]:
    match condition:
        case None:
            return
        case Named(name):
            yield node, ("criterion", name)
        case Score(name):
            yield node, ("dimension", name)
    for part in parts_of(condition):
        yield from _reads(node, part)
    yield from ((node, ("question", one)) for one in questions_in(condition))
