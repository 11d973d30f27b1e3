"""Files made to hurt, offered to verify: refused or judged in words, within bounds of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from typing import Final

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

import pki_server
from pki_report import report, signed_elsewhere
from risk_kit import sign_revisions, verification
from risk_kit.errors import BadInput, BadPdf
from risk_kit.files import home
from risk_kit.identity import development_identity
from risk_kit.sign import Trust, sign
from risk_kit.sign_revisions import UpdateWriter

AT: Final = pki_server.NOW
PATIENCE: Final = 30.0  # seconds, on a machine that does much else; the bound itself is set to one
Make = Callable[[], bytes]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_revisions, "MAX_SECONDS", 1.0)


def signed(pdf: bytes) -> bytes:
    return sign(
        pdf, development_identity("preparer", home(), AT), role="preparer", reason="", at=AT
    )


def with_fields(make: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(BytesIO(report())) as pdf:
        make(pdf)
        pdf.save(out := BytesIO())
    return out.getvalue()


def many_filled_fields() -> bytes:
    def fill(pdf: pikepdf.Pdf) -> None:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"\0", ByteRange=[0, 1, 2, 3])
        held = pdf.make_indirect(value)
        for number in range(3000):
            field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=f"x{number}", V=held)
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

    return with_fields(fill)


def fields_in_fields() -> bytes:
    def nest(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(T="a"))
        for _ in range(2000):
            field = pdf.make_indirect(pikepdf.Dictionary(T="a", Kids=pikepdf.Array([field])))
        pdf.Root.AcroForm.Fields.append(field)

    return with_fields(nest)


def copies_of_one_signature() -> bytes:
    """In one update of a signed file."""
    name = generic.pdf_name
    writer = UpdateWriter(BytesIO(signed(report())))
    fields = writer.root["/AcroForm"]["/Fields"]
    value = fields[0].get_object().raw_get("/V")
    for number in range(1000):
        parts = {"/FT": name("/Sig"), "/T": generic.pdf_string(f"y{number}"), "/V": value}
        made = generic.DictionaryObject({name(key): part for key, part in parts.items()})
        fields.append(writer.add_object(made))
    writer.update_container(fields)
    writer.write(out := BytesIO())
    return out.getvalue()


def a_chain_to_the_field() -> bytes:
    def chain(pdf: pikepdf.Pdf) -> None:
        link = pdf.Root.AcroForm.Fields[0]
        for _ in range(2000):
            link = pdf.make_indirect(pikepdf.Dictionary(Next=link))
        pdf.Root.Chain = link

    who = development_identity("preparer", home(), AT)
    return signed_elsewhere(writer_of(with_fields(chain)), "preparer", who, AT)


def writer_of(pdf: bytes) -> IncrementalPdfFileWriter:
    return UpdateWriter(BytesIO(pdf))


def a_long_container() -> bytes:
    pdf = signed(report())
    return pdf.replace(b"/Contents <", b"/Contents <" + b"00" * 10_000_000)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: b"%PDF-1.7\n" + bytes(20_000_000), {"pdf_too_complex", "pdf_malformed"}),
        (lambda: signed(report()) + bytes(20_000_000), {"pdf_too_complex", "pdf_altered"}),
        (lambda: b"%PDF-1.7\n" + bytes(51 * 1024 * 1024), {"pdf_too_large"}),
        (lambda: signed(report()) + b"startxref\n0\n%%EOF\n" * 1_000_000, {"pdf_altered"}),
        (lambda: signed(report()) + b"(" * 20_000_000 + b"\nstartxref\n9\n%%EOF", {"pdf_altered"}),
        (lambda: b"GIF89a" + signed(report()), {"pdf_not_pdf"}),
        (lambda: b"PK\3\4" + signed(report()), {"pdf_not_pdf"}),
        (many_filled_fields, {"pdf_too_complex", "pdf_altered"}),
        (fields_in_fields, {"pdf_too_complex", "pdf_malformed"}),
        (copies_of_one_signature, {"pdf_too_complex"}),
        (a_chain_to_the_field, {"pdf_too_complex", "pdf_altered"}),
        (a_long_container, {"pdf_too_complex"}),
    ],
)
def test_a_pdf_made_to_hurt_is_answered_soon(make: Make, expected: set[str]) -> None:
    data = make()
    begun = time.monotonic()
    try:
        found = verification.verify(data, Trust(), AT)
        codes = [one.code for one in found.reasons]
    except BadPdf as error:
        codes = [one.code for one in error.problems]
    assert time.monotonic() - begun < PATIENCE
    assert codes[0] in expected


HEAD: Final = (
    b'{"format":"risk-kit/report/1","toolkit":"x","language":"zh","assessment":{},"answers":'
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (HEAD + b'{"a":' * 45 + b"1" + b"}" * 45 + b"}", "signature_unreadable"),
        (HEAD + b'{"a":' * 100 + b"1" + b"}" * 100 + b"}", "json_beyond_bounds"),
        (HEAD + b'{"a":' + b"[" * 600 + b"]" * 600 + b"}}", "json_beyond_bounds"),
        (HEAD + b"[" * 100_000 + b"}", "bad_json"),
        (HEAD + b'{"a":[' + b"1," * 2_000_000 + b"1]}}", "json_beyond_bounds"),
        (HEAD + b'{"a":"' + b"x" * 9_000_000 + b'"}}', "json_beyond_bounds"),
        (HEAD + b'{"a":' + b"9" * 100_000 + b"}}", "bad_json"),
        (HEAD + b'{"a":1e400}}', "bad_json"),
        (HEAD + b'{"a":NaN}}', "bad_json"),
    ],
)
def test_json_made_to_hurt_is_answered_soon(data: bytes, expected: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BadInput) as error:
        verification.verify_json(data, b"no signature", Trust(), AT)
    assert time.monotonic() - begun < PATIENCE
    assert error.value.problems[0].code == expected
