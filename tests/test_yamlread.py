"""YAML in one bounded pass: what is read, and every way in which a file is refused."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_kit import yamlread
from risk_kit.errors import BadInput, Problem, RiskKitError
from risk_kit.yamlread import MOST_DEPTH, day, dotted, read, read_bytes, read_file, resolve


def refusal(text: str | bytes) -> Problem:
    """The only problem with a text."""
    with pytest.raises(BadInput) as error:
        read(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    (problem,) = error.value.problems
    assert problem.file == "a.yaml"
    return problem


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("No", False),
        ("off", False),
        ("12", 12),
        ("-3", -3),
        ("1.0", 1.0),
        ("1e3", 1000.0),
        ("2026-07-07", "2026-07-07"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:00", "12:30:00"),
        ("9" * 16, "9" * 16),
        ("y", "y"),
        ("~", None),
        ("NULL", None),
        ("", None),
        (".nan", ".nan"),
    ],
)
def test_a_plain_scalar_means_little_and_never_a_date(written: str, value: object) -> None:
    assert resolve(written) == value
    assert type(resolve(written)) is type(value)


def test_quotes_and_blocks_are_always_text() -> None:
    document = read(b"a: 'no'\nb: \"1.0\"\nc: |\n  true\n", "a.yaml")
    assert document.value == {"a": "no", "b": "1.0", "c": "true\n"}


def test_every_path_has_its_line() -> None:
    document = read(b"# top\na:\n  b:\n    - x\n    - {c: 1,\n       d: 2}\n", "a.yaml")
    assert document.value == {"a": {"b": ["x", {"c": 1, "d": 2}]}}
    lines = {dotted(path): line for path, line in document.lines.items()}
    assert lines == {"a": 2, "a.b": 3, "a.b[0]": 4, "a.b[1]": 5, "a.b[1].c": 5, "a.b[1].d": 6}


def test_a_problem_below_what_was_written_stands_on_the_nearest_line_above() -> None:
    document = read(b"\na:\n  b: 1\n", "a.yaml")
    assert document.problem("empty", ("a", "b", "c", 3)).line == 3
    assert document.problem("empty", ("z",)).line == 1
    assert document.problem("empty").path is None


def test_a_byte_order_mark_is_no_content() -> None:
    assert read(b"\xef\xbb\xbfa: 1\n", "a.yaml").value == {"a": 1}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate_key", 3),
        ('a:\n  x: 1\n  "x": 2\n', "duplicate_key", 3),
        ("a: &a [x]\nb: *a\n", "yaml_alias", 1),
        ("a: 1\nb: *a\n", "yaml_alias", 2),
        ("a: &t text\n", "yaml_alias", 1),
        ("a: !!python/object/apply:os.system [ls]\n", "yaml_alias", 1),
        ("a: !!str 3\n", "yaml_alias", 1),
        ("a: ! 3\n", "yaml_alias", 1),
        ("a: 1\nb: !!binary aGk=\n", "yaml_alias", 2),
        ("a: {x: 1}\nb:\n  <<: {y: 2}\n", "yaml_alias", 3),
        ("a: 1\n---\nb: 2\n", "yaml_documents", 2),
        ("a: 1\nno: 2\n", "yaml_key", 2),
        ("a: 1\n3: x\n", "yaml_key", 2),
        ("? [a, b]\n: c\n", "yaml_key", 1),
        ("? {a: b}\n: c\n", "yaml_key", 1),
        ("a: 1\nb: [\n", "yaml_syntax", 3),
        ('a: "open\n', "yaml_syntax", 2),
        ("a:\n\tb: 1\n", "yaml_syntax", 2),
        ("a: b: c\n", "yaml_syntax", 1),
        ('a: "\\ud800"\n', "yaml_syntax", 1),
        ("a: 1\nb: x\x00y\n", "yaml_character", 2),
        ("a: 1\n\nb: \x1b[31m\n", "yaml_character", 3),
        (b"a: 1\nb: \xa4\xa4\xa4\xe5\n", "not_utf8", 2),
        ("a: 1\n".encode("utf-16"), "not_utf8", 1),
        (b"a: \xed\xa0\x80\n", "not_utf8", 1),
        ("[" * 100_000, "nested_too_deep", 1),
        ("{a: " * 100_000, "nested_too_deep", 1),
        ("a:\n" + "".join("  " * n + "- \n" for n in range(1, 500)), "nested_too_deep", 65),
    ],
)
def test_a_file_is_refused_on_its_line(text: str | bytes, code: str, line: int) -> None:
    problem = refusal(text)
    assert (problem.code, problem.line) == (code, line)


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = 'a0: &a0 ["x"]\n' + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    assert refusal(bomb).facts == {"name": "a0"}


def test_every_duplicate_is_told_with_the_line_of_the_first() -> None:
    with pytest.raises(BadInput) as error:
        read(b"a: 1\na: 2\nb: {c: 1, c: 2}\n", "a.yaml")
    first, second = error.value.problems
    assert (first.facts, first.line) == ({"key": "a", "first": 1}, 2)
    assert (second.facts, second.line, second.path) == ({"key": "c", "first": 3}, 3, "b")


def test_the_deepest_content_that_is_read() -> None:
    assert read(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH, "a.yaml").value
    assert refusal("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1)).code == "nested_too_deep"


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlread, "MOST_NODES", 3)
    assert read(b"[1, 2]", "a.yaml").value == [1, 2]
    assert refusal("[1, 2, 3]").code == "too_many_values"


def test_bytes_beyond_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlread, "MOST_BYTES", 3)
    assert read(b"abc", "a.yaml").value == "abc"
    assert refusal("abcd").code == "too_large"


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.touch()
    os.truncate(big, 100 * 2**20)
    with pytest.raises(BadInput) as error:
        read_file(big)
    (problem,) = error.value.problems
    assert (problem.code, problem.file) == ("too_large", str(big))
    assert problem.facts == {"size": "100.0 MB", "most": "8 MB"}


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = []
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "absent", tmp_path / ("x" * 300)):
        with pytest.raises(BadInput) as error:
            read_bytes(path)
        found.append(error.value.problems[0].code)
    assert found == ["not_a_file", "not_a_file", "no_file", "cannot_read"]


def test_a_failing_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "a.yaml").write_text("a: 1")
    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(BadInput) as error:
        read_file(tmp_path / "a.yaml")
    (problem,) = error.value.problems
    assert (problem.code, problem.facts) == ("cannot_read", {"reason": "Input/output error"})


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-07-07", date(2026, 7, 7)),
        ("2026-02-30", None),
        ("20260707", None),
        ("2026-W28-2", None),
        ("2026-07-07T00:00", None),
        (" 2026-07-07", None),
        ("２０２６-07-07", None),
        (20260707, None),
        (None, None),
    ],
)
def test_a_day_has_one_form(written: object, value: date | None) -> None:
    assert day(written) == value


@given(
    st.binary(max_size=60) | st.text("a:-[]{}&*!|>'\"%@`#\n\t ,?~<0", max_size=40).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(RiskKitError):
        read(data, "a.yaml")
