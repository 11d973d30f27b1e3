"""Sentences about files and YAML: code → (zh, en)."""

FILE_MESSAGES: dict[str, tuple[str, str]] = {
    "no_file": (
        "找不到這個檔案。請確認路徑與檔名是否正確。",
        "There is no such file. Check the path and the name.",
    ),
    "cannot_read": (
        "無法讀取檔案：{reason}。請確認您有讀取權限。",
        "The file cannot be read: {reason}. Check that you may read it.",
    ),
    "cannot_write": (
        "無法寫入檔案：{reason}。原有檔案未更動，也沒有留下半成品。請確認資料夾存在、有寫入權限且空間足夠。",
        "The file cannot be written: {reason}. Nothing was changed or left half-written. Check that "
        "the folder exists, that you may write there and that there is room.",
    ),
    "too_large": (
        "檔案太大（{size}），上限為 {most}。請確認選對檔案。",
        "The file is too large ({size}); at most {most} is read. Check that it is the right file.",
    ),
    "too_deep": (
        "內容巢狀太深，上限為 {most} 層{id}。請改寫得平一些，或拆成具名的判準。",
        "The content nests too deep; at most {most} levels are read {id}. Flatten it, or split it "
        "into named criteria.",
    ),
    "not_utf8": (
        "檔案不是 UTF-8 編碼（第 {byte} 個位元組無法解讀）。請在編輯器中另存為 UTF-8。",
        "The file is not UTF-8 (byte {byte} cannot be read). Save it as UTF-8 in your editor.",
    ),
    "yaml_syntax": (
        "YAML 語法有誤：{detail}。請檢查縮排、冒號後的空格與引號是否成對。",
        "The YAML cannot be parsed: {detail}. Check the indentation, the space after each colon "
        "and that quotes are closed.",
    ),
    "yaml_alias": (
        "不接受 YAML 的錨點、別名與標籤（{name}）。請直接寫出內容。",
        "YAML anchors, aliases and tags are not accepted ({name}). Write the content out.",
    ),
    "yaml_documents": (
        "一個檔案只能有一份 YAML 文件。請刪除 --- 之後的部分，或拆成兩個檔案。",
        "A file holds one YAML document. Remove what follows --- or make two files of it.",
    ),
    "yaml_key": (
        "鍵「{key}」不是文字。若要用作名稱，請加上引號。",
        "The key “{key}” is not text. Put quotes around it if it is meant as a name.",
    ),
    "duplicate_key": (
        "鍵「{key}」重複出現，第一次在第 {first} 行。同一層只能有一個，請刪去其中一個。",
        "The key “{key}” stands twice, first on line {first}. Keep one of them.",
    ),
    "unknown_key": (
        "這裡沒有「{key}」這個欄位。{near}可用的欄位：{offered}。",
        "There is no field “{key}” here. {near}Fields: {offered}.",
    ),
    "missing_key": (
        "缺少必要欄位：{keys}。請補上。",
        "Required fields are missing: {keys}. Add them.",
    ),
    "wrong_type": (
        "這裡應為{expected}，卻是{got}（{value}）。請依格式改寫。",
        "This should be {expected} but is {got} ({value}). Write it in the form expected.",
    ),
    "quote_it": (
        "這裡應為文字，但沒有引號的 {value} 會被讀成{got}。若您要的是文字，請加上引號。",
        "Text is expected here, but {value} without quotes reads as {got}. Put quotes around it "
        "if text is meant.",
    ),
    "not_offered": (
        "「{value}」不在可用的值之中。{near}可用：{offered}。",
        "“{value}” is not one of the values offered. {near}Offered: {offered}.",
    ),
    "bad_form": (
        "「{value}」不符合格式。代號以英文字母開頭，只含英文字母、數字、點、連字號與底線；日期為 YYYY-MM-DD。",
        "“{value}” does not have the right form. Ids begin with a letter and hold letters, digits, "
        "dots, hyphens and underscores; dates are YYYY-MM-DD.",
    ),
    "one_key": (
        "這裡應該只有一個鍵，卻有：{keys}。多個條件請放在 all 或 any 之下。",
        "There should be one key here; found: {keys}. Put several conditions under all or any.",
    ),
    "empty": ("這裡不能空白。請填入內容。", "This may not be empty. Fill it in."),
    "bad_shape": (
        "內容不符合格式：{detail}。請對照文件中的範例。",
        "The content does not fit the format: {detail}. Compare the example in the documentation.",
    ),
    "bad_json": (
        "JSON 語法有誤：{detail}。",
        "The JSON cannot be parsed: {detail}.",
    ),
}
