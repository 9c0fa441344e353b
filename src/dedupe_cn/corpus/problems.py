"""What can go wrong with a corpus, in both languages. The one place for these words."""

from __future__ import annotations

from collections.abc import Mapping

from dedupe_cn.corpus.system_words import WORDS as SYSTEM_WORDS
from dedupe_cn.errors import DedupeError, written

#: code -> (English, Chinese): what and where, and after ``|`` what to do next.
WORDS: dict[str, tuple[str, str]] = {
    "missing-extra": (
        "'dedupe-cn corpus' needs {package}, which is not installed|run: pip install 'dedupe-cn[{extra}]'",
        "dedupe-cn corpus 需要 {package}，尚未安装|请运行：pip install 'dedupe-cn[{extra}]'",
    ),
    "no-java": (
        "the Spark engine needs Java 17 or newer ({detail})|install a JRE and set JAVA_HOME, or use --engine local",
        "Spark 引擎需要 Java 17 或更新版本（{detail}）|请安装 JRE 并设置 JAVA_HOME，或改用 --engine local",
    ),
    "missing": ("{path}: no such file or folder|check the path", "{path}：没有这个文件或目录|请检查路径"),
    "unreadable": ("{path}: cannot be read: {detail}|check the file", "{path}：无法读取：{detail}|请检查该文件"),
    "cut-off": (
        "{path}: cannot be read: the {kind} data breaks off at byte {at}|the file is not whole, fetch or make it again",
        "{path}：无法读取：{kind} 数据在第 {at} 字节处中断|文件不完整，请重新获取或生成",
    ),
    "damaged": (
        "{path}: cannot be read: the {kind} data that begins at byte {at} is damaged ({detail})"
        "|fetch or make the file again",
        "{path}：无法读取：从第 {at} 字节开始的 {kind} 数据已损坏（{detail}）|请重新获取或生成该文件",
    ),
    "no-files": (
        "{path}: no documents in this folder|looked for .txt .md .jsonl .json .csv .tsv .parquet, also .gz and .zst",
        "{path}：该目录中没有文档|查找的后缀：.txt .md .jsonl .json .csv .tsv .parquet，也可带 .gz、.zst",
    ),
    "unknown-format": (
        "{path}: the format is unknown|use .txt .md .jsonl .json .csv .tsv or .parquet, also with .gz or .zst",
        "{path}：无法识别的格式|可用 .txt .md .jsonl .json .csv .tsv .parquet，也可带 .gz、.zst",
    ),
    "malformed": (
        "{place}: {detail}|mend it, or leave such records out with --on-error skip",
        "{place}：{detail}|请修正，或用 --on-error skip 跳过这类记录",
    ),
    "duplicate-id": (
        "id {id} stands at {first} and at {place}|make ids unique, or --on-error skip to name such records by place",
        "id {id} 同时出现在 {first} 和 {place}|请保证 id 唯一，或用 --on-error skip 改以位置命名",
    ),
    "no-column": (
        "{path}: there is no column {field}|name one of {known} with {option}",
        "{path}：没有 {field} 这一列|请用 {option} 指定其中之一：{known}",
    ),
    "two-columns": (
        "{path}: two columns are called {field}|rename one of them",
        "{path}：有两列都叫 {field}|请改掉其中一个的名字",
    ),
    "array": (
        "{path}: element {number} of the array cannot be read: {detail}"
        "|mend the file, or write a record a line (.jsonl)",
        "{path}：数组的第 {number} 个元素无法读取：{detail}|请修正该文件，或改为每行一条记录（.jsonl）",
    ),
    "json-encoding": (
        "{path}: arrays are read in UTF-8, UTF-16 and UTF-32, this is {encoding}|convert it to UTF-8",
        "{path}：数组只支持 UTF-8、UTF-16、UTF-32，该文件是 {encoding}|请转换为 UTF-8",
    ),
    "by-line": (
        "{path}: records in {encoding} cannot be read one by one|convert the file to UTF-8",
        "{path}：{encoding} 编码的记录无法逐条读取|请把该文件转换为 UTF-8",
    ),
    "encoding-unfit": (
        "--encoding {encoding} cannot be used for a corpus|name one encoding, such as gb18030 or utf-16",
        "--encoding {encoding} 不能用于语料|请指定一种编码，如 gb18030 或 utf-16",
    ),
    "account": (
        "{path}: the account does not come out: {detail}; nothing was written"
        "|this is a fault of dedupe-cn, please report it; run again if the file changed meanwhile",
        "{path}：记录数核对不上：{detail}；没有写入任何内容"
        "|这是 dedupe-cn 的错误，请反馈；若文件在运行中有改动，请重新运行",
    ),
    "output-kind": (
        "-o {output}: {input} would change its format|give the output the same suffix (.gz and .zst may differ)",
        "-o {output}：{input} 的格式会改变|请用相同的后缀（.gz、.zst 可以不同）",
    ),
    "output-folder": (
        "-o {output} must be a folder, there are several files to write|name a folder",
        "-o {output} 应为目录，要写的文件不止一个|请给出目录",
    ),
    "output-full": (
        "-o {output}: the folder is not empty|name a new folder, or remove this one",
        "-o {output}：目录不为空|请给出新的目录，或先删除它",
    ),
    "output-input": (
        "-o {output} is also an input|name another file",
        "-o {output} 同时也是输入|请换一个文件名",
    ),
    "output-twice": (
        "{first} and {second} would both be written to {output}|name the folders apart, one run for each",
        "{first} 与 {second} 都会写到 {output}|请分开运行",
    ),
    "no-room": (
        "cannot write {path}: {detail}|make room and run again, finished stages are kept",
        "无法写入 {path}：{detail}|请腾出空间后重新运行，已完成的阶段会保留",
    ),
    "too-many": (
        "{n} of {all} {unit} would go ({share} %), more than --max-removal {limit} %; nothing was written. "
        "Most are like: {examples}"
        "|look at them with --removed FILE and without -o; if it is meant, raise --max-removal",
        "将删除 {all} 个中的 {n} 个（{share}%），超过 --max-removal {limit}%；没有写入任何内容。"
        "最多的是：{examples}|可不加 -o、用 --removed FILE 查看；若确是本意，请调高 --max-removal",
    ),
    "nothing-compared": (
        "nothing was compared: the input holds fewer than two documents with text|check --text-field and the input",
        "没有可比较的内容：有文字的文档不足两篇|请检查 --text-field 和输入",
    ),
    "index-missing": ("{path}: no such index|make one with --index", "{path}：没有这个索引|请先用 --index 建立"),
    "index-damaged": (
        "{path}: the index is damaged: {detail}|restore it from a copy, or build it anew",
        "{path}：索引已损坏：{detail}|请用备份恢复，或重新建立",
    ),
    "index-newer": (
        "{path}: the index was made by DuckDB {there}, this is DuckDB {here}, which cannot read it"
        "|pip install -U duckdb, or build the index anew with this version",
        "{path}：索引由 DuckDB {there} 建立，当前的 DuckDB {here} 无法读取"
        "|请运行 pip install -U duckdb，或用当前版本重新建立索引",
    ),
    "index-differs": (
        "{path}: the index was made with {name} {there}, this run has {here}|use the same parameters, or another index",
        "{path}：索引的 {name} 是 {there}，本次运行是 {here}|请用相同的参数，或另用一个索引",
    ),
    "index-locked": (
        "{path}: the index is in use by another run|wait until it is finished",
        "{path}：索引正被另一次运行使用|请等它结束",
    ),
    "shared-address": (
        "{address}: not the address of a shared index|write redis://host:6379/0?name=news (rediss:// with TLS)",
        "{address}：不是共享索引的地址|请写成 redis://host:6379/0?name=news（TLS 用 rediss://）",
    ),
    "shared-away": (
        "{path}: no Redis or Valkey server answers there|start it, or check host and port; then run again",
        "{path}：没有 Redis 或 Valkey 服务器应答|请启动服务器，或检查主机和端口，然后重新运行",
    ),
    "shared-refused": (
        "{path}: the server refuses user or password"
        "|put them into the address, or the password into DEDUPE_CN_INDEX_PASSWORD",
        "{path}：服务器不接受该用户名或密码|请写在地址里，或把密码放入 DEDUPE_CN_INDEX_PASSWORD",
    ),
    "shared-replica": (
        "{path}: this server is a read-only copy of another one|name the server it follows; --against may read here",
        "{path}：该服务器是只读副本|请改用它的主服务器；--against 可以读副本",
    ),
    "shared-evicts": (
        "{path}: the server forgets keys when memory is short (maxmemory-policy {policy})"
        "|redis-cli CONFIG SET maxmemory-policy noeviction",
        "{path}：内存不足时该服务器会丢弃数据（maxmemory-policy {policy}）"
        "|请运行 redis-cli CONFIG SET maxmemory-policy noeviction",
    ),
    "shared-full": (
        "{path}: the server's memory is full; nothing of this run was added|raise maxmemory, then run again",
        "{path}：服务器内存已满；本次运行没有加入任何文档|请调大 maxmemory 后重新运行",
    ),
    "shared-given-up": (
        "{path}: the server lost this run's documents, or other runs gave it up; nothing of it was added|run again",
        "{path}：服务器丢失了本次运行的文档，或其他运行已将其放弃；没有加入任何文档|请重新运行",
    ),
    "shared-failed": (
        "{path}: the server refuses to work: {detail}|look at its log",
        "{path}：服务器拒绝执行：{detail}|请查看其日志",
    ),
    "work-locked": (
        "{path}: another run is working on this output|wait until it is finished",
        "{path}：另一次运行正在处理同一输出|请等它结束",
    ),
    "interrupted-worker": (
        "a worker process ended unexpectedly|run again, finished stages are kept; with less --jobs if memory is short",
        "一个工作进程意外结束|请重新运行，已完成的阶段会保留；内存不足时请减少 --jobs",
    ),
    "spark-formats": (
        "{path}: the Spark engine reads .jsonl (also .gz) and .parquet|use --engine local for it",
        "{path}：Spark 引擎只读 .jsonl（也可带 .gz）和 .parquet|请用 --engine local",
    ),
    "spark-name": (
        "{path}: Spark does not read files whose names begin with '_' or '.', hold ':' or are not UTF-8"
        "|rename it, or use --engine local",
        "{path}：Spark 不读取名称以 _ 或 . 开头、含有 : 或不是 UTF-8 的文件|请改名，或使用 --engine local",
    ),
    "spark-option": (
        "--engine spark does not know {option}|use --engine local for it",
        "--engine spark 不支持 {option}|请用 --engine local",
    ),
    "spark-encoding": (
        "{path}: the Spark engine reads UTF-8, this is {encoding}|use --engine local for it",
        "{path}：Spark 引擎只读 UTF-8，该文件是 {encoding}|请用 --engine local",
    ),
    "spark-failed": (
        "Spark gave up: {detail}|look at its log; DEDUPE_CN_DEBUG=1 shows where",
        "Spark 运行失败：{detail}|请查看其日志；设置 DEDUPE_CN_DEBUG=1 可显示出错位置",
    ),
    # details of malformed records
    "not-json": ("not JSON from character {0} on", "从第 {0} 个字符起不是 JSON"),
    "json-deep": ("JSON that is nested too deeply", "JSON 嵌套过深"),
    "json-number": ("JSON with a number of too many digits", "JSON 中有位数过多的数字"),
    "not-object": ("not a JSON object", "不是 JSON 对象"),
    "not-utf-8": ("not UTF-8", "不是 UTF-8"),
    "not-encoding": ("not {0}", "不是 {0}"),
    "no-encoding": ("the encoding is uncertain", "编码无法确定"),
    "binary": ("binary, not text", "二进制，不是文本"),
    "no-text-field": ("no field {0}", "没有字段 {0}"),
    "text-not-string": ("field {0} is not a string", "字段 {0} 不是字符串"),
    "no-id": ("no usable id in field {0}", "字段 {0} 中没有可用的 id"),
    "no-priority": ("field {0} is not a number", "字段 {0} 不是数字"),
    "columns": ("{0} columns where the header has {1}", "有 {0} 列，而表头有 {1} 列"),
    "quotes": ("a quote opens a field that does not end as it should", "有引号开始的字段没有正确结束"),
    # details of files that cannot be read
    "parquet-damaged": ("it is no parquet file, or damaged", "不是 parquet 文件，或已损坏"),
    "damaged-file": ("it is damaged", "文件已损坏"),
    "shorter": ("it became shorter during the run", "文件在运行中变短了"),
    "file-changed": ("a file changed during the run", "有文件在运行中被改动"),
    "packed-bytes": ("its bytes contradict each other", "其中的字节自相矛盾"),
    "packed-member": ("no gzip member begins here", "此处没有 gzip 数据段"),
    "packed-frame": ("no frame begins here", "此处没有数据帧"),
    "index-other": ("it is not an index of dedupe-cn", "这不是 dedupe-cn 的索引"),
    "index-unread": ("DuckDB cannot read it", "DuckDB 无法读取"),
    "index-lost": ("documents are not in all of their bands", "有文档不在其全部分段中"),
    "index-checksum": ("the checksum of {0} is wrong", "{0} 的校验和不对"),
    "array-behind": ("something else stands behind it", "其后有多余的内容"),
    "array-open": ("the array is not closed", "数组没有结束"),
    # where the account does not come out
    "account-block": ("a block has bytes that belong to no record", "有字节不属于任何记录"),
    "account-file": ("not all of the file was read", "文件没有读完"),
    "account-strange": ("Spark read a file that was not asked for", "Spark 读了没有要求读取的文件"),
    "account-tables": ("the tables hold other records than were read", "表中的记录与读到的不符"),
    "account-removals": ("a removal names what is not there or goes itself", "删除清单中有不存在或本身被删的文档"),
    "account-copy": ("the copy leaves out other records than the lists name", "写出的文件与清单不符"),
}
WORDS |= SYSTEM_WORDS


class CorpusError(DedupeError):
    """A failure of a corpus run: a code of :data:`WORDS` and its values."""

    def __init__(self, code: str, exit_code: int = 2, **values: object) -> None:
        super().__init__(*_written(code, values, "en"))
        self.code = code
        self.values = values
        self.exit_code = exit_code

    def words(self, language: str) -> tuple[str, str]:
        """Give what happened and what to do next in a language."""
        return _written(self.code, self.values, language)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.code, self.exit_code, self.values)


def _written(code: str, values: Mapping[str, object], language: str) -> tuple[str, str]:
    shown = {
        name: describe(*value, language=language) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return written(WORDS[code][language == "zh"], shown)


def _again(code: str, exit_code: int, values: dict[str, object]) -> CorpusError:
    """Make the error again on the other side of a process."""
    return CorpusError(code, exit_code, **values)


def describe(code: str, *values: object, language: str = "en") -> str:
    """Describe what is wrong with a record."""
    english, chinese = WORDS[code]
    return (chinese if language == "zh" else english).format(*values)


def written_record(place: str, code: str, values: tuple[object, ...], language: str) -> str:
    """Write where a record stands and what is wrong with it."""
    return f"{place}{'：' if language == 'zh' else ': '}{describe(code, *values, language=language)}"


def require(package: str, extra: str) -> None:
    """Check that an optional package is there. Raises CorpusError that names the extra."""
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise CorpusError("missing-extra", package=package, extra=extra)
