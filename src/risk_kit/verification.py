"""Whether a report is intact, by whom, trusted, and whether its tier follows from its answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal, TypeAlias

from risk_kit import (
    __version__,
    answers,
    casework,
    catalogue,
    pack_file,
    pdf,
    rendering,
    report,
    restated,
    sign,
    sign_detached,
    wire,
)
from risk_kit.answers import AnswerFile
from risk_kit.assess import Work
from risk_kit.digest import canonical
from risk_kit.document import Language
from risk_kit.edition import FULL, Edition, Profile
from risk_kit.errors import BadInput, NotAvailable, Problem, RiskKitError
from risk_kit.sign import Trust, Verification
from risk_kit.yamlread import Document

Follows: TypeAlias = Literal["yes", "no", "pack_not_here", "unreadable"]
Pages: TypeAlias = Literal["match", "differ", "not_checked", "none"]
PackFrom: TypeAlias = Literal["here", "report", "nowhere"]
Json = dict[str, Any]
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_VALUES: Final = 500_000  # in a report's data; one of a large pack has some thousands
MOST_DEEP: Final = 50
_UNTRUSTED: Final = {
    "trust_development": "development_signer",
    "trust_development_unknown": "development_elsewhere",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What else a verifier brings.

    `prepared`: the report as it was given out to be signed. `pack_digest`: the published digest of
    the pack, needed to accept one that only the report itself carries.
    """

    prepared: bytes | None = None
    pack_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every fact found, and `reasons`: codes of what stands against the report, worst first.

    `pages` is `none` for a report that has no pages (JSON). `pack`: where the rules came from that
    the assessment was recomputed with. `same_report`: whether the file begins with the prepared
    report, None when nobody asked. `profile`: which report of the case it is; of a publishable one
    the digest of the full answers is stated and cannot be recomputed.
    """

    signatures: Verification
    follows: Follows
    pages: Pages
    reasons: tuple[Problem, ...]
    pack: PackFrom = "here"
    pack_digest: str = ""
    same_report: bool | None = None
    profile: Profile = "full"

    @property
    def good(self) -> bool:
        """Intact, complete, trusted, following, and the pages are those of the answers."""
        return not self.reasons

    @property
    def trusted(self) -> bool:
        """Every signer is trusted, and there is one."""
        return bool(self.signatures.signers) and all(s.trusted for s in self.signatures.signers)


_NOTHING: Final = Asked()


def verify(data: bytes, trust: Trust, now: datetime, asked: Asked = _NOTHING) -> Verdict:
    """Check signatures, recompute the assessment, render the pages again and compare.

    Raises BadPdf when the file is no report that can be read at all.
    """
    signatures = sign.verify(data, trust, now)
    base = data[: signatures.unsigned_length]
    again = _Again()
    try:
        raw = _attached(base)
        again = _recomputed(raw, pdf.attachment(base, pack_file.NAME, MOST_BYTES))
        again.pages = _compare(again, raw, base)
    except NotAvailable as error:
        again.follows, again.why = "pack_not_here", error.problems
    except RiskKitError as error:
        again.follows, again.why = "unreadable", error.problems
    return _verdict(signatures, again, data, asked)


def verify_json(
    data: bytes, signature: bytes, trust: Trust, now: datetime, asked: Asked = _NOTHING
) -> Verdict:
    """Check the detached signature of a report in JSON, and recompute its assessment.

    What is signed is the report's canonical form (RFC 8785), so that its layout does not matter.
    Raises BadInput when report or signature cannot be read at all.
    """
    raw = read_json(data)
    signatures = sign_detached.verify_detached(signed_form(raw), signature, trust, now)
    again = _Again()
    try:
        again = _recomputed(raw, None)
    except NotAvailable as error:
        again.follows, again.why = "pack_not_here", error.problems
    except RiskKitError as error:
        again.follows, again.why = "unreadable", error.problems
    again.pages = "none"
    return _verdict(signatures, again, data, asked)


def signed_form(raw: Json) -> bytes:
    """The canonical bytes (RFC 8785) of a report in JSON. Raises BadInput where there are none."""
    try:
        return canonical(raw)
    except TypeError as error:
        facts = {"detail": type(error).__name__}
        raise BadInput(Problem("bad_json", facts, report.ATTACHED)) from error


@dataclass(slots=True)
class _Again:
    """What recomputing came to."""

    work: Work | None = None
    language: Language = "zh"
    packed: bytes | None = None
    pack: PackFrom = "nowhere"
    follows: Follows = "unreadable"
    pages: Pages = "not_checked"
    why: tuple[Problem, ...] = ()
    edition: Edition = FULL


def _verdict(signatures: Verification, again: _Again, data: bytes, asked: Asked) -> Verdict:
    digest = again.work.pack.digest if again.work else ""
    same = None if asked.prepared is None else data.startswith(asked.prepared)
    own: tuple[Problem, ...] = ()
    if again.pack == "report" and digest != (asked.pack_digest or "").lower():
        own = (Problem("pack_from_report", {"digest": digest}),)
    if asked.pack_digest and digest and digest != asked.pack_digest.lower():
        own = (Problem("pack_digest_differs", {"digest": digest, "value": asked.pack_digest}),)
    if same is False:
        own = (Problem("not_the_prepared_report"), *own)
    content = _content(again.follows, again.pages)
    return Verdict(
        signatures,
        again.follows,
        again.pages,
        (*_against(signatures), *content, *again.why, *own),
        again.pack,
        digest,
        same,
        again.edition.profile,
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
        "pack": verdict.pack,
        "pack_digest": verdict.pack_digest,
        "same_report": verdict.same_report,
        "profile": verdict.profile,
        "timestamps": [wire.record_json(one) for one in found.timestamps],
        "verdict": "yes" if verdict.good else "no",
        "reasons": [one.code for one in verdict.reasons],
    }


def _recomputed(raw: Json, packed: bytes | None) -> _Again:
    """The assessment again, by the pack that is here, else by the one that the report carries."""
    file = answers.from_document(Document(raw["answers"], {}, report.ATTACHED))
    stated = raw["assessment"].get("pack_digest")
    language: Language = "en" if raw["language"] == "en" else "zh"
    edition = restated.edition(raw)
    try:
        work, origin = _here(file, stated), "here"
    except NotAvailable:
        if packed is None:
            raise
        work, origin = _carried(file, stated, packed), "report"
    follows: Follows = "yes" if _follows(work, raw["assessment"], edition) else "no"
    again = _Again(work, language, packed, "here" if origin == "here" else "report", follows)
    again.edition = edition
    return again


def _here(file: AnswerFile, stated: object) -> Work:
    if file.framework.partition("@")[0] not in catalogue.shipped():  # never a folder nearby
        facts = {"id": file.framework, "offered": catalogue.shipped()}
        raise NotAvailable(Problem("no_framework", facts))
    work = casework.open_case(file)
    if work.pack.digest != stated:
        raise NotAvailable(Problem("pack_differs", {"id": file.framework}))
    return work


def _carried(file: AnswerFile, stated: object, packed: bytes) -> Work:
    with TemporaryDirectory() as folder:
        pack_file.unpacked(packed, Path(folder))
        work = casework.open_case(file, folder)
    if work.pack.digest != stated:
        raise BadInput(Problem("pack_file_differs", {"digest": work.pack.digest}))
    return work


def _follows(work: Work, stated: Json, edition: Edition) -> bool:
    again = wire.essence(wire.assessment_json(work.pack, work.assessment))
    if edition.answers_digest:  # of the full answers, which are not here
        again["answers_digest"] = edition.answers_digest
    try:
        return wire.essence(stated) == again
    except (KeyError, TypeError):
        return False


def _attached(base: bytes) -> Json:
    data = pdf.attachment(base, report.ATTACHED, MOST_BYTES)
    if data is None:
        raise BadInput(Problem("no_attachment", {"name": report.ATTACHED}))
    return read_json(data)


def read_json(data: bytes) -> Json:
    """A report in JSON, as attached to the PDF. Raises BadInput, also for one beyond the bounds."""
    if len(data) > MOST_BYTES or data.count(b",") > MOST_VALUES:
        raise _beyond_bounds()
    try:
        raw = json.loads(data, object_pairs_hook=_once)
        json.dumps(raw, ensure_ascii=False).encode()  # refuses half a surrogate pair
    except (ValueError, RecursionError) as error:
        raise BadInput(
            Problem("bad_json", {"detail": type(error).__name__}, report.ATTACHED)
        ) from error
    if _too_deep(raw):
        raise _beyond_bounds()
    wanted: Json = {"answers": dict, "assessment": dict, "language": str, "toolkit": str}
    right = isinstance(raw, dict) and raw.get("format") == report.FORMAT
    if not right or any(not isinstance(raw.get(k), kind) for k, kind in wanted.items()):
        raise BadInput(Problem("case_missing_version", {}, report.ATTACHED))
    return dict(raw)


def _beyond_bounds() -> BadInput:
    facts = {"limit_mb": MOST_BYTES // (1024 * 1024), "values": MOST_VALUES, "deep": MOST_DEEP}
    return BadInput(Problem("json_beyond_bounds", facts, report.ATTACHED))


def _too_deep(value: object) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MOST_DEEP):
        lists = [one.values() if isinstance(one, dict) else one for one in level]
        level = [one for part in lists for one in part if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> Json:
    """An object whose names are all different: of two, readers would take this or that one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name twice")
    return found


def _compare(again: _Again, raw: Json, base: bytes) -> Pages:
    if raw["toolkit"] != __version__ or again.work is None:
        return "not_checked"
    try:
        edition = restated.dressed(again.edition, raw)
    except NotAvailable as error:
        again.why = error.problems
        return "not_checked"
    rendered = rendering.pages(again.work, again.language, again.packed, edition)
    return "match" if rendered == base else "differ"


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
    if pages not in ("match", "none"):
        problems.append(Problem("pages_differ" if pages == "differ" else "pages_not_checked"))
    return problems
