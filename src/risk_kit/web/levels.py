"""How much a signature is to prove: the levels that can be reached with what is configured here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from risk_kit import offered, trusting
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.sign import LEVELS, Manner, Trust
from risk_kit.web import keys, markup
from risk_kit.web.said import problems
from risk_kit.web.texts import say


def chosen(kind: keys.Kind, of: Sequence[str], language: Language) -> Manner:
    """The fields of a form for the level, one of `of`, and for the service that it needs."""
    services, trust = _configured(language)
    can = [one for one in of if one in _reached(kind, services, trust)]
    level = can[0]
    if len(can) > 1:
        level = st.selectbox(
            say("level", language), can, format_func=lambda one: say(f"level_{one}", language)
        )
    missing = "level_no_tsa" if not services else "level_no_roots" if len(can) < len(of) else ""
    if missing:
        about = markup.text(say(missing, language))
        st.html(markup.page(f'<p class="sub">{about}</p>', language))
    service = services[0] if services else None
    if len(services) > 1:
        service = st.selectbox(say("tsa", language), services)
    return Manner(level, service if level != LEVELS[0] else None, trust)


def _reached(kind: keys.Kind, services: tuple[str, ...], trust: Trust) -> Sequence[str]:
    """A development identity has no issuer, hence nothing that would last."""
    if not services:
        return LEVELS[:1]
    return LEVELS if trust.roots and kind != "test" else LEVELS[:2]


def _configured(language: Language) -> tuple[tuple[str, ...], Trust]:
    """The services and roots of this server; none where they cannot be read, which is said."""
    try:
        return offered.timestamping(), trusting.read_trust([])
    except RiskKitError as error:
        problems(error, say("not_configured", language))
        return (), Trust()
