"""What the golden cases of a pack exercise: rules both ways, exemptions, thresholds, items, levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from risk_kit.cases import CaseResult
from risk_kit.condition import Situation, effective, in_force
from risk_kit.domain import NO, YES
from risk_kit.model import Pack, Rule


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cases show each thing.

    `rules`: rule → (holds, undecided, does not hold). `exemptions`: (exempter, rule) → cases where the
    rule would hold and is defeated. `thresholds`: (dimension, threshold) → (surely reached, surely
    missed). `decisive`: item → cases whose tier only its rules reach. `levels`: level → cases decided
    there; `ranges` and `outside` count the cases without one tier, and out of scope. `overlays`:
    overlay → (cases that lay it, its rules that hold in some case, its rules). Rules, exemptions and
    items are those of the pack and of every overlay that a case lays.
    """

    rules: Mapping[str, tuple[int, int, int]]
    exemptions: Mapping[tuple[str, str], int]
    thresholds: Mapping[tuple[str, str], tuple[int, int]]
    decisive: Mapping[str, int]
    levels: Mapping[str, int]
    ranges: int
    outside: int
    overlays: Mapping[str, tuple[int, int, int]]


def coverage(pack: Pack, results: Sequence[CaseResult]) -> Coverage:
    """The coverage of a pack, and of the overlays that cases lay, by results."""
    every = _every_rule(pack, results)
    found = _rules(every, results)
    walks = [_walk(result) for result in results]
    tiers = [result.assessment.tier for result in results]
    decided = Counter(one.low for one in tiers if one.decided and one.low is not None)
    return Coverage(
        rules=found,
        exemptions=_exemptions(every, walks),
        thresholds=_thresholds(pack, walks),
        decisive=_decisive(every, walks, results),
        levels={level.id: decided[level.id] for level in pack.main_scale.levels},
        ranges=sum(not one.decided for one in tiers),
        outside=sum(one.low is None for one in tiers),
        overlays=_overlays(pack, results, found),
    )


def _every_rule(pack: Pack, results: Iterable[CaseResult]) -> Mapping[str, Rule]:
    """The rules of the pack and of every overlay that a case lays, but for retired ones."""
    packs = {pack.digest: pack} | {one.case.pack.digest: one.case.pack for one in results}
    every = {name: rule for one in reversed(packs.values()) for name, rule in one.rules.items()}
    order = dict.fromkeys(name for one in packs.values() for name in one.rules)
    return {name: every[name] for name in order if not every[name].retired}


def _overlays(
    pack: Pack, results: Sequence[CaseResult], rules: Mapping[str, tuple[int, int, int]]
) -> Mapping[str, tuple[int, int, int]]:
    laid = Counter(name for one in results for name in set(one.case.pack.overlays))
    owners = {
        name: one.case.pack.origins.get(f"rules/{name}")
        for one in results
        for name in one.case.pack.rules
        if name not in pack.rules
    }
    found = {}
    for overlay in sorted(laid):
        mine = [name for name, owner in owners.items() if owner == overlay and name in rules]
        found[overlay] = laid[overlay], sum(rules[name][0] > 0 for name in mine), len(mine)
    return found


def _walk(result: CaseResult) -> Situation:
    case = result.case
    values = {name: one.value for name, one in case.answers.answers.items()}
    return Situation(case.pack, values, in_force(case.pack, case.as_of))


def _rules(
    rules: Iterable[str], results: Iterable[CaseResult]
) -> Mapping[str, tuple[int, int, int]]:
    counts: Counter[tuple[str, str]] = Counter(
        (one.rule, one.state) for result in results for one in result.assessment.findings
    )
    states = ("holds", "undecided", "does_not_hold")
    return {
        name: (counts[name, states[0]], counts[name, states[1]], counts[name, states[2]])
        for name in rules
    }


def _exemptions(
    rules: Mapping[str, Rule], walks: Iterable[Situation]
) -> Mapping[tuple[str, str], int]:
    found = {(r.id, name): 0 for r in rules.values() for name in r.exempts}
    for walk in walks:
        for rule in walk.rules:
            if walk.truth(effective(rule, ())) != YES:
                continue
            for exempter in walk.exempters[rule.id]:
                if walk.outcome(exempter) == YES and (exempter.id, rule.id) in found:
                    found[exempter.id, rule.id] += 1
    return found


def _thresholds(
    pack: Pack, walks: Sequence[Situation]
) -> Mapping[tuple[str, str], tuple[int, int]]:
    found = {}
    for dimension in pack.dimensions.values():
        scores = [
            walk.score(dimension.id) for walk in walks if dimension.id in walk.pack.dimensions
        ]
        for mark in dimension.thresholds:
            reached = sum(low >= mark.at for low, _ in scores)
            found[dimension.id, mark.id] = reached, sum(high < mark.at for _, high in scores)
    return found


def _decisive(
    rules: Mapping[str, Rule], walks: Sequence[Situation], results: Sequence[CaseResult]
) -> Mapping[str, int]:
    found = dict.fromkeys((r.item for r in rules.values() if r.item and r.raises), 0)
    for walk, result in zip(walks, results, strict=True):
        tier = result.assessment.tier
        if not tier.decided or tier.low is None:
            continue
        top = walk.pack.main_scale.position(tier.low)
        items = {rule.item for rule in walk.rules if top and _reaches(walk, rule, top)}
        if len(items) == 1 and (item := items.pop()) in found:
            found[item] += 1
    return {str(item): count for item, count in found.items()}


def _reaches(walk: Situation, rule: Rule, place: int) -> bool:
    scale = walk.pack.main_scale
    places = [scale.position(one.level) for one in rule.raises if one.scale == scale.id]
    return place in places and walk.outcome(rule) != NO
