"""The PDF says what the report says, with embedded fonts, and is the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from risk_kit import pdf
from risk_kit.document import (
    Attachment,
    Block,
    Bullets,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Reason,
    Report,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.errors import BadInput
from risk_kit.pdf_lines import lines, may_break
from risk_kit.pdf_pages import BOTTOM, TOP, Kind, Strip, air, paginate

Require = Callable[[str], Path]
LEVELS = ("最低風險", "有限風險", "高度風險", "待確認限制或禁止")
JSON = '{"tier": {"low": "limited"}, "名稱": "治水"}'.encode()


def report(*blocks: Block, **changes: object) -> Report:
    base = Report(
        language="zh",
        title="系統性治水決策模型：自評報告",
        subject="級距為指示性",
        author="某市政府水利局",
        header="系統性治水決策模型｜自評報告",
        page_label="第 {page} 頁，共 {pages} 頁",
        date=date(2026, 8, 22),
        blocks=blocks,
        attachments=(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def reason(because: str = "輸出直接送交抽水站。") -> Reason:
    return Reason(
        "操作關鍵基礎設施",
        "holds",
        "成立",
        2,
        because,
        (("是否逐次核可？", "否"),),
        ("人工智慧基本法第 5 條",),
    )


ALL = report(
    Paragraph("指示性級距介於「有限」與「高度」之間。", "lead"),
    Spectrum(LEVELS, 1, 2, "指示性級距：有限風險至高度風險。"),
    Paragraph("框架分類但不分級。", "notice"),
    Heading("案件"),
    Facts((("名稱", "系統性治水"), ("承辦人", "陳堃喆、游煊峯、龘、𨭎"))),
    Heading("理由", 2),
    reason(),
    Heading("簽署"),
    Signatures((("preparer", "填報人"), ("reviewer", "審查人"), ("approver", "核定人")), "依序。"),
    attachments=(Attachment("assessment.json", "application/json", JSON, "機器可讀之評估"),),
)


def text_of(data: bytes, folder: Path, *options: str) -> str:
    file = folder / "report.pdf"
    file.write_bytes(data)
    done = subprocess.run(
        ["pdftotext", *options, str(file), "-"], check=True, capture_output=True, timeout=60
    )
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_same_report_same_bytes_in_every_process() -> None:
    digest = hashlib.sha256(pdf.render(ALL)).hexdigest()
    code = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]; import test_pdf;"
        "print(hashlib.sha256(test_pdf.pdf.render(test_pdf.ALL)).hexdigest())"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                code,
                str(Path(__file__).parent),
                str(Path(pdf.__file__).parents[1]),
            ],
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/Lima"},
        )
        assert done.stdout.strip() == digest


def test_only_embedded_subset_fonts(tmp_path: Path, require_program: Require) -> None:
    require_program("pdffonts")
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.render(ALL))
    done = subprocess.run(
        ["pdffonts", str(file)], check=True, capture_output=True, text=True, timeout=60
    )
    rows = done.stdout.splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), done.stdout


@pytest.mark.parametrize("text", ["堃喆煊峯龘", "𨭎", "Ünïcödé — “quoted” ’s", "（一）①％℃"])
def test_text_comes_back(text: str, tmp_path: Path, require_program: Require) -> None:
    require_program("pdftotext")
    data = pdf.render(report(Paragraph(f"起{text}訖"), Facts((("粗體" + text, "值"),))))
    found = squeezed(text_of(data, tmp_path))
    assert found.count(squeezed(text)) == 2


def test_text_of_a_fallback_font_comes_back(tmp_path: Path, require_program: Require) -> None:
    require_program("pdftotext")
    require_program("TW-Sung-Ext-B")
    data = pdf.render(report(Paragraph("𠮷田先生與𠮷野小姐")))
    assert "𠮷田先生與𠮷野小姐" in squeezed(text_of(data, tmp_path))


def test_a_character_without_a_font_is_an_error() -> None:
    with pytest.raises(BadInput) as caught:
        pdf.render(report(Bullets(("好", "\U0001f9ff"))))
    assert [problem.code for problem in caught.value.problems] == ["no_glyph"]


def test_markup_is_text(tmp_path: Path, require_program: Require) -> None:
    require_program("pdftotext")
    evil = '<b>粗</b> &amp; <font color="red"> {{ 7*7 }} {% x %} %s \\n ) Tj ET'
    blocks = (
        Heading(evil),
        Paragraph(evil),
        Bullets((evil,)),
        Facts(((evil, evil),)),
        Table((evil,), ((evil,),), (1,)),
        reason(evil),
        Spectrum(LEVELS, None, None, evil),
    )
    made = report(*blocks, title=evil, subject=evil, header=evil, author=evil)
    found = squeezed(text_of(pdf.render(made), tmp_path, "-raw"))
    assert found.count(squeezed(evil)) >= len(blocks)


def test_controls_and_overrides_show_as_a_mark(tmp_path: Path, require_program: Require) -> None:
    require_program("pdftotext")
    data = pdf.render(report(Paragraph("前\u202e\x00後\n新行")))
    found = text_of(data, tmp_path)
    assert "前〓〓後\n" in found
    assert "\u202e" not in found


def test_attachments_come_back_with_fixed_dates() -> None:
    with pikepdf.open(BytesIO(pdf.render(ALL))) as opened:
        spec = opened.attachments["assessment.json"]
        assert spec.get_file().read_bytes() == JSON
        assert spec.get_file().mime_type == "application/json"
        assert spec.description == "機器可讀之評估"
        assert str(spec.get_file().obj.Params.ModDate) == "D:20260822000000+08'00'"
        assert opened.Root.AF[0].AFRelationship == pikepdf.Name.Data


def test_description_of_the_document() -> None:
    with pikepdf.open(BytesIO(pdf.render(ALL))) as opened:
        assert str(opened.Root.Lang) == "zh-Hant-TW"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]) == ALL.title
        assert str(opened.docinfo["/CreationDate"]) == "D:20260822000000+08'00'"
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == ALL.title
            assert xmp["xmp:CreateDate"] == "2026-08-22T00:00:00+08:00"
        with opened.open_outline() as outline:
            assert [one.title for one in outline.root] == ["案件", "簽署"]
            assert [one.title for one in outline.root[0].children] == ["理由"]


def test_an_english_report_says_so() -> None:
    made = report(Heading("Deep first", 3), language="en", page_label="Page {page} of {pages}")
    with pikepdf.open(BytesIO(pdf.render(made))) as opened:
        assert str(opened.Root.Lang) == "en"


def test_three_empty_signature_fields_on_their_page() -> None:
    data = pdf.render(ALL)
    found = list(enumerate_sig_fields(PdfFileReader(BytesIO(data))))
    assert [(name, value) for name, value, _ in found] == [
        ("preparer", None),
        ("reviewer", None),
        ("approver", None),
    ]
    with pikepdf.open(BytesIO(data)) as opened:
        widgets = list(opened.pages[-1].Annots)
        edges = [[float(edge) for edge in widget.Rect] for widget in widgets]
    assert len(edges) == 3
    assert all(0 < left < right < 596 and 0 < low < top < 842 for left, low, right, top in edges)
    assert [left for left, *_ in edges] == sorted(left for left, *_ in edges)


def test_no_signature_block_no_form() -> None:
    with pikepdf.open(BytesIO(pdf.render(report(Paragraph("無"))))) as opened:
        assert "/AcroForm" not in opened.Root


def test_every_page_has_its_header_number_and_table_head(
    tmp_path: Path, require_program: Require
) -> None:
    require_program("pdftotext")
    rows = tuple((f"第{n}列", "保存紀錄" * 12) for n in range(60))
    data = pdf.render(report(Table(("欄甲", "欄乙"), rows, (1, 4))))
    pages = text_of(data, tmp_path).split("\f")[:-1]
    assert len(pages) >= 3
    for number, page in enumerate(pages, 1):
        assert "系統性治水決策模型｜自評報告" in page
        assert f"第 {number} 頁，共 {len(pages)} 頁" in page
        assert page.count("欄甲") == 1
    assert re.findall(r"第(\d+)列", "".join(pages)) == [str(n) for n in range(60)]


def test_a_card_that_is_cut_says_that_it_goes_on(tmp_path: Path, require_program: Require) -> None:
    require_program("pdftotext")
    made = report(Paragraph("起"), reason("理由很長。" * 900))
    pages = text_of(pdf.render(made), tmp_path).split("\f")[:-1]
    assert len(pages) >= 3
    assert "操作關鍵基礎設施（續）" not in pages[0]
    assert all("操作關鍵基礎設施（續）" in page for page in pages[1:])


def test_a_page_break_and_an_empty_report() -> None:
    with pikepdf.open(BytesIO(pdf.render(report()))) as opened:
        assert len(opened.pages) == 1
    twice = report(Paragraph("一"), PageBreak(), PageBreak(), Paragraph("二"), PageBreak())
    with pikepdf.open(BytesIO(pdf.render(twice))) as opened:
        assert len(opened.pages) == 2


@pytest.mark.parametrize("unit", ["很長的答案，", "x", "a b ", "。", "\n"])
def test_a_huge_answer_takes_bounded_time(unit: str) -> None:
    huge = unit * (100_000 // len(unit))
    start = time.perf_counter()
    pdf.render(report(Facts((("答案", huge),))))
    assert time.perf_counter() - start < 20


ANY_TEXT = st.text(alphabet="甲乙丙，。「」（）、abc XY12-/.%“’—…", max_size=200)


def breaks_allowed(text: str) -> list[bool]:
    return [may_break(left, right) for left, right in pairwise(text)]


@given(ANY_TEXT, st.floats(60, 480))
@example("甲「（" * 40 + "。" * 90, 61.0)
def test_lines_fit_keep_all_text_and_break_only_where_allowed(text: str, room: float) -> None:
    found = lines(text, 10, room)
    assert squeezed("".join(line.text for line in found)) == squeezed(text)
    assert all(line.width <= room + 0.1 for line in found)
    at = 0
    for line, following in pairwise(found):
        after = at + len(line.text)
        at = text.index(following.text.lstrip(" ") or following.text, after)
        spaces_fell = text[after : after + 1] == " "
        one_long_word = not any(breaks_allowed(line.text))
        assert spaces_fell or may_break(text[after - 1], text[after]) or one_long_word


@pytest.mark.parametrize(
    ("text", "never_first"),
    [("甲" * 9 + "」。" + "乙" * 20, "」。"), ("甲" * 8 + "——" + "乙" * 20, "—")],
)
def test_punctuation_does_not_begin_a_line(text: str, never_first: str) -> None:
    for room in range(60, 200, 5):
        assert not any(line.text[0] in never_first for line in lines(text, 10, room)[1:])
        assert not any(line.text[-1] in "「（" for line in lines("「（甲）」" * 9, 10, room))


def test_words_and_numbers_stay_whole() -> None:
    found = [line.text for line in lines("依 2026-07-07 發布之 framework 規定辦理100%", 10, 90)]
    assert all(word in " ".join(found) for word in ("2026-07-07", "framework", "100%"))


@given(st.lists(st.tuples(st.floats(1, 300), st.booleans()), max_size=60))
def test_pages_hold_every_strip_in_order_and_none_overflows(
    parts: list[tuple[float, bool]],
) -> None:
    given_strips = [Strip(height, keep=keep) for height, keep in parts]
    pages = paginate(given_strips)
    placed = [strip for page in pages for _, strip in page]
    assert placed == given_strips
    for page in pages:
        assert all(y >= TOP and y + strip.height <= BOTTOM + 0.001 for y, strip in page)
    assert all(pages) or not parts


def test_a_heading_moves_with_what_follows_and_air_stays_behind() -> None:
    filler = Strip(BOTTOM - TOP - 30)
    heading, after = Strip(20, keep=True), Strip(20)
    pages = paginate([filler, air(5), heading, after])
    assert [strip for _, strip in pages[1]] == [heading, after]
    assert all(strip.kind is not Kind.AIR for _, strip in pages[1])
