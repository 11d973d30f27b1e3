"""Problems as paragraphs on the page, in its language; never a traceback, never an id for a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import streamlit as st

from risk_kit import messages, wording
from risk_kit.document import Language
from risk_kit.errors import Problem, RiskKitError
from risk_kit.web import markup, state
from risk_kit.web.texts import say

_ROLES: Final = ("role", "first")
_HERE: Final = (  # elsewhere they name an option
    "development_signer",
    "untrusted_signer",
    "token_which",
    "token_which_key",
)
_MOST: Final = 12


def sentence(problem: Problem, language: Language) -> str:
    """One paragraph; roles are named, and the reason for distrust is told."""
    facts = dict(problem.facts)
    for name in _ROLES:
        if name in facts:
            facts[name] = wording.say(str(facts[name]), language)
    why = facts.get("why")
    if why in messages.MESSAGES:
        facts["why"] = messages.sentence(Problem(str(why)), language)
    if problem.code in _HERE:
        return say(problem.code, language, **{n: messages.shown(v) for n, v in facts.items()})
    return messages.sentence(replace(problem, facts=facts), language)


def problems(error: RiskKitError | Iterable[Problem], lead: str) -> None:
    """A calm box with a leading line and a paragraph for each problem."""
    found = error.problems if isinstance(error, RiskKitError) else tuple(error)
    lines = [sentence(one, state.language()) for one in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"… {len(found) - _MOST}")
    st.error("\n\n".join(markup.label(one) for one in (lead, *lines)))
