"""What the signatures and timestamps of a PDF say, read before anything is known of time and trust."""

from __future__ import annotations

from dataclasses import dataclass

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from risk_kit.errors import RiskKitError
from risk_kit.sign_container import MAX_CONTAINER, coverage, sound, token
from risk_kit.sign_revisions import FILL_SIGNATURES_ONLY
from risk_kit.sign_time import Stamp, Token, document_stamp, signature_token
from risk_kit.sign_trust import Trust, trust_roots


@dataclass(frozen=True, slots=True)
class Signed:
    """What was read of one signature before anything is known of time and trust."""

    role: str
    covers: str
    intact: bool
    revision: int
    updates_allowed: bool
    signed: EmbeddedPdfSignature | None = None
    token: Token | None = None


def signature_fields(reader: PdfFileReader, *, filled: bool) -> list[tuple[str, DictionaryObject]]:
    """The signature fields that are filled, or those that are empty: (full name, field)."""
    found = enumerate_sig_fields(reader, filled_status=filled)
    return [(name, reference.get_object()) for name, _, reference in found]


def read_signature(
    reader: PdfFileReader, pdf: bytes, name: str, field: DictionaryObject, trust: Trust
) -> Signed:
    """The signature in a filled field; not intact where anything in it cannot be read."""
    broken = Signed(name, "partial", intact=False, revision=0, updates_allowed=False)
    try:
        signed = EmbeddedPdfSignature(reader, field, name)
        if len(signed.pkcs7_content) > MAX_CONTAINER:
            return broken
        covers = coverage(signed, pdf)
        intact = covers != "partial" and sound(signed, trust_roots(trust))
        held = token(signed.signer_info)
        stamped = signature_token(signed.signer_info, held) if intact and held is not None else None
        intact = intact and (held is None) == (stamped is None)
        allowed = _updates_allowed(signed)
    except RiskKitError:
        raise
    except Exception:  # noqa: BLE001  a container that no library can read is an altered one
        return broken
    return Signed(name, covers, intact, signed.signed_revision, allowed, signed, stamped)


def _updates_allowed(signature: EmbeddedPdfSignature) -> bool:
    signature.compute_integrity_info(  # type: ignore[no-untyped-call]
        diff_policy=FILL_SIGNATURES_ONLY
    )
    return signature.summarise_integrity_info()["docmdp_ok"] is not False


def read_stamp(reader: PdfFileReader, pdf: bytes, name: str, field: DictionaryObject) -> Stamp:
    """The timestamp in a filled field; without a token where it is not whole."""
    try:
        signed = EmbeddedPdfSignature(reader, field, name)
        if len(signed.pkcs7_content) > MAX_CONTAINER:
            return Stamp(None, "partial", signed.signed_revision)
        return document_stamp(signed, coverage(signed, pdf))
    except RiskKitError:
        raise
    except Exception:  # noqa: BLE001  as above
        return Stamp(None, "partial", 0)
