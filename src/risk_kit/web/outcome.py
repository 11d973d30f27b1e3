"""The result: one sentence, the spectrum, the map of sub-types, and what lies behind them in tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from risk_kit import distance, nearness
from risk_kit.distance import Distance
from risk_kit.document import Language, Paragraph, Spectrum
from risk_kit.report_place import place_rows
from risk_kit.web import (
    change,
    markup,
    outcome_blocks,
    outcome_duties,
    outcome_follow,
    outcome_map,
    outcome_open,
    state,
    summary,
)
from risk_kit.web.texts import say

_TABS: Final[Mapping[str, Callable[[Language], None]]] = {
    "reasons": outcome_blocks.reasons,
    "open": outcome_open.show,
    "duties": outcome_duties.show,
    "response": outcome_follow.show,
    "changes": change.show,
    "views": outcome_blocks.views,
}


def show() -> None:
    """The result of the case as it stands, as its report says it."""
    language = state.language()
    near = nearness.near(state.work())
    lead = next(
        one
        for one in state.shown_report().blocks
        if isinstance(one, Paragraph) and one.tone == "lead"
    )
    head = markup.text(say("result", language))
    band = markup.spectrum(_pointed(near), "band", say("tier_now", language))
    parts = [f'<h2>{head}</h2><p class="lead">{markup.text(lead.text)}</p>', band]
    st.html(markup.page("".join((*parts, _place(near, language))), language))
    outcome_map.show(language)
    names = [say(name, language) for name in _TABS]
    for drawn, tab in zip(_TABS.values(), st.tabs(names), strict=True):
        with tab:
            drawn(language)


def _pointed(near: Distance) -> Spectrum:
    """The spectrum with a pointer inside the level, once there is just one."""
    drawn = summary.spectrum()
    decided = drawn.low is not None and drawn.low == drawn.high
    return replace(drawn, at=distance.place(near)) if decided else drawn


def _place(near: Distance, language: Language) -> str:
    """How far the neighbouring levels are."""
    now = state.work()
    rows = tuple(place_rows(now.pack, now.assessment.tier, near, language))
    if not rows:
        return ""
    told = "".join(f"<dt>{markup.text(a)}</dt><dd>{markup.text(b)}</dd>" for a, b in rows)
    head, note = (markup.text(say(key, language)) for key in ("place", "place_note"))
    return f'<h3 class="between">{head}</h3><dl class="near">{told}</dl><p class="sub">{note}</p>'
