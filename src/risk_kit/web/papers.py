"""The report: choose which, make it, look at its pages, download it, sign it, download it signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from risk_kit import rendering, report, signing, wire, wording
from risk_kit.document import Language
from risk_kit.edition import Edition, Profile
from risk_kit.errors import BadPdf, RiskKitError
from risk_kit.web import editions, leaf, markup, signature, state
from risk_kit.web.said import problems
from risk_kit.web.state import Paper
from risk_kit.web.texts import say

_MIME: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "html": "text/html",
    "json": "application/json",
    "odt": "application/vnd.oasis.opendocument.text",
    "csv": "text/csv",
}


def show() -> None:
    """Choose, make, look at and download; then sign."""
    language = state.language()
    _write(f"<h2>{_said('report')}</h2><p>{_said('report_about')}</p>")
    profile = editions.chosen(language)
    with st.container(horizontal=True):
        made = st.button(say("make", language), key="w.make", type="primary")
        _answer_file(language)
    _write(f'<p class="sub">{_said("answer_file_about")}</p>')
    if made:
        _make(profile, language)
    paper = state.paper()
    if paper is not None:
        _downloads(paper, language)
        leaf.show(paper.signed or paper.pdf, language)
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


def _make(profile: Profile, language: Language) -> None:
    now, edition = state.work(), Edition(profile)
    try:
        with st.spinner(say("making", language)):
            pdf, html, data, odt, csv = (
                rendering.render(now, language, Path(f"a.{ending}"), None, edition)
                for ending in _MIME
            )
    except RiskKitError as error:
        problems(error, say("not_done", language))
        return
    made = Paper(now, language, pdf, html, data, odt, csv, profile, _signable(pdf))
    state.keep_paper(made)


def _signable(pdf: bytes) -> bool:
    """Whether its pages have boxes to sign in; what signs is asked, so that both say the same."""
    try:
        signing.check_ready(pdf, report.ROLES[0], datetime.now(UTC))
    except BadPdf as error:
        if any(one.code != "pdf_no_field" for one in error.problems):
            raise
        return False
    return True


def _downloads(paper: Paper, language: Language) -> None:
    st.success(say("made", language))
    name = _name(paper)
    with st.container(horizontal=True):
        key = "unsigned_pdf" if paper.signable else "pdf"
        _download(key, paper.pdf, f"{name}.pdf", language)
        _download("html", paper.html, f"{name}.html", language)
        _download("odt", paper.odt, f"{name}.odt", language)
        _download("json", paper.json, f"{name}.json", language)
        _download("csv", paper.csv, f"{name}.csv", language)
    if paper.profile != "publishable":
        _write(f'<p class="sub">{_said("carries_all")}</p>')


def _name(paper: Paper) -> str:
    """What the downloaded files are called."""
    return "report" if paper.profile == "full" else f"report-{paper.profile}"


# -- sign ------------------------------------------------------------------------------------------


def _sign(paper: Paper | None, language: Language) -> None:
    key = "sign_first" if paper is None else "sign_about" if paper.signable else "sign_not"
    _write(f"<h2>{_said('sign')}</h2><p>{_said(key)}</p>")
    if paper is None or not paper.signable:
        return
    signature.show(paper, language)
    paper = state.paper() or paper
    if paper.signed is not None:
        joint = "、" if language == "zh" else ", "
        roles = joint.join(wording.say(one, language) for one in paper.roles)
        st.success(say("signed_by", language, roles=roles))
        name = _name(paper)
        _download("signed_pdf", paper.signed, f"{name}-signed.pdf", language, first=True)
