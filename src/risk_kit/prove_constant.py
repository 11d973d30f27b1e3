"""Conditions that are always true or always false: the innermost ones, by their place in the pack."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from risk_kit import domain
from risk_kit.condition import parts_of
from risk_kit.domain import OPEN
from risk_kit.forms import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Named,
    Not,
    Score,
)
from risk_kit.prove_encoding import neither
from risk_kit.prove_search import conditions
from risk_kit.prove_world import Finding, Task, World


def tasks(world: World) -> Iterator[Task]:
    """One task per condition of the pack that is in use."""
    idle = {q.id for q in world.pack.questions.values() if q.retired}
    idle |= {r.id for r in world.pack.framework.rules if r not in world.rules}
    memory: dict[Condition, bool | None] = {}
    for place, condition in conditions(world.pack):
        if place.split("/")[1:2] and place.split("/")[1] in idle:
            continue
        for where, part in _innermost_first(place, condition):
            yield Task("constant", where, partial(_constant, world, where, part, memory))


def _innermost_first(place: str, condition: Condition) -> Iterator[tuple[str, Condition]]:
    for number, part in enumerate(parts_of(condition)):
        yield from _innermost_first(f"{place}/{_key(condition)}{number}", part)
    yield place, condition


def _key(condition: Condition) -> str:
    match condition:
        case All():
            return "all."
        case AnyOf():
            return "any."
        case AtLeast():
            return "at_least."
        case _:
            return "not."


def _constant(
    world: World, place: str, condition: Condition, memory: dict[Condition, bool | None]
) -> Finding | None:
    if isinstance(condition, Named | Score | Answered) or _says_answered(condition):
        return None  # reported where it is defined, or says nothing on full answers
    if any(_blamed(world, part, memory) for part in parts_of(condition)):
        return None  # the part inside is the cause
    if condition not in memory:
        memory[condition] = constant(world, condition)
    found = memory[condition]
    if found is None or (not found and _has_own_check(place)):
        return None
    return Finding("always_true" if found else "always_false", place)


def _blamed(world: World, part: Condition, memory: dict[Condition, bool | None]) -> bool:
    if isinstance(part, Named):
        part = world.pack.criteria[part.criterion].when
    return memory.get(part) is not None


def _has_own_check(place: str) -> bool:
    """A rule that never holds and a question never shown are found by their own checks."""
    kind, _, rest = place.partition("/")
    _, _, key = rest.partition("/")
    return (kind, key) in {("rules", "when"), ("questions", "show")}


def constant(world: World, condition: Condition) -> bool | None:
    """True or False when the condition is so on all full answers, else None. May raise Unfinished."""
    if _plainly_open(world, condition):
        return None
    yes, no = world.near.wiring.truth(condition)
    formula = world.encoding.truth(condition)
    if not world.near.shows(yes) and world.possible(formula) is None:
        return False
    if not world.near.shows(no) and world.possible(neither(formula)) is None:
        return True
    return None


def _plainly_open(world: World, condition: Condition) -> bool:
    """A test of a question that is always asked, with answers both ways."""
    match condition:
        case Not(part):
            return _plainly_open(world, part)
        case Equals(name) | Between(name) | Chosen(name):
            question = world.pack.questions[name]
            return question.show is None and domain.test(question, condition, None) == OPEN
    return False


def _says_answered(condition: Condition) -> bool:
    return isinstance(condition, Answered) or any(map(_says_answered, parts_of(condition)))
