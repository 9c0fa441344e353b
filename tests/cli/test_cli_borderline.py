"""``--show-borderline`` shows the pairs around the threshold, and changes nothing."""

from __future__ import annotations

from real_command import Cli

CLAUSE = "合同自双方签字盖章之日起生效，有效期三年，期满前一个月双方协商是否续签，协商不成的自动终止。"
OTHER = "中间隔着一段不相干的话，说的是别的事情，和上下文没有关系，只为了把它们分开。"
FARTHER = "合同自双方签字盖章之日起生效，有效期三年，期满前双方应当书面协商是否继续签订，协商不成的自动终止。"


def test_the_nearest_pair_comes_first_and_names_both_sides(cli: Cli) -> None:
    (cli.folder / "合同.md").write_text(
        "\n\n".join([CLAUSE, OTHER, CLAUSE.replace("三年", "五年"), FARTHER]) + "\n", encoding="utf-8"
    )
    done = cli("clean", "--check", "--show-borderline", "2", "合同.md")
    assert done.code == 0
    shown = [line for line in done.errors if "threshold 90 %" in line]
    assert len(shown) == 2
    distances = [abs(float(line.split(" ")[1]) - 90) for line in shown]
    assert distances == sorted(distances)
    assert all("meaning (" in line for line in shown)


def test_without_it_nothing_is_shown(cli: Cli) -> None:
    (cli.folder / "合同.md").write_text("\n\n".join([CLAUSE, FARTHER]) + "\n", encoding="utf-8")
    assert "threshold" not in cli("clean", "--check", "合同.md").err
