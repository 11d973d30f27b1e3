"""Every change of the open case, and what the screens ask of it.

Each change is one event of the store, made on the revision that this tab shows; what could not be
saved stays beside its spot. Widgets are views.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from risk_kit import catalogue
from risk_kit.assess import Work
from risk_kit.document import Language
from risk_kit.edition import Profile
from risk_kit.errors import Problem, RiskKitError
from risk_kit.model import Answer, AnswerSet, Evidence, FollowUp, Value
from risk_kit.store_values import Edit, edits_between
from risk_kit.web import keeping, kept, opened
from risk_kit.web.case_view import FACTS, asked, desk, load, pack, read_only, shown_report, work
from risk_kit.web.kept import renew
from risk_kit.web.opened import FRAMEWORK, Desk
from risk_kit.web.where import Place, go, language, place, speak

FOLLOW: Final = "follow"  # the spot where it is said why follow-up rows were not saved

__all__ = [
    "Desk",
    "Paper",
    "Place",
    "asked",
    "desk",
    "go",
    "language",
    "load",
    "pack",
    "place",
    "read_only",
    "renew",
    "shown_report",
    "speak",
    "work",
]


@dataclass(frozen=True, slots=True)
class Paper:
    """Files made of one assessed case in one language; `signed` by those `roles`, in order.

    `signable`: whether the pages have boxes to sign in.
    """

    work: Work
    language: Language
    pdf: bytes
    html: bytes
    json: bytes
    odt: bytes = b""
    csv: bytes = b""
    profile: Profile = "full"
    signable: bool = True
    signed: bytes | None = None
    roles: tuple[str, ...] = ()


# -- changes ---------------------------------------------------------------------------------------


def put(question: str, value: Value) -> None:
    """Give an answer; its note and evidence stay, or return with it."""
    open_ = desk()
    if open_ is not None:
        before = open_.answers.answers.get(question) or _dropped(open_, question)
        _answer(open_, question, Answer(value) if before is None else replace(before, value=value))


def _dropped(open_: Desk, question: str) -> Answer | None:
    """The answer that was taken back last, for its note and evidence."""

    def look() -> Answer | None:
        found = keeping.store().entry_history(open_.case.id, "answers", question)
        old = found[0].changes[0].old if found and found[0].changes[0].new is None else None
        raw = {**open_.document, "answers": {} if old is None else {question: old}}
        read = opened.desk(replace(open_.case, document=raw)).answers
        return read.answers.get(question)

    try:
        return look()
    except RiskKitError:
        return None  # what stands in the way is said when the answer itself is saved


def take_back(question: str) -> None:
    """Make a question unanswered again; note and evidence return with the next answer."""
    open_ = desk()
    if open_ is not None and question in open_.answers.answers:
        renew(question)
        rest = {k: v for k, v in open_.answers.answers.items() if k != question}
        _save(question, open_, replace(open_.answers, answers=rest))


def note(question: str, text: str) -> None:
    """Write the note of an answer that is there."""
    open_ = desk()
    if open_ is not None and question in open_.answers.answers:
        _answer(open_, question, replace(open_.answers.answers[question], note=text))


def prove(question: str, evidence: tuple[Evidence, ...]) -> bool:
    """Set the evidence of an answer that is there; whether it is saved."""
    open_ = desk()
    if open_ is None or question not in open_.answers.answers:
        return False
    return _answer(open_, question, replace(open_.answers.answers[question], evidence=evidence))


def _answer(open_: Desk, question: str, answer: Answer) -> bool:
    new = replace(open_.answers, answers={**open_.answers.answers, question: answer})
    return _save(question, open_, new)


def fact(name: str, text: str) -> None:
    """Write a fact about the case, such as its name; an empty text removes it."""
    open_ = desk()
    if open_ is not None:
        facts = {k: v for k, v in {**open_.answers.case, name: text}.items() if v}
        _save(FACTS, open_, replace(open_.answers, case=facts))


def day(as_of: date) -> None:
    """Assess as of another day."""
    _edit(FACTS, Edit("as_of", "", as_of.isoformat()))


def lay(overlays: Iterable[str], spot: str = FACTS) -> None:
    """Lay these overlays over the framework, and no others. Answers stay, whatever they were to."""
    wanted = sorted(set(overlays))
    try:
        catalogue.pack(FRAMEWORK, tuple(wanted))
    except RiskKitError as error:
        keeping.blame(spot, keeping.Trouble(error.problems))
    else:
        _edit(spot, Edit("overlays", "", wanted))


def follow(rows: Iterable[FollowUp]) -> bool:
    """Write follow-up rows; each takes the place of the one for the same measure, empty ones go.

    Rows for other measures may have been written elsewhere since. Whether it is saved.
    """
    open_, new = desk(), {(one.question, one.measure): one for one in rows}
    if open_ is None:
        return False
    seen, now = _followed(open_), _newest_followed(open_)
    fits = now is not None and all(seen.get(name) == now[1].get(name) for name in new)
    base, old = now if now is not None and fits else (open_, seen)
    left = {name: one for name, one in {**old, **new}.items() if one != FollowUp(*name)}
    return _save(FOLLOW, base, replace(base.answers, followups=tuple(left.values())))


_Followed: TypeAlias = Mapping[tuple[str, str], FollowUp]


def _followed(open_: Desk) -> _Followed:
    return {(one.question, one.measure): one for one in open_.answers.followups}


def _newest_followed(open_: Desk) -> tuple[Desk, _Followed] | None:
    try:
        fresh = opened.desk(keeping.store().case(open_.case.id))
    except RiskKitError:
        return None  # what stands in the way is said when the rows themselves are saved
    return fresh, _followed(fresh)


def _edit(spot: str, edit: Edit) -> None:
    open_ = desk()
    if open_ is not None and not open_.read_only:
        keeping.change(spot, open_.case, (edit,))


def _save(spot: str, open_: Desk, answers: AnswerSet) -> bool:
    """Save what is new in `answers`. What the tab shows follows when the page is drawn."""
    if open_.read_only:
        return False
    after = replace(open_, answers=answers)
    edits = edits_between(open_.document, after.document)
    if not edits:
        keeping.blame(spot, None)
        return True
    saved = keeping.change(spot, open_.case, edits)
    if saved:
        kept.put("desk", after)
    return saved


def again(spot: str) -> None:
    """Try once more what was not saved; the user has seen what stands against it."""
    found, open_ = keeping.trouble(spot), desk()
    if found is not None and open_ is not None:
        renew(spot)
        keeping.change(spot, open_.case, found.edits)


def let_go(spot: str) -> None:
    """Let go what was not saved, and keep what is there."""
    keeping.blame(spot, None)


def fault(question: str, problem: Problem | None) -> None:
    """Remember why what was typed for a question was not taken."""
    keeping.blame(question, keeping.Trouble((problem,)) if problem else None)


# -- files made ------------------------------------------------------------------------------------


def profile() -> Profile:
    """Which report of the case is meant; the full one until another is chosen."""
    found: Profile = kept.get("profile") or "full"
    return found


def choose(wanted: Profile) -> None:
    """Mean another report of the case."""
    kept.put("profile", wanted)


def paper() -> Paper | None:
    """The files of this profile and language, made of the case exactly as it stands, or None."""
    made = _papers().get((profile(), language()))
    return made if made is not None and made.work is work() else None


def keep_paper(made: Paper) -> None:
    """Keep the files just made or signed, beside those of other profiles and the other language."""
    rest = {name: one for name, one in _papers().items() if one.work is made.work}
    kept.put("papers", rest | {(made.profile, made.language): made})


def _papers() -> Mapping[tuple[Profile, Language], Paper]:
    return kept.get("papers") or {}
