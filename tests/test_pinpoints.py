"""Where in a source, in English; and no cited place of a shipped pack stays Chinese there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from risk_kit import catalogue, wording
from risk_kit.model import Cite, Pack
from risk_kit.pinpoints import english

HAN = re.compile("[\u3400-\u9fff\uff00-\uffef\u3001-\u300f]")


@pytest.mark.parametrize(
    ("chinese", "expected"),
    [
        ("", ""),
        ("MEASURE 1.1", "MEASURE 1.1"),
        ("G2、第14點", "G2, point 14"),
        ("第5條", "Art. 5"),
        ("第5條第1項(c)", "Art. 5(1)(c)"),
        ("第6條第3項", "Art. 6(3)"),
        ("第16條第2項第1款第3目", "Art. 16(2)(1)(3)"),
        ("第4條第5款", "Art. 4(5)"),
        ("第339條、第339條之4", "Art. 339, Art. 339-4"),
        ("第5條第1項第h點、第2項至第7項", "Art. 5(1)(h), para. 2 to para. 7"),
        ("附件三第1點第b款", "Annex III point 1(b)"),
        ("附件十一、附件十二、附件二十", "Annex XI, Annex XII, Annex 二十"),
        ("第53條第1項第a點、第b點", "Art. 53(1)(a), point (b)"),
        ("前言第59點", "Recital 59"),
        ("第88段（草案）", "para. 88 (draft)"),
        ("表1 A1（待核對）", "Table 1 A1 (to be checked)"),
        ("第4點（點次待核對）", "point 4 (to be checked)"),
        ("附錄 C", "Appendix C"),
        ("第3章", "Chapter 3"),
        ("第2款", "subpara. 2"),
        ("嚴重度", "嚴重度"),
    ],
)
def test_a_pinpoint_in_english(chinese: str, expected: str) -> None:
    assert english(chinese) == expected


def cited(pack: Pack) -> Iterator[Cite]:
    things = (
        pack.rules.values(),
        pack.obligations.values(),
        pack.questions.values(),
        pack.items.values(),
        pack.criteria.values(),
        pack.dimensions.values(),
    )
    for thing in (one for some in things for one in some):
        yield from getattr(thing, "cites", ())


@pytest.mark.parametrize("name", catalogue.shipped())
def test_no_cited_place_stays_chinese_in_english(name: str) -> None:
    overlays = ("finance", "medical", "public-sector", "agent") if "tw-ai-risk" in name else ()
    pack = catalogue.pack(name, overlays)
    places = {wording.pinpoint(one, "en") for one in cited(pack)}
    assert [one for one in sorted(places) if HAN.search(one)] == []
    assert any(places)
