"""One CMS container: well formed, of these bytes, signed by its certificate's key (RFC 5652)."""

from __future__ import annotations

from collections.abc import Iterable

from asn1crypto import cms, parser
from asn1crypto.x509 import Certificate
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

MAX_CONTAINER = 128 * 1024
MAX_CERTIFICATES = 10
_DIGESTS = ("sha256", "sha384", "sha512")
_TOKEN = "signature_time_stamp_token"  # noqa: S105  the attribute's name
_FORMS = ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached")


def coverage(signature: EmbeddedPdfSignature, pdf: bytes) -> str:
    """Which bytes are signed: all but the container itself, which must be one exact hex string."""
    start, first, second, length = (int(number) for number in signature.byte_range)
    written = bytes(pdf[first:second])
    hexadecimal = signature.pkcs7_content.hex().encode()
    exact = written in (b"<" + hexadecimal + b">", b"<" + hexadecimal.upper() + b">")
    if start != 0 or not exact or second + length > len(pdf):
        return "partial"
    if second + length == len(pdf):
        return "whole_file"
    level = signature.evaluate_signature_coverage()
    return "whole_revision" if level >= SignatureCoverageLevel.ENTIRE_REVISION else "partial"


def sound(signature: EmbeddedPdfSignature, roots: list[Certificate]) -> bool:
    """The container is well-formed, its digest is the file's, and its signature is the key's."""
    if signature.sig_object.get("/Type") != "/Sig":
        return False
    if signature.sig_object.get("/SubFilter") not in _FORMS:
        return False
    container = signature.pkcs7_content
    if not well_formed(container, signature.signed_data, "v1"):
        return False
    digest_matches, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    others = signature.other_embedded_certs
    return digest_matches and valid and vouched(signature.signer_info, others, roots)


def is_pades(signature: EmbeddedPdfSignature) -> bool:
    """Whether the signature is of the form that PAdES baseline levels ask for."""
    return bool(signature.sig_object.get("/SubFilter") == _FORMS[0])


def well_formed(container: bytes, data: cms.SignedData, version: str) -> bool:
    """The parts of the container that no digest covers agree with those that are (RFC 5652)."""
    if not exact(container):
        return False
    info = data["signer_infos"][0]
    by_issuer = info["sid"].name == "issuer_and_serial_number"
    digest = info["digest_algorithm"]
    algorithms = [one.dump() for one in data["digest_algorithms"]]
    return (
        cms.ContentInfo.load(container)["content_type"].native == "signed_data"
        and len(data["signer_infos"]) == 1
        and len(data["certificates"]) <= MAX_CERTIFICATES
        and data["version"].native == version
        and info["version"].native == ("v1" if by_issuer else "v3")
        and algorithms == [digest.dump()]
        and digest["algorithm"].native in _DIGESTS
        and not len(data["crls"])
        and _only_a_token(info["unsigned_attrs"])
        and get_signing_cert_attr(info["signed_attrs"]) is not None
    )


def _only_a_token(attributes: cms.CMSAttributes) -> bool:
    """No unsigned attribute but one timestamp of the signature."""
    if not len(attributes):
        return True
    one = attributes[0]
    return len(attributes) == 1 and one["type"].native == _TOKEN and len(one["values"]) == 1


def token(info: cms.SignerInfo) -> cms.ContentInfo | None:
    """The timestamp of the signature inside its container, if there is one."""
    attributes = info["unsigned_attrs"]
    return attributes[0]["values"][0] if len(attributes) else None


def exact(container: bytes) -> bool:
    """The outer layers end where their content ends, and nothing but zeros follows them.

    The parser of the CMS itself would pass over an outer length that is a little too large.
    """
    content = parser.parse(container)[4]
    explicit = content[parser.peek(content) :]
    signed_data = parser.parse(explicit, strict=True)[4]
    parser.parse(signed_data, strict=True)
    return not container[parser.peek(container) :].strip(b"\0")


def vouched(
    info: cms.SignerInfo,
    embedded: list[Certificate],
    roots: list[Certificate],
    *,
    all_of_them: bool = False,
) -> bool:
    """The other embedded certificates are those that the signer listed, where there is a list.

    Otherwise each must be signed by its issuer, as far as that is known. With `all_of_them`, an
    issuer that is not known counts against: once the path is trusted, every embedded certificate
    has its issuer at hand, unless somebody changed it.
    """
    names = get_signing_cert_attr(info["signed_attrs"])
    listed = list(names["certs"])[1:] if names else []
    if listed:
        matched = [any(check_ess_certid(one, name) for name in listed) for one in embedded]
        return all(matched) and len(embedded) == len(listed)
    known = [*embedded, *roots]
    for certificate in embedded:
        issuers = [one for one in known if one.subject == certificate.issuer]
        if not _issued_by_any(certificate, issuers) and (issuers or all_of_them):
            return False
    return True


def _issued_by_any(certificate: Certificate, issuers: Iterable[Certificate]) -> bool:
    subject = load_der_x509_certificate(certificate.dump())
    for issuer in issuers:
        try:
            subject.verify_directly_issued_by(load_der_x509_certificate(issuer.dump()))
        except (InvalidSignature, TypeError, ValueError):
            continue
        return True
    return False
