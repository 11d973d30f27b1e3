"""By the seven principles: which items of other regimes and vocabularies stand beside each."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import crossing, wording
from risk_kit.crossing import Beside, Crosswalk, TableRow
from risk_kit.document import Language
from risk_kit.web import markup
from risk_kit.web.texts import say

_PREDICATES: Final = {"exact": "＝", "close": "≈", "broad": "⊂", "narrow": "⊃", "related": "～"}


def show(found: Crosswalk, language: Language) -> None:
    """On demand, each principle with what stands beside it; nothing where nothing does."""
    if not found.table:
        return
    told = f'<p class="sub">{markup.text(say("abroad_table_about", language))}</p>'
    inner = told + "".join(_principle(row, language) for row in found.table)
    st.html(markup.page(markup.fold(say("abroad_table", language), inner), language))


def _principle(row: TableRow, language: Language) -> str:
    head = markup.text(wording.of(row.item.title, language))
    _, sides = crossing.known()
    rows = "".join(
        f"<dt>{markup.text(wording.of(sides[name].title, language))}</dt>"
        f"<dd>{markup.text(_lines(beside, language))}</dd>"
        for name, beside in row.beside.items()
    )
    return f'<h3 class="between">{head}</h3><dl class="near">{rows}</dl>'


def _lines(beside: tuple[Beside, ...], language: Language) -> str:
    return "\n".join(_line(one, language) for one in beside)


def _line(one: Beside, language: Language) -> str:
    title = f"{_PREDICATES[one.mapped.predicate]} {wording.of(one.item.title, language)}"
    if one.state is None:
        return title
    state = wording.say(one.state, language)
    return f"{title}（{state}）" if language == "zh" else f"{title} ({state})"
