"""The sub-types as a map: a row for each type, a cell for each sub-type; and the same as a table.

A level is told by colour, by full dots and, where there is room, by its words. A cell that is still
open has a broken border and half dots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.appearance import ink_on, level_colours
from risk_kit.document import Language
from risk_kit.item_levels import ItemGroup, ItemLevels, item_groups
from risk_kit.model import Item, Scale
from risk_kit.web import markup, state
from risk_kit.web.map_chart import Cell, chart
from risk_kit.web.texts import say

# How many characters fit on a line of a cell: title, word, word in a narrow cell; and lines.
_FITS: Final = {"zh": (8, 7, 3), "en": (15, 14, 0)}
_LINES: Final = (3, 2, 5)
_NONE: Final = "–"
_PLAIN: Final = {"fill": "#ffffff", "ink": "#1f2428"}


def show(language: Language) -> None:
    """The map with its key, and the table that says the same; nothing where there are no groups."""
    now = state.work()
    groups = item_groups(now)
    if not groups:
        return
    told = _Told(now.pack.main_scale, language)
    about = told.about(groups)
    head = markup.text(say("map", language))
    st.html(markup.page(f"<h2>{head}</h2><p>{markup.text(about)}</p>", language))
    st.vega_lite_chart(spec=chart(told.cells(groups)), theme=None, alt=about, key="w.map")
    st.html(markup.page(told.key() + told.table(groups), language, "map"))


class _Told:
    """Items in the words, dots and colours of one scale and language."""

    def __init__(self, scale: Scale, language: Language) -> None:
        self.language = language
        self.labels = [wording.of(one.label, language) for one in scale.levels]
        self.colours = level_colours(len(self.labels))

    def say(self, key: str, **parts: object) -> str:
        return say(key, self.language, **parts)

    def name(self, item: Item) -> str:
        return f"{item.id} {wording.of(item.title, self.language)}"

    def about(self, groups: Sequence[ItemGroup]) -> str:
        """One sentence that says what the map shows."""
        items = [one for group in groups for one in group.items]
        found = sum(one.low is not None for one in items)
        open_ = sum(not one.decided for one in items)
        key = "map_about_open" if open_ else "map_about"
        return self.say(key, all=len(items), found=found, open=open_)

    def cells(self, groups: Sequence[ItemGroup]) -> Iterator[Cell]:
        for row, group in enumerate(groups):
            for column, one in enumerate(group.items):
                yield Cell(
                    row=row,
                    column=column,
                    head="" if column else self.name(group.root),
                    code=one.item.id,
                    dots=self.dots(one),
                    title=self.lines(wording.of(one.item.title, self.language), 0),
                    word=self.lines(self.short(one), 1),
                    small=self.lines(self.small(one), 2),
                    told=f"{self.name(one.item)}\N{EM DASH}{self.words(one)}",
                    **self.paint(one),
                    border="whole" if one.decided else "broken",
                )

    def lines(self, text: str, kind: int) -> str:
        """The text on as many lines as a cell has; what is cut off stands in the tip and table."""
        fits = _FITS[self.language][kind]
        if not fits:
            return ""
        if self.language == "zh":  # lines of like length, for words have no gaps
            fits = -(-len(text) // -(-len(text) // fits))
        return "\n".join(wrap(text, fits, max_lines=_LINES[kind], placeholder="…"))

    def paint(self, one: ItemLevels) -> dict[str, str]:
        if one.high is None:
            return {**_PLAIN, "ink": "#565f69", "edge": "#c5ccd3"}
        if not one.decided:
            return {**_PLAIN, "edge": "#1f2428"}
        colour = self.colours[one.high]
        return {"fill": colour, "ink": ink_on(colour), "edge": "#1f2428"}

    def dots(self, one: ItemLevels) -> str:
        """As many full dots as levels are sure, half ones up to what is possible."""
        if one.high is None:
            return _NONE
        sure = -1 if one.low is None else one.low
        places = range(len(self.labels))
        return "".join("●" if n <= sure else "◐" if n <= one.high else "○" for n in places)

    def short(self, one: ItemLevels) -> str:
        if one.high is None:
            return self.say("map_none")
        label = self.labels[one.high]
        return label if one.decided else self.say("map_most", level=label)

    def small(self, one: ItemLevels) -> str:
        return self.short(one) if one.decided else self.say("map_key_open")

    def words(self, one: ItemLevels) -> str:
        if one.high is None or one.decided:
            return self.short(one)
        if one.low is None:
            return self.say("map_open", level=self.labels[one.high])
        low, high = self.labels[one.low], self.labels[one.high]
        return self.say("map_between", levels=wording.between(low, high, self.language))

    def key(self) -> str:
        """What dots, colours and borders mean."""
        marks = [
            (f"background:{colour};color:{ink_on(colour)}", "●" * (n + 1), label)
            for n, (colour, label) in enumerate(zip(self.colours, self.labels, strict=True))
        ]
        marks.append(("border-style:dashed", "◐", self.say("map_key_open")))
        marks.append(("border-color:#c5ccd3", _NONE, self.say("map_none")))
        items = (
            f'<li><span style="{paint}" aria-hidden="true">{dots}</span>{markup.text(word)}</li>'
            for paint, dots, word in marks
        )
        return f'<ul class="key">{"".join(items)}</ul>'

    def table(self, groups: Sequence[ItemGroup]) -> str:
        columns = [self.say(name) for name in ("map_type", "map_item", "map_state")]
        rows = (
            (group.root.id, self.name(one.item), self.words(one))
            for group in groups
            for one in group.items
        )
        inner = markup.table(columns, rows, self.say("map"))
        return markup.fold(self.say("map_table"), inner)
