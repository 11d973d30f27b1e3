"""The documents of the verdict matrix: every level, order and tampering, each with our verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

import pikepdf
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_cms import SimpleSigner

import pki_server
from pki_report import report, signed_elsewhere
from risk_kit.sign import LEVELS, ROLES, Manner, Signer, Trust, load_p12, sign
from risk_kit.sign_extend import prolonged
from risk_kit.sign_revisions import UpdateWriter

AT: Final = pki_server.NOW
SOON: Final = AT + timedelta(minutes=1)
LATER: Final = AT + timedelta(days=180)  # a certificate has expired, another was revoked
MUCH_LATER: Final = AT + timedelta(days=3 * 365)  # the timestamping authority's has expired too
Change = Callable[[IncrementalPdfFileWriter], object]


@dataclass(frozen=True)
class Document:
    """One document, when and by what it is judged, and what the verdict must be.

    `told`: the problems, or the code that refuses the file. `levels`: of the signers, in order.
    `trusted`: the trust problem of the last signer.
    """

    name: str
    data: bytes = field(repr=False)
    told: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    problem: str | None = None
    now: datetime = SOON
    lists: tuple[bytes, ...] = field(default=(), repr=False)


class Maker:
    """Makes documents with the keys and services of a PKI."""

    def __init__(self, pki: pki_server.Pki) -> None:
        self.pki = pki
        self.root = Trust((pki.certificate("root"),))

    def who(self, name: str, arch: str = "agency") -> Signer:
        return load_p12(self.pki.p12(name, arch), pki_server.PASSPHRASE)

    def manner(self, level: str, tsa: str = "tsa", arch: str = "agency") -> Manner:
        return Manner(level, self.pki.tsa(tsa, arch), self.root)

    def signed(self, who: str, level: str = "b-b", *, tsa: str = "tsa", at: datetime = AT) -> bytes:
        """Signed by one person, as preparer."""
        self.pki.at(at)
        manner = self.manner(level, tsa)
        return sign(report(), self.who(who), role="preparer", reason="", at=at, manner=manner)

    def by(self, levels: tuple[str, ...]) -> bytes:
        """Signed by as many as there are levels, each in turn."""
        self.pki.at(AT)
        pdf = report()
        for role, level in zip(ROLES, levels, strict=False):
            signer, manner = self.who(role), self.manner(level)
            pdf = sign(pdf, signer, role=role, reason=f"同意 {role}", at=AT, manner=manner)
        return pdf

    def forged(
        self, pdf: bytes, role: str, who: Signer | str, change: Change | None = None
    ) -> bytes:
        """Signed with a library alone, with one change in the same update."""
        writer = UpdateWriter(BytesIO(pdf))
        if change:
            change(writer)
        signer = who if isinstance(who, Signer) else self.who(who)
        return signed_elsewhere(writer, role, signer, AT)


def updated(pdf: bytes, change: Change) -> bytes:
    writer = UpdateWriter(BytesIO(pdf))
    change(writer)
    writer.write(out := BytesIO())
    return out.getvalue()


def flipped(pdf: bytes, at: int, bit: int = 1) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ bit]) + pdf[at + 1 :]


def other_digit(pdf: bytes, at: int) -> bytes:
    """Another hexadecimal digit in place of the one that is there."""
    return pdf[:at] + b"%x" % (int(pdf[at : at + 1], 16) ^ 1) + pdf[at + 1 :]


# ------------------------------------------------------------------ the documents


def documents(pki: pki_server.Pki, *, few: bool = False) -> Iterator[Document]:
    """All documents; or some of each kind, for when time is short."""
    make = Maker(pki)
    if not few:
        yield from levels(make)
    yield from mixed(make)
    yield from orders(make)
    if not few:
        yield from alterations(make)
        yield from updates(make)
    yield from certificates(make)
    if not few:
        yield from times(make)
    yield from refused(make)


def levels(make: Maker) -> Iterator[Document]:
    for level in LEVELS:
        for count in (1, 2, 3):
            levels = (level,) * count
            yield Document(f"{level}, {count} 人簽署", make.by(levels), levels=levels)


def mixed(make: Maker) -> Iterator[Document]:
    reached = ("b-b", "b-lt", "b-lt")  # validation data are for every timestamp in the file
    yield Document("b-b → b-t → b-lt", make.by(("b-b", "b-t", "b-lt")), levels=reached)
    renewed = prolonged(make.by(("b-t", "b-t")), make.pki.tsa(), make.root, AT)
    yield Document("b-t 兩人簽署後延長", renewed, levels=("b-lta", "b-lta"))
    late = prolonged(make.by(("b-b",)), make.pki.tsa(), make.root, AT)
    yield Document("b-b 簽署後延長", late, levels=("b-lta",))


def orders(make: Maker) -> Iterator[Document]:
    for roles in (
        ("reviewer",),
        ("approver",),
        ("preparer", "approver"),
        ("reviewer", "preparer"),
        ("preparer", "approver", "reviewer"),
    ):
        pdf = report()
        for role in roles:
            pdf = make.forged(pdf, role, role)
        name = " → ".join(roles)
        yield Document(f"順序 {name}", pdf, ("roles_out_of_order",), ("b-b",) * len(roles))
    first = make.by(("b-b",))
    for who, code, name in (
        ("preparer", "certificate_two_roles", "同一張憑證兩個角色"),
        ("other-key", "person_two_roles", "同一主體、另一把金鑰"),
        ("other-name", "person_two_roles", "同一把金鑰、另一主體"),
    ):
        yield Document(name, make.forged(first, "reviewer", who), (code,), ("b-b", "b-b"))


def alterations(make: Maker) -> Iterator[Document]:
    altered, broken = ("pdf_altered",), ("none",)
    pdf = make.by(("b-b",))
    with pikepdf.open(BytesIO(pdf)) as opened:
        page = opened.pages[0].Contents.read_raw_bytes()
        held = opened.attachments["assessment.json"].get_file().obj.read_raw_bytes()
    chain = Certificate.load(make.pki.certificate("root"))["signature_value"].native
    places = {
        "頁面": pdf.index(page) + 5,
        "附件": pdf.index(held) + 5,
        "簽署理由": pdf.rindex(b"/Reason") + 12,
    }
    written = {"簽章值": values_of(pdf), "內附的根憑證": chain}  # as hexadecimal digits
    for name, at in places.items():
        yield Document(f"改一個位元組：{name}", flipped(pdf, at, 4), altered, broken)
    for name, value in written.items():
        at = pdf.lower().index(value.hex().encode()) + 40
        yield Document(f"改一個位元組：{name}", other_digit(pdf, at), altered, broken)
    stamped = make.by(("b-t",))
    token = stamped.lower().rindex(b"060b2a864886f70d0109100104")  # the content type of a token
    yield Document("改一個位元組：時戳", other_digit(stamped, token + 120), altered, broken)
    other = sign(report(word="other"), make.who("preparer"), role="preparer", reason="", at=AT)
    moved = transplanted(pdf, other)
    yield Document("簽章移植自另一份報告", moved, altered, broken)


def values_of(pdf: bytes) -> bytes:
    """The signature value of the first signature."""
    first = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[0]
    return bytes(first.signer_info["signature"].native)


def transplanted(pdf: bytes, other: bytes) -> bytes:
    """The container of another document in place of the own one."""
    at, from_ = (one.index(b"/Contents <") for one in (pdf, other))
    length = pdf.index(b">", at) - at
    return pdf[:at] + other[from_ : from_ + length] + pdf[at + length :]


def updates(make: Maker) -> Iterator[Document]:
    one, two = make.by(("b-b",)), make.by(("b-b", "b-b"))
    follows = ("pdf_unsigned_update",)
    not_allowed = ("pdf_unsigned_update", "pdf_update_not_allowed")
    yield Document("尾端附加註解", one + b"% more\n", follows, ("b-b",))
    for name, change in CHANGES.items():
        yield Document(f"簽後更新：{name}", updated(one, change), not_allowed, ("b-b",))
    removed = updated(two, remove_last)
    yield Document("移除最後一個簽章", removed, follows, ("b-b",))
    copied = (*not_allowed, "certificate_two_roles")
    yield Document("同一簽章複製到另一欄", updated(one, copy_value), copied, ("b-b", "b-b"))
    lasting = make.by(("b-lt",))
    yield Document("b-lt 之後換頁面", updated(lasting, repaint), not_allowed, ("b-lt",))
    for name, change in CHANGES.items():
        pdf = make.forged(one, "reviewer", "reviewer", change)
        yield Document(f"簽署時夾帶：{name}", pdf, ("pdf_update_not_allowed",), ("b-b", "b-b"))
    before = make.forged(updated(report(), repaint), "preparer", "preparer")
    yield Document("簽署前另存更新", before, ("pdf_update_not_allowed",), ("b-b",))
    yield Document("截去第二個簽章（檔案回到第一次簽署）", two[: len(one)], (), ("b-b",))


def certificates(make: Maker) -> Iterator[Document]:
    untrusted, crl = ("signer_not_trusted",), make.pki.crl("ca", AT)
    own = make.who("expired")
    expired = make.forged(report(), "preparer", own)
    yield Document("憑證已過期", expired, untrusted, ("b-b",), "trust_expired")
    stranger = make.forged(report(), "preparer", make.who("preparer", "elsewhere"))
    yield Document("根憑證不明（重簽的副本）", stranger, untrusted, ("b-b",), "trust_unknown_root")
    wrong = make.forged(report(), "preparer", unfit(make))
    yield Document("憑證用途不符", wrong, untrusted, ("b-b",), "trust_key_usage")
    revoked = make.signed("revoked")
    given = Document("已廢止，附清冊", revoked, untrusted, ("b-b",), "trust_revoked", lists=(crl,))
    yield given
    yield Document("已廢止，無清冊可查", revoked, (), ("b-b",))
    manner = make.manner("b-t", "tsa", "elsewhere")
    strange = sign(report(), make.who("preparer"), role="preparer", reason="", at=AT, manner=manner)
    yield Document("時戳機構的根憑證不明", strange, (), ("b-b",))


def unfit(make: Maker) -> Signer:
    """A signer whose certificate is for a server; the product would not load it."""
    form = Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    secret = PrivateKeyInfo.load(make.pki.key("server").private_bytes(*form))
    own = Certificate.load(make.pki.certificate("server"))
    fit = make.who("preparer")
    return replace(fit, certificate=own, key=SimpleSigner(own, secret, fit.key.cert_registry))


def times(make: Maker) -> Iterator[Document]:
    untrusted = ("signer_not_trusted",)
    future = make.signed("preparer", at=AT + timedelta(days=1))
    yield Document("註明的時間在未來", future, untrusted, ("b-b",), "trust_time_in_future")
    plain = make.signed("short")
    yield Document("憑證後來過期，b-b", plain, untrusted, ("b-b",), "trust_expired", LATER)
    yield Document("憑證後來過期，b-t", make.signed("short", "b-t"), (), ("b-t",), None, LATER)
    lt = make.signed("short", "b-lt")
    yield Document("憑證後來過期，b-lt", lt, (), ("b-lt",), None, LATER)
    gone = make.signed("preparer", "b-lt")
    name = "時戳機構憑證後來過期，b-lt"
    yield Document(name, gone, (), ("b-b",), None, MUCH_LATER)
    make.pki.at(AT)
    lasting = prolonged(gone, make.pki.tsa("tsa-long"), make.root, AT)
    name = "時戳機構憑證後來過期，另有文件時戳"
    yield Document(name, lasting, (), ("b-lta",), None, MUCH_LATER)
    crl = (make.pki.crl("ca", LATER),)
    before = make.signed("revoked-later")
    name = "簽署後才廢止"
    yield Document(f"{name}，b-b", before, untrusted, ("b-b",), "trust_revoked", LATER, crl)
    for level in ("b-t", "b-lt", "b-lta"):
        pdf = make.signed("revoked-later", level)
        yield Document(f"{name}，{level}", pdf, (), (level,), None, LATER, crl)


def refused(make: Maker) -> Iterator[Document]:
    pdf = make.by(("b-b",))
    with pikepdf.open(BytesIO(report())) as opened:
        opened.save(out := BytesIO(), encryption=pikepdf.Encryption(owner="o", user=""))
    many = pdf
    for _ in range(50):
        many = updated(many, retitle)
    yield Document("沒有簽署", report(), ("pdf_not_signed",))
    yield Document("加密", out.getvalue(), ("pdf_encrypted",))
    yield Document("多型檔（前面接 ZIP）", b"PK\3\4" + pdf, ("pdf_not_pdf",))
    yield Document("更新五十次以上", many, ("pdf_too_many_revisions",))
    yield Document("只剩一半", report()[: len(report()) // 2], ("pdf_malformed",))


# ------------------------------------------------------------------ the changes


def repaint(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    drawn = generic.StreamObject(stream_data=b"BT /F1 99 Tf 72 500 Td (low risk) Tj ET")
    page[generic.pdf_name("/Contents")] = writer.add_object(drawn)
    writer.update_container(page)


def swap_attachment(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    held = names[1].get_object()["/EF"]
    held[generic.pdf_name("/F")] = writer.add_object(
        generic.StreamObject(stream_data=b'{"tier": "low"}')
    )
    writer.update_container(held)


def overlay(writer: IncrementalPdfFileWriter) -> None:
    """An annotation that covers the page."""
    page = writer.root["/Pages"]["/Kids"][0]
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
    name = generic.pdf_name
    shown = {"/Type": name("/Annot"), "/Subtype": name("/Square"), "/Rect": box, "/F": 4}
    note = generic.DictionaryObject(
        {name(k): generic.NumberObject(v) if isinstance(v, int) else v for k, v in shown.items()}
    )
    page[name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def shadow(writer: IncrementalPdfFileWriter) -> None:
    """Another appearance, as large as the page, in the field that is signed."""
    field_ = writer.root["/AcroForm"]["/Fields"][0].get_object()
    drawn = generic.StreamObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
            generic.pdf_name("/BBox"): generic.ArrayObject(
                map(generic.NumberObject, (0, 0, 147, 58))
            ),
        },
        stream_data=b"0 0 147 58 re f",
    )
    field_[generic.pdf_name("/AP")] = generic.DictionaryObject(
        {generic.pdf_name("/N"): writer.add_object(drawn)}
    )
    writer.update_container(field_)


def move_field(writer: IncrementalPdfFileWriter) -> None:
    field_ = writer.root["/AcroForm"]["/Fields"][2].get_object()
    field_["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
    writer.update_container(field_)


def retitle(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("x")}))


CHANGES: Final[dict[str, Change]] = {
    "換頁面": repaint,
    "換附件": swap_attachment,
    "覆蓋註記": overlay,
    "換已簽欄位的外觀": shadow,
    "放大簽署欄位": move_field,
    "改標題": retitle,
}


def remove_last(writer: IncrementalPdfFileWriter) -> None:
    field_ = writer.root["/AcroForm"]["/Fields"][1].get_object()
    del field_["/V"]
    writer.update_container(field_)


def copy_value(writer: IncrementalPdfFileWriter) -> None:
    first, second, _ = (one.get_object() for one in writer.root["/AcroForm"]["/Fields"])
    second[generic.pdf_name("/V")] = first.raw_get("/V")
    writer.update_container(second)
