"""What would change the result: the least changes that lower it, what raises it, how firm it is."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import nearness, wording
from risk_kit.document import Language
from risk_kit.model import Pack
from risk_kit.report_place import place_rows
from risk_kit.web import markup, state
from risk_kit.web.texts import say
from risk_kit.whatif import Effect

_MOST: Final = 8


def show(language: Language) -> None:
    """Least changes and what blocks them, single answers that raise the result, and estimates."""
    now = state.work()
    if now.assessment.applies == "does_not_hold":
        st.html(markup.page(f"<p>{markup.text(say('no_change', language))}</p>", language))
        return
    found = nearness.explorer(now)
    lowering, rises = found.lowering(), found.rises()
    parts = [
        _head("lower", language),
        f"<p>{markup.text(wording.lowering(now.pack, lowering, language))}</p>",
        _list([_way(now.pack, way, language) for way in lowering.ways], language),
        _head("raise", language),
        f"<p>{markup.text(say('raise_count', language, count=len(rises)))}</p>",
        _list([_way(now.pack, rise, language) for rise in rises], language),
        *_stability(language),
    ]
    st.html(markup.page("".join(parts), language))


def _head(key: str, language: Language) -> str:
    return f'<h3 class="between">{markup.text(say(key, language))}</h3>'


def _stability(language: Language) -> list[str]:
    """Whether an estimate moved by one step would change the level, once there is one level."""
    now = state.work()
    tier = now.assessment.tier
    rows = list(place_rows(now.pack, tier, nearness.near(now), language))
    told = rows[-1][1] if rows and tier.decided else say("not_firm", language)
    return [_head("stability", language), f"<p>{markup.text(told)}</p>"]


def _way(pack: Pack, effect: Effect, language: Language) -> str:
    joint = "；" if language == "zh" else "; "
    changes = joint.join(wording.change(pack, one, language) for one in effect.changes)
    level = wording.bounds(pack, effect.low, effect.high, language)
    return f"{markup.text(changes)} → <b>{markup.text(level)}</b>"


def _list(lines: list[str], language: Language) -> str:
    """The first lines, the others on demand."""
    rest = lines[_MOST:]
    if not rest:
        return _bullets(lines)
    more = markup.fold(say("more_ways", language, n=len(rest)), _bullets(rest))
    return _bullets(lines[:_MOST]) + more


def _bullets(lines: list[str]) -> str:
    return (
        f'<ul class="duties">{"".join(f"<li>{line}</li>" for line in lines)}</ul>' if lines else ""
    )
