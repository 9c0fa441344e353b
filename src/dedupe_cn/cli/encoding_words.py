"""The words about encodings, and about bytes that give no text: key -> (English, Chinese)."""

from __future__ import annotations

ENCODINGS: dict[str, tuple[str, str]] = {
    "lossy": (
        "{path}: warning: read as {encoding}, {n} byte sequence{n:s} could not be decoded; it will not be written back",
        "{path}：警告：按 {encoding} 读取，有 {n} 处字节无法解码；不会写回该文件",
    ),
    "detect-sure": ("{share} % sure", "确定度 {share}%"),
    "detect-named": (
        "as .gitattributes says: working-tree-encoding={name}",
        "依 .gitattributes 的 working-tree-encoding={name}",
    ),
    "detect-uncertain": (
        "uncertain: {candidates}; choose with --encoding NAME",
        "不确定：{candidates}；请用 --encoding NAME 指定",
    ),
    "detect-rivals": ("rather than {list}", "而不是 {list}"),
    "detect-losses": (
        "{n} byte sequence{n:s} could not be decoded, the first at byte {offset}",
        "有 {n} 处字节无法解码，第一处在第 {offset} 字节",
    ),
    "detect-edition": (
        "needs GB 18030-{year}, which has characters at {codes}; earlier editions leave these codes to private use",
        "需要 GB 18030-{year}：该版为 {codes} 规定了字符，更早的版本把这些编码留给用户自定义",
    ),
    "detect-suspicious": ("{rule}: {n} time{n:s}", "{rule}：{n} 处"),
    "detect-uncertain-mixed": (
        "uncertain: {why}; read each line by itself with --encoding per-line",
        "不确定：{why}；可用 --encoding per-line 逐行识别",
    ),
    "read-by-line": ("{path}: read line by line: {list}", "{path}：逐行识别编码：{list}"),
    "read-line": ("line {first} as {encoding}", "第 {first} 行按 {encoding}"),
    "read-lines": ("lines {first} to {last} as {encoding}", "第 {first} 至 {last} 行按 {encoding}"),
    "read-more": ("and {n} more passage{n:s}", "另有 {n} 段"),
    "newline-lf": ("LF", "LF"),
    "newline-crlf": ("CRLF", "CRLF"),
    "newline-cr": ("CR", "CR"),
    "newline-mixed": ("mixed line ends", "换行符混用"),
    "newline-none": ("no line end", "无换行"),
    "read-as": ("{path}: read as {encoding}", "{path}：按 {encoding} 读取"),
    "uncertain": (
        "the encoding is uncertain (it could be {candidates}); name it with --encoding",
        "编码无法确定（可能是 {candidates}）；请用 --encoding 指定",
    ),
    "uncertain-mixed": (
        "{why}; read each line by itself with --encoding per-line",
        "{why}；可用 --encoding per-line 逐行识别",
    ),
    "no-codec": (
        "it looks like {encoding}, which cannot be read here; convert it with iconv -f {encoding}",
        "看来是 {encoding} 编码，这里无法读取；请先用 iconv -f {encoding} 转换",
    ),
    "undecodable": (
        "the encoding cannot be found; name it with --encoding",
        "无法识别编码；请用 --encoding 指定",
    ),
    "cannot-hold": (
        "{encoding} cannot hold {characters}; leave --output-encoding keep away to write UTF-8",
        "{encoding} 无法表示 {characters}；去掉 --output-encoding keep 即可写成 UTF-8",
    ),
    "lossy-write": (
        "not written: {n} byte sequence{n:s} could not be decoded as {encoding}; "
        "name the encoding with --encoding, or mend the bytes",
        "未写入：有 {n} 处字节无法按 {encoding} 解码；请用 --encoding 指定编码，或先修复这些字节",
    ),
}
