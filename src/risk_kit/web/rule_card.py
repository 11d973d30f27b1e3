"""One rule as a card: effect, condition, reason, source, basis; criteria open on demand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from risk_kit.appearance import level_colours
from risk_kit.rulebook_clauses import Clause, criteria_in
from risk_kit.rulebook_entries import cited
from risk_kit.rulebook_rows import ItemRow, Reference, Rulebook, RuleRow
from risk_kit.rulebook_words import say as word
from risk_kit.web import markup
from risk_kit.web.texts import say

BASES: Final = ("official", "guidance", "toolkit")
_MOST: Final = 40
_GREY: Final = "#c5ccd3"
_CODE: Final = re.compile(r"[A-Z]\d{0,2}")


def item_words(one: Reference | ItemRow) -> str:
    """An item by its name, with its code where it has one."""
    return f"{one.id} {one.title}" if _CODE.fullmatch(one.id) else one.title


class Cards:
    """The cards of one rulebook. `levels`: ids of the main scale's levels from the lowest."""

    def __init__(self, book: Rulebook, levels: Sequence[str]) -> None:
        """Criteria are written once and used by every card that names them."""
        self.book, self.language = book, book.language
        self.colours = dict(zip(levels, level_colours(len(levels)), strict=True))
        self.criteria = {one.id: one for one in book.criteria}
        self.written = {
            one.id: f"<dt>{markup.text(one.title)}</dt><dd>{_list(one.condition)}</dd>"
            for one in book.criteria
        }

    def card(self, one: RuleRow) -> str:
        """The card as HTML."""
        colour = self.colours.get(one.level, _GREY)
        item = markup.text(item_words(one.item)) if one.item else ""
        origin = markup.text(one.origin.changes) if self.book.layers else ""
        side = "<br>".join(part for part in (item, origin) if part)
        effects = "".join(
            f'<span class="lvl">{markup.text(told.rstrip("。."))}</span> ' for told in one.effects
        )
        return (
            f'<article class="card rule" style="--lv:{colour}"><header><h3>{markup.text(one.title)}'
            f'</h3><span class="st">{side}</span></header>{effects}'
            f"<p>{markup.text(one.because)}</p>"
            f"{self._headed('condition', one.condition)}{self._headed('unless', one.unless)}"
            f"{self._criteria(one)}{self._duties(one)}{self._sources(one)}"
            f"{self._named('exempted', one.exempts)}{self._named('exempted_by', one.exempted_by)}"
            "</article>"
        )

    def _headed(self, key: str, one: Clause | None) -> str:
        return "" if one is None else f"<h4>{self._word(key)}</h4>{_list(one)}"

    def _word(self, key: str) -> str:
        return markup.text(word(key, self.language))

    def _criteria(self, one: RuleRow) -> str:
        names = self._reached((*criteria_in(one.condition), *criteria_in(one.unless)))
        if not names:
            return ""
        told = "".join(self.written[name] for name in names[:_MOST])
        if len(names) > _MOST:
            told += f"<dd>{self._text('criteria_more', n=len(names) - _MOST)}</dd>"
        return _folded(self._text("criteria_named", n=len(names)), f"<dl>{told}</dl>")

    def _reached(self, names: Iterable[str]) -> list[str]:
        """Criteria named, then those that they name in turn, each once."""
        found = list(dict.fromkeys(names))
        for name in found:  # grows while it is read
            found.extend(inner for inner in self.criteria[name].names if inner not in found)
        return found

    def _duties(self, one: RuleRow) -> str:
        lines = [duty.title for duty in one.obliges]
        return f"<h4>{self._word('obliged')}</h4>{markup.bullets(lines)}" if lines else ""

    def _sources(self, one: RuleRow) -> str:
        lines = [cited(cite, self.book, rows=False) for cite in one.citations]
        basis = f'<p class="basis">{markup.text(one.basis_words)}</p>'
        return f"<h4>{self._word('basis')}</h4>{basis}{markup.bullets(lines)}"

    def _named(self, key: str, rules: Sequence[Reference]) -> str:
        if not rules:
            return ""
        title = self._text("rules_named", title=word(key, self.language), n=len(rules))
        return _folded(title, markup.bullets(one.title for one in rules))

    def _text(self, key: str, **parts: object) -> str:
        return markup.text(say(key, self.language, **parts))


def _folded(summary: str, inner: str) -> str:
    return f'<details class="more"><summary>{summary}</summary>{inner}</details>'


def _list(one: Clause) -> str:
    return f'<ul class="cond">{_clause(one)}</ul>'


def _clause(one: Clause) -> str:
    if not one.parts:
        return f"<li>{markup.text(one.text)}</li>"
    kind = ' class="options"' if one.options else ""
    inner = "".join(map(_clause, one.parts))
    return f"<li>{markup.text(one.text)}<ul{kind}>{inner}</ul></li>"
