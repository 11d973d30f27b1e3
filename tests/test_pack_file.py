"""The pack inside the report: who has nothing else can recompute, and is told whose rules these are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from risk_kit import (
    answers,
    casework,
    catalogue,
    identity,
    pack_file,
    pdf,
    rendering,
    sign,
    verification,
)
from risk_kit.catalogue import Shelf
from risk_kit.cli import main
from risk_kit.errors import BadInput
from risk_kit.files import home
from risk_kit.sign import Trust
from risk_kit.verification import Asked

NOW: Final = datetime.now(UTC)
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"


@pytest.fixture(scope="module")
def packed() -> bytes:
    return pack_file.packed("tw-ai-risk@1.0")


@pytest.fixture(scope="module")
def carrying(packed: bytes) -> bytes:
    """The flood report with its pack inside, signed by the development identity."""
    work = casework.open_case(answers.read(SAMPLE))
    made = rendering.render(work, "zh", Path("a.pdf"), packed)
    who = identity.development_identity("preparer", home(), NOW)
    return sign.sign(made, who, role="preparer", reason="", at=NOW)


@pytest.fixture
def trust() -> Trust:
    return Trust((), True, identity.development_certificates(home()))


def codes(verdict: verification.Verdict) -> list[str]:
    return [one.code for one in verdict.reasons]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no pack is."""
    for name in ("frameworks", "questionnaires"):
        (tmp_path / name).mkdir()
    empty = Shelf(*(tmp_path / name for name in catalogue.KINDS))
    monkeypatch.setattr(catalogue, "shelf", lambda: empty)


def test_where_the_pack_is_here_nothing_changes(carrying: bytes, trust: Trust) -> None:
    verdict = verification.verify(carrying, trust, NOW)
    assert (verdict.good, verdict.pack, verdict.pages) == (True, "here", "match")


def test_an_auditor_without_the_pack_recomputes_and_is_told(
    carrying: bytes, trust: Trust, elsewhere: None
) -> None:
    verdict = verification.verify(carrying, trust, NOW)
    assert (verdict.follows, verdict.pages, verdict.pack) == ("yes", "match", "report")
    assert codes(verdict) == ["pack_from_report"]
    assert verdict.reasons[0].facts["digest"] == verdict.pack_digest
    known = Asked(pack_digest=verdict.pack_digest.upper())
    assert verification.verify(carrying, trust, NOW, known).good
    other = verification.verify(carrying, trust, NOW, Asked(pack_digest="0" * 64))
    assert codes(other) == ["pack_digest_differs"]


def test_a_published_digest_is_checked_here_too(carrying: bytes, trust: Trust) -> None:
    other = verification.verify(carrying, trust, NOW, Asked(pack_digest="0" * 64))
    assert codes(other) == ["pack_digest_differs"]


def changed(data: bytes, **files: str) -> bytes:
    value = json.loads(data)
    value["files"] |= files
    return json.dumps(value).encode()


def test_another_pack_than_the_stated_one_is_refused(
    packed: bytes, trust: Trust, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    work = casework.open_case(answers.read(SAMPLE))
    softer = json.loads(packed)["files"]["framework.yaml"].replace("風險", "輕險", 1)
    forged = changed(packed, **{"framework.yaml": softer})
    made = rendering.render(work, "zh", Path("a.pdf"), forged)
    who = identity.development_identity("preparer", home(), NOW)
    signed = sign.sign(made, who, role="preparer", reason="", at=NOW)
    empty = Shelf(*(tmp_path for _ in catalogue.KINDS))
    monkeypatch.setattr(catalogue, "shelf", lambda: empty)
    verdict = verification.verify(signed, trust, NOW)
    assert verdict.follows == "unreadable"
    assert codes(verdict)[-1] == "pack_file_differs"


def test_only_the_files_of_a_pack_are_written(packed: bytes, tmp_path: Path) -> None:
    pack_file.unpacked(packed, tmp_path)
    found = sorted(one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*.yaml"))
    assert found == ["framework.yaml", "questionnaire.yaml"]
    for bad in (
        b"",
        b"[]",
        b"{}",
        b'{"format": "risk-kit/pack/1", "files": {}}',
        changed(packed, **{"../x.yaml": ""}),
        changed(packed, **{"overlays/../../x.yaml": ""}),
        changed(packed, **{"/x.yaml": ""}),
        changed(packed, **{"framework.yaml": "x" * 5_000_000}),
        changed(packed, **{"framework.yaml": "\ud800"}),
    ):
        with pytest.raises(BadInput) as error:
            pack_file.unpacked(bad, tmp_path / "nowhere")
        assert error.value.problems[0].code == "pack_file_unreadable"
    assert not (tmp_path / "nowhere").exists()


def test_the_same_pack_is_the_same_bytes_and_overlays_come_along() -> None:
    with_overlay = pack_file.packed("tw-ai-risk", ("medical",))
    assert with_overlay == pack_file.packed("tw-ai-risk", ("medical",))
    assert "overlays/medical.yaml" in json.loads(with_overlay)["files"]


def test_the_command_line_packs_and_says_so(tmp_path: Path) -> None:
    made = tmp_path / "r.pdf"
    done = CliRunner().invoke(main, ["report", str(SAMPLE), "--with-pack", "-o", str(made)])
    assert done.exit_code == 0, done.output
    held = pdf.attachment(made.read_bytes(), pack_file.NAME, 8 * 2**20)
    assert held == pack_file.packed("tw-ai-risk@1.0")
