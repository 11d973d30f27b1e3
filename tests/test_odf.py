"""The ODT says what the report says, opens in an office suite, and is the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from shutil import copy
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from a_report import report
from risk_kit import answers, casework, odf, rendering
from risk_kit.appearance import cleaned, texts
from risk_kit.document import (
    Bullets,
    Facts,
    Heading,
    Language,
    MapCell,
    PageBreak,
    Paragraph,
    Picture,
    Reason,
    Report,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)

Require = Callable[[str], Path]
ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "frameworks" / "tw-ai-risk" / "samples").glob("*.yaml"))
FONTS = ROOT / "src" / "risk_kit" / "data" / "fonts"
LEVELS = ("輕", "中", "重")
NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da636060"
    "6000000004000127f0d1a50000000049454e44ae426082"
)
EVIL = '<b>粗</b> &amp; ]]> {{ 7*7 }} =HYPERLINK("x")  兩格'


MAP = RiskMap(
    LEVELS,
    (
        (
            "A 技術",
            (
                MapCell("A1", "安全漏洞", "重", 2, 2),
                MapCell("A2", "不透明", "尚未確定，最高「中」", None, 1),
                MapCell("A3", "偏離意圖", "不成立", None, None),
            ),
        ),
    ),
    "3 項子類型中，1 項達到。",
    "尚未確定",
)
ALL = report(
    Paragraph("介於「中」與「重」之間。", "lead"),
    Spectrum(LEVELS, 1, 2, "中至重"),
    Paragraph("分類但不分級。", "notice"),
    Heading("案件"),
    Facts((("名稱", "治水"), ("承辦人", "陳堃喆、𠮷田"))),
    Heading("地圖", 2),
    MAP,
    Heading("理由", 3),
    Reason("操作設施", "holds", "成立", 2, "送交抽水站。", (("核可？", "否"),), ("第 5 條",)),
    Paragraph("說明", "small"),
    Table(("題目", "答案"), (("一", "是"), ("二", "否")), (3, 1)),
    Bullets(("甲", "乙")),
    Picture(PNG, "機關印信", 40, 20),
    PageBreak(),
    Heading("簽署"),
    Signatures((("preparer", "填報人"), ("reviewer", "審查人")), "依序。"),
)


def part(data: bytes, name: str = "content.xml") -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(data)).read(name))


def said(data: bytes) -> str:
    """The text of the body, in order, without spaces and without descriptions of drawings."""
    body = part(data).find("office:body", NS)
    for name in ("table:desc", "svg:desc", "svg:title"):
        for one in body.findall(f".//{name}", NS):
            one.text = ""
    return squeezed("".join(body.itertext()))


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_blocks(made: Report) -> Iterator[str]:
    """The texts that a reader should find; ids and names of tones and states are none."""
    safe = cleaned(made)
    for block in safe.blocks:
        match block:
            case Paragraph():
                yield block.text
            case Reason():
                yield from (block.title, block.state_label, block.because)
                yield from (*texts(block.answers), *block.sources)
            case Signatures():
                yield from (*(name for _, name in block.fields), block.hint)
            case RiskMap():
                yield from (*texts(block.groups), block.caption)
            case Picture():
                pass
            case _:
                yield from texts(block)


def test_every_text_of_the_report_is_there() -> None:
    found = said(odf.render(ALL))
    assert [one for one in of_blocks(ALL) if squeezed(one) not in found] == []
    order = [
        "系統性治水決策模型：自評報告",
        "級距為指示性",
        "介於",
        "分類但不分級",
        "A1",
        "送交抽水站",
        "題目",
        "甲",
        "填報人",
    ]
    assert sorted(order, key=found.index) == order


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_samples_are_told_whole(path: Path, language: Language) -> None:
    work = casework.open_case(answers.read(path), None, (), None)
    made = rendering.built(work, language)
    found = said(odf.render(made))
    assert [one for one in of_blocks(made) if squeezed(one) not in found] == []


def test_same_report_same_bytes_in_every_process() -> None:
    digest = hashlib.sha256(odf.render(ALL)).hexdigest()
    code = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]; import test_odf;"
        "print(hashlib.sha256(test_odf.odf.render(test_odf.ALL)).hexdigest())"
    )
    folders = [str(Path(__file__).parent), str(Path(odf.__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-c", code, *folders],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima"},
    )
    assert done.stdout.strip() == digest


def test_the_package_is_as_the_format_wants_it() -> None:
    with ZipFile(BytesIO(odf.render(ALL))) as archive:
        names = archive.namelist()
        assert names[0] == "mimetype"
        assert archive.getinfo("mimetype").compress_type == ZIP_STORED
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert {info.date_time for info in archive.infolist()} == {(2026, 8, 22, 0, 0, 0)}
        assert archive.read("Pictures/1.png") == PNG
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
    path = f"{{{NS['manifest']}}}full-path"
    listed = {one.get(path) for one in manifest.findall("manifest:file-entry", NS)}
    assert listed - {"/"} == set(names) - {"mimetype", "META-INF/manifest.xml"}


@pytest.mark.parametrize("name", ["content.xml", "styles.xml", "meta.xml", "settings.xml"])
def test_one_version_of_the_format_is_written(name: str) -> None:
    assert part(odf.render(ALL), name).get(f"{{{NS['office']}}}version") == "1.4"


def test_headings_tables_and_descriptions_have_their_structure() -> None:
    content = part(odf.render(ALL))
    headings = content.findall(".//text:h", NS)
    level = f"{{{NS['text']}}}outline-level"
    assert [(one.get(level), one.text) for one in headings[:3]] == [
        ("1", "案件"),
        ("2", "地圖"),
        ("3", "理由"),
    ]
    assert headings[3].get(level) == "4"
    heads = content.findall(".//table:table-header-rows", NS)
    assert squeezed("".join(heads[-2].itertext())) == "題目答案"
    about = [one.text for one in content.findall(".//table:desc", NS)]
    assert about == ["中至重"]
    assert content.findtext(".//draw:frame/svg:desc", namespaces=NS) == "機關印信"
    styles = {one.get(f"{{{NS['style']}}}name"): one for one in content.iter(tag("style:style"))}
    turned = styles[headings[4].get(tag("text:style-name"))]
    assert turned.find("style:paragraph-properties", NS).get(tag("fo:break-before")) == "page"


def tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def test_what_leads_into_a_table_stays_with_it() -> None:
    content = part(odf.render(ALL))
    (told,) = [one for one in content.iter(tag("text:p")) if one.text == "說明"]
    (style,) = [
        one
        for one in content.iter(tag("style:style"))
        if one.get(tag("style:name")) == told.get(tag("text:style-name"))
    ]
    assert style.find("style:paragraph-properties", NS).get(tag("fo:keep-with-next")) == "always"


def test_levels_are_told_by_signs_and_not_by_colour_alone() -> None:
    found = said(odf.render(ALL))
    assert "輕○中◐重◐" in found
    assert "A1安全漏洞●●●重" in found
    assert "A2不透明◐◐○尚未確定，最高「中」" in found
    assert "A3偏離意圖–不成立" in found


def test_language_title_header_and_page_numbers() -> None:
    data = odf.render(replace(ALL, language="en", page_label="Page {page} of {pages}"))
    meta, styles = part(data, "meta.xml"), part(data, "styles.xml")
    assert meta.findtext(".//dc:title", namespaces=NS) == "系統性治水決策模型：自評報告"
    assert meta.findtext(".//dc:language", namespaces=NS) == "en"
    assert meta.findtext(".//meta:creation-date", namespaces=NS) == "2026-08-22T00:00:00"
    default = styles.find(".//style:default-style/style:text-properties", NS)
    assert default.get(tag("fo:language")) == "en"
    assert default.get(tag("style:country-asian")) == "TW"
    foot = styles.find(".//style:footer/text:p", NS)
    assert squeezed("".join(foot.itertext())) == "Page1of1"
    fields = [etree.QName(one).localname for one in foot]
    assert [one for one in fields if one != "s"] == ["page-number", "page-count"]
    assert (
        styles.findtext(".//style:header/text:p", namespaces=NS) == "系統性治水決策模型｜自評報告"
    )


def test_it_says_that_it_is_a_copy() -> None:
    assert "可編輯副本" in said(odf.render(ALL))


def test_what_users_write_is_text() -> None:
    blocks = (Heading(EVIL), Facts(((EVIL, EVIL),)), Table((EVIL,), ((EVIL,),), (1,)))
    data = odf.render(report(*blocks, title=EVIL, header=EVIL, page_label=EVIL, author=EVIL))
    content = part(data)
    assert said(data).count(squeezed(EVIL)) == 6
    attributes = {name for one in content.iter() for name in one.attrib}
    assert not any("formula" in name for name in attributes)
    assert not list(content.iter(tag("text:a")))


def test_controls_and_overrides_show_as_a_mark_and_spaces_stay() -> None:
    data = odf.render(report(Paragraph("前\u202e\x00後  二\n新行")))
    (told,) = [one for one in part(data).iter(tag("text:p")) if (one.text or "").startswith("前")]
    assert told.text == "前〓〓後 "
    assert [(etree.QName(one).localname, one.tail) for one in told] == [
        ("s", "二"),
        ("line-break", "新行"),
    ]


@given(st.text(max_size=200))
def test_any_text_makes_a_document_that_can_be_read(text: str) -> None:
    made = report(Paragraph(text), Facts(((text, text),)), title=text, header=text)
    assert said(odf.render(made)).count(squeezed(cleaned(made).title)) >= 3


@pytest.mark.parametrize("unit", ["很長的答案，", "x", "a  b ", "\n"])
def test_a_huge_answer_takes_bounded_time(unit: str) -> None:
    huge = unit * (100_000 // len(unit))
    start = time.perf_counter()
    odf.render(report(Facts((("答案", huge),))))
    assert time.perf_counter() - start < 20


# ------------------------------------------------------------------ with an office suite


def office(folder: Path, form: str, *files: Path) -> None:
    """Convert with an office suite that has the shipped fonts and a profile of its own."""
    fonts = folder / "home" / ".fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for font in FONTS.glob("*.ttf"):
        copy(font, fonts)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, *files],
        check=True,
        capture_output=True,
        timeout=240,
        env={"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "LANG": "C.UTF-8"},
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, require_program: Require) -> Path:
    """A folder with the report as PDF, and after a round trip, as an office suite writes them."""
    require_program("soffice")
    folder = tmp_path_factory.mktemp("office")
    source = folder / "source"
    source.mkdir()
    work = casework.open_case(answers.read(SAMPLES[0]), None, (), None)
    (source / "all.odt").write_bytes(odf.render(ALL))
    (source / "sample.odt").write_bytes(odf.render(rendering.built(work, "zh")))
    office(folder, "pdf", *sorted(source.glob("*.odt")))
    office(folder, "odt", *sorted(source.glob("*.odt")))
    return folder


@pytest.mark.parametrize("name", ["all", "sample"])
def test_a_round_trip_keeps_every_word(opened: Path, name: str) -> None:
    before = (opened / "source" / f"{name}.odt").read_bytes()
    assert said((opened / f"{name}.odt").read_bytes()) == said(before)


def test_a_round_trip_keeps_outline_and_table_heads(opened: Path) -> None:
    before = part((opened / "source" / "sample.odt").read_bytes())
    after = part((opened / "sample.odt").read_bytes())
    level = tag("text:outline-level")
    assert [one.get(level) for one in after.iter(tag("text:h"))] == [
        one.get(level) for one in before.iter(tag("text:h"))
    ]
    count = len(list(before.iter(tag("table:table-header-rows"))))
    assert len(list(after.iter(tag("table:table-header-rows")))) == count


def test_pages_are_numbered_and_the_break_is_kept(opened: Path, require_program: Require) -> None:
    require_program("pdftotext")
    done = subprocess.run(
        ["pdftotext", opened / "all.pdf", "-"], check=True, capture_output=True, timeout=60
    )
    pages = done.stdout.decode().split("\f")[:-1]
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"第{number}頁，共3頁" in squeezed(page)
        assert "系統性治水決策模型｜自評報告" in squeezed(page)
    assert ["簽署" in page for page in pages] == [False, False, True]
    assert "𠮷田" in squeezed(pages[0])
