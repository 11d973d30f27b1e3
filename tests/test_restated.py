"""Whoever verifies a report of any profile or template can make it again, or is told why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest

from risk_kit import answers, casework, catalogue, nearness, rendering, restated, templates, wire
from risk_kit import verification as verifying
from risk_kit.assess import Work
from risk_kit.digest import canonical
from risk_kit.document import Language
from risk_kit.edition import PROFILES, Edition, Profile
from risk_kit.errors import BadInput
from risk_kit.sign import Trust
from risk_kit.verification import Verdict
from risk_kit.yamlread import Document

NOW: Final = datetime.now(UTC)
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
DIGEST: Final = "b" * 64


@pytest.fixture(scope="module")
def work() -> Work:
    return casework.open_case(answers.read(SAMPLE))


def judged(data: bytes) -> Verdict:
    """The verdict on an unsigned report: what is said of signatures is not looked at here."""
    return verifying.verify(data, Trust(), NOW)


def codes(verdict: Verdict) -> set[str]:
    return {one.code for one in verdict.reasons}


def changed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The PDF with its attached JSON changed."""
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        stream = pdf.attachments["assessment.json"].get_file().obj
        value = json.loads(stream.read_bytes())
        change(value)
        stream.write(canonical(value))
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_verifies(work: Work, profile: Profile, language: Language) -> None:
    revealed = ("use_scene",) if profile == "publishable" else ()
    data = rendering.pages(work, language, None, Edition(profile, revealed))
    found = judged(data)
    assert (found.follows, found.pages, found.profile) == ("yes", "match", profile)


def test_a_report_that_says_another_profile_has_other_pages(work: Work) -> None:
    data = rendering.pages(work, "zh", None, Edition("summary"))
    found = judged(changed(data, lambda raw: raw.update(profile="full")))
    assert (found.follows, found.pages) == ("yes", "differ")


def test_withheld_words_that_are_back_are_noticed(work: Work) -> None:
    def back(raw: dict[str, Any]) -> None:
        raw["answers"]["case"]["purpose"] = "別的用途"

    found = judged(changed(rendering.pages(work, "zh", None, Edition("publishable")), back))
    assert found.pages == "differ"


def test_another_choice_does_not_follow_in_a_publishable_report(work: Work) -> None:
    def other(raw: dict[str, Any]) -> None:
        raw["answers"]["answers"]["physical"] = "none"

    found = judged(changed(rendering.pages(work, "zh", None, Edition("publishable")), other))
    assert found.follows == "no"


def test_only_a_publishable_report_may_state_a_digest_it_cannot_show(work: Work) -> None:
    def claim(raw: dict[str, Any]) -> None:
        raw["assessment"]["answers_digest"] = DIGEST

    for profile in PROFILES:
        found = judged(changed(rendering.pages(work, "zh", None, Edition(profile)), claim))
        assert (found.follows == "yes") == (profile == "publishable")
        assert found.pages == "differ"


def test_a_stated_digest_never_stands_for_another_case(work: Work) -> None:
    """What is remembered of a case is remembered by a digest that was computed here."""
    nearness._near.cache_clear()
    edition = Edition("publishable", (), None, DIGEST)
    rendering.built(work, "zh", edition)
    told = nearness._Told(work.pack.digest, DIGEST, work.assessment.as_of, work)
    before = nearness._near.cache_info().hits
    nearness._near(told)
    assert nearness._near.cache_info().hits == before


# -- templates -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "city"
    made.mkdir()
    text = "format: risk-kit/template/1\nname: 市\nopening: {zh: 開頭, en: Opening}\n"
    (made / "template.yaml").write_text(text, encoding="utf-8")
    return made


def test_a_template_that_is_here_is_used_and_one_that_is_not_is_named(
    work: Work, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(templates.FOLDERS, raising=False)
    data = rendering.pages(work, "zh", None, Edition("full", (), templates.read(folder)))
    found = judged(data)
    assert (found.follows, found.pages) == ("yes", "not_checked")
    assert {"template_not_here", "pages_not_checked"} <= codes(found)
    monkeypatch.setenv(templates.FOLDERS, str(folder.parent))
    assert judged(data).pages == "match"
    text = (folder / "template.yaml").read_text("utf-8")
    (folder / "template.yaml").write_text(f"{text}# another\n", encoding="utf-8")
    assert "template_not_here" in codes(judged(data))


def test_a_template_is_not_read_from_the_report(work: Work, folder: Path) -> None:
    data = rendering.pages(work, "zh")
    named = {"name": str(folder), "digest": DIGEST}
    found = judged(changed(data, lambda raw: raw.update(template=named)))
    assert found.pages == "not_checked"


# -- bad input -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"profile": "short"},
        {"profile": 1},
        {"profile": None},
        {"profile": ["full"]},
        {"revealed": "all"},
        {"revealed": [1]},
        {"revealed": ["x"] * 1001},
        {"assessment": {"answers_digest": 1}},
        {"assessment": {"answers_digest": "b" * 63}},
        {"assessment": {"answers_digest": "<script>" * 8}},
        {"assessment": {}},
    ],
)
def test_an_edition_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        restated.edition({"assessment": {"answers_digest": DIGEST}} | wrong)


@pytest.mark.parametrize(
    "named", [1, [], "x", {}, {"name": "x"}, {"name": 1, "digest": 2}, {"digest": DIGEST}]
)
def test_a_template_that_is_none_is_refused(named: object) -> None:
    with pytest.raises(BadInput):
        restated.dressed(Edition(), {"template": named})


def test_a_report_from_before_profiles_is_a_full_one() -> None:
    raw = {"assessment": {"answers_digest": DIGEST}}
    assert restated.edition(raw) == Edition()
    assert restated.dressed(Edition(), raw) == Edition()


def test_the_attached_answers_are_an_answer_file_again(work: Work) -> None:
    edition = Edition("publishable")
    made = rendering.built(work, "zh", edition)
    value = json.loads(made.attachments[0].data)
    again = casework.open_case(answers.from_document(Document(value["answers"], {}, "x")))
    first = wire.essence(wire.assessment_json(work.pack, work.assessment))
    second = wire.essence(wire.assessment_json(again.pack, again.assessment))
    assert {k: v for k, v in first.items() if k != "answers_digest"} == {
        k: v for k, v in second.items() if k != "answers_digest"
    }
