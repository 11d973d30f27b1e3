"""Small packs for tests, written as YAML and read by the real loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from risk_kit import load, load_overlay
from risk_kit.check import faults
from risk_kit.overlay import resolve
from risk_kit.yamlread import read

if TYPE_CHECKING:
    from risk_kit.layers import Overlay
    from risk_kit.model import Framework, Pack, Questionnaire

QUESTIONS = """
format: risk-kit/questionnaire/1
id: small
version: "1"
sections:
  - id: facts
    step: inventory
    title: {zh: 事實, en: Facts}
    questions:
      - {id: live, kind: yes_no, label: {zh: 是否上線？, en: Live?}}
      - id: reach
        kind: one_of
        ordered: true
        label: {zh: 影響人數, en: Reach}
        options:
          - {id: few, label: {zh: 少, en: few}}
          - {id: some, label: {zh: 中, en: some}}
          - {id: many, label: {zh: 多, en: many}}
      - id: who
        kind: many_of
        label: {zh: 影響誰, en: Who}
        options:
          - {id: staff, label: {zh: 同仁, en: staff}}
          - {id: public, label: {zh: 民眾, en: public}}
          - {id: nobody, label: {zh: 無, en: nobody}, exclusive: true}
      - {id: reviewed, kind: whole_number, minimum: 0, maximum: 500, label: {zh: 件數, en: Cases}}
"""

FRAMEWORK = """
format: risk-kit/framework/1
id: small
version: "1"
title: {zh: 小框架, en: Small}
questionnaire: small
main_scale: tier
sources:
  - {id: own, title: {zh: 方法, en: Method}, issuer: {zh: 我們, en: us}, force: method, verified: true}
scales:
  - id: tier
    title: {zh: 級距, en: Tier}
    levels:
      - {id: low, label: {zh: 輕, en: low}, meaning: {zh: 輕, en: low}}
      - {id: mid, label: {zh: 中, en: mid}, meaning: {zh: 中, en: mid}}
      - {id: top, label: {zh: 重, en: top}, meaning: {zh: 重, en: top}}
parameters:
  - id: a_day
    title: {zh: 每日件數, en: cases a day}
    value: 60
    minimum: 10
    maximum: 120
    tunable: true
criteria:
  - id: busy
    title: {zh: 件數過多, en: too many cases}
    when: {reviewed: {at_least: {parameter: a_day}}}
rules:
  - id: wide
    title: {zh: 影響廣, en: wide reach}
    when: {reach: many}
    raise: {tier: mid}
    tunable: {scale: tier, lowest: low}
    because: {zh: 影響多人。, en: Many people are affected.}
    cites: [{source: own}]
    basis: toolkit
  - id: hurried
    title: {zh: 審查過快, en: hurried review}
    when: {all: [{criterion: busy}, {live: true}]}
    raise: {tier: top}
    because: {zh: 沒有時間看。, en: No time to look.}
    cites: [{source: own}]
    basis: toolkit
"""


def base(framework: str = FRAMEWORK, questions: str = QUESTIONS) -> tuple[Framework, Questionnaire]:
    asked = load.questionnaire(read(questions.encode(), "questionnaire.yaml"))
    built = load.framework(read(framework.encode(), "framework.yaml"), asked)
    assert not list(faults(built, asked))
    return built, asked


def pack(framework: str = FRAMEWORK, questions: str = QUESTIONS, *overlays: Overlay) -> Pack:
    return resolve(*base(framework, questions), overlays)


def overlay(name: str, body: str) -> Overlay:
    """An overlay over the small base; `body` is YAML after the head."""
    head = f"""
format: risk-kit/overlay/1
id: {name}
version: "1"
base: small@1
title: {{zh: 疊加, en: overlay}}
"""
    return load_overlay.overlay(read((head + body).encode(), f"{name}.yaml"), *base())
