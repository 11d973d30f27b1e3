"""A signature over a report in JSON: openssl agrees, layout does not matter, one letter does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from asn1crypto import pem
from click.testing import CliRunner

import pki_server
from pki_documents import AT, SOON, Maker
from risk_kit import catalogue
from risk_kit.cli import main
from risk_kit.errors import BadInput
from risk_kit.sign import ROLES, Manner
from risk_kit.sign_detached import sign_detached, verify_detached

SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
CONTENT: Final = '{"答":["中","b"]}'.encode()


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), AT) as pki:
        yield Maker(pki)


def run(*arguments: object) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(main, [*map(str, arguments), "--format", "json"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("level", ["b-b", "b-t"])
def test_openssl_verifies_each_kind_of_key(
    make: Maker, role: str, level: str, require_program: Callable[[str], Path], tmp_path: Path
) -> None:
    made = sign_detached(CONTENT, make.who(role), at=AT, manner=make.manner(level))
    found = verify_detached(CONTENT, made, make.root, SOON)
    (signer,) = found.signers
    assert (found.problems, signer.level, signer.time) == ((), level, AT.isoformat())
    assert signer.proven == (AT.isoformat() if level == "b-t" else None)
    root, content, signature = (tmp_path / one for one in ("root.pem", "content", "s.p7s"))
    root.write_bytes(pem.armor("CERTIFICATE", make.pki.certificate("root")))
    content.write_bytes(CONTENT)
    signature.write_bytes(made)
    command = [str(require_program("openssl")), "cms", "-verify", "-binary", "-inform", "DER"]
    command += ["-in", str(signature), "-content", str(content), "-CAfile", str(root)]
    command += ["-purpose", "any", "-attime", str(int(SOON.timestamp()))]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, CONTENT)


def test_one_changed_byte_is_found(make: Maker) -> None:
    made = sign_detached(CONTENT, make.who("preparer"), at=AT, manner=Manner())
    for altered in (CONTENT + b" ", CONTENT.replace(b"b", b"c")):
        found = verify_detached(altered, made, make.root, SOON)
        assert (found.intact, found.problems) == (False, ("signature_altered",))
    for at in range(0, len(made), 3):
        altered = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        with suppress(BadInput):
            assert not verify_detached(CONTENT, altered, make.root, SOON).intact, at


def test_what_is_no_signature_is_told(make: Maker) -> None:
    for junk in (b"", b"x", b"0" * 200_000, b"\x30\x80" * 9):
        with pytest.raises(BadInput) as error:
            verify_detached(CONTENT, junk, make.root, SOON)
        assert error.value.problems[0].code == "signature_unreadable"
    with pytest.raises(BadInput) as error:
        sign_detached(CONTENT, make.who("preparer"), at=AT, manner=make.manner("b-lt"))
    assert error.value.problems[0].code == "level_not_detached"


def test_trust_is_told_apart_from_integrity(make: Maker) -> None:
    made = sign_detached(CONTENT, make.who("preparer", "elsewhere"), at=AT, manner=Manner())
    found = verify_detached(CONTENT, made, make.root, SOON)
    assert (found.intact, found.problems) == (True, ("signer_not_trusted",))
    assert found.signers[0].trust_problem == "trust_unknown_root"


def test_the_command_line_signs_and_verifies_a_report_in_json(make: Maker, tmp_path: Path) -> None:
    report, signature = tmp_path / "r.json", tmp_path / "r.p7s"
    assert run("report", SAMPLE, "-o", report)[0] == 0
    signing = ["sign", report, "--detached", "--dev-identity", "-o", signature]
    assert run(*signing, "--content", tmp_path / "signed")[0] == 0
    assert json.loads((tmp_path / "signed").read_bytes()) == json.loads(report.read_bytes())
    checking = ["verify", report, "--signature", signature, "--trust", "dev"]
    code, told = run(*checking)
    assert (code, told["verdict"], told["follows"], told["pages"]) == (0, "yes", "yes", "none")
    value = json.loads(report.read_bytes())
    report.write_text(json.dumps(value, indent=7), encoding="utf-8")  # the layout does not matter
    assert run(*checking)[0] == 0
    value["answers"]["answers"]["stage"] = "lab"
    report.write_text(json.dumps(value), encoding="utf-8")
    code, told = run(*checking)
    assert (code, told["reasons"]) == (1, ["signature_altered", "does_not_follow"])
    for bad in ('{"a": 1, "a": 2}', '{"a": 1.5}', "[]", "{"):
        report.write_text(bad, encoding="utf-8")
        assert run(*checking)[0] == 2
