"""Whether a report is intact, by whom, trusted, and whether its tier follows from its answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from risk_kit import __version__, answers, casework, catalogue, pdf, report, sign, wire
from risk_kit.assess import Work
from risk_kit.document import Language
from risk_kit.errors import BadInput, NotAvailable, Problem, RiskKitError
from risk_kit.sign import Trust, Verification
from risk_kit.yamlread import Document

Follows: TypeAlias = Literal["yes", "no", "pack_not_here", "unreadable"]
Pages: TypeAlias = Literal["match", "differ", "not_checked"]
Json = dict[str, Any]
MOST_BYTES: Final = 8 * 1024 * 1024
_UNTRUSTED: Final = {
    "trust_development": "development_signer",
    "trust_development_unknown": "development_elsewhere",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every fact found, and `reasons`: codes of what stands against the report, worst first."""

    signatures: Verification
    follows: Follows
    pages: Pages
    reasons: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Intact, complete, trusted, following, and the pages are those of the answers."""
        return not self.reasons

    @property
    def trusted(self) -> bool:
        """Every signer is trusted, and there is one."""
        return bool(self.signatures.signers) and all(s.trusted for s in self.signatures.signers)


def verify(data: bytes, trust: Trust, now: datetime) -> Verdict:
    """Check signatures, recompute the assessment, render the pages again and compare.

    Raises BadPdf when the file is no report that can be read at all.
    """
    signatures = sign.verify(data, trust, now)
    base = data[: signatures.unsigned_length]
    try:
        work, language, follows, toolkit = _recompute(base)
        pages = _compare(work, language, base, same=toolkit == __version__)
        why: tuple[Problem, ...] = ()
    except NotAvailable as error:
        follows, pages, why = "pack_not_here", "not_checked", error.problems
    except RiskKitError as error:
        follows, pages, why = "unreadable", "not_checked", error.problems
    return Verdict(
        signatures, follows, pages, (*_against(signatures), *_content(follows, pages), *why)
    )


def verdict_json(verdict: Verdict) -> Json:
    """The verdict as JSON values."""
    found = verdict.signatures
    return {
        "intact": found.intact,
        "coverage": found.coverage,
        "signers": [wire.record_json(one) for one in found.signers],
        "trust": verdict.trusted,
        "follows": verdict.follows,
        "pages": verdict.pages,
        "verdict": "yes" if verdict.good else "no",
        "reasons": [one.code for one in verdict.reasons],
    }


def _recompute(base: bytes) -> tuple[Work, Language, Follows, str]:
    raw = _attached(base)
    file = answers.from_document(Document(raw["answers"], {}, report.ATTACHED))
    if file.framework.partition("@")[0] not in catalogue.shipped():  # never a folder nearby
        facts = {"id": file.framework, "offered": catalogue.shipped()}
        raise NotAvailable(Problem("no_framework", facts))
    work = casework.open_case(file)
    if work.pack.digest != raw["assessment"].get("pack_digest"):
        raise NotAvailable(Problem("pack_differs", {"id": file.framework}))
    language: Language = "en" if raw["language"] == "en" else "zh"
    return work, language, "yes" if _follows(work, raw["assessment"]) else "no", str(raw["toolkit"])


def _follows(work: Work, stated: Json) -> bool:
    again = wire.essence(wire.assessment_json(work.pack, work.assessment))
    try:
        return wire.essence(stated) == again
    except (KeyError, TypeError):
        return False


def _attached(base: bytes) -> Json:
    data = pdf.attachment(base, report.ATTACHED, MOST_BYTES)
    if data is None:
        raise BadInput(Problem("no_attachment", {"name": report.ATTACHED}))
    try:
        raw = json.loads(data)
        json.dumps(raw, ensure_ascii=False).encode()  # refuses half a surrogate pair
    except (ValueError, RecursionError) as error:
        raise BadInput(
            Problem("bad_json", {"detail": type(error).__name__}, report.ATTACHED)
        ) from error
    wanted: Json = {"answers": dict, "assessment": dict, "language": str, "toolkit": str}
    right = isinstance(raw, dict) and raw.get("format") == report.FORMAT
    if not right or any(not isinstance(raw.get(k), kind) for k, kind in wanted.items()):
        raise BadInput(Problem("case_missing_version", {}, report.ATTACHED))
    return dict(raw)


def _compare(work: Work, language: Language, base: bytes, *, same: bool) -> Pages:
    if not same:
        return "not_checked"
    return "match" if pdf.render(report.build(work, language)) == base else "differ"


def _against(found: Verification) -> list[Problem]:
    problems = [Problem(code) for code in found.problems if code != "signer_not_trusted"]
    for signer in found.signers:
        if signer.intact and not signer.trusted:
            code = _UNTRUSTED.get(signer.trust_problem or "", "untrusted_signer")
            facts = {"name": signer.name, "role": signer.role, "why": signer.trust_problem or ""}
            problems.append(Problem(code, facts))
    return problems


def _content(follows: Follows, pages: Pages) -> list[Problem]:
    problems = []
    if follows == "no":
        problems.append(Problem("does_not_follow"))
    if pages != "match":
        problems.append(Problem("pages_differ" if pages == "differ" else "pages_not_checked"))
    return problems
