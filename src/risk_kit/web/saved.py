"""What is always in view of the saving: when, by whom, whether it works, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from risk_kit.document import Language
from risk_kit.errors import Problem, RiskKitError
from risk_kit.web import clock, keeping, kept, markup, person, state, where
from risk_kit.web.opened import Desk
from risk_kit.web.said import problems, sentence
from risk_kit.web.texts import say

UNDO = "undo"  # the spot where it is said why something could not be undone


def side() -> None:
    """The top of the sidebar: saved when; undo."""
    open_, language = state.desk(), state.language()
    if open_ is None:
        return
    with st.sidebar, st.container(key="saved"):
        _html(f'<p role="status">{markup.text(words(open_, language))}</p>', "save")
        failed: Problem | None = kept.get("unsaved")
        if failed is not None and not open_.read_only:
            st.error(markup.label(sentence(failed, language)))
        if not open_.read_only:
            _undo(open_, language)


def who() -> None:
    """The foot of the sidebar: whose name stands beside the changes."""
    language, key = state.language(), kept.key("user", "person")
    with st.sidebar:
        if person.fixed():
            said = say("user_is", language, name=person.name(language))
            _html(f'<p class="sub">{markup.text(said)}</p>', "side")
            return
        kept.draw(key, person.name(language))
        label, most = say("user", language), person.MOST
        st.text_input(label, key=key, max_chars=most, on_change=_renamed, args=(key,))
        found = keeping.trouble("person")
        if found is not None:
            problems(found.problems, say("user_not_kept", language))


def _renamed(key: str) -> None:
    if not kept.changed(key):
        return
    try:
        person.rename(st.session_state[key])
    except RiskKitError as error:
        keeping.blame("person", keeping.Trouble(error.problems))
    else:
        keeping.blame("person", None)


def words(open_: Desk, language: Language) -> str:
    """Saved when; or that nothing can be changed here."""
    if open_.past:
        return say("past_short", language)
    if open_.read_only:
        return say("archived_short", language)
    time = clock.lately(open_.case.changed, datetime.now(UTC), language)
    return say("unsaved" if kept.get("unsaved") else "saved", language, time=time)


def _undo(open_: Desk, language: Language) -> None:
    revision = keeping.store().undoable(open_.case.id)
    label = say("undo", language)
    st.button(label, key="w.undo", on_click=back, args=(revision, UNDO), disabled=revision is None)
    trouble(UNDO)


def back(revision: int, spot: str) -> None:
    """Undo a change of the open case."""
    open_ = state.desk()
    if open_ is not None:
        ident = open_.case.id
        keeping.attempt(spot, lambda: keeping.store().undo(ident, revision, keeping.act()))


def trouble(spot: str) -> None:
    """Why something at a spot was not done."""
    found, language = keeping.trouble(spot), state.language()
    if found is None:
        return
    if found.rivals:
        st.warning(say("undo_clash", language))
    else:
        problems(found.problems, say("not_done", language))
    st.button(say("seen", language), key=f"w.seen.{spot}", on_click=state.let_go, args=(spot,))


def banner(open_: Desk) -> None:
    """Above a case that cannot be changed: why, and the way back."""
    language, ident = state.language(), open_.case.id
    if open_.past:
        time = clock.moment(open_.case.changed, language)
        st.info(say("past_banner", language, number=open_.case.revision, time=time))
        with st.container(horizontal=True):
            here = (ident, state.place().screen)
            st.button(say("to_present", language), key="w.present", on_click=where.enter, args=here)
            away = (ident, "history")
            st.button(say("to_history", language), key="w.tohist", on_click=where.enter, args=away)
    elif open_.read_only:
        st.info(say("archived_banner", language))
        label = say("restore", language)
        st.button(label, key="w.restore.open", on_click=moved, args=(ident, "restore", "page"))
        trouble("page")
    if open_.aside:
        st.warning(say("aside", language, count=len(open_.aside)))


def moved(ident: str, way: str, spot: str) -> None:
    """Archive a case, or take it back."""
    store = keeping.store()
    deed = store.archive if way == "archive" else store.restore
    keeping.attempt(spot, lambda: deed(ident, keeping.act()))


def _html(inner: str, kind: str) -> None:
    st.html(markup.page(inner, state.language(), kind))
