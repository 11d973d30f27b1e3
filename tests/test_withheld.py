"""The publishable case: no word of a person is left, the tier follows all the same, twice is once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit import answers, casework, catalogue, rendering, report, wire
from risk_kit.assess import Work, assess
from risk_kit.document import Language
from risk_kit.edition import Edition
from risk_kit.model import Answer, AnswerSet, Evidence, FollowUp
from risk_kit.withheld import KEPT, MARKS, counted, publishable

PACK: Final = catalogue.pack("tw-ai-risk")
SAMPLES: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples"
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
SECRET: Final = "王小明0912345678"
PROOF: Final = Evidence(SECRET, f"https://{SECRET}.example", f"{SECRET}.pdf", "a" * 64)
MEASURED: Final = [q for q in PACK.questions.values() if q.measures is not None]


def sample(name: str) -> Work:
    return casework.open_case(answers.read(SAMPLES / f"{name}.yaml"))


def secret(work: Work) -> Work:
    """The case with a secret wherever a person can write, but for what a publication is about."""
    texts = {q.id: Answer(SECRET) for q in PACK.questions.values() if q.kind == "text"}
    held = AnswerSet(
        {
            name: replace(one, note=SECRET, evidence=(PROOF, PROOF))
            for name, one in (dict(work.answers.answers) | texts).items()
        },
        {
            "name": "案",
            "agency": "機關",
            "contact_role": SECRET,
            "purpose": SECRET,
            f"欄位{SECRET}": SECRET,
        },
        tuple(
            FollowUp(q.id, q.options[0].id, SECRET, None, "open", SECRET, SECRET, SECRET)
            for q in MEASURED
        ),
    )
    return Work(PACK, held, assess(PACK, held, work.assessment.as_of))


def everything(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", [".html", ".json", ".csv"])
def test_no_secret_leaves_in_any_form(language: Language, ending: str) -> None:
    case = secret(sample("flood"))
    full = rendering.render(case, language, Path(f"a{ending}")).decode()
    assert SECRET in full
    edition = Edition("publishable")
    told = rendering.render(case, language, Path(f"a{ending}"), None, edition).decode()
    assert SECRET not in told
    assert "a" * 64 not in told
    assert MARKS[language] in told


def test_no_secret_is_on_the_pages_or_attached() -> None:
    made = report.build(secret(sample("flood")), "zh", None, Edition("publishable"))
    assert SECRET not in repr(made)
    assert SECRET not in made.attachments[0].data.decode()


@pytest.mark.parametrize("name", ["flood", "credit", "scribe"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_is_the_same(name: str, language: Language) -> None:
    work = sample(name)
    assert essence(publishable(work, language)) == essence(work)


def essence(work: Work) -> Mapping[str, Any]:
    found = wire.essence(wire.assessment_json(work.pack, work.assessment))
    return {key: value for key, value in found.items() if key != "answers_digest"}


WORDS: Final = st.sampled_from(["", "文字", SECRET, *MARKS.values()])


@st.composite
def cases(draw: st.DrawFn) -> Work:
    free = [q.id for q in PACK.questions.values() if q.kind == "text"]
    given_: dict[str, Answer] = {}
    for name in draw(st.lists(st.sampled_from(free), unique=True)):
        proofs = tuple(replace(PROOF, title=draw(WORDS)) for _ in range(draw(st.integers(0, 2))))
        given_[name] = Answer(draw(WORDS), draw(WORDS), proofs)
    case = draw(st.dictionaries(st.sampled_from(["name", "purpose", "甲", "乙", "丙"]), WORDS))
    followed = tuple(
        FollowUp(q.id, q.options[0].id, draw(WORDS), None, "open", draw(WORDS))
        for q in MEASURED[:2]
    )
    held = AnswerSet(given_, case, followed)
    return Work(PACK, held, assess(PACK, held, date(2026, 11, 22)))


@given(cases(), st.sampled_from(LANGUAGES))
@settings(max_examples=12, deadline=None)
def test_twice_is_once_and_the_result_stays(work: Work, language: Language) -> None:
    once = publishable(work, language)
    assert publishable(once, language) == once
    assert counted(publishable(once, language).answers, language) == counted(once.answers, language)
    assert essence(once) == essence(work)


def test_what_is_withheld_is_counted() -> None:
    case = secret(sample("flood"))
    found = counted(publishable(case, "zh").answers, "zh")
    count = len(case.answers.answers)
    texts = sum(PACK.questions[name].kind == "text" for name in case.answers.answers)
    assert (found.case, found.notes, found.evidence) == (3, count, 2 * count)
    assert (found.answers, found.followups) == (texts, 4 * len(MEASURED))
    assert found.all == 3 + 3 * count + texts + 4 * len(MEASURED)


def test_choices_numbers_and_dates_stay() -> None:
    work = sample("flood")
    less = publishable(work, "zh")
    for name, one in work.answers.answers.items():
        if PACK.questions[name].kind != "text":
            assert less.answers.answers[name].value == one.value


def test_what_a_publication_is_about_stays() -> None:
    less = publishable(secret(sample("flood")), "zh")
    assert {k: v for k, v in less.answers.case.items() if k in KEPT} == {
        "name": "案",
        "agency": "機關",
    }


def test_what_is_revealed_is_shown_and_nothing_else() -> None:
    work = secret(sample("flood"))
    less = publishable(work, "zh", ("purpose", "is_ai"))
    assert less.answers.case["purpose"] == SECRET
    assert less.answers.answers["is_ai"] == work.answers.answers["is_ai"]
    assert less.answers.case["contact_role"] == MARKS["zh"]
    assert less.answers.answers["autonomy"].note == MARKS["zh"]


def test_names_of_own_fields_are_withheld_however_many() -> None:
    work = sample("flood")
    fields = {f"欄位{n}": "" for n in range(12)}
    held = replace(work.answers, case=fields)
    once = publishable(Work(PACK, held, work.assessment), "zh")
    assert len(once.answers.case) == 12
    assert not set(once.answers.case) & set(fields)
    assert publishable(once, "zh") == once
