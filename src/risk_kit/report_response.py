"""應對 in the report: inherent beside residual, and the measures still to be followed up."""

from __future__ import annotations

from collections.abc import Iterator

from risk_kit import wording
from risk_kit.assess import LevelRange, Work
from risk_kit.document import Block, Heading, Language, Paragraph, Table
from risk_kit.model import FollowUp, Scale
from risk_kit.report_words import WORDS
from risk_kit.response import Response, followups, responses


def response_blocks(work: Work, language: Language) -> Iterator[Block]:
    """Nothing where the framework asks for no measures."""
    if work.pack.framework.residual_scale is None or work.assessment.tier.low is None:
        return
    pages = _Response(work, language)
    found = responses(work)
    yield Heading(pages.word("response"), 2)
    yield Paragraph(pages.overall())
    yield Paragraph(pages.word("response_note"), "small")
    if found:
        columns = tuple(pages.word(k) for k in ("item", "inherent", "in_place", "residual"))
        yield Table(columns, tuple(pages.row(one) for one in found), (5, 3, 2, 3))
    table = follow_up_table(work, language)
    if table.rows:
        yield Heading(pages.word("follow_up"), 2)
        yield table


def follow_up_table(work: Work, language: Language) -> Table:
    """Every measure that is not in place, with what the case says of it; maybe no row."""
    pages = _Response(work, language)
    rows = tuple(pages.followed(one) for one in followups(work))
    return Table(pages.columns(), rows, (5, 3, 3, 3, 3, 3))


def follow_up_sheet(work: Work, language: Language) -> Table:
    """The same for a spreadsheet: one fact a column, days as YYYY-MM-DD."""
    pages = _Response(work, language)
    keys = ("item", "measure", "owner", "due", "follow_state", "resolution", "progress", "tracking")
    rows = tuple(pages.listed(one) for one in followups(work))
    return Table(tuple(map(pages.word, keys)), rows, (1,) * len(keys))


class _Response:
    def __init__(self, work: Work, language: Language) -> None:
        self.pack, self.got, self.language = work.pack, work.assessment, language

    def word(self, key: str) -> str:
        return wording.of(WORDS[key], self.language)

    def overall(self) -> str:
        """The case's inherent and residual level in one sentence."""
        framework = self.pack.framework
        spans = {one.scale: one for one in self.got.scales}
        told = {
            key: self._ends(self.pack.scales[scale], spans[scale])
            for key, scale in (
                ("inherent", framework.main_scale),
                ("residual", framework.residual_scale),
            )
            if scale is not None
        }
        return self.word("both_levels").format(**told)

    def row(self, one: Response) -> tuple[str, ...]:
        item = self.pack.items[one.item]
        residual = self.pack.scales[self.pack.framework.residual_scale or ""]
        whole = len(one.in_place) + len(one.missing)
        count = self.word("in_place_of").format(done=len(one.in_place), all=whole)
        return (
            f"{item.id} {wording.of(item.title, self.language)}",
            self._span(self.pack.main_scale, one.inherent),
            count if one.known else wording.say("unanswered", self.language),
            self._span(residual, one.residual),
        )

    def columns(self) -> tuple[str, ...]:
        keys = ("measure", "owner_due", "follow_state", "resolution", "progress", "tracking")
        return tuple(self.word(k) for k in keys)

    def listed(self, one: FollowUp) -> tuple[str, ...]:
        item = self.pack.items[self.pack.questions[one.question].measures or ""]
        return (
            f"{item.id} {wording.of(item.title, self.language)}",
            self._measure(one),
            one.owner,
            one.due.isoformat() if one.due else "",
            self.word(f"follow_{one.state}"),
            one.resolution,
            one.progress,
            one.tracking,
        )

    def _measure(self, one: FollowUp) -> str:
        options = self.pack.questions[one.question].options
        return next(wording.of(o.label, self.language) for o in options if o.id == one.measure)

    def followed(self, one: FollowUp) -> tuple[str, ...]:
        due = wording.day(one.due, self.language) if one.due else ""
        return (
            f"{self.pack.questions[one.question].measures} {self._measure(one)}",
            "\n".join(filter(None, (one.owner, due))),
            self.word(f"follow_{one.state}"),
            one.resolution,
            one.progress,
            one.tracking,
        )

    def _ends(self, scale: Scale, span: LevelRange) -> str:
        ends = [scale.position(one) for one in (span.low, span.high) if one is not None]
        return self._span(scale, (ends[0], ends[-1]))

    def _span(self, scale: Scale, span: tuple[int, int]) -> str:
        low, high = (wording.of(scale.levels[n].label, self.language) for n in span)
        return low if low == high else wording.between(low, high, self.language)
