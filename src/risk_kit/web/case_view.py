"""The open case as this tab shows it: read from the store, assessed when it changed.

The store holds the case; here is only what was read of it, kept by case and revision so that a
click that changes nothing assesses nothing.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from risk_kit import catalogue, report
from risk_kit.assess import Assessment, Work, assess
from risk_kit.compile_reasons import Ready, ready
from risk_kit.condition import Situation, in_force
from risk_kit.document import Report
from risk_kit.domain import YES
from risk_kit.model import Pack, Question, Section
from risk_kit.web import keeping, kept, opened, where
from risk_kit.web.opened import FRAMEWORK, Desk

FACTS = "facts"  # the spot where the facts about the case are written


def pack() -> Pack:
    """The pack of a new case."""
    return catalogue.pack(FRAMEWORK)


def load() -> None:
    """Show what the store holds of the case in the address now.

    Raises what the store raises; no case is open then.
    """
    ident, at, shown = where.case(), where.past(), desk()
    kept.put("desk", None)
    if not ident:
        return
    same = shown is not None and (shown.case.id, shown.at) == (ident, at)
    if shown is not None and same and at is not None:
        kept.put("desk", shown)  # the past does not change
        return
    store = keeping.store()
    case = store.case(ident) if at is None else store.past(ident, at)
    if shown is not None and same and shown.case.revision == case.revision:
        kept.put("desk", shown)
        return
    fresh = opened.desk(case, past=at is not None)
    if shown is not None and same:
        _renew_what_others_changed(shown, fresh)
    else:
        _turn_to(fresh)
    kept.put("own", {})
    kept.put("desk", fresh)


def _turn_to(fresh: Desk) -> None:
    kept.renew_all()
    for name in ("work", "report", "papers", "profile", "troubles", "typed", "proofs"):
        kept.put(name, None)
    if not fresh.read_only:
        keeping.probe()


def _renew_what_others_changed(shown: Desk, fresh: Desk) -> None:
    old, new = shown.answers.answers, fresh.answers.answers
    for name in {*old, *new}:
        if old.get(name) != new.get(name):
            kept.renew(name)
    if (shown.answers.case, shown.as_of, shown.pack) != (
        fresh.answers.case,
        fresh.as_of,
        fresh.pack,
    ):
        kept.renew(FACTS)


def desk() -> Desk | None:
    """The open case, if any."""
    found: Desk | None = kept.get("desk")
    return found


def read_only() -> bool:
    """Whether nothing can be changed now."""
    open_ = desk()
    return open_ is None or open_.read_only


def work() -> Work:
    """The open case with its assessment; assessed again only when it changed."""
    open_, found = desk(), kept.get("work")
    if open_ is None:
        raise LookupError("no case is open")
    if found is None or found[0] is not open_:
        found = (open_, Work(open_.pack, open_.own, _assessed(open_)))
        kept.put("work", found)
    return found[1]  # type: ignore[no-any-return]


def _assessed(open_: Desk) -> Assessment:
    made = _ready(open_.pack, open_.as_of)
    return assess(open_.pack, open_.own, open_.as_of, ready=made)


def make_ready() -> None:
    """Compile the pack of a new case for today, before somebody waits for it."""
    _ready(pack(), date.today())  # noqa: DTZ011 - a calendar day where the user sits


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Pack: lambda pack: pack.digest})
def _ready(pack: Pack, as_of: date) -> Ready:
    return ready(pack, as_of)


def shown_report() -> Report:
    """The report of the case as it stands, in the language of the page."""
    now, said, found = work(), where.language(), kept.get("report")
    if found is None or found[0] is not now or found[1] != said:
        found = (now, said, report.build(now, said))
        kept.put("report", found)
    return found[2]  # type: ignore[no-any-return]


def asked(section: Section) -> list[Question]:
    """The questions of a section that are asked now, in order."""
    return [q for q in work().pack.questionnaire.questions if q.section == section.id and _asks(q)]


def _asks(question: Question) -> bool:
    now, found = work(), kept.get("situation")
    if found is None or found[0] is not now:
        values = {name: one.value for name, one in now.answers.answers.items()}
        rules = in_force(now.pack, now.assessment.as_of)
        found = (now, Situation(now.pack, values, rules))
        kept.put("situation", found)
    return not question.retired and bool(found[1].shown(question.id) == YES)
