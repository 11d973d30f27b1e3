"""Importing as people do it: files in, files out, problems listed with their place, exit codes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from click.testing import CliRunner, Result

from risk_kit import yamlread
from risk_kit.cli import main
from risk_kit.importers.survey import MOST_BYTES
from surveys import scored, two_phases

Json: TypeAlias = Any
SURVEY: Final[dict[str, Json]] = {
    "title": {"default": "Survey", "zh-tw": "問卷", "fr": "Enquête"},
    "pages": [
        {"name": "hello", "elements": [{"type": "html", "html": "<h1>Form v2.3</h1><p>Hi</p>"}]},
        {
            "name": "one",
            "title": "Page one",
            "elements": [
                {
                    "type": "panel",
                    "name": "risk-RS",
                    "title": "Risk",
                    "elements": [
                        {
                            "type": "radiogroup",
                            "name": "size",
                            "title": {"default": "How big?", "zh-tw": "多大？"},
                            "choices": ["big-2", "small-0"],
                        },
                        {
                            "type": "checkbox",
                            "name": "kinds",
                            "hasOther": True,
                            "hasNone": True,
                            "choices": [{"value": "a-1", "text": "A"}, {"value": "b-1"}],
                            "visibleIf": "{size} = 'big-2'",
                        },
                    ],
                },
                {"type": "dropdown", "name": "care-MS", "choices": ["yes-2", "no-0"]},
                {"type": "comment", "name": "remarks"},
            ],
        },
    ],
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return imported(tmp_path, SURVEY)[0]


def imported(tmp_path: Path, raw: Json, code: int = 0, *more: str) -> tuple[Path, dict[str, Json]]:
    """The pack folder of a survey, and what the command said as JSON."""
    file, folder = tmp_path / "survey.json", tmp_path / "pack"
    file.write_text(json.dumps(raw), encoding="utf-8")
    options = ("--scoring", "ca-aia", "-o", folder, "--format", "json", *more)
    done = run("import", "surveyjs", file, *options)
    assert done.exit_code == code, done.output
    return folder, json.loads(done.stdout)


def answered(folder: Path, result: Json, code: int = 0) -> tuple[Path, dict[str, Json]]:
    file, output = folder.parent / "result.json", folder.parent / "answers.yaml"
    file.write_text(json.dumps(result), encoding="utf-8")
    done = run("import", "answers", file, "--pack", folder, "-o", output, "--format", "json")
    assert done.exit_code == code, done.output
    return output, json.loads(done.stdout)


def assessed(folder: Path, answers: Path) -> dict[str, Json]:
    more = ("--unanswered-as-none", "--format", "json")
    done = run("assess", answers, "--pack", folder, *more)
    assert done.exit_code == 0, done.output
    found: dict[str, Json] = json.loads(done.stdout)
    return found


def test_a_survey_and_its_result_become_an_assessment(pack: Path) -> None:
    data = {"size": "big-2", "kinds": ["a-1", "other"], "kinds-Comment": "c", "care-MS": "yes-2"}
    file, told = answered(pack, {"version": "v2.3", "data": data})
    assert told["ok"]
    assert told["answers"] == 4
    found = assessed(pack, file)
    assert found["dimensions"] == [
        {"id": "raw", "low": 3, "high": 3},
        {"id": "mitigation", "low": 2, "high": 2},
        {"id": "final", "low": 3, "high": 3},
    ]
    assert found["tier"] == {"low": "3", "high": "3", "decided": True}
    assert found["unanswered_as_none"] is True
    assert run("check", pack).exit_code == 0


def test_without_the_option_blanks_leave_a_range(pack: Path) -> None:
    file, _ = answered(pack, {"version": "2.3", "data": {"size": "big-2"}})
    done = run("assess", file, "--pack", pack, "--format", "json")
    found = json.loads(done.stdout)
    assert found["dimensions"][0] == {"id": "raw", "low": 2, "high": 4}
    assert not found["tier"]["decided"]


def test_both_languages_notes_and_the_reversible_map(tmp_path: Path) -> None:
    folder, told = imported(tmp_path, SURVEY)
    assert told["questions"] == 5
    assert told["version"] == "2.3"
    assert [one["code"] for one in told["notes"]] == ["import_languages"]
    asked = yamlread.read_file(folder / "questionnaire.yaml").value
    first = asked["sections"][0]
    assert first["title"] == {"zh": "Page one － Risk", "en": "Page one – Risk"}
    assert first["intro"]["en"] == "Form v2.3\n\nHi"
    assert first["questions"][0]["label"] == {"zh": "多大？", "en": "How big?"}
    known = yamlread.read_file(folder / "survey-map.yaml").value
    names = {one["name"]: one for one in known["questions"]}
    assert names.keys() == {"size", "kinds", "kinds-Comment", "care-MS", "remarks"}
    values = [one["value"] for one in names["kinds"]["options"]]
    assert values == ["a-1", "b-1", "other", "none"]
    lost = yamlread.read_file(folder / "not-translated.yaml").value
    assert lost["not_translated"] == []


def test_without_scoring_a_pack_has_no_levels(tmp_path: Path) -> None:
    file = tmp_path / "survey.json"
    file.write_text(json.dumps(SURVEY), encoding="utf-8")
    assert run("import", "surveyjs", file, "-o", tmp_path / "pack").exit_code == 0
    framework = yamlread.read_file(tmp_path / "pack" / "framework.yaml").value
    assert framework["main_scale"] == "profile"
    assert "rules" not in framework


def test_two_phases_on_the_command_line(tmp_path: Path) -> None:
    raw, tests = two_phases()
    folder, told = imported(tmp_path, raw)
    assert told["not_translated"] == []
    data: dict[str, Json] = {"phase": "item1"}
    for page in raw["pages"][1:]:
        if "visibleIf" in page and not tests[page["visibleIf"]].holds(data):
            continue
        for one in page["elements"][0]["elements"]:
            if "visibleIf" not in one or tests[one["visibleIf"]].holds(data):
                best = max(one["choices"], key=lambda c: int(c[-1]))
                data[one["name"]] = one["choices"] if one["type"] == "checkbox" else best
    file, _ = answered(folder, {"version": "v1.0.1", "data": data})
    found = assessed(folder, file)
    raw_, mitigation, final, level = scored(raw, data)
    assert [one["low"] for one in found["dimensions"]] == [raw_, mitigation, final]
    assert (mitigation, final, found["tier"]["low"]) == (77, 142, str(level))


# ------------------------------------------------------------------ results that do not fit


def test_what_does_not_fit_is_listed_and_left_out(pack: Path) -> None:
    data = {
        "size": "huge-9",
        "kinds": "a-1",
        "care-MS": True,
        "siez": "big-2",
        "remarks": {"deep": 1},
    }
    file, told = answered(pack, {"version": "v2.3", "data": data}, code=1)
    places = {(one["code"], one["place"]) for one in told["not_translated"]}
    assert places == {
        ("import_misfit", "$.data.size"),
        ("import_misfit", "$.data.kinds"),
        ("import_misfit", "$.data.care-MS"),
        ("import_misfit", "$.data.remarks"),
        ("import_unknown_answer", "$.data.siez"),
    }
    sentences = [one["en"] for one in told["not_translated"]]
    assert any("size" in one for one in sentences if "siez" in one)
    assert yamlread.read_file(file).value["answers"] == {}


def test_numbers_truths_and_options_that_stand_alone(tmp_path: Path) -> None:
    number = {"type": "text", "name": "n", "inputType": "number", "min": 1, "max": 9}
    truth = {"type": "boolean", "name": "b", "valueTrue": "Y", "valueFalse": "N"}
    folder, _ = imported(tmp_path, more(number, truth, {**number, "name": "m", "max": 9.5}))
    data = {"n": 3, "b": "N", "m": 7, "size": "big-2", "kinds": ["none"]}
    file, told = answered(folder, {"data": data, "currentPage": 3})
    assert [one["code"] for one in told["notes"]] == ["import_result_rest"]
    expected = {"n": 3, "b": False, "m": "7", "size": "big-2", "kinds": ["none"]}
    assert yamlread.read_file(file).value["answers"] == expected
    bad = {"n": 10, "b": True, "size": "big-2", "kinds": ["none", "a-1"]}
    _, told = answered(folder, {"data": bad}, code=1)
    places = [one["place"] for one in told["not_translated"]]
    assert places == ["$.data.n", "$.data.b", "$.data.kinds"]


@pytest.mark.parametrize(("value", "fits"), [(1, True), (1.0, True), (True, False), ("1", False)])
def test_a_value_fits_by_its_type_too(tmp_path: Path, value: Json, fits: bool) -> None:
    folder, _ = imported(tmp_path, more({"type": "dropdown", "name": "d", "choices": [1, 2]}))
    answered(folder, {"data": {"d": value}}, code=0 if fits else 1)


def test_an_answer_that_is_not_asked_is_kept_and_named(pack: Path) -> None:
    data = {"size": "small-0", "kinds": ["a-1", "b-1"]}
    file, told = answered(pack, {"version": "v2.3", "data": data})
    assert [(one["code"], one["place"]) for one in told["notes"]] == [
        ("import_dormant", "$.data.kinds")
    ]
    found = assessed(pack, file)
    assert found["dimensions"][0]["high"] == 0
    assert found["dormant"] == ["kinds"]


@pytest.mark.parametrize("version", ["v2.4", "v.0.9", "3", "draft"])
def test_another_version_is_refused(pack: Path, version: str) -> None:
    _, told = answered(pack, {"version": version, "data": {"size": "big-2"}}, code=2)
    assert [(p["code"], p["path"]) for p in told["problems"]] == [
        ("import_other_version", "$.version")
    ]
    assert not (pack.parent / "answers.yaml").exists()


@pytest.mark.parametrize("version", ["v2.3", "2.3", "v.2.3", "v2.3.1", None])
def test_the_same_version_in_other_spellings(pack: Path, version: str | None) -> None:
    answered(pack, {"version": version, "data": {"size": "big-2"}})


def test_a_version_that_was_stated_is_compared_exactly(tmp_path: Path) -> None:
    folder, _ = imported(tmp_path, SURVEY, 0, "--survey-version", "2.3.1")
    answered(folder, {"version": "v2.3.1", "data": {}})
    answered(folder, {"version": "v2.3", "data": {}}, code=2)


@pytest.mark.parametrize("raw", [{"version": "2.3"}, {"data": []}, {"data": None}])
def test_a_result_without_data_is_refused(pack: Path, raw: Json) -> None:
    _, told = answered(pack, raw, code=2)
    assert told["problems"][0]["code"] == "import_no_data"


def test_a_folder_that_was_not_imported_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("{}", encoding="utf-8")
    done = run("import", "answers", tmp_path / "r.json", "--pack", tmp_path, "-o", tmp_path / "a")
    assert done.exit_code == 2
    assert "survey-map.yaml" in done.stderr


# ------------------------------------------------------------------ surveys that do not fit


def changed(*path: Json, to: Json) -> Json:
    raw = copy.deepcopy(SURVEY)
    place: Json = raw
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return raw


def more(*elements: Json) -> Json:
    raw = copy.deepcopy(SURVEY)
    raw["pages"][1]["elements"] += elements
    return raw


TEXT: Final = {"type": "text"}
_AT: Final = "$.pages[1].elements"
LOSSES: Final[list[tuple[Json, str, str]]] = [
    (more({"type": "rating", "name": "r"}), "import_type", f"{_AT}[3]"),
    (more({"name": "r"}), "import_type", f"{_AT}[3]"),
    (more(7), "import_type", f"{_AT}[3]"),
    (more({"type": "text"}), "import_unnamed", f"{_AT}[3]"),
    (more({**TEXT, "name": "size"}), "import_name_twice", f"{_AT}[3]"),
    (more({**TEXT, "name": "r", "valueName": "v"}), "import_attribute", f"{_AT}[3].valueName"),
    (
        more({**TEXT, "name": "r", "defaultValue": "v"}),
        "import_attribute",
        f"{_AT}[3].defaultValue",
    ),
    (more({**TEXT, "name": "r", "visible": False}), "import_attribute", f"{_AT}[3].visible"),
    (more({"type": "radiogroup", "name": "r"}), "import_no_choices", f"{_AT}[3]"),
    (
        more({"type": "radiogroup", "name": "r", "choices": 7}),
        "import_choices",
        f"{_AT}[3].choices",
    ),
    (
        more({"type": "radiogroup", "name": "r", "choices": ["a", "b", None]}),
        "import_choice",
        f"{_AT}[3].choices[2]",
    ),
    (
        more({"type": "radiogroup", "name": "r", "choices": ["a", "b", "a"]}),
        "import_choice_twice",
        f"{_AT}[3].choices[2]",
    ),
    (
        more({"type": "radiogroup", "name": "r-RS", "choices": ["a-1.5", "b"]}),
        "import_weight",
        f"{_AT}[3].choices",
    ),
    (
        more({**TEXT, "name": "r", "visibleIf": "{size} % 2 = 1"}),
        "import_expression",
        f"{_AT}[3].visibleIf",
    ),
    (more({**TEXT, "name": "r", "visibleIf": 7}), "import_expression", f"{_AT}[3].visibleIf"),
    (
        more({**TEXT, "name": "r", "visibleIf": "{nowhere} = 1"}),
        "import_no_name",
        f"{_AT}[3].visibleIf",
    ),
    (changed("triggers", to=[{"type": "complete"}]), "import_attribute", "$.triggers"),
    (changed("pages", 0, to="no page"), "import_no_element", "$.pages[0]"),
]


@pytest.mark.parametrize(("raw", "code", "place"), LOSSES)
def test_what_is_lost_is_listed_with_its_place(
    tmp_path: Path, raw: Json, code: str, place: str
) -> None:
    folder, told = imported(tmp_path, raw, 1)
    assert [(one["code"], one["place"]) for one in told["not_translated"]] == [(code, place)]
    written = yamlread.read_file(folder / "not-translated.yaml").value
    assert written["not_translated"] == told["not_translated"]
    assert run("check", folder).exit_code == 0


def test_questions_that_wait_for_each_other(tmp_path: Path) -> None:
    ring = [
        {**TEXT, "name": name, "visibleIf": f"{{{other}}} notempty"}
        for name, other in (("x", "y"), ("y", "z"), ("z", "x"))
    ]
    folder, told = imported(tmp_path, more(*ring), 1)
    found = {(one["code"], one["place"]) for one in told["not_translated"]}
    assert found == {("import_circle", f"{_AT}[{n}].visibleIf") for n in (3, 4, 5)}
    assert all("x、" in one["zh"] or "、x" in one["zh"] for one in told["not_translated"])
    assert run("check", folder).exit_code == 0


def test_a_panel_that_waits_for_its_own_question(tmp_path: Path) -> None:
    inside = [{**TEXT, "name": "x"}, {**TEXT, "name": "y"}]
    panel = {"type": "panel", "name": "p", "visibleIf": "{x} notempty", "elements": inside}
    folder, told = imported(tmp_path, more(panel), 1)
    assert [one["code"] for one in told["not_translated"]] == ["import_circle"]
    asked = yamlread.read_file(folder / "questionnaire.yaml").value["sections"][-1]["questions"]
    assert "show" not in asked[-2]
    assert asked[-1]["show"] == {"criterion": "panel_p"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "import_no_json"),
        ("{", "import_no_json"),
        ('{"a": NaN}', "import_no_json"),
        ("[]", "import_no_object"),
        ("{}", "import_no_questions"),
        ('{"pages": []}', "import_no_questions"),
        ('{"pages": [], "pages": []}', "import_key_twice"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", "nested_too_deep"),
        ('{"a": ' + "[" * 200_000, "nested_too_deep"),
        ("x" * (MOST_BYTES + 1), "too_large"),
        ('{"a": ' + "9" * 5000 + "}", "import_no_json"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_broken_survey_is_refused_in_words(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "survey.json"
    file.write_text(text, encoding="utf-8")
    done = run("import", "surveyjs", file, "-o", tmp_path / "pack", "--format", "json")
    assert done.exit_code == 2
    assert [one["code"] for one in json.loads(done.stdout)["problems"]] == [code]
    assert not (tmp_path / "pack").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    _, told = imported(tmp_path, SURVEY, 2)
    assert told["problems"][0]["code"] == "import_folder_taken"
    assert [one.name for one in folder.iterdir()] == ["mine.txt"]


def test_an_import_may_be_repeated(pack: Path) -> None:
    before = {one.name: one.read_bytes() for one in pack.iterdir()}
    imported(pack.parent, SURVEY)
    assert {one.name: one.read_bytes() for one in pack.iterdir()} == before


HOSTILE: Final = (
    "a: b #\n- {c} 'd' \"e\" \\ % & * ! | > @ ` \u2028 \x85 \x07 \ud800 <script>x</script>"
)


def test_hostile_names_and_texts_stay_data(tmp_path: Path) -> None:
    choices = [{"value": HOSTILE + "-1", "text": HOSTILE}, {"value": "all"}, {"value": "true"}]
    question = {"type": "radiogroup", "name": HOSTILE, "title": HOSTILE, "choices": choices}
    names = ["all", "not", "Unknown", "unknown", "評估", "a b", "a_b", "x" * 300, "x" * 301]
    texts = [{**TEXT, "name": name, "title": f"{{{name}}} ${{7*7}}"} for name in names]
    folder, told = imported(tmp_path, more(question, *texts))
    assert told["not_translated"] == []
    data = {HOSTILE: HOSTILE + "-1", **dict.fromkeys(names, "yes")}
    text = json.dumps({"version": "v2.3", "data": data})
    (tmp_path / "result.json").write_text(text, encoding="utf-8")
    more_ = ("--pack", folder, "-o", tmp_path / "a.yaml", "--format", "json")
    done = run("import", "answers", tmp_path / "result.json", *more_)
    assert json.loads(done.stdout)["answers"] == len(data) - 1  # half a character names nothing
    assert run("check", folder).exit_code == 0


# ------------------------------------------------------------------ export


def test_a_case_becomes_two_fhir_files(tmp_path: Path) -> None:
    answers = tmp_path / "a.yaml"
    answers.write_text("framework: ca-aia\nanswers: {ca_use: trial}\n", encoding="utf-8")
    done = run("export", "fhir", answers, "-o", tmp_path / "out", "--format", "json")
    assert done.exit_code == 1  # showing that waits for personal data is not flat
    told = json.loads(done.stdout)
    assert {one["code"] for one in told["not_translated"]} == {"fhir_show"}
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names == {"questionnaire.json", "questionnaire-response.json", "not-expressed.yaml"}


def test_a_question_waits_for_every_panel_around_it(tmp_path: Path) -> None:
    deep = [{**TEXT, "name": "deep", "visibleIf": "{remarks} notempty"}]
    test = "{care-MS} = 'yes-2'"
    inner = {"type": "panel", "name": "in", "visibleIf": test, "elements": deep}
    outer = {"type": "panel", "name": "out", "visibleIf": "{size} = 'big-2'", "elements": [inner]}
    folder, _ = imported(tmp_path, more(outer))
    asked = yamlread.read_file(folder / "questionnaire.yaml").value["sections"][-1]["questions"]
    assert asked[-1]["show"] == {
        "all": [{"criterion": "panel_out"}, {"criterion": "panel_in"}, {"answered": "remarks"}]
    }
