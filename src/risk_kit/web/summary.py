"""What is in view all the time: the range, its reasons, the open questions that matter, progress."""

from __future__ import annotations

from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.appearance import level_colours
from risk_kit.assess import OpenQuestion
from risk_kit.document import Language, Reason, Spectrum
from risk_kit.web import markup, state
from risk_kit.web.texts import say

_MOST: Final = 3


def show() -> None:
    """The sidebar; on a phone also a bar at the foot that opens."""
    language = state.language()
    with st.sidebar:
        _html(_range(language), "side")
        _html(_reasons(language), "side")
        _html(f"<h2>{markup.text(say('matter_now', language))}</h2>", "side")
        _open_questions(language)
        _html(_progress(language), "side")
    _html(_phone(language), "")


def spectrum() -> Spectrum:
    """The drawn range of the case, as in its report."""
    return next(one for one in state.shown_report().blocks if isinstance(one, Spectrum))


def reasons() -> list[Reason]:
    """The reasons that raise the tier or still may, heaviest first, as in the report."""
    found = [one for one in state.shown_report().blocks if isinstance(one, Reason)]
    return [one for one in found if one.level is not None]


def progress() -> tuple[int, int]:
    """How many of the questions asked now are answered, and how many there are."""
    counts = [section_progress(one.id) for one in state.work().pack.questionnaire.sections]
    return sum(done for done, _ in counts), sum(whole for _, whole in counts)


def section_progress(section: str) -> tuple[int, int]:
    """The same for one section."""
    now = state.work()
    asked = next(state.asked(s) for s in now.pack.questionnaire.sections if s.id == section)
    return sum(1 for one in asked if one.id in now.answers.answers), len(asked)


def _html(inner: str, kind: str) -> None:
    st.html(markup.page(inner, state.language(), kind))


def _range(language: Language) -> str:
    name = say("tier_now", language)
    return f"<h2>{markup.text(name)}</h2>{markup.spectrum(spectrum(), 'ladder', name)}"


def _reasons(language: Language) -> str:
    found = reasons()[:_MOST]
    inner = markup.short_reasons(found) if found else f"<p>{say('no_reason', language)}</p>"
    return f"<h2>{markup.text(say('why_now', language))}</h2>{inner}"


def _progress(language: Language) -> str:
    done, whole = progress()
    words = say("progress", language, done=done, all=whole)
    note = f'<p class="sub">{markup.text(say("progress_note", language))}</p>'
    return markup.meter(done, whole, words) + note


def _matter() -> tuple[OpenQuestion, ...]:
    """Those that can be answered now, else those that somebody still has to find out."""
    return state.work().assessment.open_questions[:_MOST]


def _label(one: OpenQuestion, language: Language) -> str:
    label = wording.of(state.work().pack.questions[one.question].label, language)
    aside = say("saw_unknown", language)
    known = one.state == "unanswered"
    return label if known else f"{label}（{aside}）" if language == "zh" else f"{label} ({aside})"


def _open_questions(language: Language) -> None:
    found = _matter()
    if not found:
        _html(f"<p>{markup.text(say('no_open', language))}</p>", "side")
    for n, one in enumerate(found):
        section = state.work().pack.questions[one.question].section
        st.button(
            markup.label(_label(one, language)),
            key=f"w.matter.{n}",
            type="tertiary",
            on_click=state.go,
            args=("assess", section, one.question),
        )


def _phone(language: Language) -> str:
    """The same, in a bar that unfolds without a round trip."""
    drawn = spectrum()
    lines = [_label(one, language) for one in _matter()] or [say("no_open", language)]
    return (
        f'<details class="phone"><summary><b>{markup.text(drawn.caption)}</b>{_strip(drawn)}'
        f'<span class="sub">{markup.text(say("details", language))}</span></summary>'
        f'<div class="inner side">{_range(language)}{_reasons(language)}'
        f"<h2>{markup.text(say('matter_now', language))}</h2>{markup.bullets(lines)}"
        f"{_progress(language)}</div></details>"
    )


def _strip(drawn: Spectrum) -> str:
    inside = (
        range(drawn.low, drawn.high + 1) if drawn.low is not None and drawn.high is not None else ()
    )
    colours = level_colours(len(drawn.levels))
    cells = (
        f'<i style="background:{c if n in inside else "#fff"}"></i>' for n, c in enumerate(colours)
    )
    return f'<span class="strip" aria-hidden="true">{"".join(cells)}</span>'
