"""One widget for each kind of question. Widgets show the case and write each change into it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from risk_kit import answers, wording
from risk_kit.errors import Problem
from risk_kit.model import UNKNOWN, Option, Question, Value
from risk_kit.web import kept, markup, state
from risk_kit.web.texts import say

_UNKNOWN = UNKNOWN.value


def show(question: Question) -> None:
    """The widget of a question, with 尚未確認 wherever the pack's answers can say it."""
    open_ = state.desk()
    value = open_.answers.value(question.id) if open_ else None
    match question.kind:
        case "yes_no" | "one_of":
            _one(question, value)
        case "many_of":
            _many(question, value)
        case _:
            _typed(question, value)


def _key(sort: str, question: Question) -> str:
    return kept.key(sort, question.id)


def _name(question: Question) -> str:
    return markup.label(wording.of(question.label, state.language()))


def _take(question: Question, raw: object) -> None:
    """Put what the answers' own check makes of `raw`, or remember what is wrong with it."""
    found = answers.check(question, raw)
    if isinstance(found, Problem):
        state.fault(question.id, found)
    else:
        state.put(question.id, found)


# -- one answer --------------------------------------------------------------------------------------


def _one(question: Question, value: Value | None) -> None:
    language, key = state.language(), _key("one", question)
    labels = {"true": say("yes", language), "false": say("no", language)}
    if question.kind == "one_of":
        labels = {one.id: wording.of(one.label, language) for one in question.options}
    labels[_UNKNOWN] = say("unknown", language)
    raw = _UNKNOWN if value is UNKNOWN else str(value).lower() if isinstance(value, bool) else value
    kept.draw(key, raw)
    st.radio(
        _name(question),
        list(labels),
        index=None,
        key=key,
        format_func=lambda one: markup.label(labels[one]),
        horizontal=question.kind == "yes_no",
        label_visibility="collapsed",
        on_change=_chose,
        args=(question, key),
        disabled=state.read_only(),
    )


def _chose(question: Question, key: str) -> None:
    raw = st.session_state[key]
    if raw is not None and key == _key("one", question) and kept.changed(key):
        words = {"true": True, "false": False} if question.kind == "yes_no" else {}
        _take(question, words.get(raw, raw))


# -- several answers ---------------------------------------------------------------------------------


def _many(question: Question, value: Value | None) -> None:
    language = state.language()
    chosen = value if isinstance(value, frozenset) else frozenset()
    half = -(-len(question.options) // 2)
    for column, part in zip(
        st.columns(2), (question.options[:half], question.options[half:]), strict=True
    ):
        with column:
            for one in part:
                _box(question, one.id, wording.of(one.label, language), on=one.id in chosen)
    _box(question, _UNKNOWN, say("unknown", language), on=value is UNKNOWN)


def _box(question: Question, option: str, label: str, *, on: bool) -> None:
    key = _key(f"box.{option}", question)
    kept.draw(key, on)
    st.checkbox(
        markup.label(label),
        key=key,
        on_change=_ticked,
        args=(question, option, key),
        disabled=state.read_only(),
    )


def _ticked(question: Question, option: str, key: str) -> None:
    if key != _key(f"box.{option}", question) or not kept.changed(key):
        return  # a widget that was renewed speaks once more
    open_ = state.desk()
    before = open_.answers.value(question.id) if open_ else None
    on = bool(st.session_state[key])
    after = _after(question.options, before, option, on=on)
    chosen = before if isinstance(before, frozenset) else frozenset()
    alone = before is None if after is UNKNOWN else after == chosen | {option}
    if on and not (alone and before is not UNKNOWN):
        state.renew(question.id)  # other boxes were unticked
    if after is UNKNOWN:
        state.put(question.id, UNKNOWN)
    elif after:
        _take(question, after)
    else:
        state.take_back(question.id)


def _after(
    options: tuple[Option, ...], before: Value | None, option: str, *, on: bool
) -> Value | None:
    """What is chosen after one box changed: what stands alone unticks the rest, and the reverse."""
    chosen = before if isinstance(before, frozenset) else frozenset()
    if option == _UNKNOWN:
        return UNKNOWN if on else None
    if not on:  # a box that the case holds empty already was clicked before the page showed it
        return chosen - {option} if option in chosen else before
    alone = {one.id for one in options if one.exclusive}
    return frozenset({option}) if option in alone else (chosen - alone) | {option}


# -- typed answers -----------------------------------------------------------------------------------


def _typed(question: Question, value: Value | None) -> None:
    key = _key("typed", question)
    kept.draw(key, None if value is None or value is UNKNOWN else value)
    common: dict[str, Any] = {
        "key": key,
        "label_visibility": "collapsed",
        "on_change": _wrote,
        "args": (question, key),
        "disabled": state.read_only(),
    }
    bounds: dict[str, Any] = {"min_value": question.minimum, "max_value": question.maximum}
    hint = say("type_here", state.language())
    if question.kind == "text":
        st.text_area(_name(question), height=80, placeholder=hint, **common)
    elif question.kind == "date":
        st.date_input(_name(question), value=None, format="YYYY-MM-DD", **bounds, **common)
    else:
        st.number_input(_name(question), value=None, step=1, placeholder=hint, **bounds, **common)
    if answers.check(question, _UNKNOWN) is UNKNOWN:
        _unknown(question, on=value is UNKNOWN)


def _unknown(question: Question, *, on: bool) -> None:
    key = _key("unknown", question)
    kept.draw(key, on)
    label = say("unknown", state.language())
    off = state.read_only()
    st.checkbox(label, key=key, on_change=_toggled, args=(question, key), disabled=off)


def _toggled(question: Question, key: str) -> None:
    if key != _key("unknown", question) or not kept.changed(key):
        return
    state.renew(question.id)
    if st.session_state[key]:
        state.put(question.id, UNKNOWN)
    else:
        state.take_back(question.id)


def _wrote(question: Question, key: str) -> None:
    if key != _key("typed", question) or not kept.changed(key):
        return
    raw = st.session_state[key]
    open_ = state.desk()
    if open_ is not None and open_.answers.value(question.id) is UNKNOWN:
        state.renew(question.id)
    if raw is None or raw == "":
        state.take_back(question.id)
    else:
        _take(question, raw.isoformat() if isinstance(raw, date) else raw)
