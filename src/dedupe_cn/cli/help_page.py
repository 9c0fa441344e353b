"""Help pages: wide characters wrapped by the columns they take, options under headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import click

from dedupe_cn.report.excerpt import pad, width
from dedupe_cn.report.wrap import wrap

#: Narrowest column of explanations, whatever the terminal.
_NARROWEST = 20
#: Widest column of terms; a wider term has a line of its own.
_WIDEST = 30

Row = tuple[str, str]


class HelpFormatter(click.HelpFormatter):
    """Click's pages for text in which a character may take two columns: click counts each as one."""

    def write_heading(self, heading: str) -> None:
        """Write a heading; it brings its own colon, which is a wide one in Chinese."""
        self.write(f"{'':>{self.current_indent}}{heading}\n")

    def write_text(self, text: str) -> None:
        """Wrap a paragraph."""
        for line in wrap(text, " " * self.current_indent, self.width):
            self.write(line + "\n")

    def write_dl(
        self, rows: Iterable[Row], col_max: int = _WIDEST, col_spacing: int = 2, col_min: int = 0
    ) -> None:
        """Write terms on the left and their explanations, wrapped, in a column on the right."""
        rows = list(rows)
        column = self.current_indent + max(col_min, min(_widest(rows), col_max)) + col_spacing
        for term, explanation in rows:
            head = " " * self.current_indent + term
            lines = list(wrap(explanation, columns=max(self.width - column, _NARROWEST)))
            if lines and width(head) + col_spacing <= column:
                head = pad(head, column) + lines.pop(0)
            self.write("".join(f"{line}\n" for line in (head, *(" " * column + line for line in lines))))

    def write_sections(self, sections: Mapping[str, Sequence[Row]]) -> None:
        """Write several lists under their headings, all with the same columns."""
        column = min(max(map(_widest, sections.values()), default=0), _WIDEST)
        for heading, rows in sections.items():
            with self.section(heading):
                self.write_dl(rows, col_min=column)


def _widest(rows: Sequence[Row]) -> int:
    return max((width(term) for term, _ in rows), default=0)
