"""What a database complains of, as problems that a reader can do something about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from risk_kit.errors import BadInput, CannotWrite, NotAvailable, Problem, RiskKitError

_Told = tuple[type[RiskKitError], str]

# The primary result codes of SQLite, from its documentation.
_SQLITE: Final[dict[int, _Told]] = {
    3: (NotAvailable, "store_no_access"),
    5: (CannotWrite, "store_locked"),
    6: (CannotWrite, "store_locked"),
    8: (CannotWrite, "store_read_only"),
    11: (BadInput, "store_damaged"),
    13: (CannotWrite, "store_full"),
    14: (NotAvailable, "store_no_access"),
    26: (BadInput, "store_not_database"),
}
# The first characters of PostgreSQL's SQLSTATE; the longest that fits is taken.
_POSTGRESQL: Final[dict[str, _Told]] = {
    "08": (NotAvailable, "store_not_reached"),
    "25006": (CannotWrite, "store_read_only"),
    "28": (NotAvailable, "store_no_access"),
    "3D": (NotAvailable, "store_no_access"),
    "40": (CannotWrite, "store_locked"),
    "42501": (NotAvailable, "store_no_access"),
    "53100": (CannotWrite, "store_full"),
    "53": (NotAvailable, "store_not_reached"),
    "55P03": (CannotWrite, "store_locked"),
    "57": (NotAvailable, "store_not_reached"),
}


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what a database complains of inside into a RiskKitError that names the store."""
    try:
        yield
    except SQLAlchemyError as error:
        kind, code = _meaning(error)
        lines = str(getattr(error, "orig", None) or error).splitlines()
        reason = lines[0] if lines else type(error).__name__
        raise kind(Problem(code, {"reason": reason}, file=place)) from error


def _meaning(error: SQLAlchemyError) -> _Told:
    if isinstance(error, NoConnectionFree):
        return CannotWrite, "store_locked"
    cause = error.orig if isinstance(error, DBAPIError) else None
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return _SQLITE.get(number & 0xFF, (NotAvailable, "store_failed"))
    state = getattr(cause, "sqlstate", None) or ("08" if _unreached(error) else "")
    fits = [length for length in (5, 2) if state[:length] in _POSTGRESQL]
    return _POSTGRESQL[state[: fits[0]]] if fits else (NotAvailable, "store_failed")


def _unreached(error: SQLAlchemyError) -> bool:
    """No SQLSTATE at all: the driver never got as far as the server, or lost it."""
    return isinstance(error, DBAPIError) and error.statement is None
