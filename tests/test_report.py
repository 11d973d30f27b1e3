"""What a report says: the case, the result, the reasons, what is open, and what travels inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from risk_kit import __version__, answers, casework, catalogue, rendering, report
from risk_kit.assess import Work, assess
from risk_kit.digest import canonical
from risk_kit.document import (
    Facts,
    Heading,
    Language,
    MapCell,
    Paragraph,
    Reason,
    Report,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.errors import BadInput
from risk_kit.model import (
    UNKNOWN,
    Answer,
    AnswerSet,
    Evidence,
    Level,
    Scale,
    Text,
    Value,
)
from risk_kit.rendering import render
from risk_kit.report_words import WORDS
from risk_kit.yamlread import Document

SMALL: Final = catalogue.pack(str(Path(__file__).parent / "data" / "small"))
SHIPPED: Final = catalogue.pack("tw-ai-risk")
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
DAY: Final = date(2026, 11, 22)
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def work(case: dict[str, str] | None = None, /, **values: Value | Answer) -> Work:
    given = {k: v if isinstance(v, Answer) else Answer(v) for k, v in values.items()}
    held = AnswerSet(given, case or {})
    return Work(SMALL, held, assess(SMALL, held, DAY))


def built(case: dict[str, str] | None = None, /, **values: Value | Answer) -> Report:
    return report.build(work(case, **values), "zh")


def of(kind: type, made: Report) -> list[Any]:
    return [block for block in made.blocks if isinstance(block, kind)]


def words(value: object) -> Iterator[str]:
    """Every text of a report, wherever it stands; not what is attached."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from words(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("attachments", "state", "language", "tone"):
                yield from words(getattr(value, field.name))


GRAVE: Final[dict[str, Value]] = {
    "used": True,
    "harm": "grave",
    "who": frozenset({"public"}),
    "people": 3,
    "since": date(2025, 1, 1),
}


def test_the_frame_of_a_report() -> None:
    made = built({"name": "案件", "agency": "機關"}, **GRAVE)
    assert (made.language, made.date) == ("zh", DAY)
    assert (made.subject, made.author) == ("案件", "機關")
    assert "{page}" in made.page_label
    assert "{pages}" in made.page_label
    assert built().subject == WORDS["untitled"].zh


def test_the_result_comes_first_with_its_spectrum_and_notices() -> None:
    made = built(**GRAVE)
    lead, spectrum, notice = made.blocks[:3]
    assert isinstance(lead, Paragraph)
    assert (lead.tone, "「高」" in lead.text) == ("lead", True)
    assert spectrum == Spectrum(("低", "中", "高"), 2, 2, "指示性：高")
    assert notice == Paragraph("這是測試用的框架。", "small")


def test_only_rules_that_can_still_raise_it_are_told_as_such() -> None:
    raising = WORDS["may_raise"].zh
    assert any(isinstance(b, Heading) and b.text == raising for b in built().blocks)
    assert not any(isinstance(b, Heading) and b.text == raising for b in built(**GRAVE).blocks)


def test_an_incomplete_case_says_so_and_shows_its_range() -> None:
    made = built()
    assert of(Spectrum, made) == [Spectrum(("低", "中", "高"), 0, 2, "指示性：低～高")]
    assert Paragraph(WORDS["incomplete"].zh, "notice") in made.blocks
    assert Paragraph(WORDS["incomplete"].zh, "notice") not in built(**GRAVE).blocks
    assert Heading(WORDS["may_raise"].zh, 3) in made.blocks
    assert Paragraph(WORDS["nothing_raises"].zh) in made.blocks
    (open_,) = [
        one for one in of(Table, made) if one.columns[0] == "題目" and len(one.rows[0]) == 3
    ]
    assert ("損害程度", "尚未作答", "高") in open_.rows


def test_a_reason_is_a_card_with_answers_and_sources() -> None:
    (card, flag) = of(Reason, built(**GRAVE))
    assert (card.title, card.state, card.level) == ("嚴重損害", "holds", 2)
    assert card.because == "損害嚴重。"
    assert set(card.answers) >= {("損害程度", "嚴重"), ("影響誰", "民眾")}
    assert card.sources == ("方法第1節", "條件與級距：本工具訂定（指示性）")
    assert (flag.title, flag.level) == ("說明與人數不一致", None)


def test_obligations_items_and_sources() -> None:
    made = built(**GRAVE)
    tables = {one.columns[0]: one for one in of(Table, made)}
    assert tables[WORDS["duty"].zh].rows == (
        ("應告知", "導入使用者", "成立", "方法\n依據：本工具"),
    )
    (drawn,) = of(RiskMap, made)
    assert drawn.groups[0][1] == (MapCell("A1", "子類型", "高", 2, 2),)
    assert [row[0] for row in tables[WORDS["document"].zh].rows] == ["方法"]
    assert Paragraph(WORDS["duties_none"].zh) in built(harm="none").blocks


def test_answers_with_note_evidence_and_dormancy() -> None:
    proof = Evidence("圖", "https://example.tw", "a.pdf", "0" * 64)
    made = built(
        used=False,
        who=frozenset({"staff"}),
        people=UNKNOWN,
        remark=Answer("文字", "註", (proof,)),
    )
    (table,) = [one for one in of(Table, made) if one.columns[1] == WORDS["answer"].zh]
    assert table.rows == (
        ("是否使用", "否", ""),
        ("影響誰", f"員工\n{WORDS['dormant'].zh}", ""),
        ("人數", "尚未確認", ""),
        ("說明", "文字", f"註\n圖 a.pdf https://example.tw {'0' * 64}"),
    )


def test_the_last_page_is_signed_and_identified() -> None:
    made = built(**GRAVE)
    (signatures,) = of(Signatures, made)
    assert [one for one, _ in signatures.fields] == ["preparer", "reviewer", "approver"]
    digests = dict(of(Facts, made)[-1].rows)
    got = work(**GRAVE).assessment
    assert set(digests.values()) == {
        got.pack_digest,
        got.answers_digest,
        f"risk_kit {__version__}",
        "完整報告",
    }


def test_what_travels_inside_can_be_read_as_an_answer_file() -> None:
    file = answers.read(SAMPLE)
    first = casework.open_case(file)
    (attachment,) = report.build(first, "zh").attachments
    assert (attachment.name, attachment.mime) == ("assessment.json", "application/json")
    value = json.loads(attachment.data)
    assert attachment.data == canonical(value)
    assert (value["format"], value["toolkit"]) == ("risk-kit/report/1", __version__)
    assert value["assessment"]["tier"] == {"low": "high", "high": "high", "decided": True}
    again = casework.open_case(answers.from_document(Document(value["answers"], {}, "x")))
    assert again == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_fields_are_shown_as_given(language: Language) -> None:
    case = {"name": "<b>案</b>", "agency": "甲", "自訂欄位": "{page} %s"}
    rows = dict(of(Facts, report.build(work(case), language))[0].rows)
    assert rows["自訂欄位"] == "{page} %s"
    assert "<b>案</b>" in rows.values()


def test_every_word_of_the_report_is_there_in_both_languages() -> None:
    for text in WORDS.values():
        assert text.zh.strip()
        assert text.en.strip()
        assert text.zh != text.en


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_internal_id_is_shown(language: Language) -> None:
    made = report.build(casework.open_case(answers.read(SAMPLE)), language)
    shown = "\n".join(words(made.blocks))
    for name in (*SHIPPED.questions, *(one.id for one in SHIPPED.framework.obligations)):
        if "_" in name:
            assert name not in shown, name


def test_the_ending_chooses_the_form(tmp_path: Path) -> None:
    one = work(**GRAVE)
    assert render(one, "zh", Path("a.PDF")).startswith(b"%PDF-")
    assert render(one, "en", Path("a.html")).startswith(b"<!")
    assert json.loads(render(one, "en", Path("a.json")))["language"] == "en"
    with pytest.raises(BadInput) as error:
        render(one, "zh", tmp_path / "a.docx")
    assert error.value.problems[0].code == "bad_ending"


def test_other_scales_stand_beside_the_tier() -> None:
    extra = Scale(
        "care",
        Text("照護量尺", "Care"),
        (
            Level("a", Text("甲", "A"), Text("甲", "A")),
            Level("b", Text("乙", "B"), Text("乙", "B")),
        ),
    )
    framework = replace(SMALL.framework, scales=(*SMALL.framework.scales, extra))
    pack = replace(SMALL, framework=framework)
    held = AnswerSet({})
    made = report.build(Work(pack, held, assess(pack, held, DAY)), "zh")
    assert ("照護量尺", "甲") in next(t.rows for t in of(Table, made) if t.columns[0] == "量尺")
    assert not any(t.columns[0] == "量尺" for t in of(Table, built(**GRAVE)))


def test_how_firm_estimates_are_is_told_of_one_level_only() -> None:
    """While answers are missing nothing is firm."""
    firm = "判斷的影響"
    for given, told in ((GRAVE, True), ({}, False)):
        made = rendering.built(work(**given), "zh")
        assert (firm in set(words(made.blocks))) == told
