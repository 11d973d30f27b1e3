"""The overlays of the framework, for whoever opens a case: which there are, and whom each is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st

from risk_kit import catalogue, rulebook_files, wording
from risk_kit.document import Language
from risk_kit.model import Text
from risk_kit.web import kept, markup, state
from risk_kit.web.opened import FRAMEWORK, Desk
from risk_kit.web.texts import has, say

# Question and answer → the overlay that brings questions of its own.
_OFFERS: Final[Mapping[str, Mapping[str, str]]] = {
    "operator": {"gov": "public-sector", "delegated": "public-sector"},
    "sector": {"finance": "finance", "health": "medical"},
    "functions": {"f_act": "agent"},
    "autonomy": {"agent_steps": "agent"},
}


def offered() -> tuple[str, ...]:
    """Ids of the overlays that are here."""
    return catalogue.overlays_of(catalogue.folder_of(FRAMEWORK))


def title(ident: str, language: Language) -> str:
    """What an overlay is called; one that is not here: by its id, in quotation marks."""
    key = f"overlay_{ident}"
    if has(key):
        return say(key, language)
    if ident not in offered():
        return f"「{ident}」" if language == "zh" else f"“{ident}”"
    path = catalogue.folder_of(FRAMEWORK) / "overlays" / f"{ident}.yaml"
    return wording.of(_title(path, path.stat().st_mtime_ns), language)


@lru_cache(maxsize=32)
def _title(path: Path, stamp: int) -> Text:  # noqa: ARG001 - the stamp keys the cache
    return rulebook_files.laid(FRAMEWORK, (path.stem,), catalogue.pack(FRAMEWORK))[0].title


def choose(spot: str) -> None:
    """A box for each overlay, for a case that is not there yet."""
    for ident in offered():
        st.checkbox(_label(ident), key=kept.key(f"choose.{ident}", spot))


def chosen(spot: str) -> tuple[str, ...]:
    """The overlays that are ticked there now."""
    keys = {one: kept.key(f"choose.{one}", spot) for one in offered()}
    return tuple(one for one, key in keys.items() if st.session_state.get(key))


def laid(spot: str, open_: Desk) -> None:
    """A box for each overlay; a tick lays it over the open case, or takes it off."""
    for ident in dict.fromkeys((*offered(), *open_.pack.overlays)):
        key = kept.key(f"lay.{ident}", spot)
        kept.draw(key, ident in open_.pack.overlays)
        off, args = open_.read_only, (ident, key, spot)
        st.checkbox(_label(ident), key=key, disabled=off, on_change=_ticked, args=args)


def _label(ident: str) -> str:
    """What it is called, and in one line whom it is for."""
    language, about = state.language(), f"overlay_{ident}_about"
    more = say(about, language) if has(about) else ""
    joint = "：" if language == "zh" else ": "
    return markup.label(joint.join(filter(None, (title(ident, language), more))))


def _ticked(ident: str, key: str, spot: str) -> None:
    open_ = state.desk()
    if open_ is None or key != kept.key(f"lay.{ident}", spot) or not kept.changed(key):
        return
    rest = {*open_.pack.overlays} - {ident}
    state.lay(rest | {ident} if st.session_state[key] else rest)


def offer(question: str) -> None:
    """Beside a question: the overlays that fit what is chosen there and are not laid yet."""
    open_, language = state.desk(), state.language()
    if question not in _OFFERS or open_ is None or open_.read_only:
        return
    for ident in _fitting(question, open_):
        with st.container(horizontal=True, vertical_alignment="center", key=f"offer-{ident}"):
            label = say("add_overlay", language, name=title(ident, language))
            args = ({*open_.pack.overlays, ident}, question)
            st.button(label, key=f"w.offer.{ident}", on_click=state.lay, args=args)
            why = markup.text(say("add_overlay_why", language))
            st.html(markup.page(f'<p class="sub">{why}</p>', language))


def _fitting(question: str, open_: Desk) -> list[str]:
    value = open_.answers.value(question)
    chosen = value if isinstance(value, frozenset) else {value}
    fits = dict.fromkeys(ident for option, ident in _OFFERS[question].items() if option in chosen)
    return [one for one in fits if one in offered() and one not in open_.pack.overlays]
