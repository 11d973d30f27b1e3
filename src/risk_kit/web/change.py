"""What would change the result: the least changes that lower it, single answers that raise it."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.compile import Program, program
from risk_kit.document import Language
from risk_kit.model import Pack
from risk_kit.planes import PlaneProgram, plane_program
from risk_kit.web import markup, state
from risk_kit.web.texts import say
from risk_kit.whatif import Effect, Explorer

_MOST: Final = 8


def show(language: Language) -> None:
    """Both lists for the case as it stands."""
    now = state.work()
    if now.assessment.applies == "does_not_hold":
        st.html(markup.page(f"<p>{markup.text(say('no_change', language))}</p>", language))
        return
    found = Explorer(*_compiled(now.pack, now.assessment.as_of), now.answers)
    lowering, rises = found.lowering(), found.rises()
    told = [_way(now.pack, way, language) for way in lowering.ways]
    parts = [
        f"<h3>{markup.text(say('lower', language))}</h3>",
        f"<p>{markup.text(wording.lowering(now.pack, lowering, language))}</p>",
        _list(told),
        f'<h3 class="between">{markup.text(say("raise", language))}</h3>',
        f"<p>{markup.text(say('raise_count', language, count=len(rises)))}</p>",
        _list([_way(now.pack, rise, language) for rise in rises]),
    ]
    st.html(markup.page("".join(parts), language))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Pack: lambda pack: pack.digest})
def _compiled(pack: Pack, as_of: date) -> tuple[Program, PlaneProgram]:
    return program(pack, as_of), plane_program(pack, as_of)


def _way(pack: Pack, effect: Effect, language: Language) -> str:
    joint = "；" if language == "zh" else "; "
    changes = joint.join(wording.change(pack, one, language) for one in effect.changes)
    level = wording.bounds(pack, effect.low, effect.high, language)
    return f"{markup.text(changes)} → <b>{markup.text(level)}</b>"


def _list(lines: list[str]) -> str:
    rest = f"<li>… {len(lines) - _MOST}</li>" if len(lines) > _MOST else ""
    items = "".join(f"<li>{line}</li>" for line in lines[:_MOST])
    return f'<ul class="duties">{items}{rest}</ul>' if lines else ""
