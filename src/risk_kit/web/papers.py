"""The report: make it, look at its pages, download it, sign it in a role, download it signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from risk_kit import identity, rendering, report, wire, wording
from risk_kit import sign as signing
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.sign import Signer
from risk_kit.signing import brought_back
from risk_kit.signing import signed as signed_visibly
from risk_kit.web import leaf, markup, state
from risk_kit.web.said import problems
from risk_kit.web.state import Paper
from risk_kit.web.texts import say

_MIME: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "json": "application/json",
}


def show() -> None:
    """Make, look at and download; then sign."""
    language = state.language()
    _write(f"<h2>{_said('report')}</h2><p>{_said('report_about')}</p>")
    with st.container(horizontal=True):
        made = st.button(say("make", language), key="w.make", type="primary")
        _answer_file(language)
    _write(f'<p class="sub">{_said("answer_file_about")}</p>')
    if made:
        _make(language)
    paper = state.paper()
    if paper is not None:
        _downloads(paper, language)
        leaf.show(paper.signed or paper.pdf, language)
    _write(f"<h2>{_said('sign')}</h2><p>{_said('sign_about' if paper else 'sign_first')}</p>")
    if paper is not None:
        _sign(paper, language)


def _write(inner: str) -> None:
    st.html(markup.page(inner, state.language()))


def _said(key: str) -> str:
    return markup.text(say(key, state.language()))


def _answer_file(language: Language) -> None:
    now = state.work()
    value = wire.answers_json(now.pack, now.answers, now.assessment.as_of)
    data = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    _download("answer_file", data.encode(), "answers.json", language)


def _download(key: str, data: bytes, file: str, language: Language, *, first: bool = False) -> None:
    st.download_button(
        say(key, language),
        data,
        file,
        _MIME[file.rpartition(".")[2]],
        key=f"w.load.{key}",
        on_click="ignore",
        type="primary" if first else "secondary",
    )


# -- make ------------------------------------------------------------------------------------------


def _make(language: Language) -> None:
    now = state.work()
    try:
        with st.spinner(say("making", language)):
            pdf, html, data = (rendering.render(now, language, Path(f"report.{e}")) for e in _MIME)
    except RiskKitError as error:
        problems(error, say("not_done", language))
        return
    state.keep_paper(Paper(now, language, pdf, html, data))


def _downloads(paper: Paper, language: Language) -> None:
    st.success(say("made", language))
    with st.container(horizontal=True):
        _download("unsigned_pdf", paper.pdf, "report.pdf", language)
        _download("html", paper.html, "report.html", language)
        _download("json", paper.json, "report.json", language)


# -- sign ------------------------------------------------------------------------------------------


def _sign(paper: Paper, language: Language) -> None:
    left = [role for role in report.ROLES if role not in paper.roles]
    if left:
        test = _identity(language)
        _form(paper, left, language, test=test)
        _elsewhere(paper, language)
        paper = state.paper() or paper
    else:
        st.info(say("all_signed", language))
    if paper.signed is not None:
        joint = "、" if language == "zh" else ", "
        roles = joint.join(wording.say(one, language) for one in paper.roles)
        st.success(say("signed_by", language, roles=roles))
        _download("signed_pdf", paper.signed, "report-signed.pdf", language, first=True)


def _elsewhere(paper: Paper, language: Language) -> None:
    """Take a report that was signed with another program, if it is this one and no more was done."""
    with st.expander(say("elsewhere", language)):
        _write(f'<p class="sub">{_said("elsewhere_about")}</p>')
        key = f"w.back.{len(paper.roles)}"
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


def _identity(language: Language) -> bool:
    """Whether the development identity is chosen."""
    names = {"test": say("by_test", language), "p12": say("by_p12", language)}
    chosen = st.radio(
        say("identity", language), list(names), key="w.identity", format_func=lambda one: names[one]
    )
    if chosen == "test":
        st.warning(say("test_warning", language))
    return chosen == "test"


def _form(paper: Paper, left: list[str], language: Language, *, test: bool) -> None:
    with st.form(f"w.sign.{len(paper.roles)}.{test}", clear_on_submit=True):
        role = st.selectbox(
            say("role", language), left, format_func=lambda one: wording.say(one, language)
        )
        given = say("reason_given", language)
        reason = st.text_input(say("reason", language), given, max_chars=signing.MAX_REASON)
        file, phrase = (None, "") if test else _p12(language)
        if not st.form_submit_button(say("do_sign", language), type="primary"):
            return
    if not reason.strip() or not (test or file):
        st.error(say("p12_missing" if reason.strip() else "reason_missing", language))
        return
    _signed(paper, role, reason.strip(), (file, phrase))


def _p12(language: Language) -> tuple[bytes | None, str]:
    file = st.file_uploader(say("p12_file", language), ["p12", "pfx"], max_upload_size=1)
    phrase = st.text_input(say("passphrase", language), type="password", autocomplete="off")
    _write(f'<p class="sub">{_said("p12_about")}</p>')
    return (file.getvalue() if file else None), phrase


def _signed(paper: Paper, role: str, reason: str, key: tuple[bytes | None, str]) -> None:
    now = datetime.now(UTC)
    try:
        signer = _signer(role, key, now)
        before = paper.signed or paper.pdf
        signed = signed_visibly(before, signer, role=role, reason=reason, at=now)
    except RiskKitError as error:
        problems(error, say("not_done", state.language()))
        return
    state.keep_paper(replace(paper, signed=signed, roles=(*paper.roles, role)))
    st.rerun()


def _signer(role: str, key: tuple[bytes | None, str], now: datetime) -> Signer:
    file, phrase = key
    if file is None:
        return identity.development_identity(role, identity.home(), now)
    return signing.load_p12(file, phrase)
