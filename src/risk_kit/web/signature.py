"""Signing on the page: in a role, at a level; or elsewhere, and brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from risk_kit import report, wording
from risk_kit import sign as signing
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.sign import LEVELS, Manner
from risk_kit.signing import brought_back
from risk_kit.signing import signed as signed_visibly
from risk_kit.web import detached, keys, levels, markup, state
from risk_kit.web.said import problems
from risk_kit.web.state import Paper
from risk_kit.web.texts import say

_SPOT: Final = "sign"


def show(paper: Paper, language: Language) -> None:
    """Sign what is left to sign; take what was signed elsewhere; sign the data apart."""
    left = [role for role in report.ROLES if role not in paper.roles]
    if left:
        kind = keys.kind(language)
        _form(paper, left, kind, language)
        _elsewhere(paper, language)
        detached.show(paper, kind, language)
    else:
        st.info(say("all_signed", language))


def _form(paper: Paper, left: list[str], kind: keys.Kind, language: Language) -> None:
    with st.form(keys.form(_SPOT, kind)):
        role = st.selectbox(
            say("role", language), left, format_func=lambda one: wording.say(one, language)
        )
        given = say("reason_given", language)
        reason = st.text_input(say("reason", language), given, max_chars=signing.MAX_REASON)
        manner = levels.chosen(kind, LEVELS, language)
        key = keys.fields(kind, language)
        if not st.form_submit_button(say("do_sign", language), type="primary"):
            keys.say_what_came_of_it(_SPOT, language)
            return
    if not reason.strip() or not key.whole:
        keys.sent(_SPOT, "p12_missing" if reason.strip() else "reason_missing")
    _signed(paper, role, reason.strip(), key, manner)


def _signed(paper: Paper, role: str, reason: str, key: keys.Chosen, manner: Manner) -> None:
    language, now = state.language(), datetime.now(UTC)
    before = paper.signed or paper.pdf
    try:
        with st.spinner(say("signing", language)), keys.opened(key, role, now) as signer:
            signed = signed_visibly(before, signer, role=role, reason=reason, at=now, manner=manner)
    except RiskKitError as error:
        keys.sent(_SPOT, "not_done", error.problems)
    state.keep_paper(replace(paper, signed=signed, roles=(*paper.roles, role)))
    keys.sent(_SPOT)


def _elsewhere(paper: Paper, language: Language) -> None:
    """Take a report that was signed with another program, if it is this one and no more was done."""
    with st.expander(say("elsewhere", language)):
        about = markup.text(say("elsewhere_about", language))
        st.html(markup.page(f'<p class="sub">{about}</p>', language))
        key = f"w.back.{paper.profile}.{len(paper.roles)}"
        given = st.file_uploader(say("elsewhere_file", language), ["pdf"], key=key)
    if given is None:
        return
    try:
        data = given.getvalue()
        roles = brought_back(paper.signed or paper.pdf, data, datetime.now(UTC))
    except RiskKitError as error:
        problems(error, say("not_done", language))
        return
    state.keep_paper(replace(paper, signed=data, roles=roles))
    st.rerun()
