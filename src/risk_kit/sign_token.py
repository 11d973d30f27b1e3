"""A key that never leaves its token: a smart card or HSM behind a PKCS#11 module (extra `hsm`)."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn1crypto.x509 import Certificate

from risk_kit.errors import BadKey, NotAvailable, Problem
from risk_kit.sign import Signer
from risk_kit.sign_container import MAX_CERTIFICATES
from risk_kit.sign_trust import fit_for_signing, is_development, shown_name

if TYPE_CHECKING:
    import pkcs11

_ONE_AT_A_TIME = threading.Lock()  # a token knows one login for the whole process


@contextmanager
def open_token(
    module: Path, pin: str, *, token: str | None = None, label: str | None = None
) -> Iterator[Signer]:
    """The signer whose key is on a token; it can sign until the block ends. The PIN is not kept.

    `module`: the PKCS#11 library of the card or HSM. `token` and `label` name the token and the
    certificate where there is more than one. Raises NotAvailable (no such module, extra not
    installed), BadKey (no such token or certificate, or several; wrong PIN; not for signing).
    """
    pkcs11 = _library()
    with _ONE_AT_A_TIME, _session(pkcs11, module, pin, token) as session:
        yield _signer(pkcs11, session, label)


@contextmanager
def _session(
    pkcs11: Any,  # noqa: ANN401  a module without types
    module: Path,
    pin: str,
    token: str | None,
) -> Iterator[pkcs11.Session]:
    try:
        session = _token(pkcs11, module, token).open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise BadKey(Problem("token_wrong_pin")) from error
    except pkcs11.PinLocked as error:
        raise BadKey(Problem("token_locked")) from error
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise NotAvailable(Problem("token_unreadable", _why(error), file=str(module))) from error
    try:
        yield session
    finally:
        session.close()


def _library() -> Any:  # noqa: ANN401  a module of the extra, which has no types
    try:
        import pkcs11  # noqa: PLC0415  only with the extra
    except ImportError as error:
        raise NotAvailable(Problem("token_needs_extra")) from error
    return pkcs11


def _why(error: Exception) -> dict[str, str]:
    return {"detail": type(error).__name__}


def _token(library: Any, module: Path, label: str | None) -> pkcs11.Token:  # noqa: ANN401
    found = [
        slot.get_token()
        for slot in library.lib(str(module)).get_slots(token_present=True)
        if library.TokenFlag.TOKEN_INITIALIZED in slot.get_token().flags
    ]
    names = sorted(one.label for one in found)
    matched = [one for one in found if label in (None, one.label)]
    if len(matched) != 1:
        raise BadKey(Problem("token_which", {"label": label or "", "offered": names}))
    found_one: pkcs11.Token = matched[0]
    return found_one


def _signer(library: Any, session: pkcs11.Session, label: str | None) -> Signer:  # noqa: ANN401
    from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415  only with the extra

    attribute = library.Attribute
    keys = {one[attribute.ID] for one in session.get_objects(_private(library))}
    wanted = {attribute.CLASS: library.ObjectClass.CERTIFICATE}
    held = [
        (one[attribute.ID], one[attribute.LABEL], Certificate.load(one[attribute.VALUE]))
        for one in session.get_objects(wanted)
    ]
    able = [(n, own) for n, name, own in held if n in keys and label in (None, name)]
    if len(able) != 1:
        offered = sorted(name for n, name, _ in held if n in keys)
        raise BadKey(Problem("token_which_key", {"label": label or "", "offered": offered}))
    number, own = able[0]
    if not fit_for_signing(own):
        raise BadKey(Problem("key_not_for_signing", {"name": shown_name(own)}))
    mechanisms = session.token.slot.get_mechanisms()
    return Signer(
        name=shown_name(own),
        development=is_development(own),
        certificate_sha256=hashlib.sha256(own.dump()).hexdigest(),
        certificate=own,
        key=PKCS11Signer(
            session,
            signing_cert=own,
            key_id=number,
            ca_chain=_above(own, [one for _, _, one in held]),
            # Some tokens sign only what was hashed before it came to them.
            use_raw_mechanism=own.public_key.algorithm == "ec"
            and library.Mechanism.ECDSA_SHA256 not in mechanisms,
        ),
    )


def _private(library: Any) -> dict[Any, Any]:  # noqa: ANN401
    attribute = library.Attribute
    return {attribute.CLASS: library.ObjectClass.PRIVATE_KEY, attribute.SIGN: True}


def _above(own: Certificate, others: list[Certificate]) -> list[Certificate]:
    """The certificates on the token that lead from `own` to its root, as far as they are there."""
    found: list[Certificate] = []
    at = own
    while len(found) < MAX_CERTIFICATES - 1 and at.issuer != at.subject:
        following = [one for one in others if one.subject == at.issuer and one not in found]
        if not following:
            break
        at = following[0]
        found.append(at)
    return found
