"""應對: inherent beside residual, and the follow-up of measures that are not in place, to be edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal
from zlib import crc32

import streamlit as st

from risk_kit import response, wording
from risk_kit.document import Language
from risk_kit.model import FollowUp
from risk_kit.report_words import WORDS
from risk_kit.web import markup, outcome_blocks, state
from risk_kit.web.texts import say

_MOST: Final = 12  # rows in view at once
_SHORT: Final = 200  # characters
_LONG: Final = 2000
_TEXTS: Final = ("resolution", "progress", "tracking")
_NAMES: Final[Mapping[str, str]] = {"progress": "progress_made"}
_STATES: Final[tuple[Literal["open", "doing", "done"], ...]] = ("open", "doing", "done")


def show(language: Language) -> None:
    """Levels and measures by sub-type, the follow-up as a table, and one row of it to fill in."""
    head = wording.of(WORDS["response"], language)
    blocks = outcome_blocks.under(head)
    if not blocks:
        st.html(markup.page(f"<p>{markup.text(say('response_none', language))}</p>", language))
        return
    outcome_blocks.write(blocks, language, head)
    left = response.followups(state.work())
    if not left:
        st.html(markup.page(f"<p>{markup.text(say('follow_none', language))}</p>", language))
        return
    name = wording.of(WORDS["follow_up"], language)
    st.html(markup.page(f'<h3 class="between">{markup.text(name)}</h3>', language))
    open_ = state.desk()
    if open_ is not None and not open_.read_only:
        _edit(left, language)
    _table(name, len(left), language)


def _table(name: str, count: int, language: Language) -> None:
    """Every row; folded when there are many."""
    inner = outcome_blocks.html(outcome_blocks.under(name), language, name)
    if count > _MOST:
        inner = markup.fold(say("follow_all", language, n=count), inner)
    st.html(markup.page(inner, language))


def _edit(left: tuple[FollowUp, ...], language: Language) -> None:
    rows = {f"{one.question}.{one.measure}": one for one in left}
    chosen = st.selectbox(
        say("follow_edit", language),
        list(rows),
        key="w.follow.which",
        format_func=lambda name: _label(rows[name], language),
    )
    if chosen is not None:
        _form(rows[chosen], language)


def _label(row: FollowUp, language: Language) -> str:
    question = state.work().pack.questions[row.question]
    label = next(one.label for one in question.options if one.id == row.measure)
    done = wording.of(WORDS[f"follow_{row.state}"], language)
    aside = f"（{done}）" if language == "zh" else f" ({done})"
    return f"{question.measures} {wording.of(label, language)}{aside}"


def _form(row: FollowUp, language: Language) -> None:
    """The row as a form; a row that was changed elsewhere gets new fields."""
    key = f"w.follow.{crc32(repr(row).encode()):x}"
    with st.form(key, border=True):
        written = _fields(row, key, language)
        sent = st.form_submit_button(say("follow_save", language), type="primary")
    if sent and state.follow((written,)):
        st.toast(markup.label(say("follow_saved", language, measure=_label(written, language))))
    if sent:  # the page tells what was saved, or what stood in the way
        st.rerun()


def _fields(row: FollowUp, key: str, language: Language) -> FollowUp:
    def named(name: str) -> dict[str, Any]:
        return {"label": say(_NAMES.get(name, name), language), "key": f"{key}.{name}"}

    first, second = st.columns(2)
    with first:
        owner = st.text_input(**named("owner"), value=row.owner, max_chars=_SHORT)
    with second:
        due = st.date_input(**named("due"), value=row.due, format="YYYY-MM-DD")
    stand = st.radio(
        **named("follow_state"),
        options=_STATES,
        index=_STATES.index(row.state),
        format_func=lambda one: wording.of(WORDS[f"follow_{one}"], language),
        horizontal=True,
    )
    texts = {
        name: st.text_area(
            **named(name), value=getattr(row, name), max_chars=_LONG, height=80
        ).strip()
        for name in _TEXTS
    }
    return replace(row, owner=owner.strip(), due=due, state=stand, **texts)
