"""`risk-kit crosswalk` and `risk-kit mappings` as people run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from risk_kit import catalogue
from risk_kit.cli import main

SAMPLES: Final = catalogue.folder_of("tw-ai-risk") / "samples"
ABROAD: Final = tuple(one for one in catalogue.shipped() if one != "tw-ai-risk")


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == code, done.output
    return done.stdout


def found(*arguments: object, sample: str = "flood") -> dict[str, Any]:
    told = run("crosswalk", SAMPLES / f"{sample}.yaml", *arguments, "--format", "json")
    value: dict[str, Any] = json.loads(told)
    return value


def rows(value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["framework"]: one for one in value["rows"]}


def test_one_row_a_framework_the_home_one_first() -> None:
    value = found()
    assert (value["format"], value["home"]) == ("risk-kit/crosswalk/1", "tw-ai-risk")
    assert [one["framework"] for one in value["rows"]] == ["tw-ai-risk", *ABROAD]
    for one in value["rows"]:
        assert one["tier"].keys() == {"low", "high", "decided"}
        assert one["sources_verified"] is False


def test_only_what_is_asked_for_and_on_another_day() -> None:
    value = found("--regime", "eu-ai-act", "--as-of", "2028-08-02")
    assert [one["framework"] for one in value["rows"]] == ["tw-ai-risk", "eu-ai-act"]
    assert value["as_of"] == "2028-08-02"


def test_the_words_are_in_both_languages() -> None:
    told = run("crosswalk", SAMPLES / "flood.yaml")
    assert "級別不能互換" in told
    assert "no level converts into another's" in told
    for name in ABROAD:
        title = catalogue.pack(name).framework.title
        assert title.zh in told
        assert title.en in told


@pytest.mark.parametrize("name", ["nowhere", "tw-ai-risk"])
def test_a_regime_that_is_not_there(name: str) -> None:
    told = run("crosswalk", SAMPLES / "flood.yaml", "--regime", name, "--format", "json", code=2)
    (problem,) = json.loads(told)["problems"]
    assert problem["code"] == "no_framework"


def test_the_mappings_are_written_as_one_table(tmp_path: Path) -> None:
    run("mappings", "-o", tmp_path / "out.tsv", "--lang", "zh")
    lines = (tmp_path / "out.tsv").read_text("utf-8").splitlines()
    assert lines[0] == "# curie_map:"
    head = next(line for line in lines if not line.startswith("#"))
    assert head.startswith("subject_id\tsubject_label\tpredicate_id\tobject_id")
    assert any("skos:closeMatch\tmit-ai-risk:d5_1" in line for line in lines)


def test_answers_for_several_frameworks_in_one_file(tmp_path: Path) -> None:
    pack = catalogue.pack("eu-ai-act")
    own = next(q for q in pack.questions.values() if q.id == "eu_nexus")
    option = next(one.id for one in own.options if not one.exclusive)
    text = (SAMPLES / "flood.yaml").read_text("utf-8")
    assert "answers:\n" in text
    file = tmp_path / "both.yaml"
    file.write_text(text.replace("answers:\n", f"answers:\n  eu_nexus: [{option}]\n"), "utf-8")
    value = json.loads(run("crosswalk", file, "--format", "json"))
    assert "eu_nexus" not in rows(value)["eu-ai-act"]["extra_questions"]
    assert "eu_nexus" in rows(found())["eu-ai-act"]["extra_questions"]
    assert rows(value)["tw-ai-risk"]["tier"] == rows(found())["tw-ai-risk"]["tier"]
    alone = json.loads(run("assess", file, "--pack", "eu-ai-act", "--format", "json"))
    assert alone["tier"] == rows(value)["eu-ai-act"]["tier"]
