"""Sentences about packs and answers: code → (zh, en)."""

PACK_MESSAGES: dict[str, tuple[str, str]] = {
    "no_framework": (
        "這裡沒有框架「{id}」。{near}可用的框架：{offered}；也可以指定含有 framework.yaml 的資料夾。",
        "There is no framework “{id}” here. {near}Frameworks: {offered}; or name a folder that holds "
        "framework.yaml.",
    ),
    "no_questionnaire": (
        "找不到框架所用的問卷「{id}」。請把 questionnaire.yaml 放在框架旁，或改正代號。",
        "The framework's questionnaire “{id}” is not here. Put questionnaire.yaml beside the "
        "framework, or correct the id.",
    ),
    "no_lender": (
        "這裡沒有問卷「{id}」，無法借用它的題目。請改正代號，或把那份問卷放在同一個資料夾。",
        "There is no questionnaire “{id}” here to borrow questions from. Correct the id, or put that "
        "questionnaire into the same folder.",
    ),
    "not_lent": (
        "問卷「{lender}」沒有可借用的題目「{id}」（措施題與借來的題目不能再借）。{near}請改正代號。",
        "The questionnaire “{lender}” has no question “{id}” to lend (measures and borrowed questions "
        "are not lent). {near}Correct the id.",
    ),
    "framework_name": (
        "框架檔的檔名應為 framework.yaml，放在自己的資料夾裡。請更名後再檢查。",
        "A framework is a file named framework.yaml in a folder of its own. Rename it and check "
        "again.",
    ),
    "case_place": (
        "這份案例檔不在框架的 cases 資料夾裡，無從對照規則。請移到 框架資料夾/cases 之下。",
        "These cases are not in the cases folder of a framework, so there are no rules to hold them "
        "against. Move them to FRAMEWORK/cases.",
    ),
    "overlay_place": (
        "這份疊加規則不在框架的 overlays 資料夾裡，無從套用。請移到 框架資料夾/overlays 之下。",
        "This overlay is not in the overlays folder of a framework, so there is nothing to lay it "
        "over. Move it to FRAMEWORK/overlays.",
    ),
    "too_deep": (
        "「{id}」的條件連同它引用的判準與題目，巢狀太深，上限為 {most} 層。請改寫得平一些。",
        "The conditions of “{id}”, with the criteria and questions they refer to, nest too deep: at "
        "most {most} levels. Flatten them.",
    ),
    "id_dropped": (
        "發布過的版本 {version} 有「{id}」，現在卻沒有了。代號一經發布就不得刪除；請放回並註明停用"
        "（retired: true）。",
        "Version {version} was released with “{id}”, which is gone. A released id is never dropped: "
        "bring it back and mark it retired: true.",
    ),
    "no_version": (
        "這裡沒有框架版本「{id}」，只有 {offered}。請安裝該版本的規則包，或改用現有版本重新評估。",
        "The framework version “{id}” is not here; there is {offered}. Install that version, or "
        "assess again under the one at hand.",
    ),
    "no_overlay": (
        "框架「{framework}」沒有疊加規則「{id}」。可用的疊加規則：{offered}。",
        "The framework “{framework}” has no overlay “{id}”. Overlays: {offered}.",
    ),
    "no_question": (
        "框架「{framework}」沒有題目「{id}」。{near}請改用問卷中的題目代號。",
        "The framework “{framework}” has no question “{id}”. {near}Use an id of its questionnaire.",
    ),
    "unknown_question": (
        "條件中的「{id}」不是題目，也不是條件用字。{near}請改正代號。",
        "“{id}” in a condition is neither a question nor a word of conditions. {near}Correct it.",
    ),
    "no_option": (
        "題目「{id}」沒有選項「{value}」。{near}可選：{offered}。",
        "Question “{id}” has no option “{value}”. {near}Options: {offered}.",
    ),
    "quote_option": (
        "題目「{id}」的選項是文字，但沒有引號的值被讀成布林值（{value}）。請加上引號；可選：{offered}。",
        "The options of “{id}” are text, but the value without quotes reads as a boolean ({value}). "
        "Put quotes around it. Options: {offered}.",
    ),
    "text_expected": (
        "這裡應為選項代號，卻是 {value}。若它是代號，請加上引號。",
        "An option id is expected here, not {value}. Put quotes around it if it is one.",
    ),
    "kind_yes_no": (
        "題目「{id}」只接受 true、false 或 unknown，不接受「{value}」。",
        "Question “{id}” takes true, false or unknown, not “{value}”.",
    ),
    "kind_one_of": (
        "題目「{id}」只能選一個。請寫一個選項代號：{offered}，或 unknown。",
        "Question “{id}” takes one option. Write one of: {offered}, or unknown.",
    ),
    "kind_many_of": (
        "題目「{id}」可複選，答案應為清單，例如 [{value}]。可選：{offered}。",
        "Question “{id}” takes several options: write a list such as [{value}]. Options: {offered}.",
    ),
    "kind_whole_number": (
        "題目「{id}」的答案應為整數（{minimum} 到 {maximum}），不接受「{value}」。",
        "Question “{id}” takes a whole number ({minimum} to {maximum}), not “{value}”.",
    ),
    "kind_date": (
        "題目「{id}」的答案應為日期 YYYY-MM-DD，不接受「{value}」。",
        "Question “{id}” takes a date YYYY-MM-DD, not “{value}”.",
    ),
    "kind_text": (
        "題目「{id}」的答案應為文字，卻是 {value}。請加上引號。",
        "Question “{id}” takes text, not {value}. Put quotes around it.",
    ),
    "text_too_long": (
        "題目「{id}」的文字有 {value} 字，上限為 {most} 字。請精簡，或改附檔案。",
        "The text for “{id}” has {value} characters; at most {most} are taken. Shorten it or attach a file.",
    ),
    "out_of_bounds": (
        "題目「{id}」的答案 {value} 超出範圍 {minimum} 到 {maximum}。",
        "The answer {value} to “{id}” lies outside {minimum} to {maximum}.",
    ),
    "chosen_twice": (
        "題目「{id}」的同一個選項選了兩次：{value}。請刪去重複的。",
        "An option of “{id}” is chosen twice: {value}. Remove one.",
    ),
    "not_alone": (
        "題目「{id}」的「{alone}」不能與其他選項同選（{value}）。請擇一。",
        "“{alone}” of question “{id}” cannot go with other options ({value}). Choose one or the other.",
    ),
    "none_chosen": (
        "題目「{id}」的清單是空的。若皆不符合，請選「{alone}」；若尚未確認，請寫 unknown 或刪去這一題。",
        "The list for “{id}” is empty. If none applies choose “{alone}”; if it is not known yet write "
        "unknown or leave the question out.",
    ),
    "date_expected": (
        "「{value}」不是日期。請寫成 YYYY-MM-DD，例如 2026-07-07。",
        "“{value}” is not a date. Write YYYY-MM-DD, such as 2026-07-07.",
    ),
    "boolean_expected": (
        "題目「{id}」是是非題，條件應寫 true 或 false，不是「{value}」。",
        "Question “{id}” is yes/no: write true or false, not “{value}”.",
    ),
    "number_expected": (
        "這裡應為整數，或以 parameter 指定的參數，不是「{value}」。",
        "A whole number, or a parameter by name, is expected here, not “{value}”.",
    ),
    "not_ordered": (
        "題目「{id}」的選項沒有宣告順序，不能用「{test}」。請改用 in，或在題目加上 ordered: true。",
        "The options of “{id}” are not declared as ordered, so “{test}” has no meaning. Use in, or "
        "add ordered: true to the question.",
    ),
    "test_not_for_kind": (
        "題目「{id}」的類型是 {kind}，不能用「{test}」。可用：{offered}。",
        "Question “{id}” is of kind {kind}, which has no test “{test}”. Tests: {offered}.",
    ),
    "no_such": (
        "找不到{kind}「{id}」。{near}請先宣告它，或改正代號。",
        "There is no {kind} “{id}”. {near}Declare it first, or correct the id.",
    ),
    "no_level": (
        "量尺「{scale}」沒有級距「{id}」。{near}可用：{offered}。",
        "The scale “{scale}” has no level “{id}”. {near}Levels: {offered}.",
    ),
    "id_twice": (
        "{kind}的代號「{id}」用了兩次。代號不可重複，請改用新的代號。",
        "The {kind} id “{id}” is used twice. Ids are unique: give one of them a new id.",
    ),
    "reserved_word": (
        "「{id}」是條件的用字，不能當題目代號。條件用字：{offered}。",
        "“{id}” is a word of conditions and cannot be a question id. Words: {offered}.",
    ),
    "options_for_kind": (
        "題目「{id}」的類型是 {kind}：單選與複選必須有選項，其他類型不能有。",
        "Question “{id}” is of kind {kind}: one_of and many_of need options, other kinds have none.",
    ),
    "all_exclusive": (
        "複選題「{id}」的選項全是 exclusive。請至少留一個可以並存的選項，或改為單選。",
        "All options of “{id}” are exclusive. Leave at least one that can be combined, or use one_of.",
    ),
    "bounds": (
        "題目「{id}」必須宣告 minimum 與 maximum，且 minimum 不大於 maximum。",
        "Question “{id}” must declare minimum and maximum, minimum not above maximum.",
    ),
    "no_citation": (
        "「{id}」沒有註明出處。請在 cites 寫出依據；若是本工具的判斷，請引用本工具的方法說明。",
        "“{id}” cites nothing. Name its source in cites; for the toolkit's own judgement cite the "
        "description of its method.",
    ),
    "no_effect": (
        "規則「{id}」沒有任何效果。請加上 raise、points、oblige、flag 或 exempt，或刪去規則。",
        "Rule “{id}” has no effect. Give it raise, points, oblige, flag or exempt, or remove it.",
    ),
    "answered_in_rule": (
        "規則「{id}」以 answered 影響結果。「是否已回答」不得影響級距、分數或排除；請改問事實本身。",
        "Rule “{id}” lets answered reach a result. Whether a question was answered may not move a "
        "scale, a score or an exemption: ask for the fact itself.",
    ),
    "exempts_exemption": (
        "不能排除本身是排除事由的規則「{id}」。請把條件寫進該規則的 unless。",
        "The rule “{id}” is itself an exemption and cannot be exempted. Write the condition into its unless.",
    ),
    "thresholds": (
        "面向「{id}」的門檻（{value}）必須遞增、不重複，且落在最小值與最大值之間。",
        "The thresholds of dimension “{id}” ({value}) must rise, without repeats, between minimum and maximum.",
    ),
    "cycle": (
        "條件互相循環引用：{ids}。請刪去其中一個引用。",
        "Conditions refer to each other in a circle: {ids}. Remove one of the references.",
    ),
    "case_missing_version": (
        "這份檔案不是 risk_kit 的評估附件，或版本不同。",
        "This is not a risk_kit assessment attachment, or it is of another version.",
    ),
}
PACK_MESSAGES |= {
    "unknown_pack_file": (
        "看不出這是框架、問卷、疊加規則、案例還是答案檔。請在開頭寫明 format，例如 format: risk-kit/framework/1。",
        "This is no framework, questionnaire, overlay, case or answer file. Begin it with format, "
        "such as format: risk-kit/framework/1.",
    ),
    "framework_differs": (
        "答案檔是為「{wanted}」填的，指定的規則包卻是「{id}」。請改用相符的規則包。",
        "The answer file was filled in for “{wanted}”, but the pack given is “{id}”. Use the matching pack.",
    ),
}
PACK_MESSAGES |= {
    "bad_usage": (
        "命令的用法不對（{detail}）。請以 {command} --help 查看用法。",
        "The command was not given as it should be ({detail}). See {command} --help.",
    ),
    "which_key": (
        "請擇一指定簽署金鑰：--p12 檔案，或 --dev-identity（開發測試用）。",
        "Name one key: --p12 FILE, or --dev-identity (for trying out).",
    ),
    "bad_ending": (
        "無法產生「{value}」格式的報告。請用 {offered} 其中一種副檔名。",
        "There is no report of the form “{value}”. Use one of the endings {offered}.",
    ),
}
PACK_MESSAGES |= {
    "overlay_base": (
        "疊加規則「{id}」是為 {wanted} 寫的，不能用在 {got}。請更新疊加規則，並逐項核對基礎的變動。",
        "The overlay “{id}” was written for {wanted} and cannot be laid over {got}. Bring it up to date, "
        "comparing what changed in the base.",
    ),
    "overlay_id_taken": (
        "疊加規則「{id}」新增的「{target}」已經由「{other}」使用。請改用新的代號。",
        "The overlay “{id}” adds “{target}”, an id already used by “{other}”. Choose a new id.",
    ),
    "overlay_conflict": (
        "多個疊加規則（{ids}）更動同一個值「{target}」。請在其中一個寫明 resolutions，指定以哪一個為準。",
        "Several overlays ({ids}) change the same value “{target}”. Name the winner under resolutions in "
        "one of them.",
    ),
    "overlay_stale": (
        "「{target}」現在的值是「{found}」，不是疊加規則「{id}」預期的「{expected}」。基礎已變動，請重新確認後更新 expect。",
        "“{target}” is now “{found}”, not “{expected}” as the overlay “{id}” expects. The base has moved: "
        "review the change, then update expect.",
    ),
    "overlay_field": (
        "「{target}」沒有可以更動的欄位「{field}」。",
        "“{target}” has no value “{field}” that can be changed.",
    ),
    "overlay_text": (
        "「{target}」的新值應為文字，不能是「{value}」。replace 與 require_evidence 要寫 {{zh: …, en: …}}，translate 要寫一段文字。",
        "The new value of “{target}” should be text, not “{value}”. replace and require_evidence take "
        "{{zh: …, en: …}}, translate takes one text.",
    ),
    "overlay_bounds": (
        "參數「{target}」不可調整，或新值不在 {minimum} 到 {maximum} 之間。",
        "The parameter “{target}” is not tunable, or the new value lies outside {minimum} to {maximum}.",
    ),
    "overlay_direction": (
        "對「{target}」的更動方向不對（{value}）：strengthen 只能提高，weaken 只能降低。",
        "The change to “{target}” goes the wrong way ({value}): strengthen raises, weaken lowers.",
    ),
    "overlay_not_tunable": (
        "基礎沒有允許降低、停用或排除「{target}」。只有標示 tunable 的規則，且在其界限內，才能放寬。",
        "The base does not allow “{target}” to be lowered, retired or exempted. Only rules marked tunable "
        "may be, and within their bounds.",
    ),
    "overlay_authority": (
        "放寬「{target}」必須寫明 authority（機關）、reason（理由）與 date（日期）。",
        "To weaken “{target}” name the authority, the reason and the date.",
    ),
    "overlay_narrow": (
        "「{target}」不是排除事由，或沒有寫 when，不能用 narrow。",
        "“{target}” is no exemption, or no when is given, so narrow has no meaning.",
    ),
    "residual_missing": (
        "規則「{id}」提高固有級距，卻沒有寫剩餘級距。請在 raise 一併寫明剩餘量尺的級距。",
        "Rule “{id}” raises the inherent tier but says nothing of the residual one. Name its level too.",
    ),
    "measure_in_tier": (
        "規則「{id}」影響固有級距，卻讀取應對措施題「{question}」。措施只能影響剩餘級距，請改用其他量尺。",
        "Rule “{id}” bears on the inherent tier but reads the measures asked in “{question}”. Measures "
        "count on the residual scale only.",
    ),
    "overlay_widen": (
        "「{target}」不能用 widen：只有判準可以增列情形，要寫 when，而且該判準成立時不得使任何級距降低"
        "（例如被排除事由或 not 讀取的判準就不行）。",
        "“{target}” cannot be widened: only a criterion can, with a when, and only where its holding "
        "lowers no level (not one that an exemption or a “not” reads).",
    ),
}
