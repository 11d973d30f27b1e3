"""Report → signature → verdict: yes to the whole thing, and no, with the right reason, to the rest."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from risk_kit import answers, casework, catalogue, identity, rendering, sign, verification
from risk_kit.cli import main
from risk_kit.cli_output import verdict_lines
from risk_kit.files import home
from risk_kit.sign import Trust
from risk_kit.yamlread import read

NOW: Final = datetime.now(UTC)
NAME: Final = "assessment.json"
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
Change = Callable[[dict[str, Any]], object]
Judge = Callable[[bytes], verification.Verdict]


# ------------------------------------------------------------------ a report, a key, a changed report


def report_of(path: Path) -> bytes:
    return rendering.render(casework.open_case(answers.read(path)), "zh", Path("a.pdf"))


@pytest.fixture(scope="module")
def base() -> bytes:
    """The unsigned report of the flood case."""
    return report_of(SAMPLE)


@pytest.fixture(scope="module")
def other() -> bytes:
    """An unsigned report of the same use with nothing answered."""
    text = "framework: tw-ai-risk@1.0\nas_of: 2026-11-22\ncase: {name: 另一案}\nanswers: {}\n"
    work = casework.open_case(answers.from_document(read(text.encode(), "other.yaml")))
    return rendering.render(work, "zh", Path("a.pdf"))


@pytest.fixture(scope="module")
def key() -> tuple[sign.Signer, bytes]:
    """A throw-away signer, and its own certificate to trust it by."""
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "王小明")])
    certificate = (
        x509.CertificateBuilder(name, name, secret.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=9))
        .not_valid_after(NOW + timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(*[True] * 2, *[False] * 3, *[True] * 2, *[False] * 2), True)
        .sign(secret, SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(b"x", secret, certificate, None, NoEncryption())
    return sign.load_p12(packed, ""), certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def signed(base: bytes) -> bytes:
    """The flood report with the preparer's development signature."""
    signer = identity.development_identity("preparer", home(), NOW)
    return sign.sign(base, signer, role="preparer", reason="填報完成", at=NOW)


@pytest.fixture
def verdict_of(key: tuple[sign.Signer, bytes]) -> Judge:
    """Sign a changed report with the throw-away key, and verify it trusting that key."""

    def judged(pdf: bytes) -> verification.Verdict:
        made = sign.sign(pdf, key[0], role="preparer", reason="x", at=NOW)
        return verification.verify(made, Trust((key[1],)), NOW)

    return judged


def codes(verdict: verification.Verdict) -> list[str]:
    return [one.code for one in verdict.reasons]


def saved(pdf: pikepdf.Pdf, *, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out = BytesIO()
    pdf.save(out, encryption=encryption)
    return out.getvalue()


def attached(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return opened.attachments[NAME].get_file().read_bytes()


def with_attachment(pdf: bytes, data: bytes | None) -> bytes:
    """The report with another attachment of the same name, or without any."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        if data is None:
            del opened.attachments[NAME]
        else:
            stream = opened.attachments[NAME].get_file().obj
            stream.write(zlib.compress(data, 9), filter=pikepdf.Name.FlateDecode)
        return saved(opened)


def retold(pdf: bytes, change: Change) -> bytes:
    value = json.loads(attached(pdf))
    change(value)
    return with_attachment(pdf, json.dumps(value, ensure_ascii=True).encode())


def run(*arguments: object) -> tuple[int, dict[str, Any], str]:
    """Exit code, JSON and standard error of `risk-kit … --format json`."""
    done = CliRunner().invoke(main, [*map(str, arguments), "--format", "json"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, json.loads(done.stdout or "{}"), done.stderr


def written(folder: Path, pdf: bytes) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return path


# ------------------------------------------------------------------ yes


def test_a_report_signed_with_the_development_identity(tmp_path: Path) -> None:
    made, out = tmp_path / "r.pdf", tmp_path / "s.pdf"
    assert run("report", SAMPLE, "-o", made) == (0, {"ok": True, "file": str(made)}, "")
    code, told, _ = run(
        *("sign", made, "--dev-identity", "--role", "preparer", "--reason", "填報完成", "-o", out)
    )
    assert (code, told["role"], told["development"]) == (0, "preparer", True)
    assert out.read_bytes().startswith(made.read_bytes())

    code, told, errors = run("verify", out, "--trust", "dev")
    assert (code, errors) == (0, "")
    (signer,) = told.pop("signers")
    assert len(told.pop("pack_digest")) == 64
    assert told == {
        "pack": "here",
        "same_report": None,
        "profile": "full",
        "timestamps": [],
        "intact": True,
        "coverage": "whole_file",
        "trust": True,
        "follows": "yes",
        "pages": "match",
        "verdict": "yes",
        "reasons": [],
        "problems": [],
    }
    assert (signer["role"], signer["reason"], signer["development"]) == (
        *("preparer", "填報完成"),
        True,
    )

    code, told, _ = run("verify", out)
    assert (code, told["verdict"], told["reasons"]) == (1, "no", ["development_signer"])
    assert (told["intact"], told["trust"], told["follows"], told["pages"]) == (
        *(True, False),
        *("yes", "match"),
    )
    (problem,) = told["problems"]
    assert problem["zh"].startswith("填報人（preparer）的簽章來自開發測試身分（未經驗證）")
    assert "--trust dev" in problem["en"]


def test_three_roles_and_a_real_certificate(
    base: bytes, key: tuple[sign.Signer, bytes], tmp_path: Path
) -> None:
    pdf = sign.sign(base, key[0], role="preparer", reason="", at=NOW)
    for role in ("reviewer", "approver"):
        who = identity.development_identity(role, home(), NOW)
        pdf = sign.sign(pdf, who, role=role, reason="", at=NOW)
    root = tmp_path / "root.pem"
    root.write_bytes(key[1])
    code, told, _ = run("verify", written(tmp_path, pdf), "--trust", root, "--trust", "dev")
    assert (code, told["verdict"], len(told["signers"])) == (0, "yes", 3)
    code, told, _ = run("verify", written(tmp_path, pdf), "--trust", "dev")
    assert (code, told["reasons"]) == (1, ["untrusted_signer"])
    assert "根憑證" in told["problems"][0]["zh"]
    assert "trust_" not in told["problems"][0]["zh"] + told["problems"][0]["en"]
    code, told, _ = run("verify", written(tmp_path, pdf), "--trust", root)
    assert (code, told["reasons"]) == (1, ["development_signer"] * 2)


# ------------------------------------------------------------------ no: altered bytes


def test_one_changed_byte_anywhere(signed: bytes) -> None:
    trust = Trust((), True, identity.development_certificates(home()))
    assert verification.verify(signed, trust, NOW).good
    places = [*range(9, len(signed), len(signed) // 40), len(signed) - 1, len(signed) - 9]
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 0x01
        verdict = verification.verify(bytes(changed), trust, NOW)
        assert not verdict.good, place
        assert "pdf_altered" in codes(verdict), place


@pytest.mark.parametrize("place", ["page", "attachment", "signature", "reason"])
def test_one_changed_byte_where_it_matters(place: str, signed: bytes, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(signed)) as opened:
        page = opened.pages[0].Contents.read_raw_bytes()
        data = opened.attachments[NAME].get_file().obj.read_raw_bytes()
    marks = {
        "page": signed.index(page[20:60]) + 5,
        "attachment": signed.index(data[20:60]) + 5,
        "signature": signed.rindex(b"/Contents <") + 900,
        "reason": signed.rindex(b"/Reason") + 12,
    }
    changed = bytearray(signed)
    changed[marks[place]] ^= 0x04 if place != "signature" else 0x01
    code, told, _ = run("verify", written(tmp_path, bytes(changed)), "--trust", "dev")
    assert (code, told["verdict"], told["intact"]) == (1, "no", False)
    assert told["reasons"][0] == "pdf_altered"
    assert all(one["zh"] and one["en"] for one in told["problems"])


def test_something_added_after_the_signature(signed: bytes, tmp_path: Path) -> None:
    code, told, _ = run("verify", written(tmp_path, signed + b"\n% more\n"), "--trust", "dev")
    assert (code, told["verdict"]) == (1, "no")
    assert {"pdf_unsigned_update", "pdf_altered"} & set(told["reasons"])


# ------------------------------------------------------------------ no: another content, well signed


def test_answers_exchanged_and_signed_by_another_key(
    base: bytes, verdict_of: Judge, key: tuple[sign.Signer, bytes]
) -> None:
    def tame(value: dict[str, Any]) -> None:
        value["answers"]["answers"]["stage"] = "lab"

    forged = retold(base, tame)
    verdict = verdict_of(forged)
    assert codes(verdict) == ["does_not_follow", "pages_differ"]
    assert (verdict.follows, verdict.pages, verdict.trusted) == ("no", "differ", True)
    pdf = sign.sign(forged, key[0], role="preparer", reason="x", at=NOW)
    assert codes(verification.verify(pdf, Trust(), NOW)) == [
        *("untrusted_signer", "does_not_follow"),
        "pages_differ",
    ]


def test_the_tier_lowered_and_the_answers_kept(base: bytes, verdict_of: Judge) -> None:
    def lower(value: dict[str, Any]) -> None:
        value["assessment"]["tier"] = {"low": "minimal", "high": "minimal", "decided": True}

    assert codes(verdict_of(retold(base, lower))) == ["does_not_follow", "pages_differ"]


def test_pages_changed_and_the_attachment_kept(base: bytes, verdict_of: Judge) -> None:
    with pikepdf.open(BytesIO(base)) as opened:
        page = opened.pages[0]
        page.contents_add(b"1 1 1 rg 50 400 500 300 re f", prepend=False)
        changed = saved(opened)
    verdict = verdict_of(changed)
    assert (codes(verdict), verdict.follows) == (["pages_differ"], "yes")


def test_pages_of_another_case_under_the_attachment(
    base: bytes, other: bytes, verdict_of: Judge
) -> None:
    for pages, data in ((other, attached(base)), (base, attached(other))):
        verdict = verdict_of(with_attachment(pages, data))
        assert (codes(verdict), verdict.follows) == (["pages_differ"], "yes")


def test_the_same_content_saved_by_another_program(base: bytes, verdict_of: Judge) -> None:
    with pikepdf.open(BytesIO(base)) as opened:
        verdict = verdict_of(saved(opened))
    assert codes(verdict) == ["pages_differ"]


def test_another_toolkit_made_the_pages(base: bytes, verdict_of: Judge) -> None:
    verdict = verdict_of(retold(base, lambda value: value.update(toolkit="9.9")))
    assert (codes(verdict), verdict.pages) == (["pages_not_checked"], "not_checked")


# ------------------------------------------------------------------ no: cannot be recomputed here


def put(value: dict[str, Any], framework: str) -> None:
    value["answers"]["framework"] = framework


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda v: put(v, "tw-ai-risk@9.9"), "no_version"),
        (lambda v: put(v, "nowhere@1.0"), "no_framework"),
        (lambda v: v["assessment"].update(pack_digest="0" * 64), "pack_differs"),
        (lambda v: v["assessment"].pop("pack_digest"), "pack_differs"),
        (lambda v: v["answers"].update(overlays=["water"]), "no_overlay"),
    ],
)
def test_a_pack_that_is_not_here(
    change: Change, reason: str, base: bytes, verdict_of: Judge
) -> None:
    verdict = verdict_of(retold(base, change))
    assert codes(verdict) == ["pages_not_checked", reason]
    assert (verdict.follows, verdict.pages) == ("pack_not_here", "not_checked")


def test_a_folder_nearby_is_not_the_pack(
    base: bytes, verdict_of: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Path(__file__).parent / "data" / "small"
    for name in ("tw-ai-risk", "tw-ai-risk@1.0", "small", "small@1"):
        (tmp_path / name).symlink_to(small)
    monkeypatch.chdir(tmp_path)
    assert verdict_of(base).good
    for name in ("small", "small@1"):
        reasons = codes(verdict_of(retold(base, lambda value, name=name: put(value, name))))
        assert reasons == ["pages_not_checked", "no_framework"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "no_attachment"),
        (b"", "bad_json"),
        (b"{", "bad_json"),
        (b"\xff\xfe", "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[]", "case_missing_version"),
        (b"{}", "case_missing_version"),
        (b'{"format": "risk-kit/report/2"}', "case_missing_version"),
        (b" " * (9 * 2**20), "bad_attachment"),
    ],
)
def test_an_attachment_that_is_none(
    data: bytes | None, reason: str, base: bytes, verdict_of: Judge
) -> None:
    verdict = verdict_of(with_attachment(base, data))
    assert codes(verdict) == ["pages_not_checked", reason]
    assert (verdict.follows, verdict.good) == ("unreadable", False)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v["answers"].pop("answers"),
        lambda v: v["answers"].update(framework=1),
        lambda v: v["answers"].update(framework="../../x"),
        lambda v: v["answers"].update(as_of="2026-02-30"),
        lambda v: v["answers"]["answers"].update(nope=1),
        lambda v: v["answers"]["answers"].update(stage=1.5),
        lambda v: v["answers"]["answers"].update(use_name="\ud800"),
        lambda v: v["answers"]["case"].update(name="\udfff"),
        lambda v: v["answers"]["answers"].update(use_name={"value": "x", "note": None}),
        lambda v: v.update(answers=[]),
        lambda v: v.update(toolkit=None),
    ],
)
def test_attached_answers_that_do_not_fit(change: Change, base: bytes, verdict_of: Judge) -> None:
    verdict = verdict_of(retold(base, change))
    assert verdict.follows == "unreadable"
    assert codes(verdict)[0] == "pages_not_checked"
    assert len(codes(verdict)) == 2


# ------------------------------------------------------------------ no report at all


def test_an_unsigned_report(base: bytes, tmp_path: Path) -> None:
    code, told, _ = run("verify", written(tmp_path, base), "--trust", "dev")
    assert (code, told["verdict"], told["reasons"]) == (1, "no", ["pdf_not_signed"])
    assert (told["follows"], told["pages"], told["signers"]) == ("yes", "match", [])


def encrypted(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return saved(opened, encryption=pikepdf.Encryption(owner="x", user=""))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda _: b"hello", "pdf_not_pdf"),
        (lambda _: b"", "pdf_not_pdf"),
        (lambda pdf: pdf[: len(pdf) // 2], "pdf_malformed"),
        (encrypted, "pdf_encrypted"),
    ],
)
def test_a_file_that_cannot_be_judged(
    change: Callable[[bytes], bytes], reason: str, base: bytes, tmp_path: Path
) -> None:
    path = written(tmp_path, change(base))
    code, told, _ = run("verify", path)
    assert (code, told["ok"]) == (2, False)
    (problem,) = told["problems"]
    assert (problem["code"], problem["file"]) == (reason, str(path))
    assert problem["zh"]
    assert problem["en"]


def test_what_a_signer_wrote_cannot_reach_the_terminal(signed: bytes, base: bytes) -> None:
    trust = Trust((), True, identity.development_certificates(home()))
    verdict = verification.verify(signed, trust, NOW)
    bad = replace(verdict.signatures.signers[0], name="a\x1b[2J", reason="b\u202ec\r\n")
    lines = "\n".join(
        verdict_lines(replace(verdict, signatures=replace(verdict.signatures, signers=(bad,))))
    )
    assert "\x1b" not in lines
    assert "\u202e" not in lines
    assert "\r" not in lines
