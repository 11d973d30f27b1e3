"""The result: one sentence, the spectrum, reasons, obligations, open questions, sub-types."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.assess import Duty
from risk_kit.document import Block, Heading, Language, Paragraph, Reason, Table
from risk_kit.model import Obligation
from risk_kit.report_words import WORDS
from risk_kit.web import change, markup, state, summary
from risk_kit.web.texts import say

_PART: Final = 2


def show() -> None:
    """The result of the case as it stands, as its report says it."""
    language = state.language()
    blocks = state.shown_report().blocks
    lead = next(b for b in blocks if isinstance(b, Paragraph) and b.tone == "lead")
    band = markup.spectrum(summary.spectrum(), "band", say("tier_now", language))
    _write(
        f'<h2>{markup.text(say("result", language))}</h2><p class="lead">{markup.text(lead.text)}</p>'
    )
    _write(band)
    names = ("reasons", "duties", "open", "changes", "types")
    shows = {"reasons": "why", "open": "open", "types": "items"}
    for name, tab in zip(names, st.tabs([say(name, language) for name in names]), strict=True):
        with tab:
            if name in shows:
                _blocks(shows[name], language)
            elif name == "changes":
                change.show(language)
            else:
                _duties(language)


def _write(inner: str) -> None:
    st.html(markup.page(inner, state.language()))


def _under(key: str) -> list[Block]:
    """The report's blocks under one of its headings, up to the next of that level or above."""
    head, found = wording.of(WORDS[key], state.language()), list[Block]()
    inside = False
    for block in state.shown_report().blocks:
        if isinstance(block, Heading) and block.level <= _PART:
            inside = block.text == head
        elif inside:
            found.append(block)
    return found


def _blocks(key: str, language: Language) -> None:
    levels = summary.spectrum().levels
    words = {name: say(name, language) for name in ("answers", "sources")}
    words["level"] = say("level_shown", language)
    parts = []
    for block in _under(key):
        match block:
            case Reason():
                parts.append(markup.reason(block, levels, words))
            case Heading(text):
                parts.append(f'<h3 class="between">{markup.text(text)}</h3>')
            case Paragraph(text):
                parts.append(f"<p>{markup.text(text)}</p>")
            case Table(columns, rows):
                parts.append(markup.table(columns, rows, wording.of(WORDS[key], language)))
    _write("".join(parts) or "<p></p>")


def _duties(language: Language) -> None:
    now = state.work()
    duties = [(one, now.pack.obligations[one.obligation]) for one in now.assessment.obligations]
    if not duties:
        _write(f"<p>{markup.text(say('no_duty', language))}</p>")
    for role in dict.fromkeys(role for _, duty in duties for role in duty.roles):
        lines = [_duty(one, duty, language) for one, duty in duties if role in duty.roles]
        head = markup.text(say("for_role", language, role=wording.say(role, language)))
        _write(f'<h3>{head}</h3><ul class="duties">{"".join(lines)}</ul>')


def _duty(one: Duty, duty: Obligation, language: Language) -> str:
    pack = state.work().pack
    cited = [wording.cite(pack, c, language) for c in duty.cites]
    cited.append(wording.basis(duty.basis, language))
    joint = "；" if language == "zh" else "; "
    return (
        f"<li>{markup.text(wording.of(duty.text, language))} "
        f"<b>{markup.text(wording.say(one.state, language))}</b>"
        f'<br><span class="sub">{markup.text(joint.join(cited))}</span></li>'
    )
