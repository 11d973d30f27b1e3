"""The throw-away PKI of tests/pki/pki.yaml: keys and dates made anew, its services on loopback.

Its clock is set, and every date of its certificates is told from that moment.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate
from werkzeug.serving import make_server

FILE: Final = Path(__file__).parent / "pki" / "pki.yaml"
PASSPHRASE: Final = "密語"
# Another day may be given, to see that nothing depends on today: RISK_KIT_TEST_MOMENT.
_DAY: Final = os.environ.get("RISK_KIT_TEST_MOMENT")
NOW: Final = (datetime.fromisoformat(_DAY) if _DAY else datetime.now(UTC)).replace(microsecond=0)
_OFFSET: Final = re.compile(r"([+-]\d+) (years|months)")
_DAYS: Final = {"years": 365, "months": 30}
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else it notes every request


@dataclass
class Pki:
    """The authorities, and where their services answer."""

    config: CertomancerConfig
    animator: Animator
    url: str

    def at(self, moment: datetime) -> None:
        """Set the clock of every service."""
        self.animator.fixed_time = moment

    def tsa(self, name: str = "tsa", arch: str = "agency") -> str:
        return f"{self.url}/{arch}/tsa/{name}"

    def certificate(self, name: str, arch: str = "agency") -> bytes:
        """A certificate, DER."""
        return bytes(self.config.get_pki_arch(ArchLabel(arch)).get_cert(CertLabel(name)).dump())

    def crl(self, name: str, moment: datetime, arch: str = "agency") -> bytes:
        """The revocation list of that moment, DER."""
        services = self.config.get_pki_arch(ArchLabel(arch)).service_registry
        return bytes(services.get_crl(ServiceLabel(name), moment).dump())

    def key(self, name: str, arch: str = "agency") -> Key:
        """A private key of `cryptography`."""
        spec = self.config.get_pki_arch(ArchLabel(arch))
        label = spec.get_cert_spec(CertLabel(name)).subject_key
        key = load_der_private_key(spec.key_set.get_private_key(label).dump(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey)
        return key

    def p12(self, name: str, arch: str = "agency") -> bytes:
        """Key, certificate and the certificates above it."""
        above = ["ca", "root"] if arch == "agency" else ["root"]
        own, *chain = (
            load_der_x509_certificate(self.certificate(one, arch)) for one in (name, *above)
        )
        locked = BestAvailableEncryption(PASSPHRASE.encode())
        key = self.key(name, arch)
        return pkcs12.serialize_key_and_certificates(b"me", key, own, chain, locked)


@contextmanager
def running(folder: Path, moment: datetime = NOW) -> Iterator[Pki]:
    """The PKI with its keys in `folder` and its services on a free port, until the block ends.

    `moment`: what time it is for the services, and what the certificates' dates are told from.
    """
    raw = dated(yaml.safe_load(FILE.read_text(encoding="utf-8")), moment)
    names = {one for arch in raw["pki-architectures"].values() for one in arch["entities"]}
    raw["keysets"] = {"all": {"keys": {one: {"path": _key(folder, one)} for one in names}}}
    serving: dict[str, Animator] = {}

    def answer(environ: Any, start: Any) -> Any:  # noqa: ANN401  a WSGI application's own types
        return serving["app"](environ, start)

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    config = CertomancerConfig(raw | {"external-url-prefix": url}, key_search_dir=str(folder))
    animator = Animator(AnimatorArchStore(config.pki_archs), at_time=moment, with_web_ui=False)
    serving["app"] = animator
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Pki(config, animator, url)
    finally:
        server.shutdown()
        thread.join()


def dated(value: Any, moment: datetime) -> Any:  # noqa: ANN401  any YAML value
    """The same value with each distance, such as `-6 years`, told as a date."""
    if isinstance(value, dict):
        return {key: dated(one, moment) for key, one in value.items()}
    if isinstance(value, list):
        return [dated(one, moment) for one in value]
    told = _OFFSET.fullmatch(value) if isinstance(value, str) else None
    return value if told is None else (moment + distance(told)).replace(microsecond=0).isoformat()


def distance(told: re.Match[str]) -> timedelta:
    return timedelta(days=int(told[1]) * _DAYS[told[2]])


def _key(folder: Path, name: str) -> str:
    made: Key
    match name:
        case "reviewer":
            made = rsa.generate_private_key(65537, 2048)
        case "approver":
            made = ec.generate_private_key(ec.SECP384R1())
        case _:
            made = ec.generate_private_key(ec.SECP256R1())
    path = folder / f"{name}.pem"
    form = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    path.write_bytes(made.private_bytes(*form))
    return path.name
