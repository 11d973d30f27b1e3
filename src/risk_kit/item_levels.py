"""Between which levels of the main scale each item lies, in the groups that the framework names.

The lower level is the highest that some finding surely raises, the upper the highest that some
finding still may. Nothing is told of items whose rules raise no level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from risk_kit.assess import Work
from risk_kit.model import Item, Pack, Rule


@dataclass(frozen=True, slots=True)
class ItemLevels:
    """An item with its lowest and highest place on the main scale; None: no finding raises it."""

    item: Item
    low: int | None
    high: int | None

    @property
    def decided(self) -> bool:
        """Open answers cannot move it any more."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """An item with those directly below it, in order."""

    root: Item
    items: tuple[ItemLevels, ...]


def item_groups(work: Work) -> tuple[ItemGroup, ...]:
    """The groups of items with rules that raise a level, such as the three types of risk."""
    found, covered = _found(work), _covered(work.pack)
    groups = []
    for root in work.pack.framework.items:
        below = [one for one in work.pack.framework.items if one.parent == root.id]
        if root.parent is None and any(one.id in covered for one in below):
            levels = (ItemLevels(one, *found.get(one.id, (None, None))) for one in below)
            groups.append(ItemGroup(root, tuple(levels)))
    return tuple(groups)


def _covered(pack: Pack) -> frozenset[str]:
    return frozenset(
        rule.item for rule in pack.rules.values() if rule.item and _place(pack, rule) is not None
    )


def _found(work: Work) -> Mapping[str, tuple[int | None, int | None]]:
    found: dict[str, tuple[int | None, int | None]] = {}
    for item, place, sure in _raising(work):
        low, high = found.get(item, (None, None))
        found[item] = (_higher(low, place) if sure else low, _higher(high, place))
    return found


def _raising(work: Work) -> Iterator[tuple[str, int, bool]]:
    """(item, place, whether it surely holds) of each finding that raises or may raise a level."""
    for finding in work.assessment.findings:
        rule = work.pack.rules[finding.rule]
        place = _place(work.pack, rule)
        if rule.item and place is not None and finding.state != "does_not_hold":
            yield rule.item, place, finding.state == "holds"


def _place(pack: Pack, rule: Rule) -> int | None:
    scale = pack.main_scale
    places = [scale.position(one.level) for one in rule.raises if one.scale == scale.id]
    return max(places, default=None)


def _higher(one: int | None, other: int) -> int:
    return other if one is None else max(one, other)
