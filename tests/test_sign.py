"""Signing and verifying: what a signature proves, and every way in which it is refused."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from reportlab.pdfgen.canvas import Canvas

from pki_report import signed_elsewhere
from risk_kit import sign_revisions
from risk_kit.errors import BadInput, BadKey, BadPdf, RiskKitError
from risk_kit.identity import development_certificates, development_identity
from risk_kit.messages_sign import SIGN_MESSAGES
from risk_kit.sign import ROLES, Signer, Trust, load_p12, sign, signer_from_key, verify
from risk_kit.sign_revisions import UpdateWriter

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
Key = Any
Option = Any
Change = Callable[[IncrementalPdfFileWriter], object]


# ------------------------------------------------------------------ a small PKI and a small report


def certify(
    name: str,
    key: Key,
    issuer: tuple[x509.Certificate, Key] | None = None,
    *,
    days: tuple[int, int] = (-400, 4000),
    ca: bool = False,
    usage: bool = True,
    purpose: x509.ObjectIdentifier | None = None,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    above, secret = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement"
    bits = dict.fromkeys(
        f"{names} key_cert_sign crl_sign encipher_only decipher_only".split(), False
    )
    bits |= {"key_cert_sign": ca, "digital_signature": usage and not ca, "key_encipherment": not ca}
    made = (
        x509.CertificateBuilder(above, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(AT + timedelta(days=days[0]))
        .not_valid_after(AT + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.KeyUsage(**bits), critical=True)
    )
    if purpose:
        made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return made.sign(secret, SHA256())


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@lru_cache
def root() -> tuple[x509.Certificate, Key]:
    key = p256()
    return certify("測試根憑證", key, ca=True), key


@lru_cache
def middle() -> tuple[x509.Certificate, Key]:
    key = p256()
    return certify("測試中繼憑證", key, root(), ca=True), key


@lru_cache
def person(name: str, *, kind: str = "ec", **options: Option) -> Signer:
    key = p256() if kind == "ec" else rsa.generate_private_key(65537, 2048)
    chain = [middle()[0], root()[0]]
    return load_p12(p12(key, certify(name, key, middle(), **options), chain), "密語")


def p12(key: Key, certificate: x509.Certificate | None, chain: Option = None) -> bytes:
    locked = BestAvailableEncryption("密語".encode())
    return pkcs12.serialize_key_and_certificates(b"me", key, certificate, chain, locked)


def trusting(*certificates: x509.Certificate) -> Trust:
    return Trust(tuple(one.public_bytes(Encoding.PEM) for one in certificates))


TRUST = trusting(root()[0])


@lru_cache
def report(*, pages: int = 2, **save: Option) -> bytes:
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number}")
        canvas.showPage()
    canvas.save()
    pdf = pikepdf.open(drawn)
    page = pdf.pages[-1].obj
    fields = [pdf.make_indirect(widget(role, 50 + 160 * n)) for n, role in enumerate(ROLES)]
    page.Annots = pdf.make_indirect(pikepdf.Array(fields))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=0)
    out = BytesIO()
    pdf.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def widget(role: str, x: int) -> pikepdf.Dictionary:
    name = pikepdf.Name
    kind = {"Type": name.Annot, "Subtype": name.Widget, "FT": name.Sig}
    return pikepdf.Dictionary(**kind, T=role, Rect=[x, 100, x + 150, 160], F=4)


@lru_cache
def signed(count: int = 1) -> bytes:
    pdf = report()
    for role in ROLES[:count]:
        pdf = sign(pdf, person(role), role=role, reason=f"同意 {role}", at=AT)
    return pdf


def forged(pdf: bytes, role: str, who: Signer, change: Change | None = None) -> bytes:
    """Sign with a library alone: none of the product's refusals, one change in the same update."""
    writer = UpdateWriter(BytesIO(pdf))
    if change:
        change(writer)
    return signed_elsewhere(writer, role, who, AT)


def updated(pdf: bytes, change: Change) -> bytes:
    writer = UpdateWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def answer(pdf: bytes) -> tuple[str, ...]:
    """The problems of a file, however they are told; a file without any is no answer here."""
    try:
        found = verify(pdf, TRUST, AT)
    except BadPdf as error:
        return tuple(one.code for one in error.problems)
    assert not found.intact
    return found.problems


def code(error: pytest.ExceptionInfo[RiskKitError]) -> str:
    return error.value.problems[0].code


# ------------------------------------------------------------------ signing


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode))
def test_three_roles_sign_in_turn_and_earlier_bytes_stay(mode: pikepdf.ObjectStreamMode) -> None:
    base = pdf = report(object_stream_mode=mode)
    for role in ROLES:
        longer = sign(pdf, person(role), role=role, reason="同意「報告」 <b>", at=AT)
        assert longer.startswith(pdf)
        pdf = longer
    found = verify(pdf, TRUST, AT)
    assert (found.intact, found.problems, found.coverage) == (True, (), "whole_file")
    assert found.unsigned_length == len(base)
    with pikepdf.open(BytesIO(pdf)) as certified:
        assert certified.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2
    assert [one.role for one in found.signers] == list(ROLES)
    assert [one.covers for one in found.signers] == ["whole_revision"] * 2 + ["whole_file"]
    first = found.signers[0]
    assert (first.name, first.reason, first.time) == (
        "preparer",
        "同意「報告」 <b>",
        AT.isoformat(),
    )
    assert (first.trusted, first.development, first.trust_problem) == (True, False, None)


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_both_kinds_of_key_sign(kind: str) -> None:
    pdf = sign(report(), person("兩種金鑰", kind=kind), role="preparer", reason="", at=AT)
    assert verify(pdf, TRUST, AT).problems == ()


def test_other_programs_call_every_signature_valid(
    require_program: Callable[[str], Path], tmp_path: Path
) -> None:
    for kind, pdf in {"chain": signed(3), "development": development_report(tmp_path)}.items():
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(pdf)
        for role, shown in (("pdfsig", "Signature is Valid."), ("qpdf", "No syntax or stream")):
            options = ["-nocert"] if role == "pdfsig" else ["--check"]
            command = [str(require_program(role)), *options, str(path)]
            out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            assert out.count(shown) == (pdf.count(b"/ByteRange") if role == "pdfsig" else 1)


def development_report(folder: Path) -> bytes:
    identity = development_identity("preparer", folder / "identities", AT)
    return sign(report(), identity, role="preparer", reason="測試", at=AT)


def test_the_signature_has_the_given_time_and_no_other() -> None:
    at = datetime(2026, 11, 22, 18, 30, tzinfo=UTC).astimezone(tz=None)
    pdf = sign(report(), person("時間"), role="preparer", reason="", at=at)
    with pikepdf.open(BytesIO(pdf)) as after, pikepdf.open(BytesIO(report())) as before:
        assert str(after.docinfo["/ModDate"]) == str(before.docinfo["/ModDate"])
    shown = verify(pdf, TRUST, at).signers[0].time
    assert shown is not None
    assert datetime.fromisoformat(shown) == at


@pytest.mark.parametrize(
    ("pdf", "role", "who", "expected"),
    [
        (report(), "boss", "a", "role_unknown"),
        (report(), "reviewer", "a", "role_too_early"),
        (report(), "approver", "a", "role_too_early"),
        (signed(), "approver", "a", "role_too_early"),
        (signed(), "preparer", "a", "role_already_signed"),
        (signed(), "reviewer", "preparer", "certificate_used_already"),
        (signed() + b"\n", "reviewer", "a", "pdf_unsigned_update"),
        (signed().replace(b"(page 1)", b"(page 2)"), "reviewer", "a", "pdf_altered"),
        (report() + b"\n", "preparer", "a", "pdf_has_updates"),
    ],
)
def test_who_may_not_sign_is_told_why(pdf: bytes, role: str, who: str, expected: str) -> None:
    if expected == "pdf_altered":
        pdf = signed()[:200] + bytes([signed()[200] ^ 1]) + signed()[201:]
    with pytest.raises(RiskKitError) as error:
        sign(pdf, person(who), role=role, reason="", at=AT)
    assert code(error) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"reason": "多" * 501}, "reason_too_long"),
        ({"reason": "兩\n行"}, "reason_not_printable"),
        ({"reason": "\u202e右"}, "reason_not_printable"),
        ({"at": AT + timedelta(days=5000)}, "key_not_valid_now"),
        ({"role": "reviewer"}, "role_too_early"),
    ],
)
def test_what_is_refused_before_signing(options: dict[str, Any], expected: str) -> None:
    with pytest.raises(RiskKitError) as error:
        sign(report(), person("a"), **({"role": "preparer", "reason": "", "at": AT} | options))
    assert code(error) == expected


def test_a_pdf_without_the_fields_is_no_report() -> None:
    with pikepdf.open(BytesIO(report())) as pdf:
        del pdf.Root.AcroForm
        del pdf.pages[-1].obj.Annots
        pdf.save(out := BytesIO())
    with pytest.raises(BadPdf) as error:
        sign(out.getvalue(), person("a"), role="preparer", reason="", at=AT)
    assert code(error) == "pdf_no_field"


def test_signing_and_verifying_work_inside_an_event_loop() -> None:
    async def both() -> tuple[str, ...]:
        pdf = sign(report(), person("迴圈"), role="preparer", reason="", at=AT)
        return verify(pdf, TRUST, AT).problems

    assert asyncio.run(both()) == ()


def test_times_without_a_zone_are_a_programming_error() -> None:
    for call in (
        lambda at: sign(report(), person("a"), role="preparer", reason="", at=at),
        lambda at: verify(report(), TRUST, at),
    ):
        with pytest.raises(ValueError, match="time zone"):
            call(AT.replace(tzinfo=None))


# ------------------------------------------------------------------ keys


def test_a_key_file_is_refused_for_its_own_reason() -> None:
    key, other = p256(), p256()
    own = certify("甲", key)
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505  refused, and that is shown
    curve = ed25519.Ed25519PrivateKey.generate()
    unfit = certify("甲", key, usage=False)
    chain = [certify(str(n), other) for n in range(10)]
    signed_elsewhere = x509.CertificateBuilder(
        own.subject, own.subject, curve.public_key(), 1, AT, AT + timedelta(days=9)
    ).sign(curve, None)
    wanted = {
        "key_not_pkcs12": [b"", b"\0" * 99, own.public_bytes(Encoding.DER), b"\x30\x80" * 9],
        "certificate_without_key": [p12(None, own), p12(None, None, [own])],
        "key_without_certificate": [p12(key, None)],
        "key_type_unsupported": [p12(weak, certify("乙", weak)), p12(curve, signed_elsewhere)],
        "key_not_for_signing": [p12(key, unfit)],
        "key_chain_too_long": [p12(key, own, chain)],
    }
    for expected, files in wanted.items():
        for file in files:
            with pytest.raises(BadKey) as error:
                load_p12(file, "密語")
            assert code(error) == expected
    with pytest.raises(BadKey) as error:
        load_p12(p12(key, own), "別的")
    assert code(error) == "key_wrong_passphrase"
    with pytest.raises(BadKey) as error:
        signer_from_key(other, own, [])
    assert code(error) == "certificate_without_key"


def test_a_key_file_without_a_passphrase_opens_and_no_secret_shows() -> None:
    key = p256()
    bare = pkcs12.serialize_key_and_certificates(b"", key, certify("甲", key), None, NoEncryption())
    signer = load_p12(bare, "")
    assert signer.name == "甲"
    assert "SimpleSigner" not in repr(signer)


# ------------------------------------------------------------------ altered


def test_an_unsigned_report_is_not_signed() -> None:
    found = verify(report(), TRUST, AT)
    assert (found.intact, found.problems, found.signers) == (False, ("pdf_not_signed",), ())


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_one_changed_byte_anywhere_is_found(data: st.DataObject) -> None:
    pdf = signed()
    start = pdf.index(b"/Contents <")
    part = data.draw(st.sampled_from([(0, len(pdf)), (start, start + 6000)]))  # the container too
    at = data.draw(st.integers(part[0], part[1] - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != pdf[at]))
    altered = pdf[:at] + bytes([byte]) + pdf[at + 1 :]
    refusal = "pdf_not_pdf" if at < len(b"%PDF-") else "pdf_altered"
    assert answer(altered) == (refusal,)


def test_no_part_of_the_container_is_left_unguarded() -> None:
    pdf = signed()
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    for at in range(start, start + 140):  # lengths, versions, algorithms: no digest covers them
        for bit in (1, 4):
            digit = b"%X" % (int(pdf[at : at + 1], 16) ^ bit)
            assert answer(pdf[:at] + digit + pdf[at + 1 :]) == ("pdf_altered",), at - start


def test_the_last_signature_cannot_be_cut_off_in_part() -> None:
    for cut in (1, 5, 20, 3000):
        found = verify(signed(2)[:-cut], TRUST, AT)
        assert not found.intact
        assert "pdf_altered" in found.problems


def test_bytes_after_the_last_signature_are_found() -> None:
    for tail in (b"\n", b"%%EOF\n", b"\n%comment"):
        found = verify(signed() + tail, TRUST, AT)
        assert not found.intact
        assert found.problems in {("pdf_unsigned_update",), ("pdf_altered",)}


# ------------------------------------------------------------------ deceiving updates


def repaint(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Contents")] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 99 Tf 72 500 Td (low risk) Tj ET")
    )
    writer.update_container(page)


def move_a_field(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][2]
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
    writer.update_container(field)


def drop_a_field(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AcroForm"]["/Fields"].pop()
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def retitle(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("x")}))


def add_a_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("extra", box=(0, 0, 600, 800)))


def open_a_page(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.ArrayObject([generic.NumberObject(0)])
    writer.update_root()


def claim_rights(writer: IncrementalPdfFileWriter) -> None:
    rights = writer.root.setdefault("/Perms", generic.DictionaryObject())
    rights[generic.pdf_name("/UR3")] = generic.NumberObject(1)
    writer.update_root()


CHANGES: list[Change] = [
    claim_rights,
    repaint,
    move_a_field,
    drop_a_field,
    retitle,
    add_a_field,
    open_a_page,
]


def test_a_signature_made_elsewhere_is_accepted_when_it_only_signs() -> None:
    assert verify(forged(report(), "preparer", person("p")), TRUST, AT).problems == ()
    assert verify(forged(signed(), "reviewer", person("r")), TRUST, AT).problems == ()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_signer_cannot_change_the_report_while_signing(change: Change, before: int) -> None:
    base = signed(before) if before else report()
    found = verify(forged(base, ROLES[before], person("x"), change), TRUST, AT)
    assert (found.intact, found.problems) == (False, ("pdf_update_not_allowed",))


@pytest.mark.parametrize("change", CHANGES)
def test_an_update_of_its_own_is_refused_before_and_after_a_signature(change: Change) -> None:
    before = verify(forged(updated(report(), change), "preparer", person("x")), TRUST, AT)
    assert (before.intact, before.problems) == (False, ("pdf_update_not_allowed",))
    after = verify(updated(signed(), change), TRUST, AT)
    assert not after.intact
    assert "pdf_unsigned_update" in after.problems
    between = verify(forged(updated(signed(), change), "reviewer", person("x")), TRUST, AT)
    assert not between.intact
    assert "pdf_update_not_allowed" in between.problems


def test_even_an_update_without_effect_needs_a_signature_of_its_own() -> None:
    idle = updated(report(), lambda writer: writer.add_object(generic.NumberObject(7)))
    found = verify(forged(idle, "preparer", person("x")), TRUST, AT)
    assert (found.intact, found.problems) == (False, ("pdf_update_not_allowed",))
    idle = updated(signed(), lambda writer: writer.add_object(generic.NumberObject(7)))
    found = verify(forged(idle, "reviewer", person("x")), TRUST, AT)
    assert (found.intact, found.problems) == (False, ("pdf_update_not_allowed",))


def test_one_signature_cannot_stand_in_two_fields() -> None:
    def copy(writer: IncrementalPdfFileWriter) -> None:
        first, second, _ = (one.get_object() for one in writer.root["/AcroForm"]["/Fields"])
        second["/V"] = first.raw_get("/V")
        writer.update_container(second)

    found = verify(updated(signed(), copy), TRUST, AT)
    assert not found.intact
    assert {"pdf_unsigned_update", "certificate_two_roles"} <= set(found.problems)


def test_order_roles_and_persons_are_checked_again_by_verify() -> None:
    early = forged(report(), "reviewer", person("r"))
    assert verify(early, TRUST, AT).problems == ("roles_out_of_order",)
    late = forged(early, "preparer", person("p"))
    assert "roles_out_of_order" in verify(late, TRUST, AT).problems
    twice = forged(signed(), "reviewer", person("preparer"))
    found = verify(twice, TRUST, AT)
    assert (found.intact, found.problems) == (False, ("certificate_two_roles",))


@pytest.mark.parametrize("pdf", [signed(), forged(report(), "preparer", person("p"))])
def test_a_changed_certificate_of_the_chain_is_found(pdf: bytes) -> None:
    der = root()[0].public_bytes(Encoding.DER).hex().upper().encode()
    start = pdf.index(der)
    for at in range(start, start + len(der), 61):
        digit = b"1" if pdf[at : at + 1] != b"1" else b"2"
        found = verify(pdf[:at] + digit + pdf[at + 1 :], TRUST, AT)
        assert not found.intact, at - start
        assert "pdf_altered" in found.problems


# ------------------------------------------------------------------ trust


def test_trust_is_told_apart_from_integrity() -> None:
    stranger = certify("別的根", key := p256(), ca=True)
    now = {"trust": TRUST, "now": AT}
    cases: dict[str, tuple[Signer, dict[str, Any]]] = {
        "trust_unknown_root": (person("甲"), {"trust": Trust()}),
        "trust_expired": (person("舊", days=(-9, 9)), {"now": AT + timedelta(days=99)}),
        "trust_not_yet_valid": (person("新", days=(-1, 9)), {"now": AT - timedelta(days=3)}),
        "trust_time_in_future": (person("乙"), {"now": AT - timedelta(hours=1)}),
    }
    for expected, (who, change) in cases.items():
        pdf = sign(report(), who, role="preparer", reason="", at=AT)
        found = verify(pdf, **(now | change))
        assert found.signers[0].trust_problem == expected
        assert (found.intact, found.problems) == (True, ("signer_not_trusted",))
    other = Trust((stranger.public_bytes(Encoding.DER), *TRUST.roots))
    assert verify(signed(), other, AT).problems == ()
    assert key is not None


def test_a_certificate_for_another_purpose_is_not_trusted() -> None:
    server = {"purpose": ExtendedKeyUsageOID.SERVER_AUTH}
    with pytest.raises(BadKey) as error:
        person("網站", **server)
    assert code(error) == "key_not_for_signing"
    assert person("信件", purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION).name == "信件"
    key = p256()
    unfit = certify("網站", key, middle(), **server)
    fit = signer_from_key(key, certify("網站", key, middle()), [middle()[0]])
    fit.key._signing_cert = type(fit.certificate).load(unfit.public_bytes(Encoding.DER))
    found = verify(forged(report(), "preparer", fit), TRUST, AT)
    assert found.signers[0].trust_problem == "trust_key_usage"


def test_a_claimed_time_outside_the_certificate_is_not_trusted() -> None:
    who = person("短", days=(-1, 99))
    early = replace(who, certificate=person("長").certificate)  # past the refusal of sign()
    pdf = sign(report(), early, role="preparer", reason="", at=AT - timedelta(days=9))
    assert verify(pdf, TRUST, AT).signers[0].trust_problem == "trust_time_outside_certificate"


def test_a_development_identity_is_trusted_only_when_asked_and_known(tmp_path: Path) -> None:
    pdf = development_report(tmp_path)
    known = development_certificates(tmp_path / "identities")
    development_identity("preparer", tmp_path / "others", AT)
    others = development_certificates(tmp_path / "others")
    for trust, expected in (
        (Trust(), "trust_development"),
        (Trust(roots=known, dev_certificates=known), "trust_development"),
        (Trust(development=True), "trust_development_unknown"),
        (Trust(development=True, dev_certificates=others), "trust_development_unknown"),
        (Trust(development=True, dev_certificates=known), None),
    ):
        found = verify(pdf, trust, AT)
        assert found.signers[0].trust_problem == expected
        assert (found.intact, found.signers[0].development) == (True, True)


def test_a_root_that_cannot_be_read_is_bad_input() -> None:
    for root_file in (
        b"",
        b"junk",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ):
        with pytest.raises(BadInput) as error:
            verify(signed(), Trust((root_file,)), AT)
        assert code(error) == "trust_root_unreadable"


# ------------------------------------------------------------------ files made to hurt


def test_files_that_cannot_be_judged_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = pikepdf.Encryption(owner="o", user="", R=6)
    many = report()
    for _ in range(51):
        many = updated(many, retitle)
    wanted = {
        "pdf_not_pdf": [b"", b"PK\3\4", b"\n" + report(), b"GIF89a" + report()],
        "pdf_malformed": [b"%PDF-1.7\n", report()[:-40], b"%PDF-1.7\n" + b"[" * 100_000],
        "pdf_encrypted": [report(encryption=locked)],
        "pdf_too_many_revisions": [many, chain_of_tables(60_000)],
    }
    for expected, files in wanted.items():
        for file in files:
            with pytest.raises(BadPdf) as error:
                verify(file, TRUST, AT)
            assert code(error) == expected
    monkeypatch.setattr(sign_revisions, "MAX_BYTES", 1000)
    with pytest.raises(BadPdf) as error:
        verify(report(), TRUST, AT)
    assert code(error) == "pdf_too_large"


def chain_of_tables(count: int) -> bytes:
    out, previous = bytearray(b"%PDF-1.7\n"), b""
    for _ in range(count):
        at = len(out)
        out += b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1%s>>\n" % previous
        previous = b"/Prev %d" % at
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at)


def test_a_hybrid_file_is_refused() -> None:
    base = report(object_stream_mode=pikepdf.ObjectStreamMode.generate)
    start = int(base.rsplit(b"startxref", 1)[1].split()[0])
    at = len(base)
    tail = (
        b"xref\n0 0\ntrailer\n<</Size 99/Root 1 0 R/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n"
    )
    with pytest.raises(BadPdf) as error:
        verify(base + tail % (start, start, at), TRUST, AT)
    assert code(error) in {"pdf_hybrid", "pdf_malformed"}


@pytest.mark.parametrize(("leads_to_a_field", "expected"), [(True, "pdf_too_complex"), (False, "")])
def test_shared_objects_without_end_stop_at_the_deadline(
    leads_to_a_field: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pikepdf.open(BytesIO(report())) as pdf:
        below: Any = pdf.Root.AcroForm.Fields[0] if leads_to_a_field else pikepdf.Array()
        for _ in range(40):
            below = pdf.make_indirect(pikepdf.Array([below, below]))
        pdf.Root.Bomb = below
        pdf.save(out := BytesIO())
    bomb = sign(out.getvalue(), person("x"), role="preparer", reason="", at=AT)
    monkeypatch.setattr(sign_revisions, "MAX_SECONDS", 0.5)
    if not expected:  # paths that lead nowhere are not walked
        assert verify(bomb, TRUST, AT).problems == ()
        return
    with pytest.raises(BadPdf) as error:
        verify(bomb, TRUST, AT)
    assert code(error) == expected


@settings(max_examples=60, deadline=None)
@given(junk=st.binary(max_size=300))
def test_no_library_error_leaks(junk: bytes) -> None:
    middle_of_file = report()[:300] + junk + report()[300:]
    for file in (junk, b"%PDF-1.7\n" + junk, middle_of_file, signed()[:-200] + junk):
        assert set(answer(file)) <= set(SIGN_MESSAGES)
