"""The history of a case: what was done, by whom and when; any past state; undo."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.document import Language
from risk_kit.store_values import Event
from risk_kit.web import clock, event_words, keeping, kept, markup, saved, state, where
from risk_kit.web.opened import Desk
from risk_kit.web.texts import say

_PAGE: Final = 20
_MOST: Final = 12  # entries of one event
_BEFORE: Final = "history.before"
_SPOT: Final = "history"


def show() -> None:
    """Events, newest first."""
    language, open_ = state.language(), state.desk()
    if open_ is None:
        return
    head, about = (markup.text(say(key, language)) for key in ("history", "history_about"))
    st.html(markup.page(f"<h2>{head}</h2><p class='sub'>{about}</p>", language))
    saved.trouble(_SPOT)
    before = _before(open_)
    events = keeping.store().history(open_.case.id, before=before, limit=_PAGE)
    now = keeping.store().case(open_.case.id) if open_.past else open_.case
    for event in events:
        _event(open_, event, now.revision, language)
    _pages(events, before, language)


def _before(open_: Desk) -> int | None:
    found = kept.get(_BEFORE)
    return found[1] if found and found[0] == open_.case.id else None


def _event(open_: Desk, event: Event, last: int, language: Language) -> None:
    with st.container(key=f"e-{event.revision}", gap=None):
        st.html(markup.page(_told(open_, event, language), language, "event"))
        with st.container(horizontal=True):
            if event.revision != (open_.case.revision if open_.past else last):
                label, way = say("open_past", language), (open_.case.id, "assess", event.revision)
                key = f"w.past.{event.revision}"
                st.button(label, key=key, type="tertiary", on_click=where.enter, args=way)
            if event.revision > 1 and not open_.read_only and event.what in ("changed", "undone"):
                label, what = say("undo_this", language), (event.revision, _SPOT)
                key = f"w.undo.{event.revision}"
                st.button(label, key=key, type="tertiary", on_click=saved.back, args=what)


def _told(open_: Desk, event: Event, language: Language) -> str:
    head = markup.text(event_words.head(event, language))
    by = markup.text(
        say("by_at", language, actor=event.act.actor, time=clock.moment(event.act.at, language))
    )
    lines = event_words.lines(open_.pack, event, language)
    rows = "".join(
        f"<dt>{markup.text(one.label)}</dt><dd>{_old(one.old, language)}"
        f' <span aria-label="{say("becomes", language)}">→</span> {markup.text(one.new)}</dd>'
        for one in lines[:_MOST]
    )
    more = f"<p>… {len(lines) - _MOST}</p>" if len(lines) > _MOST else ""
    number = say("event_no", language, number=event.revision)
    return (
        f'<article><h3>{head} <small>{number}</small></h3><p class="sub">{by}</p>'
        f"<dl>{rows}</dl>{more}</article>"
    )


def _old(text: str, language: Language) -> str:
    nothing = text in (say("nothing", language), wording.say("unanswered", language))
    return markup.text(text) if nothing else f"<s>{markup.text(text)}</s>"


def _pages(events: tuple[Event, ...], before: int | None, language: Language) -> None:
    with st.container(horizontal=True):
        if before is not None:
            label = say("newest", language)
            st.button(label, key="w.history.newest", on_click=_turn, args=(None,))
        if events and events[-1].revision > 1:
            label, last = say("older", language), events[-1].revision
            st.button(label, key="w.history.older", on_click=_turn, args=(last,))


def _turn(before: int | None) -> None:
    kept.put(_BEFORE, (where.case(), before))
    state.go("history")
