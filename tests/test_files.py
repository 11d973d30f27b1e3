"""Writing whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from risk_kit.errors import CannotWrite
from risk_kit.files import write_atomic


def full(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


BREAKS: dict[str, tuple[Any, str]] = {
    "fsync": (os, "fsync"),
    "fdopen": (os, "fdopen"),
    "rename": (Path, "replace"),
    "chmod": (Path, "chmod"),
}


def test_a_new_file_and_an_old_one(tmp_path: Path) -> None:
    target = tmp_path / "報告.pdf"
    write_atomic(target, b"one")
    write_atomic(target, b"two", mode=0o600)
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["報告.pdf"]


@pytest.mark.parametrize("where", BREAKS)
@pytest.mark.parametrize("old", [b"old", None])
def test_a_failing_write_leaves_the_old_file_and_nothing_else(
    where: str, old: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    if old is not None:
        target.write_bytes(old)
    with monkeypatch.context() as patch:
        patch.setattr(*BREAKS[where], full)
        with pytest.raises(CannotWrite) as error:
            write_atomic(target, b"new")
    (problem,) = error.value.problems
    assert (problem.code, problem.file) == ("cannot_write", str(target))
    assert problem.facts == {"reason": "No space left on device"}
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == (
        {} if old is None else {"a.pdf": old}
    )


@pytest.mark.parametrize("where", ["fsync", "rename"])
def test_an_interruption_leaves_nothing_half_written(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*BREAKS[where], interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_atomic(tmp_path / "a.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def in_a_missing_folder(folder: Path) -> Path:
    return folder / "absent" / "a.pdf"


def over_a_folder(folder: Path) -> Path:
    (folder / "a.pdf").mkdir()
    return folder / "a.pdf"


def under_a_file(folder: Path) -> Path:
    (folder / "a").write_bytes(b"")
    return folder / "a" / "a.pdf"


@pytest.mark.parametrize("place", [in_a_missing_folder, over_a_folder, under_a_file])
def test_where_nothing_can_be_written(place: Callable[[Path], Path], tmp_path: Path) -> None:
    target = place(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotWrite) as error:
        write_atomic(target, b"new")
    assert error.value.problems[0].code == "cannot_write"
    assert sorted(tmp_path.rglob("*")) == before
