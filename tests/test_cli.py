"""The command line as its users meet it: exit codes, sentences, JSON, and nothing half-written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from risk_kit import catalogue
from risk_kit.cli import main

SMALL: Final = Path(__file__).parent / "data" / "small"
SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "flood.yaml"
HALF: Final = "framework: small\nas_of: 2026-11-22\nanswers: {used: true, harm: none, people: 1}\n"


def run(*arguments: object, typed: str = "") -> Result:
    """One command; whatever it says, it ends in order and without a traceback."""
    done = CliRunner().invoke(main, [*map(str, arguments)], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


def told(*arguments: object, **more: str) -> tuple[int, dict[str, Any]]:
    done = run(*arguments, "--format", "json", **more)
    assert done.stderr == ""
    return done.exit_code, json.loads(done.stdout)


def only_problem(*arguments: object, **more: str) -> dict[str, Any]:
    """The one problem of a refused command, as JSON and as two sentences."""
    code, value = told(*arguments, **more)
    assert (code, value["ok"]) == (2, False)
    (problem,) = value["problems"]
    assert set(problem) == {"code", "file", "line", "path", "zh", "en"}
    done = run(*arguments, **more)
    assert (done.exit_code, done.stdout) == (2, "")
    zh, en = done.stderr.rstrip("\n").split("\n")
    assert (zh, en) == (problem["zh"], problem["en"])
    for place in ("file", "path"):
        assert not problem[place] or (problem[place] in zh and problem[place] in en)
    assert not problem["line"] or f"第 {problem['line']} 行" in zh
    assert not problem["line"] or f"line {problem['line']}" in en
    return dict(problem)


def written(folder: Path, text: str | bytes, name: str = "answers.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


# ------------------------------------------------------------------ assess


def test_the_json_of_assess_has_what_pipelines_rely_on() -> None:
    code, value = told("assess", SAMPLE)
    assert code == 0
    assert set(value) >= {
        *("framework", "version", "overlays", "pack_digest", "answers_digest", "as_of", "tier"),
        *("dimensions", "findings", "obligations", "open_questions", "format", "applies"),
        *("indicative", "scales", "dormant"),
    }
    assert set(value["tier"]) == {"low", "high", "decided"}
    assert set(value["findings"][0]) >= {"rule", "state", "witness", "cites", "basis"}
    assert {one["state"] for one in value["findings"]} <= {"holds", "undecided", "does_not_hold"}
    assert (value["framework"], value["as_of"]) == ("tw-ai-risk", "2026-11-22")
    assert len(value["pack_digest"]) == len(value["answers_digest"]) == 64
    assert value["indicative"] is True


def test_scores_are_ranges(tmp_path: Path) -> None:
    path = written(tmp_path, "framework: small\nanswers: {used: true}\n")
    code, value = told("assess", path, "--pack", SMALL)
    assert code == 0
    assert value["dimensions"] == [{"id": "reach", "low": 0, "high": 100}]
    assert set(value["open_questions"][0]) >= {"question", "state", "label"}


def test_an_empty_answer_set_is_undecided(tmp_path: Path) -> None:
    path = written(tmp_path, "framework: tw-ai-risk\nanswers: {}\n")
    code, value = told("assess", path)
    assert (code, value["tier"]) == (
        0,
        {"low": "minimal", "high": "prohibited", "decided": False},
    )
    text = run("assess", path).stdout
    assert "指示性級距介於" in text
    assert "the indicative tier lies between" in text


def test_text_says_the_result_in_both_languages_and_the_reasons() -> None:
    text = run("assess", SAMPLE).stdout
    assert "指示性級距" in text
    assert "indicative tier" in text
    assert "[成立]" in text
    assert " → " in text


@pytest.mark.parametrize(
    ("answers", "level", "code"),
    [
        ("{}", "top", 1),
        ("{}", "low", 1),
        ("{harm: some}", "top", 0),
        ("{harm: some}", "mid", 1),
        ("{harm: none}", "mid", 0),
        ("{used: unknown, harm: grave, who: [public]}", "top", 1),
        ("{used: false, harm: grave, people: 0}", "top", 0),
    ],
)
def test_fail_at_trips_on_the_upper_bound(
    answers: str, level: str, code: int, tmp_path: Path
) -> None:
    path = written(tmp_path, f"framework: small\nanswers: {answers}\n")
    assert run("assess", path, "--pack", SMALL, "--fail-at", level).exit_code == code
    assert told("assess", path, "--pack", SMALL, "--fail-at", level)[0] == code


def test_the_day_of_the_command_line_wins(tmp_path: Path) -> None:
    path = written(tmp_path, HALF)
    assert told("assess", path, "--pack", SMALL)[1]["as_of"] == "2026-11-22"
    day = told("assess", path, "--pack", SMALL, "--as-of", "2027-01-31")[1]["as_of"]
    assert day == "2027-01-31"


# ------------------------------------------------------------------ bad input, everywhere the same

BOMB: Final = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nanswers: *c\n"
START: Final = "framework: small\n"
BAD: Final[dict[str, tuple[str | bytes, str, int | None, str | None]]] = {
    "unknown question": (START + "answers:\n  harn: x\n", "no_question", 3, "answers.harn"),
    "option": (START + "answers:\n  harm: gravee\n", "no_option", 3, "answers.harm"),
    "yes_no": (START + "answers: {used: 1}\n", "kind_yes_no", 2, "answers.used"),
    "one_of": (START + "answers: {harm: [some]}\n", "kind_one_of", 2, "answers.harm"),
    "many_of": (START + "answers: {who: staff}\n", "kind_many_of", 2, "answers.who"),
    "number": (START + "answers: {people: x}\n", "kind_whole_number", 2, "answers.people"),
    "date": (START + "answers: {since: x}\n", "kind_date", 2, "answers.since"),
    "text": (START + "answers: {remark: 3}\n", "kind_text", 2, "answers.remark"),
    "no for an option": (START + "answers: {harm: no}\n", "quote_option", 2, "answers.harm"),
    "no in a list": (START + "answers: {who: [no]}\n", "quote_it", 2, "answers.who[0]"),
    "no in the case": (START + "case: {name: no}\nanswers: {}\n", "quote_it", 2, "case.name"),
    "duplicate": (START + "answers:\n  used: true\n  used: false\n", "duplicate_key", 4, "answers"),
    "bomb": (BOMB, "yaml_alias", 1, None),
    "tag": (START + "answers: !!map {}\n", "yaml_alias", 2, None),
    "merge": (START + "answers:\n  <<: {}\n", "yaml_alias", 3, None),
    "not UTF-8": (START.encode() + b"answers: {remark: \xa4\xa4}\n", "not_utf8", 2, None),
    "control": (START + "answers: {remark: \x00}\n", "yaml_character", 2, None),
    "deep": (START + "answers: " + "[" * 9999, "nested_too_deep", 2, None),
    "two documents": (START + "answers: {}\n---\nx: 1\n", "yaml_documents", 3, None),
    "broken": (START + "answers: [\n", "yaml_syntax", 3, None),
    "empty": ("", "empty_file", 1, None),
    "a list": ("- x\n", "wrong_type", 1, None),
    "a word": ("hello\n", "wrong_value", 1, None),
    "float": (START + "answers: {people: 1.5}\n", "no_decimal", 2, "answers.people"),
    "version": ("framework: 1.0\nanswers: {}\n", "quote_it", 1, "framework"),
    "as_of": (START + "as_of: 2026-02-30\nanswers: {}\n", "date_expected", 2, "as_of"),
    "misspelt": (START + "answers: {}\ncaes: {}\n", "unknown_key", 3, "caes"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_answers_are_refused_in_a_sentence_and_nothing_is_written(
    name: str, tmp_path: Path
) -> None:
    text, code, line, path = BAD[name]
    file = written(tmp_path, text)
    before = tree(tmp_path)
    problem = only_problem("assess", file, "--pack", SMALL)
    assert (problem["code"], problem["file"]) == (code, str(file))
    assert (problem["line"], problem["path"]) == (line, path)
    for ending in ("pdf", "html", "json"):
        out = tmp_path / f"out.{ending}"
        assert run("report", file, "--pack", SMALL, "-o", out).exit_code == 2
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("framework", "code"),
    [("nowhere", "no_framework"), ("tw-ai-risk@9.9", "no_version"), ("small", "no_framework")],
)
def test_a_framework_that_is_not_here(framework: str, code: str, tmp_path: Path) -> None:
    file = written(tmp_path, f"as_of: 2026-01-01\nframework: {framework}\nanswers: {{}}\n")
    problem = only_problem("assess", file)
    assert (problem["code"], problem["line"], problem["path"]) == (code, 2, "framework")
    assert "tw-ai-risk" in problem["zh"]


def test_a_misspelt_framework_is_told_with_the_nearest(tmp_path: Path) -> None:
    file = written(tmp_path, "framework: tw-ai-rsk\nanswers: {}\n")
    problem = only_problem("assess", file)
    assert "您是不是要寫「tw-ai-risk」？" in problem["zh"]
    assert "Did you mean “tw-ai-risk”?" in problem["en"]


def test_an_overlay_that_is_not_here(tmp_path: Path) -> None:
    file = written(tmp_path, "framework: tw-ai-risk\noverlays:\n  - nope_x\nanswers: {}\n")
    problem = only_problem("assess", file)
    assert (problem["code"], problem["line"]) == ("no_overlay", 3)
    assert problem["path"] == "overlays[0]"
    problem = only_problem("assess", SAMPLE, "--overlay", "nope_x")
    assert (problem["code"], problem["path"]) == ("no_overlay", "--overlay")


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--as-of", "soon", "date_expected"),
        ("--as-of", "2026-02-30", "date_expected"),
        ("--as-of", "20260101", "date_expected"),
        ("--fail-at", "hgh", "no_level"),
        ("--pack", "nowhere", "no_framework"),
        ("--pack", "tw-ai-risk@9", "no_version"),
        ("--pack", "tests", "no_framework"),
    ],
)
def test_an_option_that_cannot_be_used(option: str, value: str, code: str) -> None:
    problem = only_problem("assess", SAMPLE, option, value)
    assert (problem["code"], problem["path"]) == (code, option)
    assert value in problem["zh"]


def test_a_pack_other_than_the_files(tmp_path: Path) -> None:
    problem = only_problem("assess", SAMPLE, "--pack", SMALL)
    assert (problem["code"], problem["path"]) == ("framework_differs", "framework")


@pytest.mark.parametrize("command", ["assess", "verify", "report", "sign"])
def test_a_file_that_cannot_be_read(command: str, tmp_path: Path) -> None:
    extra = {
        "report": ["-o", tmp_path / "x.pdf"],
        "sign": ["--dev-identity", "--role", "preparer", "--reason", "x", "-o", tmp_path / "x.pdf"],
    }.get(command, [])
    big = tmp_path / "big"
    big.touch()
    os.truncate(big, 100 * 2**20)
    found = [
        only_problem(command, path, *extra)["code"] for path in (tmp_path / "no", tmp_path, big)
    ]
    assert found == ["no_file", "not_a_file", "too_large"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["big"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess"],
        ["asses", "x"],
        ["assess", "x", "--frmat", "json"],
        ["assess", "x", "--format", "xml"],
        ["assess", "x", "y"],
        ["sign", "x", "--dev-identity", "--role", "boss", "--reason", "x", "-o", "y"],
        ["sign", "x", "--dev-identity", "--role", "preparer", "-o", "y"],
        ["report", "x"],
        ["report", "x", "-o", "y.pdf", "--lang", "fr"],
        ["serve", "--port", "0"],
        ["check"],
        ["--nonsense"],
    ],
)
def test_bad_usage_is_two_sentences(arguments: list[str]) -> None:
    done = run(*arguments)
    zh, en = done.stderr.rstrip("\n").split("\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert zh.startswith("命令的用法不對（")
    assert "--help" in zh
    assert en.startswith("The command was not given as it should be (")


def test_help_and_version() -> None:
    assert run("--help").exit_code == 0
    assert "check" in run("--help").stdout
    assert run("assess", "-h").exit_code == 0
    assert "risk-kit" in run("--version").stdout


# ------------------------------------------------------------------ report


@pytest.mark.parametrize("ending", ["pdf", "html", "json"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_reports_of_an_incomplete_case(ending: str, language: str, tmp_path: Path) -> None:
    file = written(tmp_path, "framework: tw-ai-risk\nas_of: 2026-11-22\nanswers: {}\n")
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    for out in (first, second):
        assert run("report", file, "-o", out, "--lang", language).exit_code == 0
    assert first.read_bytes() == second.read_bytes() != b""


def test_the_json_report_is_what_travels_inside(tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    assert told("report", SAMPLE, "-o", out) == (0, {"ok": True, "file": str(out)})
    value = json.loads(out.read_bytes())
    assert value["answers"]["framework"] == "tw-ai-risk@1.0"
    assert value["assessment"] == told("assess", SAMPLE)[1]


@pytest.mark.parametrize("name", ["a.doc", "a", "a.pdf.exe", ".."])
def test_an_ending_that_is_no_report(name: str, tmp_path: Path) -> None:
    problem = only_problem("report", SAMPLE, "-o", tmp_path / name)
    assert problem["code"] == "bad_ending"
    assert list(tmp_path.iterdir()) == []


def test_a_character_without_a_font_is_named_with_its_surroundings(tmp_path: Path) -> None:
    file = written(tmp_path, START + "case: {name: 水利局𓀀案}\nanswers: {}\n")
    out = tmp_path / "a.pdf"
    problem = only_problem("report", file, "--pack", SMALL, "-o", out)
    assert problem["code"] == "no_glyph"
    assert "U+13000" in problem["zh"]
    assert "「水利局𓀀案」" in problem["zh"]
    assert not out.exists()


def full(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("command", ["report", "sign"])
def test_a_failing_write_keeps_the_old_file(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, out = tmp_path / "made.pdf", tmp_path / "out.pdf"
    file = written(tmp_path, HALF)
    run("report", file, "--pack", SMALL, "-o", made)
    out.write_bytes(b"old")
    signing = ["sign", made, "--dev-identity", "--role", "preparer", "--reason", "x", "-o", out]
    reporting = ["report", file, "--pack", SMALL, "-o", out]
    run(*signing[:-1], tmp_path / "first.pdf")  # makes the identity while writing works
    before = tree(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    problem = only_problem(*(signing if command == "sign" else reporting))
    assert (problem["code"], problem["file"]) == ("cannot_write", str(out))
    assert "磁碟空間不足" in problem["zh"]
    assert tree(tmp_path) == before


# ------------------------------------------------------------------ sign and verify


def packed(
    key: ec.EllipticCurvePrivateKey | None,
    certificate: x509.Certificate | None,
    phrase: str = "密語",
) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"me", key, certificate, None, BestAvailableEncryption(phrase.encode())
    )


def certified(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "陳小姐")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(*[True] * 2, *[False] * 7)
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )


KEY: Final = ec.generate_private_key(ec.SECP256R1())
CERTIFICATE: Final = certified(KEY)
OTHER: Final = ec.generate_private_key(ec.SECP256R1())


def signing(folder: Path, p12: bytes) -> list[object]:
    made = folder / "made.pdf"
    run("report", written(folder, HALF), "--pack", SMALL, "-o", made)
    key = written(folder, p12, "key.p12")
    role = ["--role", "preparer", "--reason", "同意"]
    return ["sign", made, "--p12", key, *role, "-o", folder / "out.pdf"]


def test_a_passphrase_from_standard_input_or_a_file(tmp_path: Path) -> None:
    command = signing(tmp_path, packed(KEY, CERTIFICATE))
    assert run(*command, typed="密語\n").exit_code == 0
    phrase = written(tmp_path, "密語\n", "phrase")
    assert run(*command, "--passphrase-file", phrase).exit_code == 0
    code, value = told("verify", tmp_path / "out.pdf")
    assert (code, value["signers"][0]["name"]) == (1, "陳小姐")


@pytest.mark.parametrize(
    ("p12", "phrase", "code"),
    [
        (packed(KEY, CERTIFICATE), "wrong", "key_wrong_passphrase"),
        (packed(KEY, CERTIFICATE), "", "key_wrong_passphrase"),
        (packed(None, CERTIFICATE), "密語", "certificate_without_key"),
        (packed(OTHER, None), "密語", "key_without_certificate"),
        (b"not a key", "", "key_not_pkcs12"),
        (b"", "", "key_not_pkcs12"),
    ],
)
def test_a_key_that_cannot_be_used(p12: bytes, phrase: str, code: str, tmp_path: Path) -> None:
    command = signing(tmp_path, p12)
    before = tree(tmp_path)
    problem = only_problem(*command, typed=f"{phrase}\n")
    assert (problem["code"], problem["file"]) == (code, str(tmp_path / "key.p12"))
    assert "密語" not in problem["zh"]
    assert tree(tmp_path) == before


def test_one_key_is_named(tmp_path: Path) -> None:
    command = signing(tmp_path, b"")
    assert only_problem(*command, "--dev-identity")["code"] == "which_key"
    assert only_problem(*command[:2], *command[4:])["code"] == "which_key"


@pytest.mark.parametrize(
    ("role", "reason", "code"),
    [
        ("reviewer", "x", "role_too_early"),
        ("preparer", "x" * 501, "reason_too_long"),
        ("preparer", "a\nb", "reason_not_printable"),
    ],
)
def test_a_signature_that_may_not_be(role: str, reason: str, code: str, tmp_path: Path) -> None:
    made = signing(tmp_path, b"")[1]
    out = tmp_path / "out.pdf"
    asked = ["--dev-identity", "--role", role, "--reason", reason, "-o", out]
    problem = only_problem("sign", made, *asked)
    assert (problem["code"], problem["file"]) == (code, str(made))
    assert not out.exists()


def test_a_root_that_is_no_certificate(tmp_path: Path) -> None:
    root = written(tmp_path, "hello", "root.pem")
    problem = only_problem("verify", SAMPLE, "--trust", root)
    assert (problem["code"], problem["file"]) == ("trust_root_unreadable", str(root))
    assert only_problem("verify", SAMPLE, "--trust", tmp_path / "no")["code"] == "no_file"


def test_not_a_pdf_is_named() -> None:
    problem = only_problem("verify", SAMPLE)
    assert (problem["code"], problem["file"]) == ("pdf_not_pdf", str(SAMPLE))


# ------------------------------------------------------------------ check and test


def test_check_says_yes_no_or_cannot(tmp_path: Path) -> None:
    assert told("check", SMALL)[0] == 0
    assert told("check", SMALL)[1]["ok"] is True
    assert len(told("check", SMALL)[1]["files"]) == 3
    assert "沒有問題" in run("check", SMALL).stdout

    bad = written(tmp_path, "framework: tw-ai-risk\nanswers: {x: 1}\n")
    code, value = told("check", bad)
    assert (code, value["ok"], value["files"]) == (1, False, [str(bad)])
    assert [one["code"] for one in value["problems"]] == ["no_question"]
    done = run("check", bad)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 2

    assert told("check", tmp_path / "no")[0] == 2
    (tmp_path / "empty").mkdir()
    assert only_problem("check", tmp_path / "empty")["code"] == "no_yaml"
    assert only_problem("check", "tw-ai-risk@9")["code"] == "no_version"
    assert told("check", "tw-ai-risk")[0] == 0


def test_test_runs_the_golden_cases(tmp_path: Path) -> None:
    code, value = told("test", SMALL)
    assert code == 0
    assert set(value) >= {"cases", "passed", "rules_fired", "rules_total"}
    assert (value["cases"], value["passed"]) == (2, 2)
    assert (value["rules_fired"], value["rules_total"]) == (3, 4)
    assert value["not_fired"] == ["R2"]

    copy = tmp_path / "small"
    shutil.copytree(SMALL, copy)
    cases = copy / "cases" / "all.yaml"
    text = cases.read_text(encoding="utf-8").replace("{tier: top,", "{tier: mid,")
    cases.write_text(text, encoding="utf-8")
    code, value = told("test", copy)
    assert (code, value["passed"]) == (1, 1)
    (failed,) = value["failed"]
    assert (failed["id"], failed["line"]) == ("grave", 6)
    assert failed["differences"] == [{"what": "tier", "expected": "mid…mid", "got": "top…top"}]
    done = run("test", copy)
    assert done.exit_code == 1
    assert "tier: 預期 expected mid…mid，得到 got top…top" in done.stderr
    assert only_problem("test", "nowhere")["code"] == "no_framework"


def test_the_shipped_pack_passes_its_cases() -> None:
    code, value = told("test", "tw-ai-risk")
    assert code == 0
    assert value["passed"] == value["cases"] > 0


# ------------------------------------------------------------------ as a program


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "risk_kit", *map(str, arguments)],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_the_program_ends_with_the_code_of_the_check(tmp_path: Path) -> None:
    done = program("assess", SAMPLE, "--fail-at", "high", "--format", "json")
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["tier"]["low"] == "high"
    bad = written(tmp_path, "framework: tw-ai-risk\nanswers: {stage: no}\n")
    done = program("assess", bad)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"{bad}，第 2 行，answers.stage：")


def test_a_console_without_chinese_gets_numbers_and_no_traceback(tmp_path: Path) -> None:
    bad = written(tmp_path, "framework: nope\nanswers: {}\n")
    done = program("assess", bad, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"\\u9019" in done.stderr
    assert b"There is no framework" in done.stderr
