"""A key on a token (SoftHSM): RSA and ECDSA sign there, and each mistake is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pkcs11
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

import pki_server
from pki_page import press, secrets_held, shown, signed, signing_page
from pki_report import report as pki_report
from risk_kit import offered
from risk_kit.cli import main
from risk_kit.errors import BadKey, NotAvailable
from risk_kit.sign import ROLES, Trust, sign, verify
from risk_kit.sign_token import open_token

AT: Final = pki_server.NOW
PIN: Final = "246810"
MODULES: Final = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pki_server.Pki]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), AT) as found:
        yield found


@pytest.fixture(scope="module")
def module(
    require_program: Callable[[str], Path],
    tmp_path_factory: pytest.TempPathFactory,
    pki: pki_server.Pki,
) -> Iterator[Path]:
    """SoftHSM with one token that holds the three signers' keys."""
    library = next(Path(one) for one in MODULES if Path(one).exists())
    program = require_program("softhsm2-util")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        make_token(program)
        fill(library, pki)
        yield library


def make_token(program: Path) -> None:
    command = [str(program), "--init-token", "--free", "--label", "agency", "--pin", PIN]
    subprocess.run([*command, "--so-pin", "13579135"], check=True, capture_output=True)


def fill(library: Path, pki: pki_server.Pki) -> None:
    token = next(pkcs11.lib(str(library)).get_tokens(token_label="agency"))
    with token.open(user_pin=PIN, rw=True) as session:
        for number, name in enumerate((*ROLES, "ca", "root")):
            ident = {pkcs11.Attribute.ID: bytes([number]), pkcs11.Attribute.LABEL: name}
            kept = {pkcs11.Attribute.TOKEN: True}
            certificate = decode_x509_certificate(pki.certificate(name), extended_set=True)
            session.create_object(certificate | ident | kept)
            if name in ROLES:
                key = pki.key(name)
                form = Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
                der = key.private_bytes(*form)
                rsa_key = isinstance(key, rsa.RSAPrivateKey)
                made = decode_rsa_private_key(der) if rsa_key else decode_ec_private_key(der)
                session.create_object(made | ident | kept)


def test_every_kind_of_key_signs_on_the_token(module: Path, pki: pki_server.Pki) -> None:
    pdf = pki_report()
    for role in ROLES:
        with open_token(module, PIN, token="agency", label=role) as signer:
            pdf = sign(pdf, signer, role=role, reason="卡片", at=AT)
            assert PIN not in repr(signer)
    found = verify(pdf, Trust((pki.certificate("root"),)), AT)
    assert (found.intact, found.problems) == (True, ())
    assert [one.name for one in found.signers] == ["填報甲", "審查乙", "核定丙"]


@pytest.mark.parametrize(
    ("pin", "options", "code"),
    [
        ("000000", {}, "token_wrong_pin"),
        (PIN, {"token": "nowhere"}, "token_which"),
        (PIN, {}, "token_which_key"),
        (PIN, {"label": "ca"}, "token_which_key"),
    ],
)
def test_a_mistake_is_told(module: Path, pin: str, options: dict[str, str], code: str) -> None:
    with pytest.raises(BadKey) as error, open_token(module, pin, **options):
        pass
    assert error.value.problems[0].code == code
    if code == "token_which_key":
        assert error.value.problems[0].facts["offered"] == sorted(ROLES)


def test_no_module_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotAvailable) as error, open_token(tmp_path / "none.so", PIN):
        pass
    assert error.value.problems[0].code == "token_unreadable"


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(NotAvailable) as error, open_token(Path("x.so"), PIN):
        pass
    assert error.value.problems[0].code == "token_needs_extra"


def test_the_command_line_signs_with_a_token(
    module: Path, pki: pki_server.Pki, tmp_path: Path
) -> None:
    (tmp_path / "r.pdf").write_bytes(pki_report())
    (tmp_path / "pin").write_text(PIN, encoding="utf-8")
    command = ["sign", str(tmp_path / "r.pdf"), "--pkcs11", str(module), "--key", "preparer"]
    command += ["--passphrase-file", str(tmp_path / "pin"), "--role", "preparer", "--reason", "卡"]
    done = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "s.pdf")])
    assert done.exit_code == 0, done.output
    assert PIN not in done.output
    found = verify((tmp_path / "s.pdf").read_bytes(), Trust((pki.certificate("root"),)), AT)
    assert found.signers[0].name == "填報甲"


def test_the_page_signs_with_a_token(
    module: Path, pki: pki_server.Pki, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "token" not in signing_page().radio(key="w.identity").options
    monkeypatch.setenv(offered.MODULES, str(module))
    app = signing_page()
    shown(app.radio(key="w.identity").set_value("token").run())
    for pin, label in (("97531864", "preparer"), (PIN, "nobody"), (PIN, "preparer")):
        for field in app.text_input:
            said = {"PIN 碼": pin, "憑證名稱（卡上只有一張時可空白）": label}.get(field.label)
            if said:
                field.set_value(said)
        press(app, "簽署報告")
        assert [one.value for one in app.error] == [] or label == "nobody" or pin != PIN
        assert all("--" not in one.value for one in app.error)
        assert secrets_held(shown(app.run()), pin) == []
    found = verify(signed(app), Trust((pki.certificate("root"),)), datetime.now(UTC))
    assert (found.problems, found.signers[0].name) == ((), "填報甲")
