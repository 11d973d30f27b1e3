"""Trust from files and folders: roots are told apart from what lies below them, and lists count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto import pem

import pki_server
from pki_documents import AT, SOON, Maker
from risk_kit import trusting
from risk_kit.errors import BadInput, NotAvailable, RiskKitError
from risk_kit.sign import verify


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), AT) as pki:
        yield Maker(pki)


@pytest.fixture
def folder(make: Maker, tmp_path: Path) -> Path:
    """Two agencies' folders: a root and what is below it; a root alone."""
    pki = make.pki
    (tmp_path / "agency").mkdir()
    (tmp_path / "agency" / "root.cer").write_bytes(pki.certificate("root"))
    (tmp_path / "agency" / "ca.pem").write_bytes(pem.armor("CERTIFICATE", pki.certificate("ca")))
    (tmp_path / "agency" / "readme.txt").write_text("x", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "root.crt").write_bytes(pki.certificate("root", "elsewhere"))
    return tmp_path


def code(error: pytest.ExceptionInfo[RiskKitError]) -> str:
    return error.value.problems[0].code


def test_a_folder_of_folders_is_read(make: Maker, folder: Path) -> None:
    trust = trusting.read_trust([str(folder)])
    assert (len(trust.roots), len(trust.others), len(trust.lists)) == (2, 1, 0)
    assert not trust.development
    assert verify(make.by(("b-t",)), trust, SOON).signers[0].level == "b-t"


def test_what_is_below_a_root_is_none(make: Maker, folder: Path) -> None:
    (folder / "agency" / "root.cer").unlink()
    found = verify(make.by(("b-b",)), trusting.read_trust([str(folder)]), SOON)
    assert found.signers[0].trust_problem == "trust_unknown_root"


def test_a_list_in_the_folder_counts(make: Maker, folder: Path) -> None:
    pdf = make.signed("revoked")
    assert verify(pdf, trusting.read_trust([str(folder)]), SOON).problems == ()
    for form in ("DER", "PEM"):
        data = make.pki.crl("ca", AT)
        data = data if form == "DER" else pem.armor("X509 CRL", data)
        (folder / "agency" / "ca.crl").write_bytes(data)
        found = verify(pdf, trusting.read_trust([str(folder)]), SOON)
        assert found.signers[0].trust_problem == "trust_revoked"
    (folder / "agency" / "root.crl").write_bytes(make.pki.crl("root", AT))
    good = verify(make.by(("b-b",)), trusting.read_trust([str(folder)]), SOON)
    assert good.signers[0].revocation == "given"


def test_the_variable_names_more(
    make: Maker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(trusting.VARIABLE, str(folder / "agency"))
    assert len(trusting.read_trust([]).roots) == 1
    assert len(trusting.read_trust([str(folder / "other")]).roots) == 2
    monkeypatch.setenv(trusting.VARIABLE, str(folder / "nowhere"))
    with pytest.raises(NotAvailable) as error:
        trusting.read_trust([])
    assert code(error) == "no_trust_folder"
    monkeypatch.setenv(trusting.VARIABLE, "dev")  # only whoever verifies can say so
    with pytest.raises(NotAvailable):
        trusting.read_trust([])


def test_a_file_that_is_none_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, expected in (
        ("bad.pem", "trust_root_unreadable"),
        ("a.crl", "trust_list_unreadable"),
    ):
        (folder / name).write_bytes(b"junk")
        with pytest.raises(BadInput) as error:
            trusting.read_trust([str(folder)])
        assert code(error) == expected
        assert error.value.problems[0].file == str(folder / name)
        (folder / name).unlink()
    monkeypatch.setattr(trusting, "MOST_FILES", 1)
    with pytest.raises(BadInput) as error:
        trusting.read_trust([str(folder)])
    assert code(error) == "trust_too_many"


def test_development_identities_only_when_named() -> None:
    assert trusting.read_trust(["dev"]).development
    assert replace(trusting.read_trust([]), dev_certificates=()).development is False
