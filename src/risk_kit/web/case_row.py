"""One case in the list: its name, its range in colour and words, when it changed, what can be done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.appearance import level_colours
from risk_kit.assess import main_tier
from risk_kit.compile import Program, program
from risk_kit.condition import in_force
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.model import Pack
from risk_kit.store_values import Edit, Summary
from risk_kit.web import clock, keeping, kept, markup, opened, saved, state, where
from risk_kit.web.texts import say

LIST: Final = "cases"  # the spot where it is said why something of the list was not done
_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class Reached:
    """The range of a listed case: places on the main scale, or none, and its words by language."""

    low: int | None
    high: int | None
    levels: int
    words: Mapping[str, str]


@st.cache_resource(max_entries=_MOST, show_spinner=False)
def _reached(place: str, ident: str, revision: int) -> Reached | None:  # noqa: ARG001 - cache keys
    """The range of a case at a revision; None when its pack is not here."""
    try:
        open_ = opened.desk(keeping.store().case(ident))
    except RiskKitError:
        return None
    in_use = tuple(one.id for one in in_force(open_.pack, open_.as_of))
    compiled = _program(open_.pack, open_.as_of, open_.pack.digest, in_use)
    values = {name: one.value for name, one in open_.answers.answers.items()}
    tier, scale = main_tier(compiled, values), open_.pack.main_scale
    spoken = {one: wording.span(open_.pack, tier, one) for one in ("zh", "en")}
    low, high = (None if one is None else scale.position(one) for one in (tier.low, tier.high))
    return Reached(low, high, len(scale.levels), spoken)


@st.cache_resource(max_entries=16, show_spinner=False)
def _program(_pack: Pack, _day: date, digest: str, rules: tuple[str, ...]) -> Program:  # noqa: ARG001
    """The compiled pack; all days on which the same rules are in force share one."""
    return program(_pack, _day)


def show(one: Summary) -> None:
    """The case as a line that opens it."""
    language = state.language()
    found = _reached(keeping.store().place, one.id, one.revision)
    with st.container(key=f"case-{one.id}"):
        name, facts, more = st.columns([5, 6, 2], vertical_alignment="center")
        with name:
            label = markup.label(one.title or say("untitled", language))
            key = f"w.open.{one.id}"
            st.button(label, key=key, type="tertiary", on_click=where.enter, args=(one.id,))
        with facts:
            st.html(markup.page(_facts(one, found, language), language, "line"))
        with more, st.popover(say("more", language), key=f"w.more.{one.id}"):
            _actions(one, language)


def _facts(one: Summary, found: Reached | None, language: Language) -> str:
    time = clock.lately(one.changed, datetime.now(UTC), language)
    state_ = say(f"state_{one.state}", language)
    words = found.words[language] if found else say("pack_missing", language)
    strip = _strip(found) if found else ""
    changed = say("changed_at", language, time=time, state=state_)
    return f"<b>{markup.text(words)}</b>{strip}<span class='sub'>{markup.text(changed)}</span>"


def _strip(found: Reached) -> str:
    low, high = (-1, -2) if found.low is None or found.high is None else (found.low, found.high)
    cells = (
        f'<i style="background:{colour if low <= n <= high else "#fff"}"></i>'
        for n, colour in enumerate(level_colours(found.levels))
    )
    return f'<span class="strip" aria-hidden="true">{"".join(cells)}</span>'


def _actions(one: Summary, language: Language) -> None:
    copy = (one.id, one.title or say("untitled", language), language)
    st.button(say("duplicate", language), key=f"w.copy.{one.id}", on_click=_copy, args=copy)
    way = "archive" if one.state == "draft" else "restore"
    args = (one.id, way, LIST)
    st.button(say(way, language), key=f"w.{way}.{one.id}", on_click=saved.moved, args=args)
    st.download_button(
        say("export", language),
        partial(exported, one.id),
        "answers.json",
        "application/json",
        key=f"w.export.{one.id}",
        on_click="ignore",
    )


def _copy(ident: str, title: str, language: Language) -> None:
    edit, new = Edit("case", "name", say("copy_of", language, title=title)), keeping.new_id()
    store = keeping.store()
    if keeping.attempt(LIST, lambda: store.duplicate(ident, new, keeping.act(), (edit,))):
        kept.put("cases.page", 0)


def exported(ident: str) -> bytes:
    """The answer file of a case, as its pack reads it; as it is kept when the pack is not here."""
    case = keeping.store().case(ident)
    try:
        found = opened.desk(replace(case)).document
    except RiskKitError:
        found = case.document
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
