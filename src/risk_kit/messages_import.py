"""Sentences on importing surveys and results, and on exporting: code → (zh-TW, English)."""

from __future__ import annotations

from typing import Final

_FILES: Final[dict[str, tuple[str, str]]] = {
    "import_no_json": (
        "這不是完整的 JSON 檔：{detail}。請從原系統重新匯出。",
        "This is no whole JSON file: {detail}. Export it again from where it came.",
    ),
    "import_key_twice": (
        "同一層出現兩次「{key}」，無法判斷以哪一個為準。請刪去一個。",
        "The key “{key}” stands twice in one object, so it is open which one counts. Delete one.",
    ),
    "import_no_object": (
        "檔案最外層應為物件（{{…}}）。請確認這是問卷檔或結果檔。",
        "The file should hold an object ({{…}}). Check that it is a survey or a result file.",
    ),
    "import_no_questions": (
        "這份問卷沒有任何可匯入的題目（應有 pages，各頁有 elements）。",
        "This survey has no question that can be imported (pages with elements were expected).",
    ),
    "import_too_many": (
        "題目超過 {most} 題。請分成幾份問卷再匯入。",
        "There are more than {most} questions. Split the survey and import the parts.",
    ),
    "import_folder_taken": (
        "資料夾「{folder}」已有其他檔案。請改用新的資料夾。",
        "The folder “{folder}” already holds other files. Use a new one.",
    ),
    "import_no_map": (
        "這個資料夾沒有 {file}，不是由問卷匯入的規則包。請先執行 risk-kit import surveyjs。",
        "There is no {file} in this folder, so it is no imported pack. Run risk-kit import surveyjs "
        "first.",
    ),
    "import_bad_map": (
        "這份檔案應為 {form}，由 risk-kit import surveyjs 產生。請重新匯入問卷。",
        "This file should be of the form {form}, as risk-kit import surveyjs writes it. Import the "
        "survey again.",
    ),
    "import_no_data": (
        "結果檔沒有 data（題目名稱對答案）。請確認這是填答結果。",
        "The result file has no data (names of questions with answers). Check that it is a result.",
    ),
    "import_other_version": (
        "結果檔的版本是「{version}」，規則包由「{wanted}」版的問卷匯入。請以該版問卷重新匯入規則包。",
        "The result is of version “{version}”; the pack was imported from version “{wanted}”. Import "
        "the survey of the result's version first.",
    ),
}
_ELEMENTS: Final[dict[str, tuple[str, str]]] = {
    "import_no_element": (
        "這裡應為一頁或一個題組（物件）。未匯入。",
        "A page or panel (an object) was expected here. Not imported.",
    ),
    "import_type": (
        "題型「{type}」在此沒有對應，未匯入。可改為單選、複選、是非、數字或文字題。",
        "There is no counterpart for an element of type “{type}”; it was not imported. Choose one "
        "option, several, yes/no, a number or text instead.",
    ),
    "import_unnamed": (
        "題目沒有名稱（name），無法對應答案，未匯入。",
        "The question has no name, so answers cannot be matched; it was not imported.",
    ),
    "import_name_twice": (
        "名稱「{name}」已由 {first_place} 使用；兩題會共用答案。第二題未匯入，請改名。",
        "The name “{name}” is already used at {first_place}, and both would share one answer. The "
        "second was not imported; rename it.",
    ),
    "import_attribute": (
        "屬性「{key}」會影響可填或預填的答案，在此沒有對應，未匯入。",
        "The attribute “{key}” decides what may be answered or fills in answers; it has no "
        "counterpart here and was not imported.",
    ),
    "import_attribute_unknown": (
        "不認得屬性「{key}」，已略過。",
        "The attribute “{key}” is not known and was passed over.",
    ),
    "import_choices": (
        "選項應為清單，至多 {most} 項。這一題未匯入。",
        "The choices should be a list of at most {most}. The question was not imported.",
    ),
    "import_no_choices": (
        "這一題沒有任何選項，未匯入。",
        "The question offers no choice and was not imported.",
    ),
    "import_choice": (
        "這個選項沒有可用的值（文字、數字或布林值），未匯入。",
        "This choice has no value (text, number or truth) and was not imported.",
    ),
    "import_choice_twice": (
        "選項的值「{value}」重複，只匯入第一個。",
        "The value “{value}” is offered twice; only the first was imported.",
    ),
    "import_option_added": (
        "這一題只有一個選項，已加上「未選」，使其成為可回答的題目。",
        "The question has one choice only; “not chosen” was added so that it can be answered.",
    ),
    "import_number_text": (
        "數字題「{name}」沒有整數的最小值與最大值，改以文字題匯入。",
        "The number “{name}” has no whole minimum and maximum; it was imported as text.",
    ),
    "import_html_shown": (
        "這段說明的顯示條件未匯入；說明一律顯示。",
        "When this explanation is shown was not imported; it is always shown.",
    ),
    "import_languages": (
        "下列語言的文字未匯入：{languages}。",
        "Texts in these languages were not imported: {languages}.",
    ),
    "import_weight": (
        "題目「{name}」選項「{value}」的分數不是可用的整數，未計分。",
        "The points of the choice “{value}” of “{name}” are no usable whole number; not counted.",
    ),
}
_EXPRESSIONS: Final[dict[str, tuple[str, str]]] = {
    "import_expression": (
        "看不懂這個條件，讀到「{stop}」為止：{expression}。這一項改為一律顯示。",
        "This condition is not understood from “{stop}” on: {expression}. What it governed is always "
        "shown.",
    ),
    "import_no_name": (
        "條件提到的「{name}」不是匯入的題目：{expression}。這一項改為一律顯示。",
        "The condition names “{name}”, which is no imported question: {expression}. What it governed "
        "is always shown.",
    ),
    "import_bare_name": (
        "「{name}」不是是非題，不能單獨作為條件：{expression}。這一項改為一律顯示。",
        "“{name}” is no yes/no question, so it is no condition by itself: {expression}. What it "
        "governed is always shown.",
    ),
    "import_kind_test": (
        "題目「{name}」的答案無法這樣比較（{sign}）：{expression}。這一項改為一律顯示。",
        "The answer of “{name}” cannot be tested so ({sign}): {expression}. What it governed is "
        "always shown.",
    ),
    "import_two_names": (
        "條件比較兩題的答案（{names}），在此無法表示：{expression}。這一項改為一律顯示。",
        "The condition compares two answers ({names}), which cannot be said here: {expression}. What "
        "it governed is always shown.",
    ),
    "import_circle": (
        "這些題目互相等待對方才顯示：{names}。已略去此條件：{expression}。",
        "These questions wait for each other to be shown: {names}. This condition was left out: "
        "{expression}.",
    ),
    "import_never": (
        "這個條件永遠不成立，所管的題目不會出現：{expression}。",
        "This condition never holds, so what it governs is never asked: {expression}.",
    ),
}
_ANSWERS: Final[dict[str, tuple[str, str]]] = {
    "import_unknown_answer": (
        "問卷沒有名為「{name}」的題目，這個答案未匯入。{near}",
        "The survey has no question named “{name}”; the answer was not imported. {near}",
    ),
    "import_misfit": (
        "題目「{name}」的答案「{value}」不合，未匯入。可用的值：{offered}。",
        "The answer “{value}” does not fit “{name}” and was not imported. Expected: {offered}.",
    ),
    "import_result_rest": (
        "結果檔的其他部分未匯入：{keys}。",
        "Other parts of the result file were not imported: {keys}.",
    ),
    "import_dormant": (
        "題目「{name}」依目前答案不會出現；答案已保留，但不計入。",
        "By the present answers “{name}” is not asked; its answer is kept and not counted.",
    ),
}
_FHIR: Final[dict[str, tuple[str, str]]] = {
    "fhir_show": (
        "題目「{id}」的顯示條件無法以 FHIR 的 enableWhen 表示；匯出後一律顯示。",
        "When “{id}” is asked cannot be said by enableWhen of FHIR; in the export it is always asked.",
    ),
    "fhir_dormant": (
        "題目「{id}」目前不會出現，答案未匯出。",
        "“{id}” is not asked at present; its answer was not exported.",
    ),
    "fhir_note": (
        "題目「{id}」的附註與佐證未匯出。",
        "The note and evidence of “{id}” were not exported.",
    ),
}
IMPORT_MESSAGES: Final[dict[str, tuple[str, str]]] = (
    _FILES | _ELEMENTS | _EXPRESSIONS | _ANSWERS | _FHIR
)
