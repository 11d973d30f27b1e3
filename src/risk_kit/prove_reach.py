"""Checks that something can happen: questions, rules, levels, thresholds, exemptions, duties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from risk_kit.condition import Situation, effective, valid_on
from risk_kit.model import Obligation, Question, Rule, Scale, Threshold
from risk_kit.planes_circuit import Gate
from risk_kit.prove_encoding import both, either, neither
from risk_kit.prove_world import Finding, Task, World


def tasks(world: World) -> Iterator[Task]:
    """Every check of this module."""
    pack = world.pack
    for rule in world.rules:
        yield Task("unreachable_rule", rule.id, partial(_rule, world, rule))
    for question in pack.questions.values():
        if question.show is not None and not question.retired:
            run = partial(_question, world, question)
            yield Task("unreachable_question", question.id, run)
    for scale in pack.scales.values():
        for place, level in enumerate(scale.levels):
            run = partial(_level, world, scale, place)
            yield Task("unreachable_level", f"{scale.id}/{level.id}", run)
    for dimension in pack.dimensions.values():
        for mark in dimension.thresholds:
            run = partial(_threshold, world, dimension.id, mark)
            yield Task("unattainable_threshold", f"{dimension.id}/{mark.id}", run)
    yield from _exemptions(world)
    for duty in pack.obligations.values():
        if valid_on(duty, world.as_of):
            imposed = _imposed(world, duty)
            yield Task("obligation_never", duty.id, partial(_duty, world, duty, imposed))


def _rule(world: World, rule: Rule) -> Finding | None:
    if world.can_hold(rule):
        return None
    own = world.possible(world.encoding.own(rule)) is not None
    if not own:
        return Finding("unreachable_rule", rule.id)
    exempters = [one.id for one in world.encoding.exempters(rule)]
    if any(_always_beaten(world, one, rule) for one in world.encoding.exempters(rule)):
        return None  # reported with the exemption
    return Finding("always_exempted", rule.id, {"by": exempters})


def _question(world: World, question: Question) -> Finding | None:
    shown, _ = world.near.wiring.shown(question.id)
    if world.near.shows(shown) or world.can(world.encoding.shown(question.id)):
        return None
    return Finding("unreachable_question", question.id)


def _level(world: World, scale: Scale, place: int) -> Finding | None:
    encoding = world.encoding
    lowest = both(()) if place == 0 else encoding.level(scale.id, place)
    exactly = (encoding.applies(), lowest, neither(encoding.level(scale.id, place + 1)))
    if world.can(*exactly):
        return None
    facts = {"scale": scale.id, "level": scale.levels[place].id}
    return Finding("unreachable_level", f"{scale.id}/{facts['level']}", facts)


def _threshold(world: World, dimension: str, mark: Threshold) -> Finding | None:
    facts = {"dimension": dimension, "threshold": mark.id, "at": int(mark.at)}
    name = f"{dimension}/{mark.id}"
    low, high = Situation(world.pack, {}, world.rules).score(dimension)
    reached = world.encoding.score(dimension, mark.at)
    if high < mark.at or world.possible(reached) is None:
        return Finding("unattainable_threshold", name, facts | {"high": high})
    if low >= mark.at or world.possible(neither(reached)) is None:
        return Finding("idle_threshold", name, facts | {"low": low})
    return None


def _exemptions(world: World) -> Iterator[Task]:
    for rule in world.rules:
        for exempter in world.encoding.exempters(rule):
            name, gates = f"{exempter.id}/{rule.id}", _met_and_not(world, exempter, rule)
            yield Task("dead_exemption", name, partial(_exemption, world, exempter, rule, gates))


def _met_and_not(world: World, exempter: Rule, rule: Rule) -> tuple[Gate, Gate]:
    """Where the exemption meets its rule, and where the rule holds without it."""
    wiring = world.near.wiring
    (meets, misses), (beaten, _) = (wiring.truth(effective(r, ())) for r in (exempter, rule))
    return wiring.circuit.both(beaten, meets), wiring.circuit.both(beaten, misses)


def _exemption(
    world: World, exempter: Rule, rule: Rule, gates: tuple[Gate, Gate]
) -> Finding | None:
    if all(map(world.near.shows, gates)):
        return None
    name, facts = f"{exempter.id}/{rule.id}", {"by": exempter.id, "rule": rule.id}
    own, beaten = world.encoding.own(exempter), world.encoding.own(rule)
    if not world.can(own) or not world.can(beaten):
        return None  # reported as a rule that can never hold
    met = world.possible(own, beaten)
    if met is None:
        return Finding("dead_exemption", name, facts)
    if _always_beaten(world, exempter, rule):
        values = world.example(own, beaten) or met
        return Finding("wide_exemption", name, facts, world.witness(values))
    return None


def _always_beaten(world: World, exempter: Rule, rule: Rule) -> bool:
    encoding = world.encoding
    return not world.can(encoding.own(rule), neither(encoding.own(exempter)))


def _imposed(world: World, duty: Obligation) -> Gate:
    """Where the framework applies and some rule imposes the duty."""
    wiring, (applies, _) = world.near.wiring, world.near.applies()
    imposing = [wiring.rule(rule)[0] for rule in world.rules if duty.id in rule.obliges]
    return wiring.circuit.both(applies, wiring.circuit.some(imposing))


def _duty(world: World, duty: Obligation, imposed: Gate) -> Finding | None:
    if not duty.roles:
        return Finding("obligation_without_role", duty.id)
    if any(duty.id in rule.obliges and _later(world, rule) for rule in world.pack.rules.values()):
        return None  # by a rule that is not yet in force
    if world.near.shows(imposed):
        return None
    holds = either(world.encoding.outcome(r) for r in world.rules if duty.id in r.obliges)
    if world.can(world.encoding.applies(), holds):
        return None
    return Finding("obligation_never", duty.id)


def _later(world: World, rule: Rule) -> bool:
    return not rule.retired and rule.valid_from is not None and rule.valid_from > world.as_of
