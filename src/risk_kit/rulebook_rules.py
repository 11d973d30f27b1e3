"""Rules as rows of the rulebook: group, effects, condition, reason, sources, basis."""

from __future__ import annotations

from collections.abc import Iterator

from risk_kit import wording
from risk_kit.model import Pack, Rule
from risk_kit.rulebook_rows import Reference, RuleRow
from risk_kit.rulebook_told import Teller


def groups(teller: Teller) -> tuple[Reference, ...]:
    """The groups in which rules stand: levels from the highest, then what raises none."""
    levels = [
        Reference(one.id, teller.say("raises", level=teller.of(one.label)))
        for one in reversed(teller.pack.main_scale.levels)
    ]
    scales = [
        Reference(f"scale.{one.id}", teller.say("raises_scale", scale=teller.of(one.title)))
        for one in teller.pack.framework.scales
        if one is not teller.pack.main_scale
    ]
    rest = ("exempts", "obliges", "checks", "other")
    return (*levels, *scales, *(Reference(key, teller.say(key)) for key in rest))


def rows(teller: Teller) -> tuple[RuleRow, ...]:
    """Every rule, by group, else in the order of the pack."""
    place = {one.id: n for n, one in enumerate(groups(teller))}
    found = (_row(teller, rule) for rule in teller.pack.framework.rules)
    return tuple(sorted(found, key=lambda row: place[row.group]))


def _row(teller: Teller, rule: Rule) -> RuleRow:
    pack, level = teller.pack, _level(teller.pack, rule)
    item = pack.items.get(rule.item or "")
    return RuleRow(
        id=rule.id,
        title=teller.of(rule.title),
        group=level or _group(rule),
        level=level,
        item=teller.ref(item) if item else None,
        branch=tuple(_branch(pack, rule.item)),
        effects=tuple(_effects(teller, rule)),
        exempts=tuple(teller.ref(pack.rules[one]) for one in rule.exempts),
        exempted_by=tuple(map(teller.ref, teller.exempters[rule.id])),
        obliges=tuple(teller.duty(pack.obligations[one]) for one in rule.obliges),
        condition=teller.clause(rule.when),
        unless=teller.clause(rule.unless) if rule.unless is not None else None,
        because=teller.of(rule.because),
        citations=teller.cites(rule.cites),
        basis=rule.basis,
        basis_words=_basis(teller, rule),
        verified=rule.verified,
        verified_words=teller.verified(yes=rule.verified),
        validity=teller.validity(rule.valid_from, rule.valid_to),
        retired=rule.retired,
        origin=teller.origin("rules", rule.id),
    )


def _basis(teller: Teller, rule: Rule) -> str:
    """Whose the situation is; where it raises something, also whose the level is."""
    if not (rule.raises or rule.points):
        return teller.basis(rule.basis)
    return wording.rule_basis(teller.pack, rule, teller.language)


def _level(pack: Pack, rule: Rule) -> str:
    """The highest level of the main scale that the rule raises; empty when none."""
    scale = pack.main_scale
    raised = [one.level for one in rule.raises if one.scale == scale.id]
    return max(raised, key=scale.position, default="")


def _group(rule: Rule) -> str:
    if rule.raises:
        return f"scale.{rule.raises[0].scale}"
    if rule.exempts:
        return "exempts"
    if rule.flag:
        return "checks"
    return "obliges" if rule.obliges and not rule.points else "other"


def _branch(pack: Pack, item: str | None) -> Iterator[str]:
    """The item and its ancestors."""
    while item is not None and item in pack.items:
        yield item
        item = pack.items[item].parent


def _effects(teller: Teller, rule: Rule) -> Iterator[str]:
    pack = teller.pack
    for one in rule.raises:
        scale = pack.scales[one.scale]
        key = "raise_tier" if scale is pack.main_scale else "raise_scale"
        yield teller.say(
            key, level=_label(teller, one.scale, one.level), scale=teller.of(scale.title)
        )
    for added in rule.points:
        yield teller.say("points", dimension=teller.of(pack.dimensions[added.dimension].title))
    if rule.obliges:
        yield teller.say("oblige", n=len(rule.obliges))
    if rule.exempts:
        yield teller.say("exempt", n=len(rule.exempts))
    if rule.flag:
        yield teller.say(rule.flag)
    if rule.tunable:
        lowest = _label(teller, rule.tunable.scale, rule.tunable.lowest)
        yield teller.say("tunable", level=lowest)
    if rule.retired:
        yield teller.say("retired")


def _label(teller: Teller, scale: str, level: str) -> str:
    known = teller.pack.scales[scale]
    return teller.of(known.levels[known.position(level)].label)
