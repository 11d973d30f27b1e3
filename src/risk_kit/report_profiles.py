"""The shorter reports: two pages for who decides, a table for who follows up, and what is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from risk_kit import wording
from risk_kit.assess import Duty, Finding
from risk_kit.document import Block, Bullets, Facts, Heading, MapCell, Paragraph, RiskMap
from risk_kit.report_items import CODE, item_blocks
from risk_kit.report_pages import Pages
from risk_kit.report_response import follow_up_table
from risk_kit.withheld import counted

MOST_REASONS = 4
MOST_OPEN = 3
MOST_DUTIES = 3
MOST_NOTICES = 3


def withheld_notice(pages: Pages) -> Paragraph:
    """That words are withheld, how many, and why the result can be computed all the same."""
    found = counted(pages.held, pages.language)
    facts = {
        "case": found.case,
        "answers": found.answers,
        "notes": found.notes,
        "evidence": found.evidence,
        "followups": found.followups,
    }
    return Paragraph(pages.word("withheld").format(all=found.all, **facts), "notice")


def summary(pages: Pages) -> Iterator[Block]:
    """Result, reasons, what is open, what would change it, duties, and the map."""
    yield from pages.result()
    yield Paragraph(pages.listed((*pages.case(("agency",)), *pages.assessed())), "small")
    yield from _reasons(pages)
    yield from _open(pages)
    if rows := pages.place():
        yield Heading(pages.word("would_change"), 2)
        yield Facts(rows)
    yield from _duties(pages)
    yield from _maps(pages)
    yield Paragraph(pages.listed(pages.identity()), "small")
    joint = "" if pages.language == "zh" else " "
    kept = pages.pack.framework.notices[:MOST_NOTICES]
    notices = [wording.of(one.text, pages.language) for one in kept]
    yield Paragraph(joint.join((pages.word("summary_only"), *notices)), "small")


def tracking(pages: Pages) -> Iterator[Block]:
    """What is still to be done, by whom, until when, and how far it is."""
    yield Paragraph(wording.result(pages.pack, pages.got, pages.language))
    yield Facts((*pages.case(), *pages.assessed()))
    yield Heading(pages.word("follow_up"), 2)
    table = follow_up_table(pages.work, pages.language)
    yield table if table.rows else Paragraph(pages.word("follow_up_none"))
    yield from pages.closing()


def _reasons(pages: Pages) -> Iterator[Block]:
    yield Heading(pages.word("why"), 2)
    found = pages.raising("holds")
    if not found:
        yield Paragraph(pages.word("nothing_raises"))
        return
    yield Bullets(tuple(_reason(pages, one) for one in found[:MOST_REASONS]))
    yield from _more(pages, found, MOST_REASONS)


def _reason(pages: Pages, finding: Finding) -> str:
    rule, place = pages.pack.rules[finding.rule], pages.level(finding) or 0
    level = wording.of(pages.pack.main_scale.levels[place].label, pages.language)
    title, because = (wording.of(one, pages.language) for one in (rule.title, rule.because))
    item = f"{rule.item} " if rule.item is not None and CODE.fullmatch(rule.item) else ""
    told = pages.word("reason_tier" if level.lower() in title.lower() else "reason_level").format(
        level=level
    )
    return pages.word("told_reason").format(item=item, title=title, told=told, because=because)


def _open(pages: Pages) -> Iterator[Block]:
    found = pages.got.open_questions
    yield Heading(pages.word("open"), 2)
    if not found:
        yield Paragraph(pages.word("open_none"))
        return
    yield Bullets(tuple(pages.label(one.question) for one in found[:MOST_OPEN]))
    yield from _more(pages, found, MOST_OPEN)


def _maps(pages: Pages) -> Iterator[Block]:
    """The map with codes alone: titles are in the full report, and those found are told above."""
    for block in item_blocks(pages.work, pages.language):
        if isinstance(block, RiskMap):
            names = pages.joined(name for name, _ in block.groups)
            cells = tuple(_coded(one) for _, cells in block.groups for one in cells)
            yield Heading(pages.word("items"), 2)
            yield replace(block, groups=((names, cells),))


def _coded(cell: MapCell) -> MapCell:
    return replace(cell, title="") if cell.code else cell


def _duties(pages: Pages) -> Iterator[Block]:
    found = pages.got.obligations
    yield Heading(pages.word("duties"), 2)
    if not found:
        yield Paragraph(pages.word("duties_none"))
        return
    yield Bullets(tuple(_duty(pages, one) for one in found[:MOST_DUTIES]))
    yield from _more(pages, found, MOST_DUTIES)


def _duty(pages: Pages, one: Duty) -> str:
    duty = pages.pack.obligations[one.obligation]
    text = wording.of(duty.text, pages.language)
    state = wording.say(one.state, pages.language)
    whose = wording.basis(duty.basis, pages.language)
    return f"{text}（{state}；{whose}）" if pages.language == "zh" else f"{text} ({state}; {whose})"


def _more(pages: Pages, found: Sequence[object], most: int) -> Iterator[Block]:
    if len(found) > most:
        yield Paragraph(pages.word("and_more").format(count=len(found) - most), "small")
