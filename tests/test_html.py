"""The HTML page: the same content, escaped, named for assistive tools, needing nothing else."""

from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from a_report import ATTACHED, JSON, LEVELS, reason, report
from risk_kit import html
from risk_kit.appearance import texts
from risk_kit.document import (
    Attachment,
    Bullets,
    Facts,
    Heading,
    MapCell,
    PageBreak,
    Paragraph,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)

ALL = report(
    Paragraph("級距介於「有限」與「高度」之間。", "lead"),
    Spectrum(LEVELS, 1, 2, "有限風險至高度風險"),
    Heading("案件"),
    Facts((("名稱", "系統性治水"),)),
    reason("輸出直接送交抽水站。"),
    Bullets(("尚待確認",)),
    Table(("角色", "事項"), (("機關", "保存紀錄"),), (1, 3)),
    PageBreak(),
    Signatures((("preparer", "填報人"), ("reviewer", "審查人")), "請依序簽署。"),
    attachments=(ATTACHED,),
)
VOID = {"col", "br", "meta", "rect", "path", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """Tags with their attributes and the visible text; says when tags do not close in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_every_text_of_the_report_is_on_the_page() -> None:
    page = Page(html.render(ALL))
    assert page.open == []
    for block in ALL.blocks:
        skip = {"preparer", "reviewer", "approver", "holds", "lead", "notice", "body"}
        assert all(text in page.text for text in texts(block) if text not in skip)
    assert page.all("html") == [{"lang": "zh-Hant-TW"}]


def test_nothing_runs_and_nothing_comes_from_outside() -> None:
    page = Page(html.render(ALL))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src"):
            assert (attributes.get(name) or "data:").startswith("data:")
    assert "default-src 'none'" in str(page.all("meta"))


def test_markup_and_template_text_are_text() -> None:
    evil = "</td><script>alert(1)</script>\"'><img src=x onerror=1>{{ 7*7 }}{% for %}&lt;"
    made = report(
        Heading(evil),
        Paragraph(evil),
        Bullets((evil,)),
        Facts(((evil, evil),)),
        Table((evil,), ((evil,),), (1,)),
        reason(evil),
        Spectrum((evil, "b"), 0, 1, evil),
        title=evil,
        subject=evil,
        author=evil,
        header=evil,
        attachments=(Attachment(evil, evil, b"x", evil),),
    )
    page = Page(html.render(made))
    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert page.text.count(evil) >= 12


def test_controls_and_overrides_show_as_a_mark_and_lines_stay() -> None:
    source = html.render(report(Paragraph("前\u202e後\n新行")))
    assert "前〓後<br>新行" in source


def test_the_spectrum_has_a_name_and_its_words() -> None:
    page = Page(html.render(report(Spectrum(LEVELS, 1, 2, "有限至高度"))))
    (drawing,) = page.all("svg")
    assert drawing["role"] == "img"
    assert drawing["aria-label"] == "有限至高度"
    assert sum(one.get("class") == "inside" for one in page.all("li")) == 2


@pytest.mark.parametrize(("low", "high", "hatched"), [(1, 2, 2), (2, 2, 0), (None, None, 0)])
def test_only_an_open_range_is_hatched(low: int | None, high: int | None, hatched: int) -> None:
    source = html.render(report(Spectrum(LEVELS, low, high, "級距")))
    assert source.count("url(#open-") == hatched


def test_a_map_tells_each_cell_by_words_and_signs() -> None:
    cells = (
        MapCell("A1", "<i>漏洞", "高度", 2, 2),
        MapCell("A2", "不透明", "尚未確定", None, 1),
        MapCell("A3", "偏離", "不成立", None, None),
    )
    made = html.render(report(RiskMap(("輕", "中", "高"), (("A 技術", cells),), "三項", "未定")))
    found = re.findall(r'<li class="(\w+)" style="([^"]*)">(.*?)</li>', made)
    told = [(kind, re.sub("<[^>]+>", "|", inner)) for kind, _, inner in found]
    assert [kind for kind, _ in told] == ["found", "open", "none"]
    assert [sign in text for sign, (_, text) in zip(("●●●", "◐◐○", "–"), told, strict=True)]
    assert all(
        word in text for word, (_, text) in zip(("高度", "尚未確定", "不成立"), told, strict=True)
    )
    assert "&lt;i&gt;漏洞" in made
    assert found[0][1].startswith("background:#")
    assert not found[1][1]
    assert made.count('aria-hidden="true">') == 3 + 4  # the signs of cells and key are no words


def test_headings_follow_the_title() -> None:
    page = Page(html.render(report(Heading("一"), Heading("二", 2), Heading("三", 3))))
    found = [tag for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert found == ["h1", "h2", "h3", "h4"]


def test_attachments_hold_their_data() -> None:
    (link,) = Page(html.render(ALL)).all("a")
    assert link["download"] == "assessment.json"
    assert b64decode(str(link["href"]).split(",", 1)[1]) == JSON


def test_the_same_report_gives_the_same_page() -> None:
    assert html.render(ALL) == html.render(ALL)
