"""What signing may ask of others: a timestamp, and whether certificates were revoked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from asn1crypto.x509 import Certificate
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.errors import CRLFetchError, OCSPFetchError
from pyhanko_certvalidator.fetchers.api import Fetchers
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.sign_trust import Evidence

SECONDS = 10
MAX_ANSWER = 256 * 1024
_QUERY = "application/timestamp-query"


class _NoRedirects(HTTPRedirectHandler):
    """Whoever was asked answers, and nobody else at an address that was not chosen."""

    def redirect_request(self, *_: object) -> None:
        return


_ASK = build_opener(_NoRedirects)


class TimestampAuthority(TimeStamper):
    """A timestamping service (RFC 3161) at an http or https address; asked within bounds."""

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise BadInput(Problem("tsa_address", {"value": url}))
        self.url = url
        super().__init__()  # type: ignore[no-untyped-call]

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        """The service's answer to one request. Raises NotAvailable."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, data: bytes) -> TimeStampResp:
        request = Request(self.url, data, {"Content-Type": _QUERY})  # noqa: S310  checked above
        try:
            with _ASK.open(request, timeout=SECONDS) as answer:
                found = TimeStampResp.load(answer.read(MAX_ANSWER), strict=True)
                found.native  # noqa: B018  parsed lazily
        except (URLError, OSError, ValueError) as error:
            raise NotAvailable(Problem("tsa_unavailable", {"value": self.url})) from error
        return found


async def revocation_of(path: Iterable[Certificate], *, lists: bool) -> Evidence:
    """Revocation data on the certificates of a path (root first, trusted), from their own issuers.

    With `lists`, revocation lists too and not only answers about the one certificate. What cannot
    be had is left out: whoever needs it will miss it.
    """
    fetchers = RequestsFetcherBackend(per_request_timeout=SECONDS).get_fetchers()
    found, above = Evidence(), None
    for certificate in path:
        if above is not None:
            found += await _about(certificate, above, fetchers, lists=lists)
        above = certificate
    return found


async def _about(
    certificate: Certificate, issuer: Certificate, fetchers: Fetchers, *, lists: bool
) -> Evidence:
    found = Evidence()
    try:
        answer = await fetchers.ocsp_fetcher.fetch(certificate, AuthorityWithCert(issuer))
        found += Evidence(ocsps=(answer,))
    except OCSPFetchError:
        lists = True
    if lists:
        try:
            found += Evidence(crls=tuple(await fetchers.crl_fetcher.fetch(certificate)))
        except CRLFetchError:
            return found
    return found
