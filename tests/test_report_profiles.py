"""The profiles of a report: two pages to decide on, a table to follow up, one to publish."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest
from click.testing import CliRunner

from risk_kit import answers, casework, catalogue, rendering, report, schema
from risk_kit.appearance import texts
from risk_kit.assess import Work, assess
from risk_kit.cli import main
from risk_kit.document import (
    Bullets,
    Facts,
    Heading,
    Language,
    Paragraph,
    Report,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.edition import PROFILES, Edition, Profile
from risk_kit.model import AnswerSet
from risk_kit.report_words import HEADINGS, WORDS
from risk_kit.response import followups

SAMPLES: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples"
NAMES: Final = ("flood", "credit", "scribe")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def sample(name: str) -> Work:
    return casework.open_case(answers.read(SAMPLES / f"{name}.yaml"))


def empty() -> Work:
    pack, held = sample("flood").pack, AnswerSet({})
    return Work(pack, held, assess(pack, held, sample("flood").assessment.as_of))


def made(work: Work, profile: Profile, language: Language = "zh") -> Report:
    return rendering.built(work, language, Edition(profile))


def headings(found: Report) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Heading)]


def pages(work: Work, language: Language, profile: Profile) -> int:
    data = rendering.pages(work, language, None, Edition(profile))
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 25, 1000], ids=["empty", "half", "full"])
@pytest.mark.parametrize("name", NAMES)
def test_a_summary_has_two_pages_at_most(name: str, count: int, language: Language) -> None:
    work = sample(name)
    held = AnswerSet(dict(list(work.answers.answers.items())[:count]), work.answers.case)
    part = Work(work.pack, held, assess(work.pack, held, work.assessment.as_of))
    assert pages(part, language, "summary") <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_tells_what_a_decision_needs(language: Language) -> None:
    found = made(sample("flood"), "summary", language)
    kinds = {type(block) for block in found.blocks}
    assert {Spectrum, RiskMap, Facts, Bullets, Paragraph} <= kinds
    assert Signatures not in kinds
    wanted = ("why", "open", "would_change", "duties", "items")
    words = [getattr(WORDS[key], language) for key in wanted]
    assert [one for one in headings(found) if one in words] == words
    (cells,) = [block for block in found.blocks if isinstance(block, RiskMap)]
    assert sum(len(group) for _, group in cells.groups) == 20


def test_what_a_summary_leaves_out_it_counts() -> None:
    work = empty()
    left = len(work.assessment.open_questions) - 3
    more = WORDS["and_more"].zh.format(count=left)
    assert more in set(texts(made(work, "summary")))


def test_the_reasons_of_a_summary_are_those_of_the_report() -> None:
    work = sample("credit")
    told = next(b for b in made(work, "summary").blocks if isinstance(b, Bullets)).items
    whole = " ".join(texts(made(work, "full")))
    assert told
    for one in told:
        assert one.rpartition("：")[2] in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tracking_table_has_every_measure_to_follow(language: Language) -> None:
    work = sample("flood")
    found = made(work, "tracking", language)
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    assert len(table.rows) == len(followups(work)) > 0
    columns = [getattr(WORDS[key], language) for key in ("resolution", "progress", "tracking")]
    assert list(table.columns[-3:]) == columns
    assert any(isinstance(block, Signatures) for block in found.blocks)


def test_a_tracking_table_without_rows_says_so() -> None:
    pack = catalogue.pack(str(Path(__file__).parent / "data" / "small"))
    held = AnswerSet({})
    work = Work(pack, held, assess(pack, held, sample("flood").assessment.as_of))
    assert WORDS["follow_up_none"].zh in set(texts(made(work, "tracking")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_says_which_it_is(profile: Profile, language: Language) -> None:
    work = sample("scribe")
    found = made(work, profile, language)
    name = getattr(WORDS[f"profile_{profile}"], language)
    assert any(name in one for one in texts(found.blocks))
    assert (name in found.title) == (profile != "full")
    attached = json.loads(found.attachments[0].data)
    assert attached["profile"] == profile
    assert work.assessment.answers_digest in " ".join(texts(found.blocks))
    assert attached["assessment"]["answers_digest"] == work.assessment.answers_digest


@pytest.mark.parametrize("profile", PROFILES)
def test_what_travels_inside_fits_the_published_schema(profile: Profile) -> None:
    for language in LANGUAGES:
        for work in (sample("flood"), sample("credit"), sample("scribe"), empty()):
            value = json.loads(made(work, profile, language).attachments[0].data)
            assert list(schema.validator("report").iter_errors(value)) == []
            assert list(schema.validator("assessment").iter_errors(value["assessment"])) == []


def test_the_published_schema_refuses_other_json() -> None:
    value = report.attached_json(sample("flood"), "zh")
    for change in ({"language": "fr"}, {"profile": "short"}, {"assessment": {}}, {"more": 1}):
        assert list(schema.validator("report").iter_errors(value | change))
    broken = json.loads(json.dumps(value))
    broken["answers"]["answers"] = {"q": {"note": "no value"}}
    assert list(schema.validator("report").iter_errors(broken))


def test_withheld_texts_are_told_first() -> None:
    found = made(sample("flood"), "publishable")
    first = found.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.tone == "notice"
    assert "不公開" in first.text


def test_headings_that_may_be_worded_are_headings_only() -> None:
    """A statement such as the attestation can never be worded anew."""
    work = sample("flood")
    shown = {one for profile in PROFILES for one in headings(made(work, profile))}
    shown |= {one for profile in PROFILES for one in headings(made(empty(), profile))}
    known = {key for key, text in WORDS.items() if text.zh in shown}
    assert set(HEADINGS) - known <= {"flags", "scales"}
    assert not {"attest", "pages_of", "incomplete", "recompute"} & set(HEADINGS)


# -- words that mean harm --------------------------------------------------------------------------

EVIL: Final = (
    "</td><script>alert(1)</script>\"'><img src=x onerror=1>",
    "{{ 7*7 }}{% for x in y %}{# #}",
    "=cmd|' /C calc'!A0",
    "前\u202e後\u2066\x00\x1b[31m\x85",
    "長" * 100_000,
)


@pytest.mark.parametrize("evil", EVIL, ids=("markup", "template", "formula", "control", "long"))
@pytest.mark.parametrize("profile", PROFILES)
def test_whatever_a_person_writes_is_text(evil: str, profile: Profile) -> None:
    held = sample("flood").answers
    first = followups(sample("flood"))[0]
    told = replace(first, owner=evil, resolution=evil, progress=evil, tracking=evil)
    given = {q: replace(one, note=evil) for q, one in list(held.answers.items())[:3]}
    case = {"name": evil, "agency": evil, "purpose": evil, evil[:80]: evil}
    whole = AnswerSet({**held.answers, **given}, case, (told,))
    pack, day = sample("flood").pack, sample("flood").assessment.as_of
    work = Work(pack, whole, assess(pack, whole, day))
    edition = Edition(profile)
    page = rendering.render(work, "zh", Path("a.html"), None, edition).decode()
    assert not any(sign in page for sign in ("<script", "<img src=x", "\u202e", "\x00", "\x1b"))
    assert "{{ 7*7 }}" in page or "{{" not in evil
    value = json.loads(rendering.render(work, "zh", Path("a.json"), None, edition))
    assert list(schema.validator("report").iter_errors(value)) == []
    rows = rendering.render(work, "zh", Path("a.csv"), None, edition).decode("utf-8-sig")
    assert not any(one.startswith(("=", '"=')) for one in rows.replace(",", "\n").splitlines())


def test_a_field_of_ones_own_is_named_by_its_own_name() -> None:
    case = {"title": "甲", "attest": "乙"}
    held = AnswerSet({}, case)
    pack = sample("flood").pack
    work = Work(pack, held, assess(pack, held, sample("flood").assessment.as_of))
    rows = next(b for b in made(work, "full").blocks if isinstance(b, Facts) and len(b.rows) > 5)
    assert {("title", "甲"), ("attest", "乙")} <= set(rows.rows)


# -- the command -----------------------------------------------------------------------------------


def command(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    return done.exit_code, done.output


def test_the_command_takes_a_profile(tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    asked = ("--profile", "publishable", "--reveal", "purpose", "--reveal", "use_scene")
    code, _ = command("report", SAMPLES / "flood.yaml", "-o", out, *asked)
    value = json.loads(out.read_text("utf-8"))
    assert (code, value["profile"], value["revealed"]) == (
        0,
        "publishable",
        ["purpose", "use_scene"],
    )
    assert value["answers"]["case"]["contact_role"] == "〔不公開〕"
    assert value["answers"]["case"]["purpose"] != "〔不公開〕"


def test_the_command_reveals_only_what_is_there(tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    for asked, told in (
        (("--reveal", "purpose"), "--profile publishable"),
        (("--profile", "publishable", "--reveal", "nobody"), "nobody"),
    ):
        code, output = command("report", SAMPLES / "flood.yaml", "-o", out, *asked)
        assert code == 2
        assert told in output
        assert not out.exists()


def test_the_command_prints_a_schema() -> None:
    code, told = command("schema", "report")
    assert code == 0
    assert json.loads(told)["$id"] == "urn:risk-kit:schema:report:1"
    code, told = command("schema", "raport")
    assert code == 2
    assert "report" in told
