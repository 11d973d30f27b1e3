"""Sentences about files and YAML: code → (zh, en)."""

FILE_MESSAGES: dict[str, tuple[str, str]] = {
    "no_file": (
        "找不到這個檔案。請確認路徑與檔名是否正確。",
        "There is no such file. Check the path and the name.",
    ),
    "not_a_file": (
        "這不是一般檔案（可能是資料夾）。請指定檔案。",
        "This is no ordinary file; it may be a folder. Name a file.",
    ),
    "no_yaml": (
        "這個資料夾裡沒有 YAML 檔（.yaml、.yml），因此什麼都沒有檢查。請確認路徑。",
        "The folder holds no YAML file (.yaml, .yml), so nothing was checked. Check the path.",
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
    "nested_too_deep": (
        "內容巢狀太深，上限為 {most} 層。請改寫得平一些。",
        "The content nests too deep; at most {most} levels are read. Flatten it.",
    ),
    "too_many_values": (
        "檔案的內容太多，上限為 {most} 個值。請拆成幾個檔案。",
        "The file holds too much; at most {most} values are read. Split it into several files.",
    ),
    "empty_file": (
        "檔案沒有內容。請填入內容，或確認選對檔案。",
        "The file is empty. Fill it in, or check that it is the right file.",
    ),
    "yaml_character": (
        "檔案含有 YAML 不接受的控制字元。請刪除該字元；它可能看不見。",
        "The file holds a control character that YAML does not accept. Remove it; it may be "
        "invisible.",
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
        "不接受 YAML 的錨點、別名、合併鍵與標籤（{name}）。請直接寫出內容。",
        "YAML anchors, aliases, merge keys and tags are not accepted ({name}). Write the content "
        "out.",
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
        "這裡應為{expected}，卻是{got}。請依格式改寫。",
        "This should be {expected} but is {got}. Write it in the form expected.",
    ),
    "wrong_value": (
        "這裡應為{expected}，卻是{got}「{value}」。請依格式改寫。",
        "This should be {expected} but is {got}, “{value}”. Write it in the form expected.",
    ),
    "quote_it": (
        "這裡應為文字，但沒有引號的 {value} 會被讀成{got}。若您要的是文字，請加上引號。",
        "Text is expected here, but {value} without quotes reads as {got}. Put quotes around it "
        "if text is meant.",
    ),
    "no_decimal": (
        "這裡不接受小數（{value}）。數字請寫整數；若您要的是文字，請加上引號。",
        "Decimal numbers are not taken here ({value}). Write a whole number, or put quotes around "
        "it if text is meant.",
    ),
    "not_offered": (
        "「{value}」不在可用的值之中。{near}可用：{offered}。",
        "“{value}” is not one of the values offered. {near}Offered: {offered}.",
    ),
    "bad_id": (
        "「{value}」不是代號。代號至多 64 字，以英文字母或數字開頭，只含英文字母、數字、點、連字號與"
        "底線；框架可寫成 代號@版本。",
        "“{value}” is not an id. An id has at most 64 letters, digits, dots, hyphens and "
        "underscores, a letter or digit first; a framework may be written ID@VERSION.",
    ),
    "bad_form": (
        "「{value}」不符合格式。版本以英文字母或數字開頭，至多 32 字，例如「1.0」。",
        "“{value}” does not have the right form. A version begins with a letter or digit and has at "
        "most 32 characters, such as “1.0”.",
    ),
    "bad_digest": (
        "「{value}」不是 SHA-256 摘要。請寫 64 個小寫的十六進位數字。",
        "“{value}” is no SHA-256 digest. Write 64 hexadecimal digits in lower case.",
    ),
    "too_few": (
        "這裡有 {count} 項，至少要有 {limit} 項。請補上。",
        "There are {count} entries here; at least {limit} are needed. Add what is missing.",
    ),
    "too_many": (
        "這裡有 {count} 項，至多 {limit} 項。請刪減。",
        "There are {count} entries here; at most {limit} are taken. Remove some.",
    ),
    "too_small": (
        "{value} 太小，至少應為 {limit}。",
        "{value} is too small; the least is {limit}.",
    ),
    "too_big": (
        "{value} 太大，至多為 {limit}。",
        "{value} is too large; the most is {limit}.",
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
        "JSON 語法有誤（{detail}）。請使用工具產生的原檔。",
        "The JSON cannot be parsed ({detail}). Use the file as the toolkit made it.",
    ),
}
