"""The parts of a report, each a few blocks; which of them a report has is its profile's business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from risk_kit import __version__, wording
from risk_kit.assess import Finding, Work
from risk_kit.distance import Distance, place
from risk_kit.document import (
    Block,
    Facts,
    Heading,
    Language,
    Paragraph,
    Picture,
    Reason,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.edition import Edition
from risk_kit.model import CHECKS, Answer, Question
from risk_kit.report_place import place_rows
from risk_kit.report_words import WORDS

CASE_ORDER = ("name", "agency", "unit", "contact_role", "purpose")
ROLES = ("preparer", "reviewer", "approver")


class Pages:
    """The parts of one report, in order."""

    def __init__(
        self, work: Work, language: Language, near: Distance | None, edition: Edition
    ) -> None:
        self.work, self.near, self.language = work, near, language
        self.edition = edition
        self.pack, self.held, self.got = work.pack, work.answers, work.assessment

    def word(self, key: str) -> str:
        """A word of the report in its language."""
        return wording.of(WORDS[key], self.language)

    def joined(self, words: Iterable[str]) -> str:
        """Several things in one line."""
        return ("；" if self.language == "zh" else "; ").join(words)

    def listed(self, rows: Iterable[tuple[str, str]]) -> str:
        """Labels with their values in running text."""
        colon = "：" if self.language == "zh" else ": "
        return self.joined(f"{label}{colon}{value}" for label, value in rows)

    def head(self) -> Iterator[Block]:
        """The agency's seal and opening words, before the report's own."""
        template = self.edition.template
        if template is None:
            return
        if (seal := template.seal) is not None:
            yield Picture(seal.data, wording.of(seal.alt, self.language), seal.width, seal.height)
        if template.opening is not None:
            yield Paragraph(wording.of(template.opening, self.language))

    def result(self) -> Iterator[Block]:
        """The sentence that says the result, and the spectrum."""
        yield Paragraph(wording.result(self.pack, self.got, self.language), "lead")
        yield self.spectrum()
        if not self.got.tier.decided or self.got.applies == "undecided":
            yield Paragraph(self.word("incomplete"), "notice")

    def opening(self) -> Iterator[Block]:
        """The result with what must be kept in view, its place, and the case."""
        yield from self.result()
        for notice in self.pack.framework.notices:
            yield Paragraph(wording.of(notice.text, self.language), "small")
        if rows := self.place():
            yield Heading(self.word("place"), 2)
            yield Facts(rows)
        yield Heading(self.word("case"), 2)
        identity = self.pack.framework.identity
        told = tuple((self._named(k), self._dated(v)) for k, v in identity)
        yield Facts((*self.case(), *told, *self.assessed()))

    def case(self, only: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        """What the person tells of the case, or `only` some of it, and the framework."""
        framework, case = self.pack.framework, self.held.case
        order = [*(k for k in CASE_ORDER if k in case), *sorted(set(case) - set(CASE_ORDER))]
        order = [k for k in order if k in only or not only]
        title = wording.of(framework.title, self.language)
        said = f"{title} {framework.version}"
        known = {k: self.word(k) for k in CASE_ORDER}
        return (*((known.get(k, k), case[k]) for k in order), (self.word("framework"), said))

    def assessed(self) -> tuple[tuple[str, str], ...]:
        """By which overlays, and when."""
        overlays = self._joined(self.got.overlays) or self.word("no_overlays")
        when = wording.day(self.got.as_of, self.language)
        return ((self.word("overlays"), overlays), (self.word("as_of"), when))

    def place(self) -> tuple[tuple[str, str], ...]:
        """How far the neighbouring levels are; nothing where that was not looked at."""
        if self.near is None:
            return ()
        return tuple(place_rows(self.pack, self.got.tier, self.near, self.language))

    def _named(self, key: str) -> str:
        return self.word(key) if key in WORDS else key

    def _joined(self, names: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(names)

    def _dated(self, value: str) -> str:
        try:
            return wording.day(date.fromisoformat(value), self.language)
        except ValueError:
            return value

    def spectrum(self) -> Spectrum:
        """The tier or its range; with its place inside when one level is sure."""
        scale, tier = self.pack.main_scale, self.got.tier
        labels = tuple(wording.of(one.label, self.language) for one in scale.levels)
        places = [None if one is None else scale.position(one) for one in (tier.low, tier.high)]
        decided = self.near is not None and tier.low is not None and tier.low == tier.high
        at = place(self.near) if self.near is not None and decided else None
        caption = wording.span(self.pack, tier, self.language)
        return Spectrum(labels, places[0], places[1], caption, at)

    def why(self) -> Iterator[Block]:
        """Reasons that hold, those that may still raise the tier, and checks of the answers."""
        yield Heading(self.word("why"), 2)
        holding = self.raising("holds")
        for finding in holding:
            yield self._reason(finding)
        if not holding:
            yield Paragraph(self.word("nothing_raises"))
        sure = self.pack.main_scale.position(self.got.tier.low) if self.got.tier.low else 0
        undecided = [f for f in self.raising("undecided") if (self.level(f) or 0) > sure]
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

    def raising(self, state: str) -> list[Finding]:
        """Findings that raise the tier, highest first; of one item only the highest."""
        found = [f for f in self.got.findings if f.state == state and self.level(f) is not None]
        found.sort(key=lambda f: -(self.level(f) or 0))
        first: dict[str, Finding] = {}
        for finding in found:
            first.setdefault(self.pack.rules[finding.rule].item or finding.rule, finding)
        return list(first.values())

    def level(self, finding: Finding) -> int | None:
        """The place on the main scale that a finding raises to, if it does."""
        scale = self.pack.main_scale
        raises = self.pack.rules[finding.rule].raises
        places = [scale.position(one.level) for one in raises if one.scale == scale.id]
        return max(places, default=None)

    def _reason(self, finding: Finding) -> Reason:
        rule = self.pack.rules[finding.rule]
        answers = [(self.label(q), self._said(q)) for q in finding.witness]
        if finding.open:
            answers += [(self.label(q), self._said(q)) for q in finding.open]
        sources = [wording.cite(self.pack, one, self.language) for one in rule.cites]
        return Reason(
            title=wording.of(rule.title, self.language),
            state=finding.state,
            state_label=wording.say(finding.state, self.language),
            level=self.level(finding),
            because=wording.of(rule.because, self.language),
            answers=tuple(answers),
            sources=(*sources, wording.rule_basis(self.pack, rule, self.language)),
        )

    def _question(self, name: str) -> Question:
        return self.pack.questions[name]

    def label(self, name: str) -> str:
        """A question in words."""
        return wording.of(self._question(name).label, self.language)

    def _said(self, name: str) -> str:
        return wording.value(self._question(name), self.held.value(name), self.language)

    def open(self) -> Iterator[Block]:
        """Questions that can still move the result."""
        yield Heading(self.word("open"), 2)
        if not self.got.open_questions:
            yield Paragraph(self.word("open_none"))
            return
        rows = []
        for one in self.got.open_questions:
            level = wording.level(self.pack, one.level, self.language) or self.word("scope")
            rows.append((self.label(one.question), wording.say(one.state, self.language), level))
        columns = (self.word("question"), self.word("state"), self.word("could_reach"))
        yield Table(columns, tuple(rows), (6, 2, 3))

    def other_scales(self) -> Iterator[Block]:
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

    def duties(self) -> Iterator[Block]:
        """What is to be done, by whom, and who says so."""
        yield Heading(self.word("duties"), 2)
        if not self.got.obligations:
            yield Paragraph(self.word("duties_none"))
            return
        rows = []
        for one in self.got.obligations:
            duty = self.pack.obligations[one.obligation]
            roles = self._joined(wording.say(role, self.language) for role in duty.roles)
            cited = [wording.cite(self.pack, c, self.language) for c in duty.cites]
            cited.append(wording.basis(duty.basis, self.language))
            state = wording.say(one.state, self.language)
            rows.append((wording.of(duty.text, self.language), roles, state, "\n".join(cited)))
        columns = tuple(self.word(k) for k in ("duty", "who", "state", "source"))
        yield Table(columns, tuple(rows), (6, 2, 2, 5))

    def answers(self) -> Iterator[Block]:
        """Every answer with its note and evidence, in the order of the questions."""
        yield Heading(self.word("answers"), 2)
        rows = [
            (self.label(name), self._given(name), self._note(self.held.answers[name]))
            for name in self.pack.questions
            if name in self.held.answers
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

    def sources(self) -> Iterator[Block]:
        """The documents that are cited."""
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

    def closing(self) -> Iterator[Block]:
        """What is signed, by whom, and how the result can be computed again."""
        yield from self.signing()
        yield Heading(self.word("digests"), 2)
        yield Facts((*self.identity(), (self.word("toolkit"), f"risk_kit {__version__}")))
        yield Paragraph(self.word("recompute"), "small")

    def signing(self) -> Iterator[Block]:
        """What the signers state, and where they sign."""
        yield Heading(self.word("attestation"), 2)
        yield Paragraph(self.word("attest"))
        template = self.edition.template
        if template is not None and template.closing is not None:
            yield Paragraph(wording.of(template.closing, self.language))
        fields = tuple((role, wording.say(role, self.language)) for role in ROLES)
        yield Signatures(fields, self.word("sign_hint"))

    def identity(self) -> tuple[tuple[str, str], ...]:
        """Digests of what was computed with, and which report of the case this is."""
        edition = self.edition
        rows = [
            (self.word("profile"), self.word(f"profile_{edition.profile}")),
            (self.word("pack_digest"), self.got.pack_digest),
            (self.word("answers_digest"), self.got.answers_digest),
        ]
        if edition.template is not None:
            rows += [
                (self.word("template"), edition.template.name),
                (self.word("template_digest"), edition.template.digest),
            ]
        return tuple(rows)
