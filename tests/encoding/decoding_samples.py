"""Passages written for the tests of decoding, one a language."""

from __future__ import annotations

SIMPLIFIED = (
    "清晨的集市刚刚开门，卖豆腐的老人已经把木板摆好，热气从桶里慢慢升起来。\n"
    "我们沿着河边走了很久，谁也没有提起昨天的事情。\n"
    "孩子问：“这条路通到哪里？”父亲想了想，说：“通到海边。”\n"
)
TRADITIONAL = (
    "清晨的市場剛剛開門，賣豆腐的老人已經把木板擺好，熱氣從桶裡慢慢升起來。\n"
    "我們沿著河邊走了很久，誰也沒有提起昨天的事情。\n"
    "孩子問：「這條路通到哪裡？」父親想了想，說：「通到海邊。」\n"
)
JAPANESE = "朝の市場が開いたばかりで、豆腐屋の老人はもう台を並べていた。私たちは川に沿って長いあいだ歩いた。\n"
KOREAN = "이른 아침 시장이 막 문을 열었고 두부를 파는 노인은 벌써 판자를 늘어놓았다. 우리는 강을 따라 오래 걸었다.\n"
FRENCH = "Le marché venait d'ouvrir, et déjà le vieil homme préparait ses étals près de la fenêtre, à côté du café.\n"
GERMAN = "Der Markt hatte gerade geöffnet; müde Händler rückten die schweren Körbe über die nasse Straße.\n"
RUSSIAN = "Рынок только что открылся, и старик уже разложил свои доски у самой воды, где стояли лодки.\n"
POLISH = "Rynek właśnie się otworzył, a stary człowiek ustawiał już skrzynki obok źródła, gdzie rosły dęby.\n"

MARKDOWN = """# 安装说明

先运行 `pip install notes`，再打开 [设置页面](https://example.org/settings)。

```python
def greet(name: str) -> str:
    return f"hello {name}"
```

- 第一步：检查 Python 版本
- 第二步：创建虚拟环境
"""
HTML = """<!DOCTYPE html>
<html>
<head>
<title>春天的信</title>
</head>
<body class="page">
<p>院子里的杏树开花了，你什么时候回来？</p>
</body>
</html>
"""
CODE = """int main(void) {
    int total = 0;
    // 这里计算总数
    for (int i = 0; i < 10; i++) total += i;
    return total;
}
"""
