"""The questionnaire: steps, sections, and about ten questions at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from risk_kit import wording
from risk_kit.document import Language
from risk_kit.glossary import words_in
from risk_kit.model import Answer, Pack, Question, Section, Text
from risk_kit.web import (
    case_facts,
    fields,
    kept,
    markup,
    overlays,
    proofs,
    state,
    summary,
    troubles,
)
from risk_kit.web.texts import say


def show() -> None:
    """One section: where it stands in the steps, its questions, and the way on."""
    sections = state.work().pack.questionnaire.sections
    here = next((s for s in sections if s.id == state.place().section), sections[0])
    _stepper(here)
    _head(here)
    if here is sections[0]:
        case_facts.show()
    asked = state.asked(here)
    for number, question in enumerate(asked, 1):
        ask(question, number, state.work().pack)
    if not asked:
        words = markup.text(say("nothing_asked", state.language()))
        st.html(markup.page(f"<p>{words}</p>", state.language()))
    _dormant(here)
    _onward(here)


def _write(inner: str, kind: str = "") -> None:
    st.html(markup.page(inner, state.language(), kind))


# -- where we are ------------------------------------------------------------------------------------


def _stepper(here: Section) -> None:
    pack, language = state.work().pack, state.language()
    names = dict(pack.framework.steps)
    sections = pack.questionnaire.sections
    steps = [step for step in names if any(s.step == step for s in sections)]
    counts = {step: _sum(s for s in sections if s.step == step) for step in steps}

    def named(step: str) -> str:
        n, (done, whole) = steps.index(step) + 1, counts[step]
        return f"{n} {markup.label(wording.of(names[step], language))} {_count(done, whole)}"

    def first(step: str) -> str:
        return next(s.id for s in sections if s.step == step)

    _choice(say("steps", language), "w.step", steps, here.step, named, first)
    beside = [s for s in sections if s.step == here.step]
    if len(beside) > 1:
        titles = {
            s.id: f"{wording.of(s.title, language)} {_count(*summary.section_progress(s.id))}"
            for s in beside
        }
        _choice(
            say("sections", language),
            "w.section",
            list(titles),
            here.id,
            lambda one: markup.label(titles[one]),
            lambda one: one,
        )


def _sum(sections: Any) -> tuple[int, int]:  # noqa: ANN401 - any iterable of sections
    counts = [summary.section_progress(one.id) for one in sections]
    return sum(done for done, _ in counts), sum(whole for _, whole in counts)


def _count(done: int, whole: int) -> str:
    return "✓" if whole and done == whole else f"{done}/{whole}" if whole else "–"


def _choice(
    name: str,
    key: str,
    options: list[str],
    current: str,
    named: Callable[[str], str],
    section: Callable[[str], str],
) -> None:
    kept.draw(key, current)

    def chose() -> None:
        if kept.changed(key):
            state.go("assess", section(st.session_state[key] or current))

    st.pills(
        name,
        options,
        key=key,
        format_func=named,
        required=True,
        label_visibility="collapsed",
        on_change=chose,
    )


def _head(here: Section) -> None:
    language = state.language()
    intro = (
        f'<p class="sub">{markup.text(wording.of(here.intro, language))}</p>' if here.intro else ""
    )
    _write(f"<h2>{markup.text(wording.of(here.title, language))}</h2>{intro}")


# -- one question ------------------------------------------------------------------------------------


def ask(question: Question, number: int, pack: Pack) -> None:
    """One question of a pack: its words, its widget, and what stands beside the answer."""
    language, open_ = state.language(), state.desk()
    answer = None if open_ is None else open_.answers.answers.get(question.id)
    with st.container(key=f"q-{question.id}"):
        hint = say("several", language) if question.kind == "many_of" else ""
        subs = "".join(
            f'<p class="sub">{markup.text(s)}</p>' for s in (hint, _of(question.help)) if s
        )
        label = markup.text(wording.of(question.label, language))
        _write(f'<h3><span class="no">{number}</span>{label}</h3>{subs}', "ask")
        fields.show(question)
        troubles.show(question.id)
        overlays.offer(question.id)
        _write(_explained(question, pack, language))
        if answer is not None:
            _beside(question, answer, language)


def _of(text: Text | None) -> str:
    return wording.of(text, state.language()) if text else ""


def _explained(question: Question, pack: Pack, language: Language) -> str:
    cited = [wording.cite(pack, one, language) for one in question.cites]
    parts = (
        (say("why", language), _of(question.why)),
        (say("fits", language), _of(question.example_yes)),
        (say("fits_not", language), _of(question.example_no)),
        (say("proof", language), _of(question.evidence)),
        (say("words", language), _words(question, pack, language)),
        (say("source", language), "\n".join((*cited, wording.basis(question.basis, language)))),
    )
    return markup.folded(say("why_asked", language), parts)


def _words(question: Question, pack: Pack, language: Language) -> str:
    """What the words of the question mean that a reader may not know."""
    joint = "：" if language == "zh" else ": "
    found = words_in(pack.questionnaire, question, language)
    return "\n".join(
        f"{wording.of(one.word, language)}{joint}{wording.of(one.meaning, language)}"
        for one in found
    )


def _beside(question: Question, answer: Answer, language: Language) -> None:
    """Note, evidence and the way to take the answer back."""
    key, off = kept.key("note", question.id), state.read_only()
    with st.container(horizontal=True, vertical_alignment="center", key=f"b-{question.id}"):
        kept.draw(key, answer.note)
        st.text_input(
            say("note", language),
            key=key,
            max_chars=5000,
            placeholder=say("note", language),
            label_visibility="collapsed",
            on_change=_noted,
            args=(question.id, key),
            disabled=off,
        )
        if answer.evidence or not off:
            proofs.button(question.id, answer)
        st.button(
            say("clear", language),
            key=kept.key("clear", question.id),
            type="tertiary",
            on_click=state.take_back,
            args=(question.id,),
            disabled=off,
        )
    proofs.show(question.id, answer)


def _noted(question: str, key: str) -> None:
    if key == kept.key("note", question) and kept.changed(key):
        text = st.session_state[key]
        state.note(question, text if text.strip() else "")


def _dormant(here: Section) -> None:
    now, language = state.work(), state.language()
    lines = []
    for name in now.assessment.dormant:
        question = now.pack.questions[name]
        if question.section == here.id:
            said = wording.value(question, now.answers.value(name), language)
            lines.append(f"{wording.of(question.label, language)} → {said}")
    if lines:
        _write(
            f"<h4>{markup.text(say('dormant', language))}</h4>{markup.bullets(lines, 'dormant')}"
        )


def _onward(here: Section) -> None:
    language, sections = state.language(), state.work().pack.questionnaire.sections
    at = sections.index(here)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="onward"):
        if at:
            back = ("assess", sections[at - 1].id)
            st.button(say("back", language), key="w.back", on_click=state.go, args=back)
        if at + 1 < len(sections):
            title = markup.label(wording.of(sections[at + 1].title, language))
            words, way = say("next", language, title=title), ("assess", sections[at + 1].id)
        else:
            words, way = say("to_result", language), ("result", here.id)
        st.button(words, key="w.next", type="primary", on_click=state.go, args=way)
