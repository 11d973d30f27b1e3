"""Which report of the case: chosen among the profiles, each with what it is for."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from risk_kit import withheld
from risk_kit.document import Language
from risk_kit.edition import PROFILES, Profile
from risk_kit.web import kept, leaf, markup, state
from risk_kit.web.texts import say

_KEY = "w.profile"


def chosen(language: Language) -> Profile:
    """The profile in view; of the publishable one, also what it withholds of this case."""
    now = state.profile()
    kept.draw(_KEY, now)
    st.radio(
        say("kind_of_report", language),
        PROFILES,
        key=_KEY,
        format_func=lambda one: say(f"kind_{one}", language),
        captions=[say(f"kind_{one}_about", language) for one in PROFILES],
        on_change=_chose,
    )
    if now == "publishable":
        _withheld(language)
    return now


def _chose() -> None:
    if kept.changed(_KEY):
        state.choose(st.session_state[_KEY])
        leaf.first()


def _withheld(language: Language) -> None:
    """How many texts are withheld, of which kind, and what becomes public all the same."""
    less = withheld.publishable(state.work(), language)
    found = withheld.counted(less.answers, language)
    counts = {name: count for name, count in asdict(found).items() if count}
    joint = "、" if language == "zh" else ", "
    parts = joint.join(say(f"withheld_{name}", language, n=n) for name, n in counts.items())
    told = "withheld_all" if counts else "withheld_none"
    lines = (say(told, language, all=found.all, parts=parts), say("withheld_stays", language))
    st.info("\n\n".join(map(markup.label, lines)))
