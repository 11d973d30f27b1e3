"""The questions that can still move the result, each a way to the question itself."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.assess import OpenQuestion
from risk_kit.document import Language
from risk_kit.web import markup, state
from risk_kit.web.texts import say

_MOST: Final = 12


def show(language: Language) -> None:
    """The weightiest questions as links, the others as a table."""
    found = state.work().assessment.open_questions
    about = say("open_about" if found else "no_open", language)
    st.html(markup.page(f"<p>{markup.text(about)}</p>", language))
    with st.container(key="links"):
        for n, one in enumerate(found[:_MOST]):
            _link(n, one, language)
    if found[_MOST:]:
        _rest(found[_MOST:], language)


def _link(n: int, one: OpenQuestion, language: Language) -> None:
    label, told = _told(one, language)
    st.button(
        markup.label(label),
        key=f"w.open.{n}",
        type="tertiary",
        on_click=state.go,
        args=("assess", state.work().pack.questions[one.question].section, one.question),
    )
    st.html(markup.page(f'<p class="sub">{markup.text(told)}</p>', language))


def _told(one: OpenQuestion, language: Language) -> tuple[str, str]:
    """The question, and what is known of it: not answered or unknown, and what it could do."""
    pack = state.work().pack
    level = wording.level(pack, one.level, language)
    stake = say("open_level", language, level=level) if level else say("open_scope", language)
    joint = "；" if language == "zh" else "; "
    label = wording.of(pack.questions[one.question].label, language)
    return label, joint.join((wording.say(one.state, language), stake))


def _rest(found: tuple[OpenQuestion, ...], language: Language) -> None:
    summary = say("open_rest", language, n=len(found))
    items = (_told(one, language) for one in found)
    st.html(markup.page(markup.folded(summary, items), language))
