"""Leafing through a PDF: one page at a time as a picture, and its text for those who cannot see it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import preview
from risk_kit.document import Language
from risk_kit.preview import PageShown
from risk_kit.web import markup
from risk_kit.web.texts import say

_WIDTH: Final = 1100  # pixels
_KEY: Final = "w.leaf"


def show(data: bytes, language: Language) -> None:
    """The page that was chosen, the first until then."""
    head, about = (markup.text(say(key, language)) for key in ("preview", "preview_about"))
    st.html(markup.page(f"<h2>{head}</h2><p>{about}</p>", language))
    found = _page(data, st.session_state.get(_KEY) or 1)
    st.session_state[_KEY] = found.number
    _turning(found, language)
    told = say("preview_alt", language, n=found.number, all=found.pages)
    with st.container(border=True, key="leaf"):
        st.image(found.png, width="stretch", alt=told)
    inner = [(told, found.text)]
    st.html(markup.page(markup.folded(say("preview_text", language), inner), language))


def first() -> None:
    """Begin at the first page: other pages are to be shown."""
    st.session_state[_KEY] = 1


@st.cache_data(max_entries=48, show_spinner=False)
def _page(data: bytes, number: int) -> PageShown:
    return preview.page(data, number, _WIDTH)


def _turning(found: PageShown, language: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="turning"):
        _turn("preview_before", found.number - 1, found.pages, language)
        name = say("preview_page", language, n=found.number, all=found.pages)
        st.number_input(name, 1, found.pages, key=_KEY, step=1, width=160)
        _turn("preview_next", found.number + 1, found.pages, language)


def _turn(key: str, to: int, pages: int, language: Language) -> None:
    st.button(
        say(key, language),
        key=f"w.{key}",
        disabled=not 1 <= to <= pages,
        on_click=st.session_state.update,
        args=({_KEY: to},),
    )
