"""Differences between packs: what was added, removed, changed."""

from __future__ import annotations

from packs import FRAMEWORK, QUESTIONS, overlay, pack
from risk_kit import prose
from risk_kit.difference import differences

ADDED = """
rules:
  - id: young
    title: {zh: 新規則, en: new}
    when: {live: true}
    raise: {tier: top}
    because: {zh: 理由。, en: Reason.}
    cites: [{source: own}]
    basis: toolkit
changes:
  - {op: set, target: parameters/a_day, expect: 60, with: 30}
"""


def test_a_pack_does_not_differ_from_itself() -> None:
    assert differences(pack(), pack()) == ()


def test_an_overlay_shows_what_it_adds_and_moves() -> None:
    found = differences(pack(), pack(FRAMEWORK, QUESTIONS, overlay("more", ADDED)))
    assert {(d.sort, d.kind, d.id, d.field) for d in found} == {
        ("added", "rules", "young", ""),
        ("changed", "parameters", "a_day", "value"),
        ("changed", "criteria", "busy", "when"),
    }


def test_removed_things_and_changes_in_words() -> None:
    other = FRAMEWORK.replace("- id: hurried", "- id: harried").replace("reach: many", "reach: few")
    found = differences(pack(), pack(other))
    assert {(d.sort, d.id) for d in found} == {
        ("removed", "hurried"),
        ("added", "harried"),
        ("changed", "wide"),
    }
    (changed,) = (d for d in found if d.sort == "changed")
    assert prose.anything(pack(), changed.before, "zh") == "「影響人數」為多"
    assert prose.anything(pack(), changed.after, "en") == "“Reach” is few"
