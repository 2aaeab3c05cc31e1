"""The colours of `tokens.css`: text stands at 7:1 or more on every ground, lines of controls at 3:1."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEXT = ("ink", "soft", "sea", "sea-deep", "ochre-ink")
GROUNDS = ("paper", "sheet", "sea-wash", "ochre-wash", "plate")


def palettes():
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    blocks = re.split(r"@media ", text)
    return {
        name: dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for name, block in zip(("light", "dark", "print"), blocks, strict=False)
    }


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_text_can_be_read_on_every_ground(name):
    palette = palettes()[name]
    pairs = [(text, ground) for text in TEXT for ground in GROUNDS]
    low = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 7} == {}
    assert contrast(palette["on-ink"], palette["ink"]) >= 7
    assert contrast(palette["line-strong"], palette["paper"]) >= 3


def test_colours_are_named_in_the_tokens_and_nowhere_else():
    for path in sorted(Path(settings.BASE_DIR, "static/css").glob("*.css")):
        if path.name != "tokens.css":
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text()) == [], path.name
