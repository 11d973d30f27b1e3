"""Timestamps and validation data: what they prove, what they need, and what breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pki_server
from pki_documents import AT, SOON, Maker, flipped
from pki_report import report
from risk_kit import pdf_stamp, signing
from risk_kit.errors import BadInput, BadKey, NotAvailable, RiskKitError
from risk_kit.identity import development_certificates, development_identity
from risk_kit.sign import Manner, Trust, sign, verify
from risk_kit.sign_remote import TimestampAuthority


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    with pki_server.running(tmp_path_factory.mktemp("keys"), AT) as pki:
        yield Maker(pki)


@pytest.fixture(scope="module")
def stamped(make: Maker) -> bytes:
    return make.by(("b-t",))


def code(error: pytest.ExceptionInfo[RiskKitError]) -> str:
    return error.value.problems[0].code


# ------------------------------------------------------------------ what is told


def test_a_timestamp_proves_a_time_that_a_claim_does_not(make: Maker, stamped: bytes) -> None:
    (plain,) = verify(make.by(("b-b",)), make.root, SOON).signers
    assert (plain.proven, plain.level_problem) == (None, "level_no_timestamp")
    (proven,) = verify(stamped, make.root, SOON).signers
    assert (proven.proven, proven.level_problem) == (AT.isoformat(), "level_no_validation_data")


def test_why_a_level_is_not_reached(make: Maker) -> None:
    lasting = make.by(("b-lt",))
    (signer,) = verify(lasting, make.root, SOON).signers
    assert (signer.level, signer.level_problem) == ("b-lt", "level_no_document_timestamp")
    assert signer.revocation == "embedded"
    (signer,) = verify(lasting, Trust(), SOON).signers
    assert (signer.level, signer.level_problem) == ("b-b", "level_timestamp_not_trusted")
    found = verify(make.by(("b-lta",)), make.root, SOON)
    assert (found.signers[0].level_problem, found.coverage) == (None, "whole_file")
    (over_all,) = found.timestamps
    assert (over_all.trusted, over_all.intact, over_all.name) == (True, True, "測試時戳")


def test_what_a_level_needs(make: Maker, tmp_path: Path) -> None:
    who = make.who("preparer")
    test = development_identity("preparer", tmp_path / "identities", AT)
    for signer, manner, expected in (
        (who, Manner("b-x"), "level_unknown"),
        (who, Manner("b-t"), "level_needs_tsa"),
        (who, Manner("b-lt", make.pki.tsa()), "level_needs_roots"),
        (test, make.manner("b-lt"), "level_needs_certificate"),
        (who, Manner("b-t", "ftp://x"), "tsa_address"),
        (who, Manner("b-t", make.pki.url + "/nowhere"), "tsa_unavailable"),
        (who, Manner("b-t", "http://127.0.0.1:9"), "tsa_unavailable"),
        (make.who("revoked"), make.manner("b-lt"), "level_data_missing"),
        (make.who("preparer", "elsewhere"), make.manner("b-lt"), "level_data_missing"),
    ):
        with pytest.raises((BadInput, BadKey, NotAvailable)) as error:
            sign(report(), signer, role="preparer", reason="", at=AT, manner=manner)
        assert code(error) == expected


def test_a_development_identity_may_have_a_timestamp(make: Maker, tmp_path: Path) -> None:
    who = development_identity("preparer", tmp_path / "identities", AT)
    manner = make.manner("b-t")
    pdf = sign(report(), who, role="preparer", reason="", at=AT, manner=manner)
    known = development_certificates(tmp_path / "identities")
    between = (make.pki.certificate("ca"),)  # the token brings its own certificate only
    trust = replace(make.root, development=True, dev_certificates=known, others=between)
    found = verify(pdf, trust, SOON)
    assert (found.problems, found.signers[0].level) == ((), "b-t")


def test_a_claim_later_than_its_timestamp_is_not_trusted(make: Maker) -> None:
    make.pki.at(AT - timedelta(hours=2))
    manner, who = make.manner("b-t"), make.who("preparer")
    pdf = sign(report(), who, role="preparer", reason="", at=AT, manner=manner)
    make.pki.at(AT)
    assert verify(pdf, make.root, SOON).signers[0].trust_problem == "trust_time_after_timestamp"


# ------------------------------------------------------------------ one person, one role


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("preparer", "certificate_used_already"),
        ("other-key", "person_signed_already"),
        ("other-name", "person_signed_already"),
    ],
)
def test_one_person_cannot_sign_in_two_roles(make: Maker, who: str, expected: str) -> None:
    with pytest.raises(BadKey) as error:
        sign(make.by(("b-b",)), make.who(who), role="reviewer", reason="", at=AT)
    assert (code(error), error.value.problems[0].facts["role"]) == (expected, "preparer")


# ------------------------------------------------------------------ altered


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_one_changed_byte_of_a_timestamped_report_is_found(
    make: Maker, stamped: bytes, data: st.DataObject
) -> None:
    """Or changes nothing that is told: some bytes of a token, such as a tag's length, are spare."""
    start = stamped.index(b"/Contents <")
    part = data.draw(st.sampled_from([(9, len(stamped)), (start, start + 16_000)]))
    at = data.draw(st.integers(part[0], min(part[1], len(stamped)) - 1))
    altered = flipped(stamped, at, data.draw(st.sampled_from([1, 2, 4, 16])))
    try:
        found = verify(altered, make.root, SOON)
    except RiskKitError:
        return
    assert not found.intact or found == verify(stamped, make.root, SOON)


def test_validation_data_may_not_bring_anything_else(make: Maker) -> None:
    lasting = make.by(("b-lt",))
    with pikepdf.open(BytesIO(lasting)) as pdf:
        assert "/DSS" in pdf.Root
    for tail in (b"\n", b"%%EOF\n"):
        found = verify(lasting + tail, make.root, SOON)
        assert found.problems in {("pdf_unsigned_update",), ("pdf_altered",)}


# ------------------------------------------------------------------ visible


def test_the_box_shows_name_role_and_date_in_embedded_fonts(make: Maker) -> None:
    who = make.who("preparer")
    pdf = signing.signed(report(), who, role="preparer", reason="", at=AT)
    assert verify(pdf, make.root, SOON).problems == ()
    with pikepdf.open(BytesIO(pdf)) as opened:
        shown = opened.Root.AcroForm.Fields[0].AP.N
        fonts = shown.Resources.Font
        assert all("/FontFile2" in fonts[one].FontDescriptor for one in fonts)
        assert [round(float(one)) for one in shown.BBox] == [0, 0, 147, 58]
    said = [line for line, _ in signing.lines(who, "preparer", AT, "b-b")]
    here = AT.astimezone(timezone(timedelta(hours=8)))
    day = f"中華民國{here.year - 1911}年{here.month}月{here.day}日 {here:%H:%M}"
    assert said[:3] == ["填報甲", "填報人 Preparer", day]
    assert "所稱" in said[3]
    assert "時戳" in signing.lines(who, "preparer", AT, "b-t")[3][0]


def test_a_stamp_is_the_same_bytes_and_survives_any_name() -> None:
    lines = (("名" * 200, 11.0), ("\x00\u202e\U000e0001\uffff <b>", 8.0))
    assert pdf_stamp.stamp(lines) == pdf_stamp.stamp(lines)


def test_a_timestamping_service_is_asked_within_bounds() -> None:
    with pytest.raises(BadInput):
        TimestampAuthority("file:///etc/hosts")
