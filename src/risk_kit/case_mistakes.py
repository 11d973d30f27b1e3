"""Every small mistake that can be made in a pack, one at a time, and the pack that it makes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias, TypeVar

from risk_kit.case_readers import Node
from risk_kit.case_variants import variants
from risk_kit.forms import All, AnyOf, Condition
from risk_kit.model import Criterion, Dimension, Pack, Question, Rule

_T = TypeVar("_T", Rule, Criterion, Dimension, Question)
Changed: TypeAlias = tuple[str, Condition, Condition]
Put: TypeAlias = Callable[[Condition], Condition]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a pack: where, what, and the pack with it.

    `part` is what was changed: the same mistake in the same part is one mistake, whichever overlays
    lie over it. `node` is what everything that may differ reads.
    """

    id: str
    change: str
    part: Hashable
    node: Node
    made: Callable[[], Pack]

    @property
    def key(self) -> Hashable:
        """What it is the same mistake by."""
        return self.id, self.change, self.part


def mistakes(pack: Pack, base: Pack) -> Iterator[Mistake]:
    """The mistakes that can be made in a pack; what overlays widened is told from the base's part."""
    yield from _in_rules(pack, base)
    for one in pack.framework.criteria:
        was = base.criteria.get(one.id)
        for name, part, when in _changes(pack, was.when if was else None, one.when):
            yield _put(pack, f"criteria/{one.id}", name, part, replace(one, when=when))
    for asked in pack.questionnaire.questions:
        if asked.show is not None and not asked.retired:
            for name, part, show in _changes(pack, None, asked.show):
                changed = replace(asked, show=show)
                yield _put(pack, f"questions/{asked.id}", f"show {name}", part, changed)
    for dimension in pack.framework.dimensions:
        for name, moved in _moved(dimension):
            yield _put(pack, f"dimensions/{dimension.id}", name, dimension.thresholds, moved)
    scope = pack.framework.applies
    for name, part, applies in _changes(pack, None, scope) if scope is not None else ():
        yield Mistake("applies", name, part, ("scope", ""), _with(pack, applies=applies))


def _in_rules(pack: Pack, base: Pack) -> Iterator[Mistake]:
    for rule in pack.framework.rules:
        if rule.retired:
            continue
        place = f"rules/{rule.id}"
        rest = tuple(one for one in pack.framework.rules if one.id != rule.id)
        yield Mistake(place, "dropped", "", ("rule", rule.id), _with(pack, rules=rest))
        was = base.rules.get(rule.id)
        for name, part, when in _changes(pack, was.when if was else None, rule.when):
            yield _put(pack, place, f"when {name}", part, replace(rule, when=when))
        for name, part, unless in _changes(pack, None, rule.unless) if rule.unless else ():
            yield _put(pack, place, f"unless {name}", part, replace(rule, unless=unless))


def _changes(pack: Pack, was: Condition | None, now: Condition) -> Iterator[Changed]:
    """Each mistake in a condition: its name, the part that a layer wrote, the whole with it."""
    found = _layers(was, now) if was is not None else None
    for number, (part, put) in enumerate(found or [(now, _same)]):
        for name, changed in variants(pack, part):
            yield f"added {name}" if number else name, part, put(changed)


def _layers(was: Condition, now: Condition) -> list[tuple[Condition, Put]] | None:
    """The base's part of a condition, then what overlays added; None where it is not in there."""
    if now == was:
        return [(now, _same)]
    match now:
        case AnyOf((first, last)) | All((first, last)):
            below = _layers(was, first)
            if below is None:
                return None
            inside = [(part, partial(_first, now, put)) for part, put in below]
            return [*inside, (last, partial(_last, now))]
    return None


def _same(part: Condition) -> Condition:
    return part


def _first(whole: AnyOf | All, put: Put, part: Condition) -> Condition:
    return replace(whole, parts=(put(part), whole.parts[1]))


def _last(whole: AnyOf | All, part: Condition) -> Condition:
    return replace(whole, parts=(whole.parts[0], part))


def _moved(dimension: Dimension) -> Iterator[tuple[str, Dimension]]:
    for place, mark in enumerate(dimension.thresholds):
        for at in (mark.at - 1, mark.at + 1):
            marks = list(dimension.thresholds)
            marks[place] = replace(mark, at=at)
            yield f"{mark.id} {int(mark.at)} → {at}", replace(dimension, thresholds=tuple(marks))


def _put(
    pack: Pack,
    place: str,
    change: str,
    part: Hashable,
    thing: Rule | Criterion | Dimension | Question,
) -> Mistake:
    """The mistake that exchanges one thing."""
    match thing:
        case Rule():
            node = "rule", thing.id
            made = _with(pack, rules=_exchanged(pack.framework.rules, thing))
        case Criterion():
            node = "criterion", thing.id
            made = _with(pack, criteria=_exchanged(pack.framework.criteria, thing))
        case Dimension():
            node = "dimension", thing.id
            made = _with(pack, dimensions=_exchanged(pack.framework.dimensions, thing))
        case Question():
            node = "question", thing.id
            made = _asking(pack, _exchanged(pack.questionnaire.questions, thing))
    return Mistake(place, change, part, node, made)


def _with(pack: Pack, **changed: object) -> Callable[[], Pack]:
    return lambda: replace(pack, framework=replace(pack.framework, **changed))  # type: ignore[arg-type]


def _asking(pack: Pack, questions: tuple[Question, ...]) -> Callable[[], Pack]:
    return lambda: replace(pack, questionnaire=replace(pack.questionnaire, questions=questions))


def _exchanged(things: tuple[_T, ...], changed: _T) -> tuple[_T, ...]:
    """The things with the one of that id exchanged."""
    return tuple(changed if one.id == changed.id else one for one in things)
