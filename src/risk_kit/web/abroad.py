"""Crosswalk: what other regimes say of the same answers, and the few questions they add."""

from __future__ import annotations

import streamlit as st

from risk_kit import crossing, crossing_words, wording
from risk_kit.assess import Finding
from risk_kit.crossing import Crosswalk
from risk_kit.crosswalk import Row
from risk_kit.document import Language, Reason
from risk_kit.web import asking, kept, markup, principles, state
from risk_kit.web.texts import say


def show() -> None:
    """One row a regime; below, the one that is chosen: why, duties, dates, and its questions."""
    language, found = state.language(), _found()
    told = markup.text(crossing_words.say("own", language))
    head = markup.text(crossing_words.say("title", language))
    _write(f"<h2>{head}</h2><p>{told}</p>")
    _write(_overview(found, language))
    rows = {row.pack.framework.id: row for row in found.rows}
    chosen = _choose(rows, language)
    if chosen is not None:
        _one(rows[chosen], language)
    principles.show(found, language)


def _write(inner: str, kind: str = "") -> None:
    st.html(markup.page(inner, state.language(), kind))


def _found() -> Crosswalk:
    """The crosswalk of the case as it stands; made again only when the case changed."""
    open_, now, found = state.desk(), state.work(), kept.get("crosswalk")
    if open_ is None:
        raise LookupError("no case is open")
    if found is None or found[0] is not open_:
        found = (open_, crossing.crosswalk_of(now, open_.answers))
        kept.put("crosswalk", found)
    return found[1]  # type: ignore[no-any-return]


def _overview(found: Crosswalk, language: Language) -> str:
    columns = [say(f"abroad_{one}", language) for one in ("regime", "result", "extra")]
    rows = [
        (_title(row, language), _now_and_later(row, language), crossing_words.count(row, language))
        for row in (found.home, *found.rows)
    ]
    return markup.table(columns, rows, crossing_words.say("title", language))


def _now_and_later(row: Row, language: Language) -> str:
    """The level now, and below it each later one with its day."""
    later = (crossing_words.levels(row, one, language) for one in row.coming)
    return "\n".join((crossing_words.tier(row, language), *(s for lines in later for s in lines)))


def _title(row: Row, language: Language) -> str:
    return wording.of(row.pack.framework.title, language)


def _choose(rows: dict[str, Row], language: Language) -> str | None:
    """The regime in view; the address names it."""
    here, key = state.place().section, "w.regime"
    chosen = here if here in rows else next(iter(rows), None)
    kept.draw(key, chosen)

    def chose() -> None:
        if kept.changed(key):
            state.go("crosswalk", st.session_state[key] or "")

    if rows:
        st.pills(
            say("abroad_one", language),
            list(rows),
            key=key,
            format_func=lambda one: markup.label(_title(rows[one], language)),
            required=True,
            on_change=chose,
        )
    return chosen


# -- one regime --------------------------------------------------------------------------------------


def _one(row: Row, language: Language) -> None:
    framework = row.pack.framework
    result = markup.text(crossing_words.tier(row, language))
    title = markup.text(f"{_title(row, language)} {framework.version}")
    _write(f'<h3>{title}</h3><p class="lead">{result}</p>')
    lines = list(crossing_words.beside(row, language))
    scales = markup.bullets(lines) if lines else ""
    levels = [wording.of(one.label, language) for one in row.pack.main_scale.levels]
    words = {key: say(key, language) for key in ("answers", "sources")}
    words["level"] = say("level_shown", language)
    cards = "".join(markup.reason(_reason(row, f, language), levels, words) for f in row.why)
    _write(scales + cards)
    _lists(row, language)
    _questions(row, language)


def _reason(row: Row, finding: Finding, language: Language) -> Reason:
    rule, pack = row.pack.rules[finding.rule], row.pack
    places = [
        pack.main_scale.position(r.level) for r in rule.raises if r.scale == pack.main_scale.id
    ]
    asked = [(pack.questions[q], value) for q, value in finding.witness.items()]
    return Reason(
        title=wording.of(rule.title, language),
        state=finding.state,
        state_label=wording.say(finding.state, language),
        level=max(places, default=None),
        because=wording.of(rule.because, language),
        answers=tuple(
            (wording.of(q.label, language), wording.value(q, v, language)) for q, v in asked
        ),
        sources=tuple(wording.cite(pack, one, language) for one in rule.cites),
    )


def _lists(row: Row, language: Language) -> None:
    """Notes, flags, duties and what is coming, each under its head."""
    pack = row.pack
    duties = {one.obligation: one for one in row.assessment.obligations if one.state == "holds"}
    parts = (
        ("notes", [wording.of(pack.rules[one].because, language) for one in row.notes]),
        ("flags", [wording.of(pack.rules[one].title, language) for one in row.flags]),
        ("duties", [wording.of(pack.obligations[one].text, language) for one in duties]),
        ("coming", [s for one in row.coming for s in crossing_words.coming(row, one, language)]),
    )
    for key, lines in parts:
        if lines:
            head = markup.text(crossing_words.say(key, language))
            inner = f"<h4>{head}</h4>{markup.bullets(lines)}"
            _write(inner if key != "duties" else markup.fold(_counted(key, lines, language), inner))


def _counted(key: str, lines: list[str], language: Language) -> str:
    head = crossing_words.say(key, language)
    return f"{head}（{len(lines)}）" if language == "zh" else f"{head} ({len(lines)})"


def _questions(row: Row, language: Language) -> None:
    """The regime's own questions that are shown now: open ones first to answer, then answered."""
    open_ = state.desk()
    given = {} if open_ is None else open_.answers.answers
    own = [q for q in row.pack.questions if q in given and q not in state.work().pack.questions]
    shown = [q for q in row.pack.questions if q in row.extra or q in own]
    if shown:
        told = markup.text(crossing_words.questions(row, language))
        _write(f"<h3>{markup.text(say('abroad_questions', language))}</h3><p>{told}</p>")
    for number, name in enumerate(shown, 1):
        asking.ask(row.pack.questions[name], number, row.pack)
