"""Chinese beside other scripts: what two encodings read alike decides nothing between them."""

from __future__ import annotations

import pytest

from dedupe_cn.encoding.alike import alike
from dedupe_cn.encoding.decoding import decode
from dedupe_cn.encoding.frequencies import code_points, tables
from dedupe_cn.encoding.likelihood import log_likelihood

LYRICS = (
    "よるのみちをあるいてく\n走在夜里的路上\nまどのあかりがひとつ\n窗边亮着一盏灯\nおかえりときこえたら\n好像听见有人说你回来了\n"
)
VOCABULARY = "かさ 雨伞\nくつ 鞋子\nまど 窗户\nはしる 跑\nねむる 睡觉\nストーブ 火炉\n"
SUBTITLES = (
    "1\n00:00:01,000 --> 00:00:03,500\nどこへいくの\n你要去哪里\n\n"
    "2\n00:00:04,000 --> 00:00:06,000\nすぐもどるよ\n马上回来\n"
)
RUSSIAN = "今天的课文如下，请大家跟着读。\nВетер стих под утро.\nЛодки стоят у берега.\nРыбаки пьют чай.\n"
ZHUYIN = "早安 ㄗㄠˇ ㄢ\n晚安 ㄨㄢˇ ㄢ\n雨伞 ㄩˇ ㄙㄢˇ\n窗户 ㄔㄨㄤ ㄏㄨˋ\n"
PINYIN = "雨伞 yǔ sǎn\n鞋子 xié zi\n睡觉 shuì jiào\n窗户 chuāng hu\n跑步 pǎo bù\n"
GREEK = "α 角与 β 角相等\nγ 角是 δ 角的两倍\nΩ 表示电阻，单位是欧姆\n"
FULL_WIDTH = "Ａ　甲组\nＢ　乙组\nＣ　丙组\n１２３　号桌\n"


@pytest.mark.parametrize("text", [LYRICS, VOCABULARY, SUBTITLES, RUSSIAN, ZHUYIN, PINYIN, GREEK, FULL_WIDTH])
def test_other_scripts_beside_chinese_stay_gbk(text: str) -> None:
    decoded = decode(text.encode("gbk"))
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, "gb18030", True)


@pytest.mark.parametrize("lines", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("text", [VOCABULARY, VOCABULARY.replace(" ", "")])
def test_the_shortest_lists_are_never_read_as_something_else(text: str, lines: int) -> None:
    piece = "".join(text.splitlines(keepends=True)[:lines])
    decoded = decode(piece.encode("gbk"))
    assert decoded.text == piece or not decoded.certain


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("かさ 雨傘\nくつ 鞋子\nまど 窗戶\nはしる 跑步\nねむる 睡覺\nストーブ 火爐\n", "big5hkscs"),
        ("早安 ㄗㄠˇ ㄢ\n晚安 ㄨㄢˇ ㄢ\n雨傘 ㄩˇ ㄙㄢˇ\n窗戶 ㄔㄨㄤ ㄏㄨˋ\n", "cp950"),
    ],
)
def test_other_scripts_beside_chinese_stay_big5(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.certain) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        "傘を持って行きなさい。\n窓の外は雨が降っている。\n",
        "よるのみちをあるいてく\nまどのあかりがひとつ\nおかえりと君が言う\n",
        "くつ 靴\nまど 窓\nストーブ 暖炉\nねむる 眠る\nはしる 走る\nおどる 踊る\n",
    ],
)
def test_japanese_stays_euc_jp(text: str) -> None:
    decoded = decode(text.encode("euc_jp"))
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, "euc_jp", True)


def test_what_reads_the_same_either_way_is_certain() -> None:
    text = "よるのみちをあるいてく\nまどのあかりがひとつ\n"
    for codec in ("gbk", "euc_jp"):
        decoded = decode(text.encode(codec))
        assert (decoded.text, decoded.certain) == (text, True)


def test_the_two_encodings_share_letters_and_no_hanzi() -> None:
    assert alike()[code_points("あンαЯＡ９、。")].all()
    assert not alike()[code_points("亚一中")].any()


def test_a_run_of_another_script_pays_for_the_change_once() -> None:
    own = tables()["hans"][code_points("привет")].sum()
    assert log_likelihood(code_points("привет"), "hans") > own + 20
    assert log_likelihood(code_points("прив ет"), "hans") > own
    alone = code_points("中и文и中")
    assert log_likelihood(alone, "hans") == pytest.approx(float(tables()["hans"][alone].sum()))


def test_a_kana_in_front_is_no_cut_character() -> None:
    text = "て説明をするよう\n按照顺序来处理来信\nをひらく\n写信的人已经走了\n"
    decoded = decode(text.encode("gbk"))
    assert (decoded.text, decoded.certain) == (text, True)
