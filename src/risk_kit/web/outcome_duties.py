"""The obligations of the case by role."""

from __future__ import annotations

import streamlit as st

from risk_kit import wording
from risk_kit.assess import Duty
from risk_kit.document import Language
from risk_kit.model import Obligation
from risk_kit.web import markup, state
from risk_kit.web.texts import say


def show(language: Language) -> None:
    """A list for each role; a duty of two roles stands in both."""
    now = state.work()
    duties = [(one, now.pack.obligations[one.obligation]) for one in now.assessment.obligations]
    parts = []
    for role in dict.fromkeys(role for _, duty in duties for role in duty.roles):
        lines = [_duty(one, duty, language) for one, duty in duties if role in duty.roles]
        head = markup.text(say("for_role", language, role=wording.say(role, language)))
        parts.append(f'<h3 class="between">{head}</h3><ul class="duties">{"".join(lines)}</ul>')
    none = f"<p>{markup.text(say('no_duty', language))}</p>"
    st.html(markup.page("".join(parts) or none, language))


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
