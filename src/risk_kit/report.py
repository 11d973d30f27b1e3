"""Assessment → Report: what the document says. Computes no score and no tier; reads no clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from risk_kit import __version__, wording
from risk_kit.assess import Finding, Work
from risk_kit.digest import canonical
from risk_kit.distance import Distance, place
from risk_kit.document import (
    Attachment,
    Block,
    Facts,
    Heading,
    Language,
    PageBreak,
    Paragraph,
    Reason,
    Report,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.model import CHECKS, Answer, Question
from risk_kit.report_items import item_blocks
from risk_kit.report_place import place_rows
from risk_kit.report_response import response_blocks
from risk_kit.report_words import WORDS
from risk_kit.wire import answers_json, assessment_json

FORMAT = "risk-kit/report/1"
ATTACHED = "assessment.json"
CASE_ORDER = ("name", "agency", "unit", "contact_role", "purpose")
ROLES = ("preparer", "reviewer", "approver")


def build(work: Work, language: Language, near: Distance | None = None) -> Report:
    """The report of one assessed case in one language: "zh" or "en"; with `near`, its place too."""
    pages = _Pages(work, language, near)
    return Report(
        language=language,
        title=pages.word("title"),
        subject=work.answers.case.get("name", pages.word("untitled")),
        author=work.answers.case.get("agency", "risk_kit"),
        header=f"{pages.word('title')}｜{pages.word('pages_of')}",
        page_label=pages.word("page"),
        date=work.assessment.as_of,
        blocks=tuple(pages.blocks()),
        attachments=(_attachment(work, language),),
    )


def attached_json(work: Work, language: Language) -> dict[str, object]:
    """What travels inside the report: toolkit, language, answers and the assessment that follows."""
    return {
        "format": FORMAT,
        "toolkit": __version__,
        "language": language,
        "answers": answers_json(work.pack, work.answers, work.assessment.as_of),
        "assessment": assessment_json(work.pack, work.assessment),
    }


def _attachment(work: Work, language: Language) -> Attachment:
    data = canonical(attached_json(work, language))
    return Attachment(ATTACHED, "application/json", data, wording.of(WORDS["attachment"], language))


class _Pages:
    """The parts of one report, in order."""

    def __init__(self, work: Work, language: Language, near: Distance | None) -> None:
        self.work, self.near, self.language = work, near, language
        self.pack, self.answers, self.got = work.pack, work.answers, work.assessment

    def word(self, key: str) -> str:
        return wording.of(WORDS[key], self.language)

    def blocks(self) -> Iterator[Block]:
        yield from self._opening()
        yield from self._why()
        yield from self._open()
        yield from self._other_scales()
        yield from self._duties()
        yield from response_blocks(self.work, self.language)
        yield from item_blocks(self.work, self.language)
        yield from self._answers()
        yield from self._sources()
        yield from self._closing()

    def _opening(self) -> Iterator[Block]:
        framework, case = self.pack.framework, self.answers.case
        order = [*(k for k in CASE_ORDER if k in case), *sorted(set(case) - set(CASE_ORDER))]
        known = [(self._named(k), case[k]) for k in order]
        overlays = "、".join(self.got.overlays) or self.word("no_overlays")
        title = wording.of(framework.title, self.language)
        yield Paragraph(wording.result(self.pack, self.got, self.language), "lead")
        yield self._spectrum()
        if not self.got.tier.decided or self.got.applies == "undecided":
            yield Paragraph(self.word("incomplete"), "notice")
        for notice in framework.notices:
            yield Paragraph(wording.of(notice.text, self.language), "small")
        if self.near is not None and (rows := self._place(self.near)):
            yield Heading(self.word("place"), 2)
            yield Facts(rows)
        yield Heading(self.word("case"), 2)
        yield Facts(
            (
                *known,
                (self.word("framework"), f"{title} {framework.version}"),
                *((self._named(k), self._dated(v)) for k, v in framework.identity),
                (self.word("overlays"), overlays),
                (self.word("as_of"), wording.day(self.got.as_of, self.language)),
            )
        )

    def _place(self, near: Distance) -> tuple[tuple[str, str], ...]:
        return tuple(place_rows(self.pack, self.got.tier, near, self.language))

    def _named(self, key: str) -> str:
        return self.word(key) if key in WORDS else key

    def _dated(self, value: str) -> str:
        try:
            return wording.day(date.fromisoformat(value), self.language)
        except ValueError:
            return value

    def _spectrum(self) -> Spectrum:
        scale, tier = self.pack.main_scale, self.got.tier
        labels = tuple(wording.of(one.label, self.language) for one in scale.levels)
        places = [None if one is None else scale.position(one) for one in (tier.low, tier.high)]
        decided = self.near is not None and tier.low is not None and tier.low == tier.high
        at = place(self.near) if self.near is not None and decided else None
        caption = wording.span(self.pack, tier, self.language)
        return Spectrum(labels, places[0], places[1], caption, at)

    def _why(self) -> Iterator[Block]:
        yield Heading(self.word("why"), 2)
        holding = self._raising("holds")
        for finding in holding:
            yield self._reason(finding)
        if not holding:
            yield Paragraph(self.word("nothing_raises"))
        sure = self.pack.main_scale.position(self.got.tier.low) if self.got.tier.low else 0
        undecided = [f for f in self._raising("undecided") if (self._level(f) or 0) > sure]
        if undecided:
            yield Heading(self.word("may_raise"), 3)
        for finding in undecided:
            yield self._reason(finding)
        flagged = [
            f
            for f in self.got.findings
            if self.pack.rules[f.rule].flag in CHECKS and f.state == "holds"
        ]
        if flagged:
            yield Heading(self.word("flags"), 3)
        for finding in flagged:
            yield self._reason(finding)

    def _raising(self, state: str) -> list[Finding]:
        """Findings that raise the tier, highest first; of one item only the highest."""
        found = [f for f in self.got.findings if f.state == state and self._level(f) is not None]
        found.sort(key=lambda f: -(self._level(f) or 0))
        first: dict[str, Finding] = {}
        for finding in found:
            first.setdefault(self.pack.rules[finding.rule].item or finding.rule, finding)
        return list(first.values())

    def _level(self, finding: Finding) -> int | None:
        scale = self.pack.main_scale
        raises = self.pack.rules[finding.rule].raises
        places = [scale.position(one.level) for one in raises if one.scale == scale.id]
        return max(places, default=None)

    def _reason(self, finding: Finding) -> Reason:
        rule = self.pack.rules[finding.rule]
        answers = [(self._label(q), self._said(q)) for q in finding.witness]
        if finding.open:
            answers += [(self._label(q), self._said(q)) for q in finding.open]
        sources = [wording.cite(self.pack, one, self.language) for one in rule.cites]
        return Reason(
            title=wording.of(rule.title, self.language),
            state=finding.state,
            state_label=wording.say(finding.state, self.language),
            level=self._level(finding),
            because=wording.of(rule.because, self.language),
            answers=tuple(answers),
            sources=(*sources, wording.rule_basis(self.pack, rule, self.language)),
        )

    def _question(self, name: str) -> Question:
        return self.pack.questions[name]

    def _label(self, name: str) -> str:
        return wording.of(self._question(name).label, self.language)

    def _said(self, name: str) -> str:
        return wording.value(self._question(name), self.answers.value(name), self.language)

    def _open(self) -> Iterator[Block]:
        yield Heading(self.word("open"), 2)
        if not self.got.open_questions:
            yield Paragraph(self.word("open_none"))
            return
        rows = []
        for one in self.got.open_questions:
            level = wording.level(self.pack, one.level, self.language) or self.word("scope")
            rows.append((self._label(one.question), wording.say(one.state, self.language), level))
        columns = (self.word("question"), self.word("state"), self.word("could_reach"))
        yield Table(columns, tuple(rows), (6, 2, 3))

    def _other_scales(self) -> Iterator[Block]:
        """Scales that stand beside the tier and are never turned into it."""
        framework = self.pack.framework
        told = (framework.main_scale, framework.residual_scale)
        rows = tuple(
            (
                wording.of(self.pack.scales[one.scale].title, self.language),
                wording.scale_span(self.pack, one, self.language),
            )
            for one in self.got.scales
            if one.scale not in told
        )
        if rows:
            yield Heading(self.word("scales"), 2)
            yield Paragraph(self.word("scales_apart"), "small")
            yield Table((self.word("scale"), self.word("level")), rows, (5, 5))

    def _duties(self) -> Iterator[Block]:
        yield Heading(self.word("duties"), 2)
        if not self.got.obligations:
            yield Paragraph(self.word("duties_none"))
            return
        rows = []
        for one in self.got.obligations:
            duty = self.pack.obligations[one.obligation]
            roles = "、".join(wording.say(role, self.language) for role in duty.roles)
            cited = [wording.cite(self.pack, c, self.language) for c in duty.cites]
            cited.append(wording.basis(duty.basis, self.language))
            state = wording.say(one.state, self.language)
            rows.append((wording.of(duty.text, self.language), roles, state, "\n".join(cited)))
        columns = tuple(self.word(k) for k in ("duty", "who", "state", "source"))
        yield Table(columns, tuple(rows), (6, 2, 2, 5))

    def _answers(self) -> Iterator[Block]:
        yield Heading(self.word("answers"), 2)
        rows = [
            (self._label(name), self._given(name), self._note(self.answers.answers[name]))
            for name in self.pack.questions
            if name in self.answers.answers
        ]
        if rows:
            columns = (self.word("question"), self.word("answer"), self.word("note"))
            yield Table(columns, tuple(rows), (4, 4, 4))
        else:
            yield Paragraph(wording.say("unanswered", self.language))

    def _given(self, name: str) -> str:
        said = self._said(name)
        return f"{said}\n{self.word('dormant')}" if name in self.got.dormant else said

    def _note(self, answer: Answer) -> str:
        proofs = [
            " ".join(filter(None, (e.title, e.file, e.link, e.sha256))) for e in answer.evidence
        ]
        return "\n".join(filter(None, (answer.note, *proofs)))

    def _sources(self) -> Iterator[Block]:
        cited = {c.source for f in self.got.findings for c in self.pack.rules[f.rule].cites}
        cited |= {
            c.source
            for d in self.got.obligations
            for c in self.pack.obligations[d.obligation].cites
        }
        rows = []
        for one in self.pack.framework.sources:
            if one.id in cited:
                title = wording.of(one.title, self.language)
                dated = wording.day(one.date, self.language) if one.date else ""
                about = "\n".join(filter(None, (title, one.number, dated, one.url)))
                force = wording.say(one.force, self.language)
                checked = wording.checked(one, self.language)
                rows.append((about, wording.of(one.issuer, self.language), force, checked))
        if rows:
            yield Heading(self.word("sources"), 2)
            columns = tuple(self.word(k) for k in ("document", "source_issuer", "force", "checked"))
            yield Table(columns, tuple(rows), (6, 2, 2, 2))

    def _closing(self) -> Iterator[Block]:
        yield PageBreak()
        yield Heading(self.word("attestation"), 2)
        yield Paragraph(self.word("attest"))
        fields = tuple((role, wording.say(role, self.language)) for role in ROLES)
        yield Signatures(fields, self.word("sign_hint"))
        yield Heading(self.word("digests"), 2)
        yield Facts(
            (
                (self.word("pack_digest"), self.got.pack_digest),
                (self.word("answers_digest"), self.got.answers_digest),
                (self.word("toolkit"), f"risk_kit {__version__}"),
            )
        )
        yield Paragraph(self.word("recompute"), "small")
