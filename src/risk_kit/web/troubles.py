"""What was not saved at a spot: why, what was wanted, what stands there, and the choice."""

from __future__ import annotations

import streamlit as st

from risk_kit.document import Language
from risk_kit.errors import Problem
from risk_kit.web import clock, event_words, keeping, markup, state
from risk_kit.web.keeping import Trouble
from risk_kit.web.said import sentence
from risk_kit.web.texts import say


def show(spot: str) -> None:
    """The trouble of a spot, if there is any."""
    found, language = keeping.trouble(spot), state.language()
    if found is None:
        return
    with st.container(key=f"trouble-{spot}"):
        if found.rivals:
            st.warning(markup.label(say("clash", language)))
            _sides(found, language)
        else:
            _problems(found.problems)
            _wanted(found, language)
        if found.edits:
            _choice(spot, found, language)


def _problems(found: tuple[Problem, ...]) -> None:
    lines = (sentence(one, state.language()) for one in found)
    st.warning("\n\n".join(markup.label(one) for one in lines))


def _wanted(found: Trouble, language: Language) -> None:
    open_ = state.desk()
    if open_ is not None and found.edits:
        told = [
            event_words.value(open_.pack, e.part, e.name, e.value, language) for e in found.edits
        ]
        line = say("wanted", language, value="；".join(told))
        st.html(markup.page(f'<p class="sub">{markup.text(line)}</p>', language))


def _sides(found: Trouble, language: Language) -> None:
    """Both values of each entry, in words."""
    open_ = state.desk()
    if open_ is None:
        return
    rows = []
    for one in found.rivals:
        edit, time = one.wanted, clock.moment(one.act.at, language)
        theirs = event_words.value(open_.pack, edit.part, edit.name, one.found, language)
        mine = event_words.value(open_.pack, edit.part, edit.name, edit.value, language)
        head = say("clash_theirs", language, actor=one.act.actor, time=time)
        rows += [(head, theirs), (say("clash_mine", language), mine)]
    inner = "".join(f"<dt>{markup.text(a)}</dt><dd>{markup.text(b)}</dd>" for a, b in rows)
    st.html(markup.page(f"<dl>{inner}</dl>", language, "sides"))


def _choice(spot: str, found: Trouble, language: Language) -> None:
    mine, theirs = ("use_mine", "keep_theirs") if found.rivals else ("try_again", "let_go")
    with st.container(horizontal=True):
        label, off = say(mine, language), state.read_only()
        st.button(label, key=f"w.mine.{spot}", on_click=state.again, args=(spot,), disabled=off)
        label = say(theirs, language)
        st.button(label, key=f"w.theirs.{spot}", on_click=state.let_go, args=(spot,))
