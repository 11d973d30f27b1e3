"""Signed with another program and brought back: what it adds is harmless, what it changes is told."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from click.testing import CliRunner
from pyhanko.cli import cli_root
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

import pki_server
from pki_documents import Maker, repaint
from pki_report import report
from risk_kit import signing
from risk_kit.cli import main
from risk_kit.errors import BadPdf
from risk_kit.sign import Trust, sign, verify

NOW: Final = datetime.now(UTC)  # other programs read the clock


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pki_server.Pki]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), NOW) as found:
        yield found


@pytest.fixture
def folder(pki: pki_server.Pki, tmp_path: Path) -> Path:
    """A folder with a key, its passphrase and a prepared report."""
    (tmp_path / "p.p12").write_bytes(pki.p12("preparer"))
    (tmp_path / "pass").write_text(pki_server.PASSPHRASE, encoding="utf-8")
    (tmp_path / "root.der").write_bytes(pki.certificate("root"))
    (tmp_path / "report.pdf").write_bytes(report())
    return tmp_path


def run(*arguments: object) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(main, [*map(str, arguments), "--format", "json"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, json.loads(done.stdout)


def by_pyhanko(folder: Path, pdf: Path, *options: str) -> Path:
    """The first field signed by the program pyhanko."""
    out = folder / "signed.pdf"
    command = ["sign", "addsig", "--field", "preparer", *options, "pkcs12"]
    command += ["--passfile", str(folder / "pass"), str(pdf), str(out), str(folder / "p.p12")]
    done = CliRunner().invoke(cli_root, command)
    assert done.exit_code == 0, done.output
    return out


@pytest.mark.parametrize("options", [("--use-pades",), ("--use-pades", "--certify")])
def test_the_program_pyhanko_signs_a_prepared_report(
    folder: Path, pki: pki_server.Pki, options: tuple[str, ...]
) -> None:
    code, told = run(
        *("sign", folder / "report.pdf", "--prepare", "--role", "preparer"),
        *("-o", folder / "prepared.pdf"),
    )
    assert (code, told["field"]) == (0, "preparer")
    signed = by_pyhanko(folder, folder / "prepared.pdf", *options)
    found = verify(signed.read_bytes(), Trust((pki.certificate("root"),)), datetime.now(UTC))
    assert (found.problems, found.signers[0].level) == ((), "b-b")
    _, told = run(
        *("verify", signed, "--prepared", folder / "prepared.pdf"),
        *("--trust", folder / "root.der"),
    )
    assert (told["same_report"], told["intact"], told["trust"]) == (True, True, True)


def test_the_next_role_may_sign_here(folder: Path, pki: pki_server.Pki) -> None:
    signed = by_pyhanko(folder, folder / "report.pdf", "--use-pades").read_bytes()
    who = Maker(pki).who("reviewer")
    both = sign(signed, who, role="reviewer", reason="", at=datetime.now(UTC))
    found = verify(both, Trust((pki.certificate("root"),)), datetime.now(UTC))
    assert (found.problems, len(found.signers)) == ((), 2)


def test_a_signature_of_the_older_form_counts_and_has_no_level(
    folder: Path, pki: pki_server.Pki
) -> None:
    signed = by_pyhanko(folder, folder / "report.pdf").read_bytes()
    found = verify(signed, Trust((pki.certificate("root"),)), datetime.now(UTC))
    (signer,) = found.signers
    assert (found.problems, signer.level) == ((), "none")
    assert signer.level_problem == "level_not_pades"


def test_the_program_pdfsig_signs(
    folder: Path, pki: pki_server.Pki, require_program: Callable[[str], Path]
) -> None:
    programs = [str(require_program(one)) for one in ("certutil", "pk12util", "pdfsig")]
    certutil, pk12util, pdfsig = programs
    store = f"sql:{folder / 'nss'}"
    (folder / "nss").mkdir()
    # An RSA key: this program reserves the room of one ECDSA signature for another.
    (folder / "rsa.p12").write_bytes(pki.p12("reviewer"))
    subprocess.run([certutil, "-N", "-d", store, "--empty-password"], check=True, timeout=60)
    take = [pk12util, "-i", str(folder / "rsa.p12"), "-d", store, "-K", ""]
    subprocess.run([*take, "-W", pki_server.PASSPHRASE], check=True, timeout=60)
    out = folder / "signed.pdf"
    command = [pdfsig, str(folder / "report.pdf"), str(out), "-sign", "preparer", "-nick", "me"]
    subprocess.run([*command, "-nssdir", store], check=False, capture_output=True, timeout=60)
    found = verify(out.read_bytes(), Trust((pki.certificate("root"),)), datetime.now(UTC))
    assert (found.problems, found.signers[0].name) == ((), "審查乙")


# ------------------------------------------------------------------ not the same report


def test_a_report_saved_anew_is_not_the_prepared_one(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf") as pdf:
        pdf.save(folder / "anew.pdf")
    signed = by_pyhanko(folder, folder / "anew.pdf", "--use-pades")
    _, told = run(
        *("verify", signed, "--prepared", folder / "report.pdf"),
        *("--trust", folder / "root.der"),
    )
    assert told["same_report"] is False
    assert "not_the_prepared_report" in told["reasons"]
    assert "另存" in next(
        one["zh"] for one in told["problems"] if one["code"] == "not_the_prepared_report"
    )


def retitled(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Metadata"] = writer.add_object(
        generic.StreamObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Metadata"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/XML"),
            },
            stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        )
    )
    writer.update_root()


def test_metadata_that_say_something_else_are_refused(pki: pki_server.Pki) -> None:
    make = Maker(pki)
    trust, now = Trust((pki.certificate("root"),)), datetime.now(UTC)
    plain = make.forged(report(), "preparer", "preparer")
    assert verify(plain, trust, now).problems == ()
    changed = make.forged(report(), "preparer", "preparer", retitled)
    assert verify(changed, trust, now).problems == ("pdf_update_not_allowed",)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--role", "reviewer"), "role_too_early"),
        (("--role", "preparer", "--dev-identity"), "prepare_needs_nothing_else"),
    ],
)
def test_what_cannot_be_prepared_is_told(
    folder: Path, options: tuple[str, ...], expected: str
) -> None:
    code, told = run("sign", folder / "report.pdf", "--prepare", *options, "-o", folder / "p.pdf")
    assert (code, told["problems"][0]["code"]) == (2, expected)
    assert not (folder / "p.pdf").exists()


def test_a_report_that_comes_back_is_the_same_and_only_signed(
    folder: Path, pki: pki_server.Pki
) -> None:
    before, now = report(), datetime.now(UTC)
    signed = by_pyhanko(folder, folder / "report.pdf", "--use-pades").read_bytes()
    assert signing.brought_back(before, signed, datetime.now(UTC)) == ("preparer",)
    other = Maker(pki).forged(report(word="other"), "preparer", "preparer")
    repainted = Maker(pki).forged(before, "preparer", "preparer", repaint)
    for data, expected in (
        (other, "not_the_prepared_report"),
        (before, "pdf_not_signed"),
        (repainted, "pdf_update_not_allowed"),
        (signed[:-9], "pdf_altered"),
        (b"x", "not_the_prepared_report"),
    ):
        with pytest.raises(BadPdf) as error:
            signing.brought_back(before, data, now)
        assert error.value.problems[0].code == expected


def test_the_command_line_signs_to_last_and_prolongs(folder: Path, pki: pki_server.Pki) -> None:
    pki.at(datetime.now(UTC))  # the command line signs now, however long the tests have run
    key = ["--p12", folder / "p.p12", "--passphrase-file", folder / "pass"]
    lasting = ["--level", "b-lta", "--tsa", pki.tsa(), "--trust", folder / "root.der"]
    role = ["--role", "preparer", "--reason", "同意"]
    made, longer = folder / "made.pdf", folder / "longer.pdf"
    code, told = run("sign", folder / "report.pdf", *key, *lasting, *role, "-o", made)
    assert (code, told["role"]) == (0, "preparer")
    code, _ = run("prolong", made, *lasting[2:], "-o", longer)
    assert code == 0
    assert longer.read_bytes().startswith(made.read_bytes())
    _, told = run("verify", longer, "--trust", folder / "root.der")
    (signer,) = told["signers"]
    assert (signer["level"], signer["revocation"]) == ("b-lta", "embedded")
    assert [one["trusted"] for one in told["timestamps"]] == [True, True]
    done = CliRunner().invoke(main, ["verify", str(longer), "--trust", str(folder / "root.der")])
    assert "PAdES B-LTA" in done.stdout
    assert "proven by timestamp" in done.stdout
