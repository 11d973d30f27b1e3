"""A signature in a file of its own, over the report's data, for those who pass them on as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from risk_kit import report, verification
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.sign import LEVELS, Manner
from risk_kit.sign_detached import sign_detached
from risk_kit.web import kept, keys, levels, markup
from risk_kit.web.state import Paper
from risk_kit.web.texts import say

_KEPT: Final = "detached"
_SPOT: Final = "sign_data"


@dataclass(frozen=True, slots=True)
class _Made:
    """The signature (DER) of a report in JSON, and the exact bytes that it signs."""

    json: bytes
    signature: bytes
    content: bytes


def show(paper: Paper, kind: keys.Kind, language: Language) -> None:
    """Sign the data of the report with the kind of key that was chosen; then download both files."""
    with st.expander(say("detached", language)):
        about = markup.text(say("detached_about", language))
        st.html(markup.page(f'<p class="sub">{about}</p>', language))
        with st.form(keys.form(_SPOT, kind)):
            manner = levels.chosen(kind, LEVELS[:2], language)
            key = keys.fields(kind, language)
            asked = st.form_submit_button(say("do_sign_data", language))
        if asked and key.whole:
            _sign(paper, key, manner, language)
        elif asked:
            keys.sent(_SPOT, "p12_missing")
        keys.say_what_came_of_it(_SPOT, language)
        made: _Made | None = kept.get(_KEPT)
        if made is not None and made.json == paper.json:
            _downloads(made, language)


def _sign(paper: Paper, key: keys.Chosen, manner: Manner, language: Language) -> None:
    now = datetime.now(UTC)
    content = verification.signed_form(verification.read_json(paper.json))
    try:
        with st.spinner(say("signing", language)), keys.opened(key, report.ROLES[0], now) as signer:
            made = sign_detached(content, signer, at=now, manner=manner)
    except RiskKitError as error:
        keys.sent(_SPOT, "not_done", error.problems)
    kept.put(_KEPT, _Made(paper.json, made, content))
    keys.sent(_SPOT)


def _downloads(made: _Made, language: Language) -> None:
    st.success(say("detached_made", language))
    with st.container(horizontal=True):
        for key, data, file, sort in (
            ("detached_signature", made.signature, "report.p7s", "application/pkcs7-signature"),
            ("detached_content", made.content, "report-signed.json", "application/json"),
        ):
            st.download_button(
                say(key, language), data, file, sort, key=f"w.load.{key}", on_click="ignore"
            )
