"""Sentences on the store of cases and on evidence: code → (zh-TW, English)."""

from __future__ import annotations

from typing import Final

_PLACE: Final[dict[str, tuple[str, str]]] = {
    "store_kind": (
        "案件只能存放在 SQLite 檔案或 PostgreSQL 資料庫，不支援「{found}」。請將環境變數 RISK_KIT_STORE "
        "設為檔案路徑或 postgresql:// 網址。",
        "Cases are kept in a SQLite file or in PostgreSQL, not in “{found}”. Set the environment "
        "variable RISK_KIT_STORE to the path of a file or to a postgresql:// URL.",
    ),
    "store_no_driver": (
        '缺少連接 PostgreSQL 的套件。請執行 pip install "risk-kit[postgres]"，或改用 SQLite 檔案。',
        "The package that connects to PostgreSQL is missing. Run pip install "
        '"risk-kit[postgres]", or use a SQLite file.',
    ),
    "store_is_folder": (
        "存放案件的位置是資料夾，應為檔案。請在 RISK_KIT_STORE 的路徑後面加上檔名。",
        "The place for the cases is a folder; a file was expected. Add a file name to the path in "
        "RISK_KIT_STORE.",
    ),
    "store_no_folder": (
        "存放案件的資料夾「{folder}」不存在。請先建立資料夾（或接上磁碟），或更改 RISK_KIT_STORE。",
        "The folder for the cases, “{folder}”, does not exist. Create it, connect its disk, or "
        "change RISK_KIT_STORE.",
    ),
    "store_no_access": (
        "無法開啟存放案件的資料庫：{reason}。請確認檔案或資料庫存在，而且您有讀寫權限。",
        "The store of cases cannot be opened: {reason}. Check that it exists and that you may read "
        "and write it.",
    ),
    "store_not_reached": (
        "連不上存放案件的資料庫：{reason}。請確認伺服器已啟動、位址正確、網路暢通，再試一次。已儲存的"
        "內容不受影響。",
        "The database of the cases cannot be reached: {reason}. Check that the server runs, that the "
        "address is right and the network is up, and try again. What was saved stays saved.",
    ),
    "store_not_database": (
        "這個檔案不是案件資料庫（不是 SQLite 檔案，或已損壞），未做任何更動。請確認 RISK_KIT_STORE 的路"
        "徑，或以備份還原。",
        "This file is no store of cases: not a SQLite file, or damaged. It was left as it is. Check "
        "the path in RISK_KIT_STORE, or restore a backup.",
    ),
    "store_foreign": (
        "這是其他程式的資料庫，未做任何更動。請在 RISK_KIT_STORE 指定另一個檔案或空的資料庫。",
        "This database belongs to another program and was left as it is. Name another file, or an "
        "empty database, in RISK_KIT_STORE.",
    ),
    "store_newer": (
        "案件資料庫是由較新版本的 risk_kit 建立（結構版本 {found}，此版本只認得到 {known}），為免損壞資料"
        "，未予開啟。請升級 risk_kit。",
        "The store of cases was made by a newer risk_kit (its structure is {found}, this version "
        "knows {known}) and was not opened, so that nothing is damaged. Upgrade risk_kit.",
    ),
    "store_damaged": (
        "案件資料庫已損壞，無法讀取這項內容。請先停止使用並複製一份檔案，再以備份還原。",
        "The store of cases is damaged and this cannot be read. Stop using it, copy the file, then "
        "restore a backup.",
    ),
    "store_failed": (
        "案件資料庫發生錯誤：{reason}。這次的更改沒有儲存，先前儲存的內容不受影響。請再試一次。",
        "The store of cases reports an error: {reason}. This change was not saved; what was saved "
        "before stays. Try again.",
    ),
}

_WRITING: Final[dict[str, tuple[str, str]]] = {
    "store_read_only": (
        "案件資料庫是唯讀的，無法儲存任何更改。請確認檔案與資料夾的寫入權限；若磁碟為唯讀，請將檔案複製到"
        "別處並更改 RISK_KIT_STORE。",
        "The store of cases is read-only: no change can be saved. Check that you may write the "
        "file and its folder; if the disk is read-only, copy the file elsewhere and change "
        "RISK_KIT_STORE.",
    ),
    "store_full": (
        "磁碟或資料庫空間已滿，這次的更改沒有儲存，先前儲存的內容不受影響。請清出空間後再試一次。",
        "The disk or the database is full, so this change was not saved; what was saved before "
        "stays. Free some space and try again.",
    ),
    "store_locked": (
        "案件資料庫正由其他程式使用，等候逾時，這次的更改沒有儲存。請稍候再試；若持續發生，請關閉其他開啟"
        "此檔案的程式。",
        "Another program kept the store of cases busy for too long, so this change was not saved. "
        "Try again shortly; if it goes on, close other programs that hold the file.",
    ),
    "store_clash": (
        "這一項在您看到之後，已由「{actor}」於 {time} 更改。您的更改沒有儲存，對方的內容也沒有被覆蓋。請"
        "看過目前的內容，再決定是否更改。",
        "This entry was changed by “{actor}” at {time}, after you saw it. Your change was not saved "
        "and theirs was not overwritten. Look at what stands there now, then decide.",
    ),
}

_CASES: Final[dict[str, tuple[str, str]]] = {
    "no_case": (
        "找不到案件「{id}」。請確認網址是否完整，或從案件清單開啟。",
        "There is no case “{id}”. Check that the address is complete, or open it from the list of "
        "cases.",
    ),
    "no_revision": (
        "這個案件沒有第 {revision} 次紀錄，最近一次是第 {last} 次。請從案件歷程中選擇。",
        "The case has no event {revision}; the last is {last}. Choose one from its history.",
    ),
    "case_exists": (
        "代號「{id}」已有案件，沒有另建。請從案件清單開啟，或再新增一次。",
        "There is a case “{id}” already; no other was made. Open it from the list of cases, or add "
        "a new one again.",
    ),
    "case_archived": (
        "案件已封存，不能更改。請先還原案件。",
        "The case is archived and cannot be changed. Restore it first.",
    ),
    "case_too_large": (
        "案件內容將達 {size_mb} MB，超過上限 {limit_mb} MB，這次的更改沒有儲存。請縮短說明文字，較長的內容改"
        "以佐證檔案附上。",
        "The case would hold {size_mb} MB, above the limit of {limit_mb} MB, so this change was not "
        "saved. Shorten its texts; attach what is long as a file of evidence.",
    ),
    "case_not_json": (
        "案件內容無法儲存（{detail}），這次的更改沒有寫入。請使用本工具匯出的答案檔。",
        "What the case holds cannot be kept ({detail}); this change was not saved. Use an answer "
        "file exported by this toolkit.",
    ),
    "case_bad_entry": (
        "「{name}」不能作為項目名稱。名稱至多 {limit} 字，不得含有控制字元。請修改後再匯入。",
        "“{name}” cannot name an entry. A name has at most {limit} characters and no control "
        "characters. Change it and import again.",
    ),
    "cannot_undo": (
        "案件的建立不能復原。若不再需要這個案件，請將它封存。",
        "That a case was made cannot be undone. Archive it if it is no longer needed.",
    ),
}

_EVIDENCE: Final[dict[str, tuple[str, str]]] = {
    "evidence_kind": (
        "不接受這種佐證檔案（{found}）。可用：{offered}。請轉成其中一種格式再上傳。",
        "This kind of file is not taken as evidence ({found}). Offered: {offered}. Convert it to "
        "one of these.",
    ),
    "evidence_empty": (
        "佐證檔案沒有內容。請確認檔案是否選對。",
        "The file of evidence is empty. Check that it is the right file.",
    ),
    "evidence_too_large": (
        "佐證檔案有 {size_mb} MB，超過上限 {limit_mb} MB，沒有儲存。請壓縮圖片、擷取相關頁面，或改附連結。",
        "The file of evidence has {size_mb} MB, above the limit of {limit_mb} MB, and was not kept. "
        "Make its pictures smaller, extract the pages that matter, or give a link.",
    ),
    "evidence_content": (
        "檔案內容不是副檔名所說的 {found}，或已加密、損壞、含有巨集，沒有儲存。請以原來的軟體另存為不含密"
        "碼與巨集的 {found} 檔。",
        "The content is not {found} as the name says, or it is encrypted, damaged or has macros; it "
        "was not kept. Save it again as {found}, without password and macros.",
    ),
    "no_evidence": (
        "找不到這份佐證檔案（摘要 {id}）。它可能存放在另一台電腦；請重新上傳。",
        "This file of evidence (digest {id}) is not in the store. It may be on another computer; "
        "upload it again.",
    ),
}

STORE_MESSAGES: Final[dict[str, tuple[str, str]]] = _PLACE | _WRITING | _CASES | _EVIDENCE
