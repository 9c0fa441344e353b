"""The benchmark's scorer: what became of a copy, what was named, and the table as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies.layout import read
from copies.peers.equal_lines import goes
from copies.peers.exchange import Answer, lines_left, load, write
from copies.planted import EVERYWHERE, NEVER, Case, Kind
from copies.scoring import FAILED, OTHER, STAYED, TORN, WHOLE, bench, covers, outcome, promised, score
from copies.systems import SYSTEMS, Environment, System, UnavailableError, run
from copies.table import main

FIRST = "渡船在早晨六点离开北岸，船上坐着十二个赶集的人。\n"
NOISY = "渡船在早晨六点离开北岸，，船上坐着十二个赶集的人。\n"
REST = "河面上有一层薄雾，看不见对岸的灯。\n"
KIND = Kind("adjacent", "blank", "exact", EVERYWHERE, lambda source, chance: None)


def case(copy: str = FIRST, kind: Kind = KIND, rest: str = "") -> Case:
    """A text that begins with a line, something between, and a copy of the line."""
    at = len(FIRST) + len(rest)
    text = FIRST + rest + copy + REST
    return Case("a.txt", kind, "s.txt", text, FIRST + REST, ((at, at + len(copy)),), ((0, len(FIRST)),), rest)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (FIRST + REST, WHOLE),
        ("\u3000" + FIRST + "\n\n" + REST.replace("，", "， "), WHOLE),
        (NOISY + REST, OTHER),
        (FIRST + NOISY + REST, STAYED),
        (FIRST + NOISY[:10] + REST, TORN),
        (REST, TORN),
        ("", TORN),
    ],
)
def test_what_became_of_a_copy(text: str, what: str) -> None:
    assert outcome(case(NOISY), Answer(text), Answer(FIRST + REST)) == what


def test_a_title_on_the_seam_may_stay_or_go() -> None:
    titled = case(rest="渡船\n")
    for text in (FIRST + REST, FIRST + "渡船\n" + REST):
        assert outcome(titled, Answer(text), Answer(FIRST + REST)) == WHOLE


def test_what_a_cleaner_does_to_the_clean_text_does_not_count() -> None:
    shorter = REST.replace("，看不见对岸的灯", "")
    assert outcome(case(NOISY), Answer(FIRST + shorter), Answer(FIRST + shorter)) == WHOLE
    assert outcome(case(NOISY), Answer(FIRST + NOISY + shorter), Answer(FIRST + shorter)) == STAYED


def test_errors_fail_and_reports_leave_all_as_it_was() -> None:
    assert outcome(case(), Answer(error="exit code 3"), Answer(FIRST + REST)) == FAILED
    assert outcome(case(), Answer(None, [(0, 5)]), Answer(None, [])) == STAYED


def test_half_of_a_copy_named_is_named() -> None:
    text = "一二三四 五六七八"
    assert covers(text, [(0, 9)], [(0, 4)])
    assert covers(text, [(0, 9)], [(0, 2), (5, 7)])
    assert not covers(text, [(0, 9)], [(0, 3), (4, 5)])
    assert not covers(text, [(0, 9)], [])


def test_the_figures() -> None:
    meant = Case(**{**vars(case()), "name": "b.txt", "kind": KIND._replace(promise=NEVER)})
    material = bench([read("s.txt", FIRST + REST)], [case(), meant])
    clean, whole = FIRST + REST, FIRST + FIRST + REST
    answers = {"text.s.txt": Answer(clean, []), "a.txt": Answer(clean, [(0, 26)]), "b.txt": Answer(clean, [])}
    assert material.files() == {"text.s.txt": clean, "a.txt": whole, "b.txt": whole}
    figures = score(material, answers)
    assert figures == ((1, 1), (0, 1), (0, 2), (0, 1), (0, 1), 0, 0)
    named = {**answers, "a.txt": Answer(clean, [(26, 50)]), "text.s.txt": Answer(clean, [(0, 3)])}
    assert (score(material, named).named, score(material, named).noise) == ((1, 1), (1, 1))
    assert promised(material, "safe", answers) == ((1, 1), (0, 1), (0, 2))
    silent = {name: Answer(None, None) for name in answers}
    assert score(material, silent)[:4] == (None, None, None, None)


def test_lines_that_equal_an_earlier_one_are_dropped() -> None:
    text = f"{FIRST}短\n短\n{REST}  {FIRST}"
    assert lines_left(text, goes) == f"{FIRST}短\n短\n{REST}"


def test_answers_come_back_as_they_were_written(tmp_path: Path) -> None:
    answers = {"a.md": Answer("文本\r\n", [(0, 2)]), "b.md": Answer(None, None, "坏了")}
    write(tmp_path / "answers.jsonl", answers.items())
    loaded = load(tmp_path / "answers.jsonl")
    assert loaded["b.md"] == answers["b.md"]
    assert (loaded["a.md"].text, [tuple(span) for span in loaded["a.md"].named or ()]) == ("文本\r\n", [(0, 2)])


def test_a_cleaner_that_cannot_be_had_is_told_with_the_reason(tmp_path: Path) -> None:
    future = System("a", "a", "nothing", (), Environment("none", ("none",), (3, 99)))
    with pytest.raises(UnavailableError, match=r"needs Python 3\.99"):
        run(future, tmp_path, tmp_path / "answers.jsonl", tmp_path)
    with pytest.raises(UnavailableError, match="no_such_script"):
        run(System("a", "a", "no_such_script"), tmp_path, tmp_path / "answers.jsonl", tmp_path)


def test_our_own_script_gives_text_and_names(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    paragraph = FIRST.strip() + "船夫说，今天的水比昨天高了一尺，过了午后恐怕就走不成了。\n"
    (folder / "a.txt").write_text(f"{paragraph}\n{paragraph}\n{REST}", encoding="utf-8")
    (folder / "b.txt").write_text(REST, encoding="utf-8")
    (ours,) = (system for system in SYSTEMS if system.arguments == ("safe",))
    answers = run(ours, folder, tmp_path / "answers.jsonl", tmp_path)
    assert answers["a.txt"].text == f"{paragraph}\n{REST}"
    assert len(answers["a.txt"].named or ()) == 2
    assert answers["b.txt"] == Answer(REST, [])


def test_the_table_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--each", "1", "--only", "doing nothing", "--cache", str(tmp_path)])
    english, chinese = capsys.readouterr().out.split("\n\n", 1)[1].split("，种子 1：", 1)
    assert "| doing nothing | 0 / 72 | 70 / 70 | 0 / 162 | – | 0 / 72 |" in english
    assert "| 什么都不做 | 0 / 72 | 70 / 70 | 0 / 162 | – | 0 / 72 |" in chinese
