"""Faults of a framework and its questionnaire that can be seen without asking any question.

Dangling ids, cycles, levels a scale lacks, thresholds out of order, conditions nested too deep.
Deeper proofs (what can never happen) are in `risk_kit.prove`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final, TypeAlias

from risk_kit.condition import effective, parts_of, questions_in
from risk_kit.forms import Answered, Condition, Named, Score
from risk_kit.model import Cite, Framework, Question, Questionnaire, Rule
from risk_kit.rewrite import named_in

MOST_DEPTH: Final = 100
Node: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem before it is placed in a file: code, path inside the document, facts."""

    code: str
    path: tuple[str | int, ...]
    facts: Mapping[str, Any]


def faults(framework: Framework, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Every structural fault of a framework, in file order within each kind."""
    yield from _scales(framework)
    yield from _citations(framework)
    yield from _items(framework)
    names = _Names(framework)
    for place, rule in enumerate(framework.rules):
        yield from _rule(names, rule, ("rules", place))
    if framework.applies is not None and _asks_answered(framework, framework.applies):
        yield Fault("answered_in_rule", ("applies",), {"id": "applies"})
    yield from _dimensions(framework)
    yield from _derived(framework)
    yield from _figures(framework, questionnaire)
    yield from _measures(framework, questionnaire)
    yield from _cycles(framework, questionnaire.questions)


def question_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Cycles and over-deep chains of show-conditions alone."""
    yield from _order({("question", q.id): q.show for q in questionnaire.questions if q.show}, {})


def nested(condition: Condition) -> int:
    """How deep a condition nests, itself included."""
    return 1 + max(map(nested, parts_of(condition)), default=0)


def _scales(framework: Framework) -> Iterator[Fault]:
    named = {"main_scale": framework.main_scale, "residual_scale": framework.residual_scale}
    for key, name in named.items():
        if name is not None and name not in {scale.id for scale in framework.scales}:
            yield _missing("scale", name, (key,))
    for place, scale in enumerate(framework.scales):
        levels = [level.id for level in scale.levels]
        for twice in sorted({one for one in levels if levels.count(one) > 1}):
            yield Fault("id_twice", ("scales", place), {"kind": "level", "id": twice})


def _citations(framework: Framework) -> Iterator[Fault]:
    sources = {source.id for source in framework.sources}
    lists: Mapping[str, tuple[Any, ...]] = {
        "items": framework.items,
        "rules": framework.rules,
        "obligations": framework.obligations,
    }
    for kind, things in lists.items():
        for place, thing in enumerate(things):
            yield from _cited(thing.cites, sources, (kind, place))
            if kind != "items" and not thing.cites:
                yield Fault("no_citation", (kind, place), {"id": thing.id})


def _cited(
    cites: tuple[Cite, ...], sources: set[str], path: tuple[str | int, ...]
) -> Iterator[Fault]:
    for number, cite in enumerate(cites):
        if cite.source not in sources:
            yield _missing("source", cite.source, (*path, "cites", number))


def _items(framework: Framework) -> Iterator[Fault]:
    items = {item.id for item in framework.items}
    for place, item in enumerate(framework.items):
        if item.parent is not None and item.parent not in items:
            yield _missing("item", item.parent, ("items", place, "parent"))
        for name in item.gathers:
            if name not in items or name == item.id:
                yield _missing("item", name, ("items", place, "gathers"))


class _Names:
    """The ids of a framework that rules may name, by the field that names them."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.levels = {s.id: {level.id for level in s.levels} for s in framework.scales}
        self.exempting = {one.id for one in framework.rules if one.exempts}
        self.known = {
            "item": {one.id for one in framework.items},
            "oblige": {one.id for one in framework.obligations},
            "exempt": {one.id for one in framework.rules},
            "points": {one.id for one in framework.dimensions},
        }


def _rule(names: _Names, rule: Rule, path: tuple[str | int, ...]) -> Iterator[Fault]:
    for lift in rule.raises:
        levels = names.levels.get(lift.scale)
        if levels is None:
            yield _missing("scale", lift.scale, (*path, "raise"))
        elif lift.level not in levels:
            facts = {"scale": lift.scale, "id": lift.level, "offered": sorted(levels)}
            yield Fault("no_level", (*path, "raise"), facts)
    named = {
        "item": [rule.item] if rule.item else [],
        "oblige": rule.obliges,
        "exempt": rule.exempts,
        "points": [one.dimension for one in rule.points],
    }
    for key, ids in named.items():
        for name in ids:
            if name not in names.known[key]:
                yield _missing(key, name, (*path, key))
    for name in sorted(names.exempting & set(rule.exempts)):
        yield Fault("exempts_exemption", (*path, "exempt"), {"id": name})
    if not (rule.raises or rule.points or rule.obliges or rule.flag or rule.exempts):
        yield Fault("no_effect", path, {"id": rule.id})
    if rule.raises or rule.points or rule.exempts:
        yield from _answered(names.framework, rule, path)


def _answered(framework: Framework, rule: Rule, path: tuple[str | int, ...]) -> Iterator[Fault]:
    for key, condition in (("when", rule.when), ("unless", rule.unless)):
        if condition is not None and _asks_answered(framework, condition):
            yield Fault("answered_in_rule", (*path, key), {"id": rule.id})


def _dimensions(framework: Framework) -> Iterator[Fault]:
    for place, one in enumerate(framework.dimensions):
        marks = [mark.at for mark in one.thresholds]
        inside = all(one.minimum <= at <= one.maximum for at in marks)
        if marks != sorted(set(marks)) or not inside or one.minimum >= one.maximum:
            yield Fault("thresholds", ("dimensions", place), {"id": one.id, "value": marks})


def _derived(framework: Framework) -> Iterator[Fault]:
    """A derived score is made of a dimension, under a name that no dimension has."""
    known = {one.id for one in framework.dimensions}
    for place, one in enumerate(framework.derived):
        path = ("derived", place)
        if one.of not in known:
            yield _missing("points", one.of, (*path, "of"))
        if one.id in known:
            yield Fault("id_twice", (*path, "id"), {"kind": "dimension", "id": one.id})
        if _asks_answered(framework, one.when):
            yield Fault("answered_in_rule", (*path, "when"), {"id": one.id})


def _figures(framework: Framework, questionnaire: Questionnaire) -> Iterator[Fault]:
    """A text that names a figure in braces names a parameter."""
    known = {one.id for one in framework.parameters}
    texts = (questionnaire, framework)
    for name in sorted({one for value in texts for one in named_in(value)} - known):
        yield _missing("parameter", name, ())


def _measures(framework: Framework, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Measures are options of a many-of question, against an item; they never touch the tier."""
    items = {item.id for item in framework.items}
    asked = {q.id: q for q in questionnaire.questions if q.measures is not None}
    for one in asked.values():
        if one.measures not in items or one.kind != "many_of":
            yield _missing("item", f"{one.measures}", ("questions", one.id, "measures"))
    criteria = {one.id: one.when for one in framework.criteria}
    for place, rule in enumerate(framework.rules):
        scales = {one.scale for one in rule.raises}
        left = framework.residual_scale
        if framework.main_scale in scales and left is not None and left not in scales:
            yield Fault("residual_missing", ("rules", place, "raise"), {"id": rule.id})
        inherent = any(one.scale == framework.main_scale for one in rule.raises) or rule.exempts
        read = _read(_whole(framework, rule), criteria) & set(asked) if asked and inherent else ()
        for name in sorted(read):
            yield Fault("measure_in_tier", ("rules", place), {"id": rule.id, "question": name})


def _cycles(framework: Framework, questions: tuple[Question, ...]) -> Iterator[Fault]:
    """A condition may not depend on itself through criteria, shows, or scores."""
    conditions: dict[Node, Condition] = {
        ("question", q.id): q.show for q in questions if q.show is not None
    }
    conditions |= {("criterion", one.id): one.when for one in framework.criteria}
    conditions |= {("rule", one.id): _whole(framework, one) for one in framework.rules}
    conditions |= {("derived", one.id): one.when for one in framework.derived}
    if framework.applies is not None:
        conditions["framework", "applies"] = framework.applies
    scoring: dict[Node, set[Node]] = {
        ("dimension", one.id): {
            node
            for rule in framework.rules
            for points in rule.points
            if points.dimension == one.id
            for node in (("rule", rule.id), *(("question", t.question) for t in points.terms))
        }
        for one in framework.dimensions
    }
    yield from _order(conditions, scoring)


def _order(
    conditions: Mapping[Node, Condition], scoring: Mapping[Node, set[Node]]
) -> Iterator[Fault]:
    graph = {node: _needs(condition) for node, condition in conditions.items()} | dict(scoring)
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        loop = [name for _, name in error.args[1]]
        yield Fault("cycle", (), {"ids": loop})
        return
    depth: dict[Node, int] = {}
    for node in order:
        own = nested(conditions[node]) if node in conditions else 1
        depth[node] = own + max((depth[one] for one in graph.get(node, ())), default=0)
        if depth[node] > MOST_DEPTH:
            yield Fault("too_deep", (), {"most": MOST_DEPTH, "id": node[1]})
            return


def _needs(condition: Condition) -> set[Node]:
    match condition:
        case Named(criterion):
            return {("criterion", criterion)}
        case Score(dimension):
            return {("dimension", dimension)}
    inside: set[Node] = set().union(*map(_needs, parts_of(condition)))
    return inside | {("question", one) for one in questions_in(condition)}


def _whole(framework: Framework, rule: Rule) -> Condition:
    return effective(rule, [one for one in framework.rules if rule.id in one.exempts])


def _read(condition: Condition, criteria: Mapping[str, Condition]) -> set[str]:
    """The questions that a condition reads, through criteria too."""
    found: set[str] = set()
    seen: set[Condition] = set()
    todo = [condition]
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            found |= questions_in(one)
            todo += parts_of(one)
            todo += [criteria[one.criterion]] if isinstance(one, Named) else []
    return found


def _asks_answered(framework: Framework, condition: Condition) -> bool:
    """Whether a condition asks for `answered`, itself or through criteria (which may form a cycle)."""
    criteria = {one.id: one.when for one in framework.criteria}
    seen: set[Condition] = set()
    todo = [condition]
    while todo:
        one = todo.pop()
        if isinstance(one, Answered):
            return True
        if one not in seen:
            seen.add(one)
            todo += parts_of(one)
            todo += [criteria[one.criterion]] if isinstance(one, Named) else []
    return False


def _missing(kind: str, name: str, path: tuple[str | int, ...]) -> Fault:
    return Fault("no_such", path, {"kind": kind, "id": name})
