"""The first screen: an example, a blank case, or an answer file."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from risk_kit.errors import RiskKitError
from risk_kit.web import markup, state
from risk_kit.web.said import problems
from risk_kit.web.texts import say

_SAMPLES: Final = (("flood", "sample_flood"),)


def show() -> None:
    """Offer the ways to begin."""
    language = state.language()
    lead = markup.text(say("start_lead", language))
    how = markup.text(say("start_how", language))
    st.html(markup.page(f'<p class="lead">{lead}</p><h2 class="how">{how}</h2>', language, "start"))
    left, right = st.columns(2)
    with left, st.container(border=True, height="stretch"):
        for name, title in _SAMPLES:
            label = say("open_sample", language, name=say(title, language))
            st.button(
                label,
                key=f"w.sample.{name}",
                type="primary",
                on_click=state.open_sample,
                args=(name,),
            )
        _about("sample_about")
    with right, st.container(border=True, height="stretch"):
        label = say("open_blank", language)
        st.button(label, key="w.blank", on_click=_blank)
        _about("blank_about")
    with st.container(border=True):
        _upload()
    _about("not_kept")


def _about(key: str) -> None:
    words = markup.text(say(key, state.language()))
    st.html(markup.page(f'<p class="sub">{words}</p>', state.language()))


def _blank() -> None:
    state.open_blank(date.today())  # noqa: DTZ011 - a calendar day where the user sits


def _upload() -> None:
    language = state.language()
    given = st.file_uploader(say("open_file", language), ["yaml", "yml", "json"], key="w.file")
    _about("file_about")
    if given is None:
        return
    try:
        state.open_upload(given.getvalue(), given.name)
    except RiskKitError as error:
        problems(error, say("bad_file", language))
        return
    st.rerun()
