"""The PDF says what the report says, with embedded fonts, and is the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path
from unittest.mock import MagicMock

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from a_report import ATTACHED, JSON, LEVELS, MAP, reason, report
from risk_kit import fonts, pdf
from risk_kit.appearance import clean
from risk_kit.document import (
    Bullets,
    Facts,
    Heading,
    MapCell,
    PageBreak,
    Paragraph,
    Report,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.errors import BadInput
from risk_kit.pdf_blocks import flow
from risk_kit.pdf_lines import Line, lines, may_break
from risk_kit.pdf_pages import BOTTOM, TOP, Kind, Pen, Strip, air, paginate

Require = Callable[[str], Path]

ALL = report(
    Paragraph("指示性級距介於「有限」與「高度」之間。", "lead"),
    Spectrum(LEVELS, 1, 2, "指示性級距：有限風險至高度風險。"),
    Paragraph("框架分類但不分級。", "notice"),
    Heading("案件"),
    Facts((("名稱", "系統性治水"), ("承辦人", "陳堃喆、游煊峯、龘、𨭎"))),
    Heading("地圖", 2),
    MAP,
    Heading("理由", 2),
    reason(),
    Heading("簽署"),
    Signatures((("preparer", "填報人"), ("reviewer", "審查人"), ("approver", "核定人")), "依序。"),
    attachments=(ATTACHED,),
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
    data = pdf.render(report(Paragraph("𠮷田先生與堃喆、𤧟小姐"), Heading("𤧟")))
    assert "𠮷田先生與堃喆、𤧟小姐" in squeezed(text_of(data, tmp_path))


def test_every_character_of_the_shipped_font_comes_back(
    tmp_path: Path, require_program: Require
) -> None:
    require_program("pdftotext")
    have = sorted(fonts.shipped(fonts.REGULAR).face.charToGlyph)
    known = [chr(point) for point in have[::17] if chr(point).isalnum()]
    given_texts = ["".join(known[at : at + 50]) for at in range(0, len(known), 50)]
    data = pdf.render(report(*map(Paragraph, given_texts)))
    found = squeezed(text_of(data, tmp_path))
    assert len(known) > 600
    assert [one for text in given_texts for one in clean(text) if one not in found] == []


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
            assert [one.title for one in outline.root[0].children] == ["地圖", "理由"]


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
    assert "操作設施（續）" not in pages[0]
    assert all("操作設施（續）" in page for page in pages[1:])


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


# ------------------------------------------------------------------ drawings and their words


def alternatives(data: bytes) -> list[str]:
    """What stands for drawings, on all pages."""
    with pikepdf.open(BytesIO(data)) as opened:
        return [
            str(operands[1].Alt)
            for page in opened.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and str(operands[0]) == "/Span"
        ]


def test_drawings_carry_their_words() -> None:
    told = [cell.told for _, cells in MAP.groups for cell in cells]
    assert alternatives(pdf.render(ALL)) == ["指示性級距：有限風險至高度風險。", *told]


def test_the_map_is_text_cell_by_cell(tmp_path: Path, require_program: Require) -> None:
    require_program("pdftotext")
    found = squeezed(text_of(pdf.render(report(MAP)), tmp_path, "-raw"))
    cells = [f"{c.code}{c.title}{c.told}" for _, group in MAP.groups for c in group]
    assert [one for one in cells if one not in found] == []
    assert found.index("十項子類型") < found.index("A技術設計缺陷") < found.index("A1安全")


def test_a_map_with_endless_words_stays_on_its_pages() -> None:
    cell = MapCell("A1", "很長的標題" * 900, "很長的結果" * 900, None, 3)
    strips = flow(report(RiskMap(LEVELS, (("長" * 900, (cell,) * 40),), "句" * 900, "字" * 900)))
    for page in paginate(strips):
        assert all(y + strip.height <= BOTTOM + 0.001 for y, strip in page)


# ------------------------------------------------------------------ what stays together


def pages_of(made: Report) -> list[list[str]]:
    """The lines of each page, from top to bottom."""
    found = []
    for page in paginate(flow(made)):
        pen = MagicMock(spec=Pen)
        for y, strip in page:
            strip.draw(pen, y)
        drawn = [call.args[0] for call in pen.text.call_args_list]
        found.append([line.text for line in drawn if isinstance(line, Line)])
    return found


@pytest.mark.parametrize("above", range(22, 40))
def test_a_heading_and_its_lead_stay_with_the_table(above: int) -> None:
    filler = tuple(Paragraph("行") for _ in range(above))
    table = Table(("欄",), (("列甲",), ("列乙",), ("列丙",)), (1,))
    made = report(*filler, Heading("標題"), Paragraph("引言"), Paragraph("說明", "small"), table)
    found = pages_of(made)
    (first,) = [page for page in found if "標題" in page]
    assert {"引言", "說明", "欄", "列甲", "列乙"} <= set(first)


@pytest.mark.parametrize("above", range(8, 26))
@pytest.mark.parametrize("count", [2, 3, 12])
def test_no_row_of_a_table_stands_alone(above: int, count: int) -> None:
    filler = tuple(Paragraph("行") for _ in range(above))
    rows = tuple((f"第{n}列",) for n in range(count))
    for block in (Table(("欄",), rows, (1,)), Facts(tuple((r, "值") for (r,) in rows))):
        held = [[one for one in page if "列" in one] for page in pages_of(report(*filler, block))]
        assert all(len(page) != 1 for page in held)


def test_a_digest_stays_on_one_line() -> None:
    made = report(Facts((("規則包摘要（SHA-256）", "fada70ba" * 8), ("工具版本", "risk_kit"))))
    assert "fada70ba" * 8 in chain.from_iterable(pages_of(made))


def test_a_last_line_is_never_one_character_with_its_full_stop() -> None:
    for count in range(30, 60):
        *_, last = lines("甲" * count + "。", 10, 150)
        assert len(last.text) >= 3
    assert [one.text for one in lines("甲乙丙。", 10, 21)][-1].endswith("。")


def test_colours_are_said_again_on_each_page() -> None:
    """The state of a page begins afresh: what is drawn must not lean on the page before."""
    data = pdf.render(report(Paragraph("灰", "small"), PageBreak(), Paragraph("灰", "small")))
    with pikepdf.open(BytesIO(data)) as opened:
        for page in opened.pages:
            drawn = [str(op) for _, op in pikepdf.parse_content_stream(page)]
            assert drawn.index("rg") < drawn.index("Tj")
