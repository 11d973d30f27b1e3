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
    there; `ranges` and `outside` count the cases without one tier, and out of scope.
    """

    rules: Mapping[str, tuple[int, int, int]]
    exemptions: Mapping[tuple[str, str], int]
    thresholds: Mapping[tuple[str, str], tuple[int, int]]
    decisive: Mapping[str, int]
    levels: Mapping[str, int]
    ranges: int
    outside: int


def coverage(pack: Pack, results: Sequence[CaseResult]) -> Coverage:
    """The coverage of a pack by results; those of cases with overlays count for what both share."""
    walks = [_walk(result) for result in results]
    tiers = [result.assessment.tier for result in results]
    decided = Counter(one.low for one in tiers if one.decided and one.low is not None)
    return Coverage(
        rules=_rules(pack, results),
        exemptions=_exemptions(pack, walks),
        thresholds=_thresholds(pack, walks),
        decisive=_decisive(pack, walks, results),
        levels={level.id: decided[level.id] for level in pack.main_scale.levels},
        ranges=sum(not one.decided for one in tiers),
        outside=sum(one.low is None for one in tiers),
    )


def _walk(result: CaseResult) -> Situation:
    case = result.case
    values = {name: one.value for name, one in case.answers.answers.items()}
    return Situation(case.pack, values, in_force(case.pack, case.as_of))


def _rules(pack: Pack, results: Iterable[CaseResult]) -> Mapping[str, tuple[int, int, int]]:
    counts: Counter[tuple[str, str]] = Counter(
        (one.rule, one.state) for result in results for one in result.assessment.findings
    )
    states = ("holds", "undecided", "does_not_hold")
    return {
        name: (counts[name, states[0]], counts[name, states[1]], counts[name, states[2]])
        for name, rule in pack.rules.items()
        if not rule.retired
    }


def _exemptions(pack: Pack, walks: Iterable[Situation]) -> Mapping[tuple[str, str], int]:
    found = {(r.id, name): 0 for r in pack.rules.values() if not r.retired for name in r.exempts}
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
    pack: Pack, walks: Sequence[Situation], results: Sequence[CaseResult]
) -> Mapping[str, int]:
    found = dict.fromkeys((r.item for r in pack.rules.values() if r.item and r.raises), 0)
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
