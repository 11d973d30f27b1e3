"""The first screen: the ways to a new case, and my cases, found by title."""

from __future__ import annotations

import unicodedata
from typing import Final

import streamlit as st

from risk_kit.document import Language
from risk_kit.store_values import State, Summary
from risk_kit.web import case_new, case_row, keeping, kept, markup, saved, state
from risk_kit.web.texts import say

PAGE: Final = 20
_STATES: Final[tuple[State, State]] = ("draft", "archived")


def show() -> None:
    """The list, or what to do when there is none, and the ways to begin."""
    language = state.language()
    store = keeping.store()
    counts = {one: store.cases(one, limit=1).total for one in _STATES}
    empty = not any(counts.values())
    _head(language, empty=empty)
    saved.trouble(case_row.LIST)
    case_new.show(unfolded=empty)
    if not empty:
        _list(counts, language)


def _head(language: Language, *, empty: bool) -> None:
    inner = f"<h2>{markup.text(say('cases', language))}</h2>"
    if empty:
        lead, how = (markup.text(say(key, language)) for key in ("start_lead", "no_cases"))
        inner = f'<p class="lead">{lead}</p>{inner}<p>{how}</p>'
    st.html(markup.page(inner, language, "start"))


def _list(counts: dict[State, int], language: Language) -> None:
    chosen, wanted = _which(counts, language)
    page = int(kept.get("cases.page", 0))
    found, total = _found(chosen, wanted, page)
    if page and not found:
        page = 0
        kept.put("cases.page", page)
        found, total = _found(chosen, wanted, page)
    if not found:
        words = markup.text(say("none_found" if wanted else f"none_{chosen}", language))
        st.html(markup.page(f'<p role="status">{words}</p>', language))
    with st.container(key="cases", gap="small"):
        for one in found:
            case_row.show(one)
    _pages(page, len(found), total, language)


def _which(counts: dict[State, int], language: Language) -> tuple[State, str]:
    """The state of the cases that are listed, and what is searched for."""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        chosen: State = st.segmented_control(
            say("which_cases", language),
            _STATES,
            default="draft",
            key="w.cases.state",
            format_func=lambda one: say(f"list_{one}", language, count=counts[one]),
            required=True,
            label_visibility="collapsed",
            on_change=_turn,
        )
    with right:
        wanted = st.text_input(
            say("search_cases", language),
            key="w.cases.search",
            max_chars=200,
            placeholder=say("search_cases", language),
            label_visibility="collapsed",
            on_change=_turn,
        )
    return chosen, _folded(wanted)


def _found(chosen: State, wanted: str, page: int) -> tuple[tuple[Summary, ...], int]:
    words, untitled = wanted.split(), _folded(say("untitled", state.language()))

    def fits(title: str) -> bool:
        folded = _folded(title) or untitled
        return all(word in folded for word in words)

    found = keeping.store().cases(
        chosen, offset=page * PAGE, limit=PAGE, fits=fits if words else None
    )
    return found.cases, found.total


def _folded(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).casefold()


def _turn(page: int = 0) -> None:
    kept.put("cases.page", page)
    if page:
        state.go("cases")


def _pages(page: int, shown: int, total: int, language: Language) -> None:
    if total <= PAGE:
        return
    first = page * PAGE
    told = say("cases_found", language, first=first + 1, last=first + shown, all=total)
    with st.container(horizontal=True, vertical_alignment="center", key="pages"):
        label = say("previous", language)
        st.button(label, key="w.cases.back", on_click=_turn, args=(page - 1,), disabled=not page)
        st.html(markup.page(f'<p role="status">{markup.text(told)}</p>', language), width="content")
        last = first + shown >= total
        label = say("following", language)
        st.button(label, key="w.cases.next", on_click=_turn, args=(page + 1,), disabled=last)
