"""The errors a person sees: what happened, what to do next, in both languages, and the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

_REPORT = (
    "the file was left as it was; this is a fault of dedupe-cn, please report it with the text that caused it",
    "文件未改动；这是 dedupe-cn 的缺陷，请附上引起它的文本报告",
)
_OTHER_ENCODING = ("use another --encoding, or leave it out to detect it", "请换一个 --encoding，或不写它以自动识别")

#: code -> (English, Chinese): what happened and, behind ``|``, what to do next. ``{name}`` take an error's values.
WORDS: dict[str, tuple[str, str]] = {
    # settings
    "choice": ("{name} {value!r} is unknown|use {known}", "{name} 不能是 {value}|可用：{known}"),
    "number": (
        "{name} is {value}|use a number from {least} to {most}",
        "{name} 不能是 {value}|请用 {least} 到 {most} 之间的数",
    ),
    "count": ("{name} is {value}|use a whole number from {least}", "{name} 不能是 {value}|请用不小于 {least} 的整数"),
    "rule": ("rule {value!r} is unknown|see 'dedupe-cn rules'", "没有名为 {value} 的规则|见 dedupe-cn rules"),
    "rule-near": ("rule {value!r} is unknown|did you mean {near}?", "没有名为 {value} 的规则|是不是 {near}？"),
    "form": ("{name} {value} cannot be read|use {known}", "无法理解 {name} {value}|可用：{known}"),
    "memory": (
        "--memory {value} cannot be used|use at least 256MB, for example 2GB",
        "--memory 不能是 {value}|至少要 256MB，例如 2GB",
    ),
    # encodings
    "encoding": (
        "encoding {value!r} is unknown|use a name such as gb18030, big5 or utf-8",
        "没有名为 {value} 的编码|请用 gb18030、big5、utf-8 之类的名称",
    ),
    "encoding-near": ("encoding {value!r} is unknown|did you mean {near}?", "没有名为 {value} 的编码|是不是 {near}？"),
    "encoding-no-codec": (
        "encoding {value!r} cannot be read here|run iconv -f {name} -t UTF-8 first",
        "这里读不了编码 {value}|请先运行 iconv -f {name} -t UTF-8",
    ),
    "not-encoding": (f"not {{encoding}}|{_OTHER_ENCODING[0]}", f"不是 {{encoding}}|{_OTHER_ENCODING[1]}"),
    "not-encoding-at": (
        f"line {{line}}, byte {{offset}}: {{data}} is not {{encoding}}|{_OTHER_ENCODING[0]}",
        f"第 {{line}} 行，字节 {{offset}}：{{data}} 不是 {{encoding}}|{_OTHER_ENCODING[1]}",
    ),
    "not-encoding-alone": (
        "not all of it is {encoding}; in another encoding: line {lines}|"
        "use --encoding per-line, which reads each line by itself",
        "并非全部是 {encoding}：第 {lines} 行是另一种编码|请用 --encoding per-line，逐行识别编码",
    ),
    "line-unreadable": (
        "line {line} cannot be read by itself in any encoding|mend that line, or name the encoding with --encoding",
        "第 {line} 行单独用哪种编码都读不了|请修好这一行，或用 --encoding 指定编码",
    ),
    "keep-per-line": (
        "a file that is read line by line can only be written as UTF-8|leave --output-encoding keep away",
        "逐行识别编码的文件只能写成 UTF-8|请去掉 --output-encoding keep",
    ),
    # containers
    "cues-none": (
        "no cue can be read in it|see whether it is {form} at all",
        "其中读不到任何字幕|请确认它确实是 {form} 文件",
    ),
    "cues-times": (
        "line {line}: the times of a cue cannot be read, or it ends before it begins|mend that line first",
        "第 {line} 行：字幕的时间无法读取，或结束早于开始|请先修好这一行",
    ),
    "zip-password": (
        "it is protected by a password, or of the old Office that wrote .doc|"
        "save it without a password, as .docx or .epub",
        "它有密码保护，或是旧版 Office 的 .doc 格式|请去掉密码，另存为 .docx 或 .epub",
    ),
    "zip-damaged": (
        "the archive is damaged, or none at all|open it in the program that made it and save it anew",
        "压缩包已损坏，或根本不是压缩包|请用原来的程序打开后另存",
    ),
    "zip-large": (
        "the archive is of the kind for more than 4 GB, which is not read here|save it anew, or split it",
        "这是 4 GB 以上才用的压缩包格式，这里不读|请另存，或拆分",
    ),
    "zip-bomb": (
        "{name} in it unpacks to more than text does, or all of it to more than {n} MB|see what is in it; "
        "--max-bytes allows more",
        "其中的 {name} 解压后大得不像文本，或总量超过 {n} MB|请查看内容；可用 --max-bytes 放宽",
    ),
    "zip-name": (
        "the name of an entry in it is not UTF-8|pack it anew with a program that writes names in UTF-8",
        "其中有文件名不是 UTF-8|请用以 UTF-8 写文件名的程序重新打包",
    ),
    "zip-method": (
        "{name} in it is packed in a way that is not read here|pack it anew with deflate",
        "其中的 {name} 使用了这里不读的压缩方法|请用 deflate 重新打包",
    ),
    "zip-part": ("{name} is missing in it|see whether it is whole", "其中缺少 {name}|请确认文件是否完整"),
    "xml-encoding": (
        "{name} in it is in {encoding}, not UTF-8|save it anew in UTF-8",
        "其中的 {name} 使用 {encoding}，不是 UTF-8|请以 UTF-8 另存",
    ),
    "xml-entities": (
        "{name} in it declares or uses entities of its own, which are never read|write the characters themselves",
        "其中的 {name} 声明或使用了自定义实体，这里从不读取|请改写成字符本身",
    ),
    "xml-damaged": (
        "{name} in it, line {line}: {what}|mend that part, or save it anew",
        "其中的 {name} 第 {line} 行：{what}|请修好这一部分，或另存",
    ),
    "epub-none": (
        "no chapter can be found in it|see whether it is an EPUB at all",
        "其中找不到任何章节|请确认它确实是 EPUB",
    ),
    "epub-drm": (
        "it is protected by digital rights management|use a copy without protection",
        "它有数字版权保护（DRM）|请使用没有保护的版本",
    ),
    "docx-none": (
        "no Word document can be found in it|see whether it is a .docx at all",
        "其中找不到 Word 文档|请确认它确实是 .docx",
    ),
    # laws
    "kept-goes": (
        f"law 2 is broken: a kept passage would be removed too|{_REPORT[0]}",
        f"违反守则 2：作为保留的一份也将被删除|{_REPORT[1]}",
    ),
    "copy-differs": (
        f"law 2 is broken: a removed passage differs from the kept one|{_REPORT[0]}",
        f"违反守则 2：被删除的与保留的不一致|{_REPORT[1]}",
    ),
    "unnamed": (
        f"law 2 is broken: characters are missing that no removal names|{_REPORT[0]}",
        f"违反守则 2：缺少的文字没有任何一处删除说明|{_REPORT[1]}",
    ),
    "kept-gone": (
        f"law 2 is broken: nothing is left of a passage that was kept in the place of another|{_REPORT[0]}",
        f"违反守则 2：代替它保留的一份已不存在|{_REPORT[1]}",
    ),
    "block-cut": (
        f"law 3 is broken: a protected block would be cut|{_REPORT[0]}",
        f"违反守则 3：受保护的块会被截断|{_REPORT[1]}",
    ),
    "mark-changed": (
        f"law 3 is broken: a mark, or what a mark protects, would be changed|{_REPORT[0]}",
        f"违反守则 3：标记或标记所保护的内容会被改动|{_REPORT[1]}",
    ),
    "reads-back": (
        f"law 4 is broken: the bytes do not decode to the text that was meant|{_REPORT[0]}",
        f"违反守则 4：写出的字节无法还原成应有的文本|{_REPORT[1]}",
    ),
}


class DedupeError(Exception):
    """A failure with one clear line: ``message`` (what and where), ``hint`` (what to do next) and ``exit_code``.

    One made by :meth:`of` has a ``code`` and ``values`` and speaks both languages; its message and hint are English.
    """

    exit_code = 2
    code = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.values: dict[str, object] = {}

    @classmethod
    def of(cls, code: str, **values: object) -> Self:
        """Make the error of a code of :data:`WORDS`."""
        problem = cls(*written(WORDS[code][0], values))
        problem.code, problem.values = code, values
        return problem

    def words(self, language: str) -> tuple[str, str]:
        """Give message and hint in a language, ``en`` or ``zh``."""
        if not self.code:
            return self.message, self.hint
        return written(WORDS[self.code][language == "zh"], self.values)

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


def written(template: str, values: Mapping[str, object]) -> tuple[str, str]:
    """Give message and hint, with ``|`` between them in the template."""
    message, _, hint = template.partition("|")
    return message.format(**values), hint.format(**values)


class UsageError(DedupeError):
    """An option or a setting that cannot hold."""


class InputError(DedupeError):
    """A file that cannot be read or written."""


class DecodingError(DedupeError):
    """Bytes whose encoding is unknown or uncertain."""


class LawError(DedupeError):
    """An outcome that breaks one of the laws: the file stays as it was."""


class ConfigurationError(UsageError):
    """A configuration that cannot hold: where, which key, and a code of the words that say what is wrong.

    ``place`` is the file and the line if it is known, ``nearest`` what may have been meant.
    """

    def __init__(self, code: str, place: str, key: str = "", nearest: str = "", **values: object) -> None:
        said = f"{place}: {key}: {code}" if key else f"{place}: {code}"
        super().__init__(said, f"did you mean {nearest}?" if nearest else "")
        self.code = code
        self.place = place
        self.key = key
        self.nearest = nearest
        self.values = values

    def words(self, language: str) -> tuple[str, str]:
        """Give message and hint as they are: the words of its codes belong to the command line."""
        return self.message, self.hint
