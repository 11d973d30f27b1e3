"""The facts about the case: names for the report, the day of the assessment, the overlays."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from risk_kit.document import Language
from risk_kit.web import kept, markup, overlays, state, troubles
from risk_kit.web.case_view import FACTS
from risk_kit.web.event_words import FACTS as NAMES
from risk_kit.web.texts import say

_MOST: Final = 500


def show() -> None:
    """A part that unfolds; it is unfolded while something of it could not be saved."""
    language = state.language()
    with st.expander(say("case_facts", language), key=kept.key("facts", FACTS)):
        _names(language)
        _day(language)
        st.html(markup.page(f"<h3>{markup.text(say('overlays', language))}</h3>", language))
        open_ = state.desk()
        if open_ is not None:
            overlays.laid(FACTS, open_)
    troubles.show(FACTS)


def _names(language: Language) -> None:
    case = state.work().answers.case
    columns = st.columns(2)
    for n, name in enumerate(NAMES):
        key = kept.key(f"fact.{name}", FACTS)
        kept.draw(key, case.get(name, ""))
        with columns[n % 2] if name != "purpose" else st.container():
            st.text_input(
                say(name, language),
                key=key,
                max_chars=_MOST,
                on_change=_wrote,
                args=(name, key),
                disabled=state.read_only(),
            )


def _wrote(name: str, key: str) -> None:
    if key == kept.key(f"fact.{name}", FACTS) and kept.changed(key):
        text = st.session_state[key]
        state.fact(name, text if text.strip() else "")


def _day(language: Language) -> None:
    key = kept.key("as_of", FACTS)
    kept.draw(key, state.work().assessment.as_of)
    st.date_input(
        say("as_of", language),
        key=key,
        min_value=date(1912, 1, 1),
        max_value=date(2200, 12, 31),
        format="YYYY-MM-DD",
        help=say("as_of_about", language),
        on_change=_dated,
        args=(key,),
        disabled=state.read_only(),
    )


def _dated(key: str) -> None:
    chosen = st.session_state[key]
    mine = key == kept.key("as_of", FACTS) and kept.changed(key)
    if mine and isinstance(chosen, date):
        state.day(chosen)
