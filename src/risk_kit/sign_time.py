"""Timestamps (RFC 3161): inside a signature's container, and over the whole document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from asn1crypto import cms, tsp
from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from risk_kit.sign_container import MAX_CERTIFICATES, exact
from risk_kit.sign_trust import Evidence, Standing, Trust, path_problem, path_standing

MAX_EVIDENCE = 200
_DIGESTS = ("sha256", "sha384", "sha512")
_PURPOSE = ("time_stamping",)


@dataclass(frozen=True, slots=True)
class Token:
    """A timestamp that is whole: the time it states, and the certificates it brings."""

    time: datetime
    certificate: Certificate
    others: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp over the document up to a revision; `token` is None when it is not whole."""

    token: Token | None
    covers: str
    revision: int


def read_token(content: cms.ContentInfo, imprint: Callable[[str], bytes]) -> Token | None:
    """The token, if it is well formed, signed by its authority, and made over `imprint`.

    `imprint` gives the digest, of an algorithm, of what should have been stamped.
    """
    if content["content_type"].native != "signed_data" or not exact(content.dump()):
        return None
    data: cms.SignedData = content["content"]
    if len(data["certificates"]) > MAX_CERTIFICATES or len(data["signer_infos"]) != 1:
        return None
    encapsulated = data["encap_content_info"]
    info = encapsulated["content"].parsed
    if encapsulated["content_type"].native != "tst_info" or not isinstance(info, tsp.TSTInfo):
        return None
    found = extract_certificate_info(data)
    signer = data["signer_infos"][0]
    algorithm = signer["digest_algorithm"]["algorithm"].native
    stamped = info["message_imprint"]
    stamped_by = stamped["hash_algorithm"]["algorithm"].native
    if algorithm not in _DIGESTS or stamped_by not in _DIGESTS:
        return None
    matches, valid = validate_sig_integrity(
        signer,
        found.signer_cert,
        expected_content_type="tst_info",
        actual_digest=hashlib.new(algorithm, bytes(encapsulated["content"])).digest(),
    )
    if not (matches and valid) or stamped["hashed_message"].native != imprint(stamped_by):
        return None
    return Token(info["gen_time"].native, found.signer_cert, tuple(found.other_certs))


def signature_token(info: cms.SignerInfo, content: cms.ContentInfo) -> Token | None:
    """The timestamp of a signature value."""
    value = info["signature"].native
    return read_token(content, lambda name: hashlib.new(name, value).digest())


def is_document_timestamp(field: DictionaryObject) -> bool:
    """Whether a filled signature field holds a timestamp and no signature."""
    return bool(field["/V"].get("/Type") == "/DocTimeStamp")


def document_stamp(signature: EmbeddedPdfSignature, covers: str) -> Stamp:
    """The timestamp of a document, read; `covers` is what its byte range covers."""
    content = cms.ContentInfo.load(signature.pkcs7_content)
    form = signature.sig_object.get("/SubFilter")
    whole = covers != "partial" and form == "/ETSI.RFC3161"
    token = read_token(content, signature.compute_digest) if whole else None
    return Stamp(token, covers, signature.signed_revision)


def token_standing(
    token: Token, evidence: tuple[Evidence, Evidence], trust: Trust, at: datetime
) -> Standing:
    """Whether the authority of a token is trusted at a time at which the token surely existed."""
    inside, given = evidence
    own = Evidence(token.others)
    return path_standing(token.certificate, (inside + own, given), trust, at=at, purposes=_PURPOSE)


def shown_by_data(token: Token, inside: Evidence, trust: Trust) -> bool:
    """Whether the file's own data show that the authority was not revoked when it stamped."""
    held = inside + Evidence(token.others)
    found = path_problem(token.certificate, held, trust, token.time, "require", _PURPOSE)
    return found[0] is None


def proven_times(
    stamps: list[Stamp], evidence: tuple[Evidence, Evidence], trust: Trust, now: datetime
) -> dict[int, tuple[datetime, Standing]]:
    """For each stamped revision, when it surely existed: latest first, each judged at the next.

    The last stamp is judged at `now`; one before it at the time that the one after it proves.
    """
    at, found = now, {}
    for stamp in sorted(stamps, key=lambda one: -one.revision):
        if stamp.token is None:
            continue
        standing = token_standing(stamp.token, evidence, trust, at)
        if stamp.token.time > at:
            standing = Standing("trust_time_after_timestamp")
        if standing.problem is None:
            at = stamp.token.time
        found[stamp.revision] = (stamp.token.time, standing)
    return found


def security_store(handler: PdfHandler) -> Evidence:
    """Certificates and revocation data that a revision of the document carries, none if unreadable.

    At most MAX_EVIDENCE of each count.
    """
    try:
        store = DocumentSecurityStore.read_dss(handler)
    except (ValidationInfoReadingError, PdfReadError):
        return Evidence()
    crls = [_stream(one, DecodePurpose.CRL) for one in store.crls[:MAX_EVIDENCE]]
    ocsps = [_stream(one, DecodePurpose.OCSP_RESPONSE) for one in store.ocsps[:MAX_EVIDENCE]]
    return Evidence(
        tuple(islice(store.load_certs(), MAX_EVIDENCE)),
        tuple(CertificateList.load(one) for one in crls),
        tuple(OCSPResponse.load(one) for one in ocsps),
    )


def _stream(reference: IndirectObject, purpose: DecodePurpose) -> bytes:
    stream = reference.get_object()  # type: ignore[no-untyped-call]
    return bytes(stream.read_data(purpose))
