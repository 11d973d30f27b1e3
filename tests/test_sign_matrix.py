"""Every document of the matrix: our verdict, and that other programs agree on what they judge.

`python -m pytest -m "slow or not slow" tests/test_sign_matrix.py` compares the whole outcome with
docs/trust-matrix.md, and writes that page anew when RISK_KIT_WRITE_MATRIX=1. Some documents of each
kind are judged in every run of the tests. No program here reads the clock: the PKI is as old as the
run, or as RISK_KIT_TEST_MOMENT says (an ISO time), and each is told at which time to judge.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest
from asn1crypto import cms, pem
from click.testing import CliRunner
from pyhanko.cli import cli_root

import pki_server
from pki_documents import AT, Document, documents
from risk_kit.errors import RiskKitError
from risk_kit.sign import SignerFacts, Trust, Verification, verify

PAGE: Final = Path(__file__).parent.parent / "docs" / "trust-matrix.md"
VALID: Final = "Signature is Valid."
# Neither looks at timestamps, nor at a root that is embedded.
CANNOT_SEE: Final = {"改一個位元組：時戳", "改一個位元組：內附的根憑證"}
RULE: Final = "|---|---|---|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Kit:
    """Where the certificates are, as files, and which programs there are."""

    root: Path
    middle: Path
    folder: Path
    program: Callable[[str], Path]

    def run(self, name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(self.program(name)), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@dataclass(frozen=True)
class Judged:
    """What everybody says of one document."""

    document: Document
    found: Verification | None
    told: tuple[str, ...]
    pdfsig: tuple[str, ...]
    cms: tuple[bool, ...]
    ts: tuple[bool, ...]
    pyhanko: tuple[str, ...]
    qpdf: bool

    @property
    def signers(self) -> tuple[SignerFacts, ...]:
        return self.found.signers if self.found else ()


SLOW: Final = (pytest.mark.slow, pytest.mark.timeout(1800))


@pytest.fixture(scope="module", params=["few", pytest.param("all", marks=SLOW)])
def judged(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    require_program: Callable[[str], Path],
) -> list[Judged]:
    """The documents, judged by all programs, once."""
    folder = tmp_path_factory.mktemp("matrix")
    with pki_server.running(folder, AT) as pki:
        for name in ("root", "ca"):
            armoured = pem.armor("CERTIFICATE", pki.certificate(name))
            (folder / f"{name}-certificate.pem").write_bytes(armoured)
        paths = (folder / f"{name}-certificate.pem" for name in ("root", "ca"))
        kit = Kit(*paths, folder, require_program)
        root = pki.certificate("root")
        few = request.param == "few"
        return [judge(kit, one, root) for one in documents(pki, few=few)]


def judge(kit: Kit, document: Document, root: bytes) -> Judged:
    try:
        trust = Trust((root,), lists=document.lists)
        found = verify(document.data, trust, document.now)
        told = found.problems
    except RiskKitError as error:
        found, told = None, tuple(one.code for one in error.problems)
    file = kit.folder / "document.pdf"
    file.write_bytes(document.data)
    shown = kit.run("pdfsig", "-nocert", file).stdout
    return Judged(
        document,
        found,
        told,
        pdfsig=tuple(by_pdfsig(shown)),
        cms=tuple(by_openssl(kit, document, found)),
        ts=tuple(by_openssl_ts(kit, document, found)),
        pyhanko=tuple(by_pyhanko(kit, document, found, file)),
        qpdf=kit.run("qpdf", "--check", file).returncode == 0,
    )


def by_pdfsig(shown: str) -> Iterator[str]:
    for part in shown.split("Signature #")[1:]:
        said = re.search(r"Signature Validation: (.*)", part)
        if said and "Signature Type: unknown" not in part:  # of timestamps it says: unknown
            yield said[1]


def values(document: Document, kind: str) -> list[tuple[bytes, bytes]]:
    """What each filled field covers, and its container, in the order of the fields."""
    try:
        pdf = pikepdf.open(BytesIO(document.data))
    except pikepdf.PdfError:
        return []
    with pdf:
        fields = pdf.Root.get("/AcroForm", {}).get("/Fields", [])
        filled = [one.V for one in fields if "/V" in one]
        return [
            (covered(document, one), bytes(one.Contents))
            for one in filled
            if one.get("/Type") == f"/{kind}" and "/ByteRange" in one and "/Contents" in one
        ]


def covered(document: Document, value: pikepdf.Dictionary) -> bytes:
    start, first, second, length = (int(one) for one in value.ByteRange)
    return document.data[start:first] + document.data[second : second + length]


def container(data: bytes) -> cms.ContentInfo | None:
    try:
        found = cms.ContentInfo.load(data)
        found.native  # noqa: B018  parsed lazily
    except ValueError:
        return None
    return found


def proven(document: Document, found: Verification | None) -> int:
    """The time, in seconds, at which paths are judged: proven for the signer, else now."""
    known = [one.proven for one in found.signers if one.proven] if found else []
    at = min(map(datetime.fromisoformat, known)) if known else document.now
    return int(at.timestamp())


def is_proven(found: Verification | None) -> bool:
    """Whether a timestamp proves the time: openssl takes a certificate revoked later as revoked."""
    return found is not None and any(one.proven for one in found.signers)


def by_openssl(kit: Kit, document: Document, found: Verification | None) -> Iterator[bool]:
    for signed, data in values(document, "Sig"):
        content, der = kit.folder / "content", kit.folder / "container.der"
        content.write_bytes(signed)
        held = container(data)
        der.write_bytes(held.dump() if held else data)
        listed: list[object] = []
        if document.lists and not is_proven(found):
            crl = kit.folder / "list.pem"
            crl.write_bytes(b"".join(pem.armor("X509 CRL", one) for one in document.lists))
            listed = ["-crl_check", "-CRLfile", crl]
        wanted = ["-inform", "DER", "-in", der, "-content", content, "-CAfile", kit.root]
        wanted += ["-certfile", kit.middle, "-purpose", "any", "-attime", proven(document, found)]
        done = kit.run("openssl", "cms", "-verify", "-binary", *wanted, "-out", os.devnull, *listed)
        yield done.returncode == 0


def by_openssl_ts(kit: Kit, document: Document, found: Verification | None) -> Iterator[bool]:
    for _, data in values(document, "Sig"):
        held = container(data)
        attributes = held["content"]["signer_infos"][0]["unsigned_attrs"] if held else []
        for attribute in attributes:
            signed = held["content"]["signer_infos"][0]["signature"].native
            yield stamped(kit, attribute["values"][0].dump(), signed, document, found)
    for content, data in values(document, "DocTimeStamp"):
        held = container(data)
        if held:
            yield stamped(kit, held.dump(), content, document, found)


def stamped(
    kit: Kit, token: bytes, data: bytes, document: Document, found: Verification | None
) -> bool:
    der, content = kit.folder / "token.der", kit.folder / "stamped"
    der.write_bytes(token)
    content.write_bytes(data)
    wanted = ["-token_in", "-in", der, "-data", content, "-CAfile", kit.root]
    wanted += ["-untrusted", kit.middle, "-attime", proven(document, found)]
    return kit.run("openssl", "ts", "-verify", *wanted).returncode == 0


def by_pyhanko(
    kit: Kit, document: Document, found: Verification | None, file: Path
) -> Iterator[str]:
    at = datetime.fromtimestamp(proven(document, found), UTC).isoformat()
    options = ["--trust", str(kit.root), "--trust-replace", "--other-certs", str(kit.middle)]
    options += ["--no-revocation-check", "--validation-time", at, str(file)]
    done = CliRunner().invoke(cli_root, ["sign", "validate", *options])
    for line in done.stdout.splitlines():
        parts = line.split(":", 2)
        if len(parts) == 3 and re.fullmatch("[0-9a-f]{64}", parts[1]):
            yield parts[2]


# ------------------------------------------------------------------ the laws


def test_our_verdict_is_the_expected_one(judged: list[Judged]) -> None:
    assert len(judged) >= 20
    assert len({one.document.name for one in judged}) == len(judged)
    for one in judged:
        wanted = one.document
        assert one.told == wanted.told, wanted.name
        assert tuple(signer.level for signer in one.signers) == wanted.levels, wanted.name
        if "pdf_altered" not in one.told and one.signers:
            assert one.signers[-1].trust_problem == wanted.problem, wanted.name


def test_pdfsig_agrees_on_each_signature(judged: list[Judged]) -> None:
    for one in judged:
        name = one.document.name
        intact = [signer.intact for signer in one.signers]
        valid = [said == VALID for said in one.pdfsig]
        if len(valid) != len(intact):  # a file that one of both does not read at all
            assert "pdf_altered" in one.told or one.found is None, name
        elif name not in CANNOT_SEE:
            assert sorted(valid) == sorted(intact), name


def test_openssl_agrees_on_containers_and_paths(judged: list[Judged]) -> None:
    for one in judged:
        name = one.document.name
        ours = [signer.intact and signer.trusted for signer in one.signers]
        if all(ours) and one.found:
            assert all(one.cms), name
        if one.found and not all(one.cms):
            assert not all(ours), name
        # A timestamp is good for openssl whenever we build on it.
        if any(signer.level in {"b-t", "b-lt", "b-lta"} for signer in one.signers):
            assert one.ts, name
            assert all(one.ts), name
    unknown = next(one for one in judged if one.document.name == "時戳機構的根憑證不明")
    assert unknown.ts == (False,)


def test_pyhanko_agrees_on_signatures_paths_and_updates(judged: list[Judged]) -> None:
    for one in judged:
        name = one.document.name
        good = [is_good(said) for said in one.pyhanko]
        if one.found and not one.told:
            assert len(good) == len(one.signers), name
            listed = bool(one.document.lists)  # it checks no revocation here, we do
            assert all(good) or listed, name
        if one.found and not all(good):
            assert one.told, name


def is_good(said: str) -> bool:
    own = said.split("TIMESTAMP_TOKEN", maxsplit=1)[0]
    sound = own.startswith("INTACT:TRUSTED")
    return sound and "ILLEGAL_MODIFICATIONS" not in said and "UNACCEPTABLE" not in said


def test_qpdf_finds_nothing_wrong_where_we_do_not(judged: list[Judged]) -> None:
    for one in judged:
        if one.found is not None and not one.told:
            assert one.qpdf, one.document.name


def test_the_page_tells_what_was_found(judged: list[Judged]) -> None:
    rows = "".join(f"| {' | '.join(row(one))} |\n" for one in judged)
    head, rule, told = PAGE.read_text(encoding="utf-8").partition(RULE)
    if len(judged) < told.count("\n"):
        assert set(rows.splitlines()) <= set(told.splitlines())
    elif os.environ.get("RISK_KIT_WRITE_MATRIX") == "1":
        PAGE.write_text(head + rule + rows, encoding="utf-8")
    else:
        assert told == rows
        assert len(judged) >= 40


def row(one: Judged) -> tuple[str, ...]:
    codes = list(one.told)
    codes += [f"`{signer.trust_problem}`" for signer in one.signers if said_why(one, signer)]
    ours = "可信" if not codes else "、".join(f"`{code.strip('`')}`" for code in codes)
    levels = "、".join(signer.level for signer in one.signers) or "—"
    counted = (
        [said == VALID for said in one.pdfsig],
        one.cms,
        one.ts,
        [is_good(said) for said in one.pyhanko],
    )
    return (one.document.name, ours, levels, *map(share, counted), "✓" if one.qpdf else "✗")


def said_why(one: Judged, signer: SignerFacts) -> bool:
    return "pdf_altered" not in one.told and signer.trust_problem is not None


def share(counted: list[bool] | tuple[bool, ...]) -> str:
    return f"{sum(counted)}/{len(counted)}" if counted else "—"
