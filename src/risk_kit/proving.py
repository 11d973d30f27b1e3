"""`risk-kit prove`: a pack by name, its proof, what its author accepts, and witness files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from risk_kit import accepted, catalogue, messages, prove, wire, wording
from risk_kit.accepted import Acceptance
from risk_kit.assess import LevelRange, Work
from risk_kit.errors import CannotWrite, Problem
from risk_kit.files import write_atomic
from risk_kit.model import Pack
from risk_kit.prove import Proof

if TYPE_CHECKING:
    from risk_kit.prove_world import Finding

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof with its findings sorted: those that count, and those accepted with a reason."""

    proof: Proof
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Acceptance], ...]

    @property
    def clean(self) -> bool:
        """Nothing was found that is not accepted, and every check came to its end."""
        return not self.findings and not self.proof.unknown


def prove_pack(name: str, overlays: tuple[str, ...], as_of: date) -> Proved:
    """Prove the pack of a PACK argument; with overlays, against its base too.

    Raises NotAvailable (pack, overlay or solver is not here) and BadInput (its files).
    """
    prove.need_solver()
    pack = catalogue.pack(name, overlays)
    base = catalogue.pack(name) if overlays else None
    accepts = accepted.of_folder(catalogue.folder_of(name))
    proof = prove.prove(pack, as_of, base)
    kept = [one for one in proof.findings if (one.code, one.id) not in accepts]
    pairs = [(f, accepts[f.code, f.id]) for f in proof.findings if (f.code, f.id) in accepts]
    if not overlays:
        kept.extend(_stale(proof, list(accepts.values())))
    return Proved(proof, tuple(kept), tuple(pairs))


def _stale(proof: Proof, accepts: list[Acceptance]) -> Iterator[Finding]:
    from risk_kit.prove_world import Finding  # noqa: PLC0415 - needs the extra

    found = {(one.code, one.id) for one in proof.findings}
    unsure = {subject for _, subject in proof.unknown}
    for one in accepts:
        if (one.check, one.id) not in found and one.id not in unsure:
            yield Finding("stale_acceptance", f"{one.check}:{one.id}")


def write_witnesses(proved: Proved, folder: Path) -> tuple[Path, ...]:
    """One answer file for each finding that has a witness. Raises CannotWrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(Problem("cannot_write", {"reason": reason}, file=str(folder))) from error
    proof, written = proved.proof, []
    for finding in (*proved.findings, *(one for one, _ in proved.accepted)):
        if finding.witness is not None:
            path = folder / f"{finding.code}-{finding.id.replace('/', '.')}.json"
            named = replace(finding.witness, case={"name": f"{finding.code}: {finding.id}"})
            whole = wire.answers_json(proof.pack, named, proof.as_of)
            text = json.dumps(whole, ensure_ascii=False, indent=2)
            write_atomic(path, f"{text}\n".encode())
            written.append(path)
    return tuple(written)


def proved_json(proved: Proved) -> Json:
    """The result as JSON values; `witness` holds the answers, or null for a proof of impossibility."""
    proof = proved.proof
    return {
        "pack": _name(proof.pack),
        "overlays": list(proof.pack.overlays),
        "as_of": proof.as_of.isoformat(),
        "clean": proved.clean,
        "findings": [_finding(proof, one) for one in proved.findings],
        "accepted": [
            {**_finding(proof, one), "because": acceptance.because}
            for one, acceptance in proved.accepted
        ],
        "unknown": [{"code": code, "id": subject} for code, subject in proof.unknown],
        "checked": dict(proof.checked),
        "seconds": round(proof.seconds, 2),
    }


def proved_lines(proved: Proved) -> Iterator[str]:
    """The result in words, Chinese and English."""
    for finding in proved.findings:
        yield from (f"[{finding.code}] {said(finding, language)}" for language in ("zh", "en"))
    for finding, acceptance in proved.accepted:
        yield f"[{finding.code}] 已接受 / accepted: {finding.id}：{acceptance.because}"
    for code, subject in proved.proof.unknown:
        unfinished = Problem("unfinished", {"check": code, "id": subject})
        yield from (f"[?] {messages.sentence(unfinished, language)}" for language in ("zh", "en"))
    count, took = sum(proved.proof.checked.values()), f"{proved.proof.seconds:.1f}"
    open_, known, unsure = len(proved.findings), len(proved.accepted), len(proved.proof.unknown)
    name = _name(proved.proof.pack)
    yield (
        f"{name}：檢查 {count} 項（{took} 秒）；發現 {open_} 項，已接受 {known} 項，未知 {unsure} 項。"
    )
    yield f"{name}: {count} checks ({took} s); findings {open_}, accepted {known}, unknown {unsure}."


def said(finding: Finding, language: str) -> str:
    """The sentence of a finding."""
    return messages.sentence(Problem(finding.code, {"id": finding.id, **finding.facts}), language)


def _name(pack: Pack) -> str:
    return f"{pack.framework.id}@{pack.framework.version}"


def _finding(proof: Proof, finding: Finding) -> Json:
    witness = finding.witness
    answers = wire.answers_json(proof.pack, witness, proof.as_of)["answers"] if witness else None
    texts = {language: said(finding, language) for language in ("zh", "en")}
    return {"code": finding.code, "id": finding.id, **texts, "witness": answers}


# ------------------------------------------------------------------ exact ranges


@dataclass(frozen=True, slots=True)
class Exact:
    """The solver's tier range for one answer set; None when it did not finish."""

    range: LevelRange | None


def exact(work: Work) -> Exact:
    """The exact tier range of a case. Raises NotAvailable when the solver is not installed."""
    values = {question: one.value for question, one in work.answers.answers.items()}
    return Exact(prove.exact_range(work.pack, values, work.assessment.as_of))


def exact_json(found: Exact) -> Json:
    """The exact range as JSON values; `known` is false when the solver did not finish."""
    one = found.range
    if one is None:
        return {"known": False, "low": None, "high": None, "decided": False}
    return {"known": True, "low": one.low, "high": one.high, "decided": one.decided}


def exact_words(pack: Pack, found: Exact, language: str) -> str:
    """The exact range in one sentence."""
    zh = language == "zh"
    if found.range is None:
        return (
            "精確範圍：未能在時限內算出。"
            if zh
            else "Exact range: not finished in its time, unknown."
        )
    words = wording.span(pack, found.range, language)
    return f"精確範圍（由求解器算出）：{words}" if zh else f"Exact range (by the solver): {words}"
