"""What the solver says about tiers: exact ranges, one pack against another, and worse answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Final

import z3

from risk_kit.assess import LevelRange
from risk_kit.condition import in_force
from risk_kit.model import UNKNOWN, AnswerSet, Pack, Question, Value
from risk_kit.prove_encoding import (
    FALSE,
    Domain,
    Encoding,
    both,
    domains,
    either,
    neither,
    reaches,
)
from risk_kit.prove_search import Search, full_values, witness_of
from risk_kit.prove_world import Finding, Task, World

QUERY: Final = 5.0
WHOLE: Final = 60.0


def tasks(world: World, base: Pack | None, declared: frozenset[str]) -> Iterator[Task]:
    """Questions declared worse-this-way, and the pack against the base under its overlays."""
    for question in world.pack.questions.values():
        if question.worse and not question.retired:
            yield Task("not_monotone", question.id, partial(_worse, world, question))
    if base is not None:
        run = partial(_lowered, world, base, declared)
        yield Task("lowered_tier", world.pack.framework.id, run)


# ------------------------------------------------------------------ exact ranges


def exact_range(pack: Pack, values: Mapping[str, Value], as_of: date) -> LevelRange:
    """The lowest and highest tier over all full answers that agree with `values`, in scope.

    Both None when no such answers are in scope. Raises Unfinished when the solver does not finish.
    """
    world = World(pack, as_of, QUERY, WHOLE)
    known = {q: v for q, v in values.items() if v is not UNKNOWN and q in world.domains}
    fixed = [world.domains[name].equals(value) for name, value in known.items()]
    levels = pack.main_scale.levels
    tier = world.encoding.tier
    if world.possible(*fixed, tier(0)) is None:
        return LevelRange(pack.main_scale.id, None, None)
    places = range(1, len(levels))
    low = next((k for k in places if world.can(*fixed, tier(0), neither(tier(k)))), 0)
    high = next((k for k in reversed(places) if world.can(*fixed, tier(k))), 0)
    low = (low or len(levels)) - 1
    return LevelRange(pack.main_scale.id, levels[low].id, levels[high].id)


# ------------------------------------------------------------------ worse answers


def monotone(pack: Pack, question: str, as_of: date) -> Finding | None:
    """Whether a worse answer to `question` can lower the tier; the finding carries the better one.

    Worse means: yes, a later option, a higher number. Raises Unfinished.
    """
    return _worse(World(pack, as_of, QUERY, WHOLE), pack.questions[question])


def _worse(world: World, question: Question) -> Finding | None:
    domain = world.domains[question.id]
    twin = Domain(question, f"{question.id}+")
    pairs = list(zip(domain.variables(), twin.variables(), strict=True))
    places = range(len(world.pack.main_scale.levels))
    for place in reversed(places):
        tier = world.encoding.tier(place)
        after = z3.substitute(tier, *pairs)
        asked = (tier, neither(after), twin.allowed, _is_worse(domain, twin))
        model = world.search.plainest(asked, [world.encoding.outcome(r) for r in world.rules])
        if model is not None:
            values = full_values(world.domains, model)
            change = {
                "from": values[question.id],
                "to": full_values({question.id: twin}, model)[question.id],
            }
            facts = {"level": world.pack.main_scale.levels[place].id, **change}
            return Finding("not_monotone", question.id, facts, world.witness(values))
    return None


def _is_worse(domain: Domain, twin: Domain) -> z3.BoolRef:
    """The twin holds a worse answer than the domain."""
    kind = domain.question.kind
    if kind == "yes_no":
        return both((neither(domain.yes), twin.yes))
    if kind == "one_of":
        ids = [option.id for option in domain.question.options]
        return either(both((domain.options[a], twin.options[b])) for a, b in pairwise(ids))
    higher: z3.BoolRef = FALSE
    for mine, other in zip(domain.bits, twin.bits, strict=True):
        above = both((neither(mine), other))
        higher = either((above, both((mine == other, higher))))
    return higher


# ------------------------------------------------------------------ one pack against another


def lowers(base: Pack, other: Pack, as_of: date, declared: Iterable[str] = ()) -> AnswerSet | None:
    """Answers that both packs accept and whose tier is lower under `other`, or None.

    What the rules named in `declared` reach in the base is not held against `other`. A use that falls
    out of scope counts as lowered. Raises Unfinished.
    """
    found = _lower(base, other, as_of, frozenset(declared), WHOLE)
    return None if found is None else found[0]


def _lowered(world: World, base: Pack, declared: frozenset[str]) -> Finding | None:
    found = _lower(base, world.pack, world.as_of, declared, world.search.left())
    if found is None:
        return None
    witness, level = found
    facts = {"level": level, "base": base.framework.id, "overlays": world.pack.overlays}
    return Finding("lowered_tier", world.pack.framework.id, facts, witness)


def _lower(
    base: Pack, other: Pack, as_of: date, declared: frozenset[str], whole: float
) -> tuple[AnswerSet, str] | None:
    base = _without(base, declared) if declared else base
    mine, theirs = domains(base), _domains_like(base, other)
    search = Search([*mine.values(), *theirs.values()], QUERY, whole)
    links = both(_link(mine[name], one) for name, one in theirs.items() if name in mine)
    before = Encoding(base, in_force(base, as_of), mine)
    after = Encoding(other, in_force(other, as_of), theirs)
    places = {level.id: k for k, level in enumerate(other.main_scale.levels)}
    for place, level in reversed(list(enumerate(base.main_scale.levels))):
        reached = after.tier(places.get(level.id, place))
        asked = (links, before.tier(place), neither(reached))
        model = search.plainest(asked, [before.outcome(rule) for rule in before.rules])
        if model is not None:
            values = full_values(mine, model) | full_values(theirs, model)
            return witness_of(other, after.rules, values), level.id
    return None


def _without(base: Pack, declared: frozenset[str]) -> Pack:
    """The base without the rules that may be lowered; one that exempts others stays."""
    rules = tuple(r for r in base.framework.rules if r.exempts or r.id not in declared)
    return replace(base, framework=replace(base.framework, rules=rules))


def _domains_like(base: Pack, other: Pack) -> Mapping[str, Domain]:
    """Variables of the other pack; a question of another kind gets its own."""
    found = domains(other)
    for name, question in other.questions.items():
        mine = base.questions.get(name)
        if mine is not None and mine.kind != question.kind and name in found:
            found = {**found, name: Domain(question, f"{name}~")}
    return found


def _link(mine: Domain, other: Domain) -> z3.BoolRef:
    """Both hold one answer: options share their variables by name, numbers are made equal."""
    if (mine.low, len(mine.bits)) == (other.low, len(other.bits)):
        return both(())
    gap = [(bit, 1 << i) for i, bit in enumerate(mine.bits)]
    gap += [(bit, -(1 << i)) for i, bit in enumerate(other.bits)]
    return both(
        (reaches(gap, other.low - mine.low), neither(reaches(gap, other.low - mine.low + 1)))
    )
