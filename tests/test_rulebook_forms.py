"""The rulebook as text, Markdown and HTML: links that lead somewhere, and texts that stay texts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from packs import FRAMEWORK, QUESTIONS, pack
from risk_kit import catalogue, html_rulebook, rulebook, rulebook_text
from risk_kit.document import Language
from risk_kit.rulebook_entries import parts
from risk_kit.rulebook_rows import Rulebook

SHIPPED = catalogue.pack("tw-ai-risk")
BOOKS = {language: rulebook.build(SHIPPED, language) for language in ("zh", "en")}
EVIL = "</h3><script>alert(1)</script> *重* [x](javascript:y) `z` {{ 7*7 }} | <a id='b'>"


class Page(HTMLParser):
    """Tags, ids, links and text of a page; fails when tags do not close in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.levels: list[int] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.add(tag)
        self.ids += [str(known["id"])] if "id" in known else []
        self.links |= {str(known["href"])} if "href" in known else set()
        self.levels += [int(tag[1])] if re.fullmatch(r"h\d", tag) else []
        assert not any(name.startswith("on") or name == "src" for name in known)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_whole_and_every_link_leads_somewhere(language: Language) -> None:
    page = Page(html_rulebook.render(BOOKS[language]))
    assert len(page.ids) == len(set(page.ids))
    assert {one for one in page.links if not one.startswith("#")} == set()
    assert {one.removeprefix("#") for one in page.links} <= set(page.ids)
    assert not page.tags & {"script", "img", "iframe", "link", "form"}
    assert page.levels[0] == 1
    assert all(
        after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False)
    )
    for rule in SHIPPED.framework.rules:
        assert (rule.because.zh if language == "zh" else rule.because.en) in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_links_lead_somewhere(language: Language) -> None:
    told = rulebook_text.markdown(BOOKS[language])
    ids = re.findall(r'<a id="([^"]+)"></a>', told)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"\]\(#([^)]+)\)", told)) <= set(ids)
    assert told.count("\n### ") == sum(len(one.entries) for one in parts(BOOKS[language]))


def test_markdown_of_some_parts_links_to_the_page_of_the_others() -> None:
    found = parts(BOOKS["zh"])
    rules = [one for one in found if one.key.startswith("rules.")]
    places = {entry.anchor: "rest.md" for one in found for entry in one.entries}
    told = rulebook_text.markdown(BOOKS["zh"], rules, places)
    assert "](rest.md#criterion-e_dec_3)" in told
    assert "](#rule-D2)" in told
    assert "rest.md" not in rulebook_text.markdown(BOOKS["zh"], rules)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_plain_text_says_every_rule(language: Language) -> None:
    told = rulebook_text.text(BOOKS[language])
    for rule in SHIPPED.framework.rules:
        assert f"[{rule.id}] " in told
    assert "<" not in told


def evil() -> Rulebook:
    quoted = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    framework = FRAMEWORK.replace("zh: 影響廣,", f'zh: "{quoted}",')
    framework = framework.replace("zh: 影響多人。,", f'zh: "{quoted}",')
    framework = framework.replace("zh: 件數過多,", f'zh: "{quoted}",')
    questions = QUESTIONS.replace("zh: 影響人數,", f'zh: "{quoted}",')
    book = rulebook.build(pack(framework, questions), "zh")
    return replace(book, title=EVIL)


def test_markup_in_a_pack_is_text_on_the_page() -> None:
    page = Page(html_rulebook.render(evil()))
    assert not page.tags & {"script", "img"}
    assert page.text.count("<script>alert(1)</script>") >= 5
    assert "{{ 7*7 }}" in page.text


def test_markup_in_a_pack_is_text_in_markdown() -> None:
    told = rulebook_text.markdown(evil())
    assert "<script" not in told.replace(r"\<script", "")
    assert "](javascript" not in told.replace(r"\](javascript", "")
    assert re.search(r"(?<!\\)\*重", told) is None


def test_controls_show_as_a_mark() -> None:
    book = replace(BOOKS["zh"], title="前\u202e後")
    assert "前〓後" in html_rulebook.render(book)
    assert "前〓後" in rulebook_text.text(book)
    assert "前〓後" in rulebook_text.markdown(book)
