"""Words of the cases, their history and saving: key → text."""

from __future__ import annotations

from typing import Final

from risk_kit.model import Text

CASES: Final[dict[str, Text]] = {
    # the list
    "cases": Text("案件", "Cases"),
    "start_lead": Text(
        "回答問題，隨時看到指示性級距與理由，最後產生任何人都能驗證的簽署報告。",
        "Answer questions, see the indicative tier and its reasons at any time, and end with a signed "
        "report that anyone can verify.",
    ),
    "no_cases": Text(
        "目前沒有案件。請新增案件，或先開啟範例看看填妥的樣子。每次更改都會立即儲存在這台電腦。",
        "There is no case yet. Add one, or open an example to see a completed one. Every change is "
        "saved at once on this computer.",
    ),
    "list_draft": Text("進行中（{count}）", "Current ({count})"),
    "list_archived": Text("已封存（{count}）", "Archived ({count})"),
    "state_draft": Text("進行中", "current"),
    "state_archived": Text("已封存", "archived"),
    "which_cases": Text("顯示哪些案件", "Which cases"),
    "search_cases": Text("以名稱搜尋案件", "Search cases by name"),
    "none_found": Text(
        "沒有名稱符合的案件。請減少搜尋字詞。", "No case has such a name. Use fewer words."
    ),
    "none_draft": Text("沒有進行中的案件。", "There is no current case."),
    "none_archived": Text("沒有封存的案件。", "There is no archived case."),
    "cases_found": Text("第 {first}–{last} 件，共 {all} 件", "{first}–{last} of {all}"),
    "previous": Text("上一頁", "Previous"),
    "following": Text("下一頁", "Next"),
    "changed_at": Text("{state}・{time} 更改", "{state} · changed {time}"),
    "pack_missing": Text("這裡沒有它的規則包", "its rule pack is not here"),
    "more": Text("更多", "More"),
    "duplicate": Text("複製", "Duplicate"),
    "archive": Text("封存", "Archive"),
    "restore": Text("還原", "Restore"),
    "export": Text("匯出答案檔", "Export answer file"),
    "copy_of": Text("{title}（複本）", "{title} (copy)"),
    # a new case
    "new_case": Text("新增案件", "New case"),
    "create": Text("建立案件", "Create the case"),
    "overlays": Text("疊加規則", "Overlays"),
    "overlays_about": Text(
        "可加上領域的題目與規則（疊加規則），之後也能在「案件資料」更改。不確定時請留空。",
        "Add the questions and rules of a field (an overlay); they can be changed later under “About "
        "the case”. Leave them out when in doubt.",
    ),
    "overlay_finance": Text("金融業", "Financial services"),
    "overlay_finance_about": Text(
        "銀行、保險、證券等金融機構", "banks, insurers, securities firms and the like"
    ),
    "overlay_medical": Text("醫療照護", "Health and care"),
    "overlay_medical_about": Text(
        "醫療機構、醫療器材與照護服務", "hospitals, medical devices and care services"
    ),
    "overlay_public-sector": Text("公部門", "Public sector"),
    "overlay_public-sector_about": Text(
        "政府機關（構）、公立學校，以及受託辦理公務者",
        "government agencies, public schools, and those who act for them",
    ),
    "overlay_agent": Text("AI 代理", "AI agents"),
    "overlay_agent_about": Text(
        "能自行規劃步驟、使用工具或帳號的系統",
        "systems that plan steps themselves and use tools or accounts",
    ),
    "add_overlay": Text("加上「{name}」題目", "Add the questions on {name}"),
    "add_overlay_why": Text(
        "您選了這個領域，另有專屬的題目與規則。",
        "You chose this field; there are questions and rules of its own.",
    ),
    "samples": Text("開啟範例", "Open an example"),
    "samples_about": Text(
        "已填妥的案例。開啟後是您自己的案件，可以隨意更改。",
        "Completed cases. What you open is a case of your own; change it as you like.",
    ),
    "open_sample": Text("開啟範例：{name}", "Open the example: {name}"),
    "sample_flood": Text("系統性治水", "Systematic flood management"),
    "sample_flood_about": Text(
        "整合氣象、水文與排水資料，模擬淹水並建議排水操作。",
        "A model joins weather, hydrology and drainage data, simulates floods and advises on drainage.",
    ),
    "import": Text("匯入答案檔", "Import an answer file"),
    "choose_file": Text("答案檔（YAML 或 JSON）", "Answer file (YAML or JSON)"),
    "file_about": Text(
        "先前匯出的答案檔，至多 {most} MB。匯入後成為一個新案件。",
        "An answer file exported earlier, at most {most} MB. It becomes a new case.",
    ),
    "browse": Text("選擇檔案", "Choose a file"),
    "bad_file": Text("這個檔案無法開啟：", "This file cannot be opened:"),
    # the open case
    "case_not_opened": Text("這個案件無法開啟：", "This case cannot be opened:"),
    "store_not_opened": Text("案件無法讀取：", "The cases cannot be read:"),
    "to_cases": Text("回案件清單", "Back to the cases"),
    "as_of": Text("評估基準日", "Assessed as of"),
    "as_of_about": Text(
        "依這一天有效的規則評估。", "The rules that are valid on this day are applied."
    ),
    "archived_short": Text("已封存，不能更改", "Archived: nothing can be changed"),
    "archived_banner": Text(
        "這個案件已封存，只能閱讀。要更改請先還原。",
        "This case is archived and can only be read. Restore it to make changes.",
    ),
    "aside": Text(
        "有 {count} 題答案不屬於目前的題目（例如已移除的疊加規則），保留但不計入。",
        "{count} answers belong to no present question (of an overlay that was taken off, say). They "
        "are kept and not counted.",
    ),
    # saving
    "saved": Text("✓ 已儲存 {time}", "✓ Saved {time}"),
    "unsaved": Text("⚠ 無法儲存；上次儲存 {time}", "⚠ Cannot be saved; last saved {time}"),
    "undo": Text("復原上一次更改", "Undo the last change"),
    "undo_clash": Text(
        "這項內容之後又有更改，不能只復原這一次。請到「歷程」先復原較新的更改。",
        "This was changed again later, so it alone cannot be undone. Undo the later change first, "
        "under History.",
    ),
    "seen": Text("知道了", "All right"),
    "user": Text("您的名稱（記在更改旁）", "Your name (stands beside changes)"),
    "user_is": Text("更改會記在「{name}」名下。", "Changes stand under the name “{name}”."),
    "user_not_kept": Text(
        "名稱這次可用，但沒有記住：", "The name is used now, but was not remembered:"
    ),
    "local_user": Text("本機使用者", "local user"),
    "wanted": Text("您的內容：{value}", "Yours: {value}"),
    "try_again": Text("再試一次", "Try again"),
    "let_go": Text("放棄這次更改", "Let the change go"),
    "clash": Text(
        "您作答的同時，這一題已在別處更改。兩邊的內容都在，請選擇要用哪一個。",
        "While you answered, this was changed elsewhere. Both are here: choose which one to use.",
    ),
    "clash_theirs": Text("目前的內容（{actor}，{time}）", "What stands there ({actor}, {time})"),
    "clash_mine": Text("您的內容", "Yours"),
    "use_mine": Text("改用我的內容", "Use mine"),
    "keep_theirs": Text("保留目前的內容", "Keep what stands there"),
    # history
    "history": Text("歷程", "History"),
    "history_about": Text(
        "每一次更改都留有紀錄，不會刪除；復原也是一次新的紀錄。",
        "Every change is recorded and none is deleted; undoing is recorded too.",
    ),
    "did_created": Text("建立案件", "Case created"),
    "did_sample": Text("由範例建立案件", "Case created from an example"),
    "did_imported": Text("由答案檔匯入", "Case imported from a file"),
    "did_duplicated": Text("由另一案件複製", "Case duplicated from another"),
    "did_changed": Text("更改", "Changed"),
    "did_archived": Text("封存", "Archived"),
    "did_restored": Text("還原封存", "Taken back from the archive"),
    "did_undone": Text("復原第 {number} 次紀錄", "Undid event {number}"),
    "event_no": Text("第 {number} 次紀錄", "event {number}"),
    "by_at": Text("{actor}・{time}", "{actor} · {time}"),
    "becomes": Text("改為", "becomes"),
    "nothing": Text("（空白）", "(nothing)"),
    "rows": Text("{count} 列", "{count} rows"),
    "no_such_question": Text("目前規則包沒有的題目", "A question that the present pack lacks"),
    "unreadable_answer": Text(
        "目前規則包讀不懂的答案", "an answer that the present pack cannot read"
    ),
    "note_of": Text("說明", "note"),
    "part_overlays": Text("疊加規則", "Overlays"),
    "part_as_of": Text("評估基準日", "Assessed as of"),
    "part_follow_up": Text("措施追蹤", "Follow-up of measures"),
    "part_framework": Text("規則包版本", "Version of the pack"),
    "part_state": Text("狀態", "State"),
    "part_other": Text("其他", "Other"),
    "open_past": Text("開啟當時的狀態", "Open as it was then"),
    "undo_this": Text("復原這一次", "Undo this"),
    "older": Text("更早的紀錄", "Earlier events"),
    "newest": Text("最新的紀錄", "Newest events"),
    "past_short": Text("過去的狀態，不能更改", "A past state: nothing can be changed"),
    "past_banner": Text(
        "您看到的是第 {number} 次紀錄（{time}）當時的狀態，只能閱讀。",
        "You see the case as it was after event {number} ({time}). It can only be read.",
    ),
    "to_present": Text("回到目前的狀態", "Back to the present"),
    "to_history": Text("回歷程", "Back to the history"),
    # evidence
    "add_evidence": Text("加佐證", "Add evidence"),
    "evidence_n": Text("佐證（{n}）", "Evidence ({n})"),
    "evidence_title": Text("佐證名稱", "Title of the evidence"),
    "evidence_link": Text("連結（選填）", "Link (optional)"),
    "evidence_file": Text(
        "或上傳檔案（至多 {most} MB；{kinds}）", "Or upload a file (at most {most} MB; {kinds})"
    ),
    "add_link": Text("加入", "Add"),
    "evidence_not": Text("佐證沒有加入：", "The evidence was not added:"),
    "evidence_most": Text(
        "每題至多 {most} 項佐證。", "At most {most} pieces of evidence for a question."
    ),
    "bad_link": Text(
        "連結「{found}」不是網址。請以 https:// 或 http:// 開頭，不含空格。",
        "The link “{found}” is no web address. Begin it with https:// or http://, without spaces.",
    ),
    "file_elsewhere": Text("檔案不在這台電腦", "the file is not on this computer"),
    "download": Text("下載", "Download"),
    "remove": Text("移除", "Remove"),
}
