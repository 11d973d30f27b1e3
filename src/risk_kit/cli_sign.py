"""The commands about signatures: sign, verify, prolong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from risk_kit import cli_output
from risk_kit.cli_base import about, command
from risk_kit.errors import BadInput, BadKey, Problem
from risk_kit.files import home, write_atomic
from risk_kit.yamlread import read_bytes

if TYPE_CHECKING:
    from risk_kit.sign import Manner, Signer

ROLES = ("preparer", "reviewer", "approver")
LEVELS = ("b-b", "b-t", "b-lt", "b-lta")
MOST_KEY = 1024 * 1024
MOST_PDF = 50 * 1024 * 1024
_FILE = click.Path(path_type=Path)
_TRUST = click.option(
    "--trust", "roots", multiple=True, help="Root certificate or folder to trust, or: dev"
)


@dataclass(frozen=True, slots=True)
class _Keys:
    """Where the key is, as the options say."""

    p12: Path | None
    dev_identity: bool
    pkcs11: Path | None
    token: str | None
    key: str | None
    passphrase_file: Path | None


@command
@click.argument("report_file", type=_FILE)
@click.option("--p12", type=_FILE, help="PKCS#12 file with key and certificate.")
@click.option("--pkcs11", type=_FILE, help="PKCS#11 module of a card or HSM (extra hsm).")
@click.option("--token", help="Which card, by label.")
@click.option("--key", help="Which certificate on the card, by label.")
@click.option("--passphrase-file", type=_FILE, help="Passphrase or PIN; else asked for, or empty.")
@click.option("--dev-identity", is_flag=True, help="Local development identity; not verified.")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--reason")
@click.option("--level", type=click.Choice(LEVELS), default=LEVELS[0], show_default=True)
@click.option("--tsa", metavar="URL", help="Timestamping service (RFC 3161), from b-t on.")
@_TRUST
@click.option("--prepare", is_flag=True, help="Sign nothing: write the file to sign elsewhere.")
@click.option("--detached", is_flag=True, help="Sign a report in JSON; the signature is a file.")
@click.option("--content", type=_FILE, help="With --detached: also write the exact bytes signed.")
@click.option("-o", "--output", type=_FILE, required=True)
def sign(
    report_file: Path,
    role: str | None,
    reason: str | None,
    level: str,
    tsa: str | None,
    roots: tuple[str, ...],
    prepare: bool,
    detached: bool,
    content: Path | None,
    output: Path,
    form: str,
    **where: Any,  # noqa: ANN401 - the options that say where the key is
) -> int:
    """Sign a report in one role, here or (--prepare) with another program."""
    from risk_kit import trusting  # noqa: PLC0415 - each command loads only what it needs
    from risk_kit.sign import Manner  # noqa: PLC0415

    keys = _Keys(**where)
    manner = Manner(level, tsa, trusting.read_trust(roots))
    if detached:
        return _detached(report_file, keys, manner, content, output, form)
    if role is None or (reason is None and not prepare):
        missing = "--reason" if role else "--role"
        raise click.UsageError(f"Missing option '{missing}'.")
    if prepare:
        return _prepared(report_file, keys, manner, role, output, form)
    return _signed(report_file, keys, manner, role, reason or "", output, form)


def _signed(
    file: Path, keys: _Keys, manner: Manner, role: str, reason: str, output: Path, form: str
) -> int:
    from risk_kit import signing  # noqa: PLC0415

    now = datetime.now(UTC)
    with _opened(keys, role, now) as signer:
        data = read_bytes(file, MOST_PDF)
        with about(file):
            made = signing.signed(data, signer, role=role, reason=reason, at=now, manner=manner)
    write_atomic(output, made)
    development = keys.dev_identity
    cli_output.show_written(str(output), form, role=role, development=development)
    return 0


def _prepared(file: Path, keys: _Keys, manner: Manner, role: str, output: Path, form: str) -> int:
    from risk_kit import signing  # noqa: PLC0415

    if keys.p12 or keys.pkcs11 or keys.dev_identity or manner.level != LEVELS[0]:
        raise BadInput(Problem("prepare_needs_nothing_else"))
    data = read_bytes(file, MOST_PDF)
    with about(file):
        signing.check_ready(data, role, datetime.now(UTC))
    write_atomic(output, data)
    cli_output.show_prepared(str(output), role, data, form)
    return 0


def _detached(
    file: Path, keys: _Keys, manner: Manner, content: Path | None, output: Path, form: str
) -> int:
    from risk_kit import verification  # noqa: PLC0415
    from risk_kit.sign_detached import sign_detached  # noqa: PLC0415

    now = datetime.now(UTC)
    data = read_bytes(file, MOST_PDF)
    with about(file):
        signed = verification.signed_form(verification.read_json(data))
    with _opened(keys, ROLES[0], now) as signer:
        made = sign_detached(signed, signer, at=now, manner=manner)
    if content is not None:
        write_atomic(content, signed)
    write_atomic(output, made)
    cli_output.show_written(str(output), form, development=keys.dev_identity)
    return 0


@contextmanager
def _opened(keys: _Keys, role: str, now: datetime) -> Iterator[Signer]:
    from risk_kit import identity  # noqa: PLC0415
    from risk_kit import sign as signing  # noqa: PLC0415

    if sum((keys.p12 is not None, keys.pkcs11 is not None, keys.dev_identity)) != 1:
        raise BadKey(Problem("which_key"))
    if keys.dev_identity:
        yield identity.development_identity(role, home(), now)
    elif keys.p12 is not None:
        data = read_bytes(keys.p12, MOST_KEY)
        with about(keys.p12):
            signer = signing.load_p12(data, _secret(keys.passphrase_file, "PKCS#12 通行碼"))
        yield signer
    elif keys.pkcs11 is not None:
        from risk_kit.sign_token import open_token  # noqa: PLC0415

        pin = _secret(keys.passphrase_file, "PIN 碼 PIN")
        with open_token(keys.pkcs11, pin, token=keys.token, label=keys.key) as held:
            yield held


def _secret(file: Path | None, asked: str) -> str:
    if file is not None:
        return read_bytes(file, MOST_KEY).decode("utf-8", "replace").rstrip("\r\n")
    if sys.stdin.isatty():
        return str(click.prompt(asked, hide_input=True, default="", err=True))
    return sys.stdin.readline().rstrip("\r\n")


@command
@click.argument("report_file", type=_FILE)
@_TRUST
@click.option("--signature", type=_FILE, help="Detached signature (.p7s) of a report in JSON.")
@click.option("--prepared", type=_FILE, help="The file that was given out to be signed.")
@click.option("--pack-digest", help="Accept the pack inside the report if its digest is this one.")
def verify(
    report_file: Path,
    roots: tuple[str, ...],
    signature: Path | None,
    prepared: Path | None,
    pack_digest: str | None,
    form: str,
) -> int:
    """Check a signed report: signatures, trust, pages, and that the tier follows."""
    from risk_kit import trusting, verification  # noqa: PLC0415

    trust, now = trusting.read_trust(roots), datetime.now(UTC)
    before = read_bytes(prepared, MOST_PDF) if prepared else None
    asked = verification.Asked(before, pack_digest)
    data = read_bytes(report_file, MOST_PDF)
    with about(report_file):
        if signature is None:
            verdict = verification.verify(data, trust, now, asked)
        else:
            own = read_bytes(signature, MOST_KEY)
            verdict = verification.verify_json(data, own, trust, now, asked)
    return cli_output.show_verdict(verdict, form)


@command
@click.argument("pdf_file", type=_FILE)
@click.option("--tsa", metavar="URL", required=True, help="Timestamping service (RFC 3161).")
@_TRUST
@click.option("-o", "--output", type=_FILE, required=True)
def prolong(pdf_file: Path, tsa: str, roots: tuple[str, ...], output: Path, form: str) -> int:
    """Add validation data and a timestamp over all, before the last timestamp expires."""
    from risk_kit import trusting  # noqa: PLC0415
    from risk_kit.sign_extend import prolonged  # noqa: PLC0415

    data = read_bytes(pdf_file, MOST_PDF)
    with about(pdf_file):
        longer = prolonged(data, tsa, trusting.read_trust(roots), datetime.now(UTC))
    write_atomic(output, longer)
    cli_output.show_written(str(output), form)
    return 0
