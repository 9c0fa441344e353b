"""Subtitles: what neighbouring cues repeat by accident goes with its cue, and what is said again on purpose stays."""

from __future__ import annotations

import pytest
from caption_files import Cue, ass, cleaned, left, spoken, srt, vtt

from dedupe_cn.containers.captions import Captions
from dedupe_cn.encoding.decoding import decode_as
from dedupe_cn.model import Level

LINE = "今天我们来看看这座老桥的由来。"
NEXT = "它建成的那一年，镇上还没有电灯。"
LAST = "好了，今天就说到这里。"


def test_a_cue_twice_whose_times_touch_is_one_with_both_times() -> None:
    cues = [(1000, 3000, LINE), (3000, 5200, LINE), (6000, 8000, NEXT)]
    assert left(srt(cues)) == srt([(1000, 5200, LINE), (6000, 8000, NEXT)]).replace("\n2\n", "\n3\n")


def test_cues_are_numbered_anew_where_that_is_asked_for() -> None:
    cues = [(1000, 3000, LINE), (3000, 5200, LINE), (6000, 8000, NEXT)]
    assert cleaned(srt(cues), renumber=True).data.decode() == srt([(1000, 5200, LINE), (6000, 8000, NEXT)])


def test_a_file_with_nothing_to_do_is_not_numbered_anew() -> None:
    odd = srt(spoken([LINE, NEXT])).replace("2\n00", "17\n00")
    assert cleaned(odd, renumber=True).data.decode() == odd


@pytest.mark.parametrize("level", list(Level))
def test_two_cues_on_the_screen_at_once_are_one_at_every_level(level: Level) -> None:
    cues = [(1000, 3000, LINE), (1000, 3000, LINE), (4000, 6000, NEXT), (4200, 6100, NEXT)]
    assert cleaned(srt(cues), level=level).outcome.text == f"{LINE}\n{NEXT}\n"


def test_the_same_cue_at_the_same_time_goes_wherever_in_the_file_it_stands() -> None:
    cues = [*spoken([LINE, NEXT, LAST]), *spoken([LINE, NEXT, LAST])[:2]]
    assert left(srt(cues)) == srt(cues[:3])


@pytest.mark.parametrize(
    "cues",
    [
        pytest.param([(1000, 3000, LINE), (4500, 6000, LINE)], id="time passes between them"),
        pytest.param(spoken(["好。", "好。"]), id="a word twice"),
        pytest.param(spoken(["别走！", "别走！", "别走！", "别走！", "别走！", "别走！"]), id="a cry"),
        pytest.param(spoken(["♪ 月亮代表我的心意啊", "♪ 月亮代表我的心意啊"]), id="a song"),
        pytest.param(spoken(["哈哈哈哈哈哈哈哈"] * 8), id="laughter"),
        pytest.param(spoken(["南无阿弥陀佛南无阿弥陀佛啊"] * 12), id="a prayer"),
        pytest.param(spoken([LINE, "我们都记得那首老歌", NEXT, "我们都记得那首老歌", LAST]), id="a refrain"),
        pytest.param(spoken(["去吧", "去吧孩子", NEXT]), id="a line that goes on once"),
        pytest.param(spoken(["一二三四", "一二三四", "一二三四", "一二三四", "一二三四"]), id="a count"),
    ],
)
def test_what_is_said_again_stays(cues: list[Cue]) -> None:
    for form, text in (("srt", srt(cues)), ("vtt", vtt(cues)), ("ass", ass(cues))):
        assert left(text, form) == text


def test_a_loop_leaves_one_cue_for_all_its_time() -> None:
    looped = spoken([LINE, *["请大家点赞订阅转发"] * 12, LAST])
    wanted = [looped[0], (looped[1][0], looped[12][1], "请大家点赞订阅转发"), looped[13]]
    assert left(vtt(looped), "vtt") == vtt(wanted)
    assert cleaned(vtt(looped), "vtt").outcome.applied[0].rule == "loop"


def test_a_loop_goes_on_over_pauses_where_it_is_long() -> None:
    looped = spoken(["字幕由志愿者提供谢谢"] * 11, gap=700)
    assert left(srt(looped)) == srt([(looped[0][0], looped[-1][1], looped[0][2])])
    few = spoken(["字幕由志愿者提供谢谢"] * 6, gap=700)
    assert left(srt(few)) == srt(few)


def test_a_line_that_grows_leaves_the_whole_of_it() -> None:
    steps = [LINE[:2], LINE[:5], LINE[:9], LINE]
    cues = spoken([*steps, NEXT], each=400)
    assert left(vtt(cues), "vtt") == vtt([(cues[0][0], cues[3][1], LINE), cues[4]])


ROLLED = ["大家好欢迎收看本期", "今天去看一座老桥", "它在镇子的北头", "桥上走了一百年的人", "今年要修一修了"]


def test_rolling_captions_show_each_line_once() -> None:
    cues = [(0, 2000, ROLLED[0])]
    cues += [(n * 2000, n * 2000 + 2000, f"{ROLLED[n - 1]}\n{ROLLED[n]}") for n in range(1, 5)]
    assert left(srt(cues)) == srt([(begin, end, said.splitlines()[-1]) for begin, end, said in cues])


def test_lines_of_a_caption_in_ass_roll_too() -> None:
    cues = [(0, 2000, r"{\an8}" + ROLLED[0])]
    cues += [(n * 2000, n * 2000 + 2000, r"{\an8}" + rf"{ROLLED[n - 1]}\N{ROLLED[n]}") for n in range(1, 5)]
    wanted = [(begin, end, said.rpartition(r"\N")[2].removeprefix(r"{\an8}")) for begin, end, said in cues]
    assert left(ass(cues), "ass") == ass([(begin, end, r"{\an8}" + said) for begin, end, said in wanted])
    styled = [(begin, end, said.replace(r"\N", r"\N{\i1}")) for begin, end, said in cues]
    assert left(ass(styled), "ass") == ass(styled)  # without its line the style would be lost


def test_the_break_in_front_of_a_last_line_goes_with_it() -> None:
    said = rf"{LINE}\N{NEXT}"
    data = ass([(0, 2000, said)]).encode()
    one = Captions(data, decode_as(data, "utf-8"), "ass")
    assert one.write({1}, {}).decode() == ass([(0, 2000, LINE)])
    assert one.write({0}, {}).decode() == ass([(0, 2000, NEXT)])
    assert "Dialogue" not in one.write({0, 1}, {}).decode()


def test_rolling_captions_with_a_cue_between_and_times_of_words() -> None:
    cues: list[Cue] = []
    for n, line in enumerate(ROLLED):
        above = [ROLLED[n - 1]] if n else [" "]
        timed = f"{line[:3]}<{n:02}:00:01.000><c>{line[3:]}</c>"
        cues.append((n * 2000, n * 2000 + 1990, "\n".join([*above, timed])))
        cues.append((n * 2000 + 1990, n * 2000 + 2000, f"{line}\n "))
    done = cleaned(vtt(cues), "vtt")
    assert done.outcome.text == "".join(f"{line}\n" for line in ROLLED)
    assert done.data.decode().count("-->") == 5
    assert done.data.decode().count("<c>") == 5
    assert "00:00:00.000 --> 00:00:02.000" in done.data.decode()


def test_three_lines_that_roll() -> None:
    cues = [(n * 1000, n * 1000 + 1000, "\n".join(ROLLED[max(0, n - 2) : n + 1])) for n in range(5)]
    assert cleaned(vtt(cues), "vtt").outcome.text == "".join(f"{line}\n" for line in ROLLED)


def test_a_line_once_taken_over_is_no_rolling() -> None:
    cues = [(0, 2000, ROLLED[0]), (2000, 4000, f"{ROLLED[0]}\n{ROLLED[1]}"), (4000, 6000, ROLLED[2])]
    assert left(srt(cues)) == srt(cues)


def test_captions_that_look_different_are_different() -> None:
    cues = [(1000, 3000, LINE), (1000, 3000, LINE)]
    styled = ass([(1000, 3000, r"{\pos(1,2)}" + LINE), (1000, 3000, r"{\pos(3,4)}" + LINE)])
    assert left(styled, "ass") == styled
    assert left(ass(cues), "ass") == ass(cues[:1])
    voices = vtt([(1000, 3000, f"<v 甲>{LINE}"), (1000, 3000, f"<v 乙>{LINE}")])
    assert left(voices, "vtt") == voices
    placed = vtt(cues[:1], settings=" line:0") + vtt(cues[:1], head="", settings=" line:90%")
    assert left(placed, "vtt") == placed


def test_a_file_joined_to_itself_goes_once() -> None:
    lines = [f"第{n}天早上，{name}从河边走到镇上去买盐和煤油。" for n, name in enumerate("赵钱孙李周吴郑王冯陈")]
    cues = spoken(lines, gap=900)
    assert left(srt(cues) + srt(cues)) == srt(cues)
    later = [(begin + 60_000, end + 60_000, said) for begin, end, said in cues]
    assert left(srt([*cues, *later])) == srt([*cues, *later])  # the film shows it twice


def test_a_verdict_keeps_a_cue() -> None:
    from dedupe_cn.encoding.decoding import decode
    from dedupe_cn.library import clean_decoded, open_captions
    from dedupe_cn.model import Kind, Verdict
    from dedupe_cn.settings import Settings

    data = srt([(1000, 3000, LINE), (3000, 5200, LINE)]).encode()
    decoded = open_captions(data, decode(data), "srt")
    id = clean_decoded(decoded, Settings(), kind=Kind.TEXT, data=data).outcome.applied[0].id
    kept = clean_decoded(decoded, Settings(), kind=Kind.TEXT, data=data, verdicts={id: Verdict(True)})
    assert kept.data == data
    decided = Settings(only_decided=True)
    assert clean_decoded(decoded, decided, kind=Kind.TEXT, data=data).data == data
    gone = clean_decoded(decoded, decided, kind=Kind.TEXT, data=data, verdicts={id: Verdict(False)})
    assert gone.data.count(b"-->") == 1


def test_what_is_left_holds_nothing_to_do() -> None:
    texts = [
        srt([*spoken([LINE, LINE, NEXT]), *spoken(["请大家点赞订阅转发"] * 9, start=9000)]),
        vtt([(n * 1000, n * 1000 + 1000, "\n".join(ROLLED[max(0, n - 1) : n + 1])) for n in range(5)]),
    ]
    for form, text in zip(("srt", "vtt"), texts, strict=True):
        once = cleaned(text, form)
        assert cleaned(once.data, form).data == once.data
