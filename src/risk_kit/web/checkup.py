"""Verify: drop a report, read four answers in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal

import streamlit as st

from risk_kit import trusting, verification, wording
from risk_kit.document import Language
from risk_kit.errors import RiskKitError
from risk_kit.sign import SignerFacts, Trust
from risk_kit.sign_detached import ROLE
from risk_kit.verification import Verdict
from risk_kit.web import markup, state
from risk_kit.web.said import problems, sentence
from risk_kit.web.texts import say

_Mark = Literal["yes", "no", "open"]
_MEGABYTES: Final = 20


def show() -> None:
    """Take a report and what to trust; say what was found."""
    language = state.language()
    about = f"<p>{markup.text(say('verify_about', language))}</p>"
    st.html(markup.page(f"<h2>{markup.text(say('verify', language))}</h2>{about}", language))
    given = st.file_uploader(
        say("drop_pdf", language), ["pdf", "json"], key="w.verify", max_upload_size=_MEGABYTES
    )
    signature: bytes | None = None
    if given is not None and given.name.lower().endswith(".json"):
        signature = _one("drop_p7s", ["p7s"], "w.p7s", language)
        if signature is None:
            st.info(say("p7s_missing", language))
            return
    test = st.checkbox(say("trust_test", language), key="w.trust")
    root = _one("root", ["pem", "crt", "cer", "der"], "w.root", language)
    _configured(language)
    if given is None:
        return
    try:
        trust, now = _trust(root, development=test), datetime.now(UTC)
        if signature is None:
            verdict = verification.verify(given.getvalue(), trust, now)
        else:
            verdict = verification.verify_json(given.getvalue(), signature, trust, now)
    except RiskKitError as error:
        problems(error, say("bad_file", language))
        return
    _answers(verdict, language)


def _one(label: str, endings: list[str], key: str, language: Language) -> bytes | None:
    """The bytes of a small file, None until one is given."""
    file = st.file_uploader(say(label, language), endings, key=key, max_upload_size=1)
    return file.getvalue() if file else None


def _configured(language: Language) -> None:
    """The roots that this server trusts, by name and fingerprint, for whoever wants to compare."""
    try:
        roots = trusting.told(trusting.read_trust([]))
    except RiskKitError as error:
        problems(error, say("not_configured", language))
        return
    with st.expander(say("trust_here", language, count=len(roots))):
        if not roots:
            st.html(
                markup.page(f"<p>{markup.text(say('trust_here_none', language))}</p>", language)
            )
            return
        lines = [
            say(
                "trust_here_root",
                language,
                name=one.name,
                until=wording.day(one.until, language),
                sha256=one.sha256,
            )
            for one in roots
        ]
        st.html(markup.page(markup.bullets(lines), language))


def _trust(root: bytes | None, *, development: bool) -> Trust:
    """What is configured on this machine, and what was chosen here."""
    trust = trusting.read_trust([trusting.DEVELOPMENT] if development else [])
    return replace(trust, roots=(*trust.roots, root)) if root else trust


def _answers(verdict: Verdict, language: Language) -> None:
    if verdict.good:
        st.success(say("good", language))
    else:
        st.error(say("bad", language))
    cards = (
        ("q_intact", *_intact(verdict, language)),
        ("q_who", *_who(verdict, language)),
        ("q_trust", *_trusted(verdict, language)),
        ("q_follows", *_follows(verdict, language)),
    )
    inner = "".join(_card(q, mark, lines, language) for q, mark, lines in cards)
    st.html(markup.page(f'<div class="four">{inner}</div>', language))
    if verdict.reasons:
        lines = dict.fromkeys(sentence(one, language) for one in verdict.reasons)
        head = f"<h3>{markup.text(say('against', language))}</h3>"
        st.html(markup.page(head + markup.bullets(lines), language))


def _card(question: str, mark: _Mark, lines: list[str], language: Language) -> str:
    said = "".join(f"<p>{markup.text(one)}</p>" for one in lines)
    word = markup.text(say(f"{'who' if question == 'q_who' else 'mark'}_{mark}", language))
    head = f"<h3>{markup.text(say(question, language))}</h3>"
    return f'<article>{head}<p class="mark {mark}">{word}</p>{said}</article>'


def _intact(verdict: Verdict, language: Language) -> tuple[_Mark, list[str]]:
    mark: _Mark = "yes" if verdict.signatures.intact else "no"
    return mark, [say(f"intact_{mark}", language)]


def _who(verdict: Verdict, language: Language) -> tuple[_Mark, list[str]]:
    signers = verdict.signatures.signers
    if not signers:
        return "no", [say("who_none", language)]
    return "yes", [_signer(one, language) for one in signers]


def _signer(one: SignerFacts, language: Language) -> str:
    time = say("who_time", language, time=_local(one.time, language))
    joint = "；" if language == "zh" else "; "
    colon = "：" if language == "zh" else ": "
    parts = [one.name, time, one.reason]
    if one.proven:
        proven = _local(one.proven, language)
        parts.insert(2, say("who_proven", language, time=proven))
    if one.level != "none":
        parts.append(one.level.upper() if one.role == ROLE else f"PAdES {one.level.upper()}")
    role = say(one.role, language) if one.role == ROLE else wording.say(one.role, language)
    return f"{role}{colon}{joint.join(filter(None, parts))}"


def _local(time: str | None, language: Language) -> str:
    """The stated time on this machine's clock, date as documents write it."""
    if time is None:
        return "—"
    here = datetime.fromisoformat(time).astimezone()
    return f"{wording.day(here.date(), language)} {here:%H:%M %Z}"


def _trusted(verdict: Verdict, language: Language) -> tuple[_Mark, list[str]]:
    if not verdict.trusted:
        return "no", [say("trust_no", language)]
    test = any(one.development for one in verdict.signatures.signers)
    return "yes", [say("trust_dev" if test else "trust_yes", language)]


def _follows(verdict: Verdict, language: Language) -> tuple[_Mark, list[str]]:
    lines = [say(f"follows_{verdict.follows}", language), say(f"pages_{verdict.pages}", language)]
    if verdict.follows == "yes" and verdict.pages in {"match", "none"}:
        return "yes", lines
    return ("no" if "no" in verdict.follows or verdict.pages == "differ" else "open"), lines
