"""Count the lines of code of src/, beside those of other trees.

    python benchmarks/size.py [FOLDER]...

A folder holds a checkout. Comments, docstrings, blank lines, and what is data are not counted: tables of words and
messages, which are literals of strings and numbers over several lines, and the files of rooms that hold nothing else.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

#: A literal over at least so many lines that holds nothing but strings and numbers is a table.
TABLE = 4
_SKIPPED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
_LITERALS = (ast.Dict, ast.Tuple, ast.List, ast.Set, ast.Constant)
_C_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/|//[^\n]*', re.DOTALL)


def python_lines(source: str) -> int:
    """Count the lines of a Python source that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _SKIPPED and token.type != tokenize.ENDMARKER:
            lines.update(range(token.start[0], token.end[0] + 1))
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                lines.difference_update(_lines(first))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and _is_table(node.value):
            lines.difference_update(_lines(node))
    return len(lines)


def _lines(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _is_table(value: ast.expr) -> bool:
    """Tell whether a value is a literal over several lines, or words that are split."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        value = value.func.value
    elif isinstance(value, ast.Call) and ast.unparse(value.func) in ("frozenset", "set", "names") and value.args:
        value = value.args[0]
    if len(_lines(value)) < TABLE:
        return False
    inside = (node for node in ast.walk(value) if isinstance(node, ast.expr))
    return all(isinstance(node, (*_LITERALS, ast.Starred, ast.UnaryOp, ast.Name)) for node in inside)


def c_lines(source: str) -> int:
    """Count the lines of a C source that hold code."""
    bare = _C_COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else "\n" * found[0].count("\n"), source)
    return sum(bool(line.strip()) for line in bare.splitlines())


def count(folder: Path) -> dict[str, int]:
    """Count the code of a checkout, by language."""
    python = [python_lines(path.read_text(encoding="utf-8")) for path in (folder / "src").rglob("*.py")]
    c = [c_lines(path.read_text(encoding="utf-8")) for path in (folder / "src").rglob("*.[ch]")]
    return {"Python": sum(python), "C": sum(c), "both": sum(python) + sum(c)}


def main() -> None:
    """Print the table; the last column compares with the first folder that is named."""
    here = Path(__file__).resolve().parents[1]
    counts = [(name, count(Path(name))) for name in (*sys.argv[1:], str(here))]
    first = counts[0][1]["both"]
    print("| checkout | Python | C | both | of the first |\n|---|---|---|---|---|")
    for name, lines in counts:
        told = " | ".join(f"{lines[language]:,}" for language in ("Python", "C", "both"))
        print(f"| {Path(name).name} | {told} | {lines['both'] / first:.2f} |")


if __name__ == "__main__":
    main()
