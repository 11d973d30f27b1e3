"""The items of a framework: risk types as a map, indicators that an authority may weigh, principles.

What a group of items is follows from its data: items that gather others are a view of them; items
whose rules only flag indicators raise no level; all others show the level their findings raise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from risk_kit import wording
from risk_kit.assess import STATES, Finding, State, Work
from risk_kit.document import Block, Heading, Language, MapCell, Paragraph, RiskMap, Table
from risk_kit.item_levels import ItemGroup, ItemLevels, item_groups
from risk_kit.model import Item
from risk_kit.report_words import WORDS


def item_blocks(work: Work, language: Language) -> Iterator[Block]:
    """A part for the risk types together, then one for each group of another kind.

    Types whose sub-types raise a level make the map; any other type is a table.
    """
    pages = _Items(work, language)
    roots = [one for one in work.pack.framework.items if one.parent is None and pages.below(one)]
    levelled = [one for one in roots if not pages.indicates(one) and not pages.gathers(one)]
    if levelled:
        yield Heading(pages.word("items"), 2)
    mapped = [group for group in item_groups(work) if pages.fits(group)]
    if mapped:
        yield pages.map(mapped)
    for root in levelled:
        if all(group.root is not root for group in mapped):
            yield Heading(pages.name(root), 3)
            yield pages.levels(root)
    for root in roots:
        if root not in levelled:
            yield Heading(wording.of(root.title, language), 2)
            yield Paragraph(pages.word("gathered" if pages.gathers(root) else "indicated"), "small")
            yield pages.view(root) if pages.gathers(root) else pages.indicators(root)


CODE: Final = re.compile(r"[A-Z]\d{0,2}")


class _Items:
    def __init__(self, work: Work, language: Language) -> None:
        self.work, self.pack, self.language = work, work.pack, language
        self.children: dict[str, list[Item]] = {}
        for one in self.pack.framework.items:
            self.children.setdefault(one.parent or "", []).append(one)
        self.found: dict[str, list[Finding]] = {}
        for finding in work.assessment.findings:
            self.found.setdefault(self.pack.rules[finding.rule].item or "", []).append(finding)

    def word(self, key: str) -> str:
        return wording.of(WORDS[key], self.language)

    def name(self, item: Item) -> str:
        """The title, led by the official code of a sub-type; other ids are nobody's business."""
        title = wording.of(item.title, self.language)
        return f"{item.id} {title}" if CODE.fullmatch(item.id) else title

    def below(self, root: Item) -> list[Item]:
        direct = self.children.get(root.id, [])
        return [one for child in direct for one in (child, *self.below(child))]

    def gathers(self, root: Item) -> bool:
        return any(one.gathers for one in self.below(root))

    def indicates(self, root: Item) -> bool:
        found = [f for one in self.below(root) for f in self.found.get(one.id, [])]
        return bool(found) and all(self.pack.rules[f.rule].flag == "indicator" for f in found)

    def fits(self, group: ItemGroup) -> bool:
        """Whether a group is whole on a map: no items below items, and no view of others."""
        return self.below(group.root) == [one.item for one in group.items] and not self.gathers(
            group.root
        )

    def map(self, groups: Sequence[ItemGroup]) -> RiskMap:
        """The sub-types by type, each between the levels it may have."""
        cells = [one for group in groups for one in group.items]
        found = sum(one.low is not None for one in cells)
        open_ = sum(not one.decided for one in cells)
        about = self.word("map_about_open" if open_ else "map_about")
        return RiskMap(
            tuple(self._labels()),
            tuple((self.name(one.root), tuple(map(self._cell, one.items))) for one in groups),
            about.format(all=len(cells), found=found, open=open_),
            self.word("map_open"),
        )

    def _labels(self) -> list[str]:
        return [wording.of(one.label, self.language) for one in self.pack.main_scale.levels]

    def _cell(self, one: ItemLevels) -> MapCell:
        code = one.item.id if CODE.fullmatch(one.item.id) else ""
        title = wording.of(one.item.title, self.language)
        return MapCell(code, title, self._told(one), one.low, one.high)

    def _told(self, one: ItemLevels) -> str:
        labels = self._labels()
        if one.high is None:
            return self.word("map_none" if self._raising(one.item) else "not_covered")
        if one.low is None:
            return self.word("map_at_most").format(level=labels[one.high])
        low, high = labels[one.low], labels[one.high]
        if one.decided:
            return high
        levels = wording.between(low, high, self.language)
        return self.word("map_between").format(levels=levels)

    def levels(self, root: Item) -> Table:
        rows = tuple((self.name(one), self._level(one)) for one in self.below(root))
        return Table((self.word("item"), self.word("item_state")), rows, (5, 4))

    def indicators(self, root: Item) -> Table:
        """Each situation, whether it is seen here, and why."""
        rows = []
        for one in self.below(root):
            state = self._state([one])
            seen = [f for f in self.found.get(one.id, []) if f.state == state != "does_not_hold"]
            because = [wording.of(self.pack.rules[f.rule].because, self.language) for f in seen]
            title = wording.of(one.title, self.language)
            rows.append((title, self.word(f"indicator_{state}"), "\n".join(because)))
        columns = (self.word("situation"), self.word("item_state"), self.word("because"))
        return Table(columns, tuple(rows), (3, 2, 6))

    def view(self, root: Item) -> Table:
        """Each item with those it gathers that are found here."""
        rows = []
        for one in self.below(root):
            bearing = [self.pack.items[name] for name in one.gathers]
            seen = [item for item in bearing if self._state([item]) != "does_not_hold"]
            told = [f"{self.name(item)}：{self._level(item)}" for item in seen]
            title = wording.of(one.title, self.language)
            rows.append((title, "\n".join(told) or self.word("none_found")))
        return Table((self.word("principle"), self.word("item_state")), tuple(rows), (3, 7))

    def _state(self, items: list[Item]) -> State:
        found = [STATES.index(f.state) for one in items for f in self._raising(one)]
        return STATES[max(found, default=0)]

    def _raising(self, item: Item) -> list[Finding]:
        """Findings on the main scale, or indicators; what concerns measures is told elsewhere."""
        return [
            f
            for f in self.found.get(item.id, [])
            if self._place(f) is not None or self.pack.rules[f.rule].flag
        ]

    def _place(self, finding: Finding) -> int | None:
        scale = self.pack.main_scale
        raises = self.pack.rules[finding.rule].raises
        return max((scale.position(r.level) for r in raises if r.scale == scale.id), default=None)

    def _level(self, item: Item) -> str:
        found = self._raising(item)
        if not found:
            return self.word("not_covered")
        state = self._state([item])
        if state == "does_not_hold":
            return wording.say(state, self.language)
        places = [self._place(f) or 0 for f in found if f.state == state]
        label = wording.of(self.pack.main_scale.levels[max(places)].label, self.language)
        return f"{wording.say(state, self.language)}：{label}"
