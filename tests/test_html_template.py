"""What an agency's report.html.j2 may say, and that it cannot do more."""

from __future__ import annotations

import time
from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit import html, html_template
from risk_kit.document import Paragraph, Report
from risk_kit.errors import BadInput

EXTENDS: Final = '{% extends "report.html.j2" %}\n'
DAY: Final = date(2026, 11, 22)
BODY: Final = (Paragraph("內文"),)
REPORT: Final = Report("zh", "題<目>", "案&件", "機關", "頁首", "{page}{pages}", DAY, BODY, ())


def inside(text: str, place: str = "header") -> str:
    return f"{EXTENDS}{{% block {place} %}}{text}{{% endblock %}}"


def refused(source: str) -> list[tuple[str, int | None]]:
    with pytest.raises(BadInput) as error:
        html_template.checked(source, "t/report.html.j2")
    assert all(one.file == "t/report.html.j2" for one in error.value.problems)
    return [(one.code, one.line) for one in error.value.problems]


@pytest.mark.parametrize("place", html_template.PLACES)
def test_each_place_is_on_the_page(place: str) -> None:
    made = html.render(REPORT, inside("/*我們的*/", place))
    assert made.count("/*我們的*/") == 1
    assert "內文" in made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ report.title }}", "題&lt;目&gt;"),
        ("{{ report.subject | upper }}", "案&amp;件"),
        ("{{ report.date }}", "2026-11-22"),
        ("{% if report.language == 'zh' %}中{% else %}E{% endif %}", "中"),
        ("{{ 'a' if report.language != 'zh' else 'b' }}", "b"),
        ("甲{{ super() }}乙", "甲乙"),
        ("{# 註解 #}<b>粗</b>", "<b>粗</b>"),
    ],
)
def test_what_a_template_may_say(text: str, shown: str) -> None:
    assert shown in html.render(REPORT, inside(text))


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in report.blocks %}x{% endfor %}",
        "{% for a in range(10**9) %}x{% endfor %}",
        "{% set a = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{% from 'x' import y %}",
        "{{ report.blocks }}",
        "{{ report.attachments }}",
        "{{ report.__class__ }}",
        "{{ report['title'] }}",
        "{{ report.title.upper() }}",
        "{{ report }}",
        "{{ cycler('a') }}",
        "{{ lipsum(9) }}",
        "{{ files }}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ report.title | safe }}",
        "{{ report.title | center(10**9) }}",
        "{{ report.title | replace('a', 'b') }}",
        "{{ report.date < 1 }}",
        "{{ 1 in report.title }}",
        "{{ self.header() }}",
        "{{ super(1) }}",
        "{% autoescape false %}{{ report.title }}{% endautoescape %}",
        "{% call report.title() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}x{% endwith %}",
        "{{ report.title is defined }}",
        "{{ report.nothing }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ -1 }}",
    ],
)
def test_everything_else_is_refused_at_its_line(text: str) -> None:
    found = refused(inside(f"\n\n{text}"))
    assert found
    assert {line for _, line in found} == {4}


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("<p>", "template_extends", 1),
        ("", "template_extends", 1),
        (EXTENDS + EXTENDS, "template_extends", 1),
        ("\n" + '{% extends "x" %}', "template_extends", 2),
        ("x" + EXTENDS, "template_extends", 1),
        ("{% extends report.title %}", "template_extends", 1),
        ('{% if 1 == 1 %}{% extends "report.html.j2" %}{% endif %}', "template_extends", 1),
        (EXTENDS + "{% block main %}{% endblock %}", "template_place", 2),
        (inside("\n<script>"), "template_active", 3),
        (inside("<ScRiPt src=x>"), "template_active", 2),
        (inside("\n\n< meta http-equiv=refresh>"), "template_active", 4),
        (EXTENDS + "{% block header %}", "template_syntax", 2),
        (EXTENDS + "\n{{ }}", "template_syntax", 3),
        (EXTENDS + "{% block header %}{{ 1 | nosuch }}{% endblock %}", "template_says", 2),
        (inside("{{ report.title }}" * 51), "template_facts", None),
        (inside("x" * 70_000), "template_too_long", None),
    ],
)
def test_faults_are_told_with_their_line(source: str, code: str, line: int | None) -> None:
    assert (code, line) in refused(source)


def test_a_deep_template_is_refused_and_not_a_crash() -> None:
    nested = ["{% if 1 == 1 %}" * count + "{% endif %}" * count for count in (150, 1500)]
    signs = ["{{ " + "(" * 20_000 + " }}", "{{ " + "not " * 9000 + "1 }}"]
    for deep in (*nested, *signs):
        assert refused(inside(deep))


def test_user_text_stays_text_in_a_template() -> None:
    evil = "{{ 7*7 }}{% for %}<script>alert(1)</script>"
    made = html.render(
        Report("zh", evil, evil, evil, evil, "", DAY, (Paragraph(evil),), ()),
        inside("<p title='{{ report.title }}'>{{ report.author }}</p>"),
    )
    assert "<script>" not in made
    assert "{{ 7*7 }}" in made


@given(st.text("{}%#-+ \nif|'\"()[].=<reportile_supend", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_taken_or_refused_in_a_moment(text: str) -> None:
    start = time.monotonic()
    try:
        made = html.render(REPORT, inside(text))
    except BadInput:
        made = ""
    assert time.monotonic() - start < 2
    assert len(made) < 100_000


def test_the_page_without_a_template_is_the_same_as_with_an_empty_one() -> None:
    assert html.render(REPORT, EXTENDS) == html.render(REPORT)
