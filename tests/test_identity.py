"""Development identities: made once, kept to oneself, and never taken for a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from risk_kit import files
from risk_kit.errors import BadInput, BadKey, CannotWrite, RiskKitError
from risk_kit.identity import development_certificates, development_identity
from risk_kit.sign import ROLES

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def code(error: pytest.ExceptionInfo[RiskKitError]) -> str:
    return error.value.problems[0].code


def test_an_identity_is_made_on_first_use_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "identities"
    made = development_identity("preparer", folder, AT)
    again = development_identity("preparer", folder, AT.replace(year=2030))
    assert made.certificate_sha256 == again.certificate_sha256
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_each_role_has_its_own_key_and_says_that_it_is_not_verified(tmp_path: Path) -> None:
    made = [development_identity(role, tmp_path, AT) for role in ROLES]
    assert len({one.certificate_sha256 for one in made}) == len(ROLES)
    for role, one in zip(ROLES, made, strict=True):
        assert one.development
        assert all(
            words in one.name for words in ("開發測試身分（未經驗證）", "NOT VERIFIED", role)
        )


def test_the_certificates_are_given_without_their_keys(tmp_path: Path) -> None:
    assert development_certificates(tmp_path / "nowhere") == ()
    development_identity("reviewer", tmp_path, AT)
    (pem,) = development_certificates(tmp_path)
    assert b"PRIVATE" not in pem
    shown = x509.load_pem_x509_certificate(pem).subject.rfc4514_string()
    assert "DEVELOPMENT IDENTITY\\, NOT VERIFIED" in shown


def test_many_first_uses_at_once_make_one_identity(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda _: development_identity("approver", tmp_path, AT), range(16))
    assert len({one.certificate_sha256 for one in made}) == 1


def test_an_unknown_role_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        development_identity("../boss", tmp_path, AT)
    assert code(error) == "role_unknown"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_others_may_read_or_that_is_damaged_is_not_used(tmp_path: Path) -> None:
    development_identity("preparer", tmp_path, AT)
    (path,) = tmp_path.iterdir()
    path.chmod(0o644)
    with pytest.raises(BadKey) as error:
        development_identity("preparer", tmp_path, AT)
    assert code(error) == "identity_open_to_others"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:90])
    with pytest.raises(BadKey) as error:
        development_identity("preparer", tmp_path, AT)
    assert code(error) == "identity_damaged"
    assert error.value.problems[0].file == str(path)


def test_a_failing_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(CannotWrite):
        development_identity("preparer", tmp_path, AT)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(CannotWrite) as error:
        development_identity("preparer", tmp_path / "file" / "identities", AT)
    assert code(error) == "cannot_write"
