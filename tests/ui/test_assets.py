from __future__ import annotations

import re
from pathlib import Path

import pytest

from tinhgon.ui.sprite import SPRITE, icon_names

SOURCE = Path(__file__).parents[2] / "src" / "tinhgon"
STATIC = SOURCE / "ui" / "static" / "ui"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
CSS_LIMIT = 40 * 1024
LEAST_CONTRAST = 4.5

TEXT_ON = [
    ("ink", ["paper", "ground", "sunken", "accent-soft"]),
    ("dim", ["paper", "ground", "sunken"]),
    ("accent", ["paper", "ground"]),
    ("accent-strong", ["paper", "ground", "accent-soft"]),
    ("accent-ink", ["accent", "accent-strong"]),
    ("danger", ["paper"]),
    ("danger-ink", ["danger"]),
    ("mark-ink", ["mark"]),
    ("soon", ["soon-soft"]),
    *(
        (kind, ["paper", "ground", "accent-soft", f"{kind}-soft"])
        for kind in ("ontime", "soon", "late", "done", "donelate", "none", "waiting")
    ),
]
PAIRS = [(text, ground) for text, grounds in TEXT_ON for ground in grounds]


def tokens(selector: str) -> dict[str, str]:
    css = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    block = re.search(re.escape(selector) + r" \{(.*?)\}", css, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6}|var\(--[a-z-]+\));", block[1]))


def resolved(theme: dict[str, str]) -> dict[str, str]:
    """Return the theme with each name that stands for another put as the colour of that other."""
    return {name: theme.get(value[6:-1], value) for name, value in theme.items()}


LIGHT = resolved(tokens(":root"))
DARK = resolved({**tokens(":root"), **tokens(':root[data-theme="dark"]')})


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_are_readable_on_their_ground(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["edge-ink", "focus"])
def test_edges_of_inputs_and_focus_are_seen(theme: dict[str, str], line: str) -> None:
    assert contrast(theme[line], theme["paper"]) >= 3


def test_dark_is_the_same_chosen_or_from_the_system() -> None:
    assert tokens(":root:not([data-theme])") == tokens(':root[data-theme="dark"]')


def test_css_stays_small() -> None:
    assert sum(file.stat().st_size for file in STATIC.rglob("*.css")) < CSS_LIMIT


def test_every_stylesheet_is_in_a_layer() -> None:
    for file in STATIC.rglob("*.css"):
        bare = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        outside, depth = "", 0
        for letter in bare:
            depth -= letter == "}"
            if depth == 0:
                outside += letter
            depth += letter == "{"
        assert re.fullmatch(r"\s*(@layer [a-z, ]+;)?\s*(@layer [a-z]+ \{\}\s*)+", outside), file


def test_every_variable_of_the_css_is_a_token() -> None:
    everything = "".join(file.read_text(encoding="utf-8") for file in STATIC.rglob("*.css"))
    used = set(re.findall(r"var\(--([a-z-]+)", everything))
    defined = set(re.findall(r"[\s;]--([a-z-]+):", everything))
    assert used <= defined
    assert defined <= used


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.name)
def test_template_has_nothing_inline(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"hx-on|hx-vars|hx-vals=['\"]js:", text), "needs eval, which CSP forbids"
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "nothing from the network"


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: f.name)
def test_icons_of_the_template_are_drawn(file: Path) -> None:
    used = set(re.findall(r'\{% icon "([^"]+)"', file.read_text(encoding="utf-8")))
    assert used <= icon_names()


def test_no_two_icons_share_a_name() -> None:
    names = re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8"))
    assert len(names) == len(set(names)) == len(icon_names())


def test_every_behaviour_is_loaded() -> None:
    modules = {file.name for file in (STATIC / "js").glob("*.js")} - {"app.js", "early.js"}
    loaded = re.findall(r'import "\./([a-z]+\.js)";', (STATIC / "js" / "app.js").read_text())
    assert set(loaded) == modules


def test_compiled_words_are_those_of_the_source() -> None:
    folder = SOURCE / "ui" / "locale" / "vi" / "LC_MESSAGES"
    source = (folder / "django.po").read_text(encoding="utf-8")
    compiled = (folder / "django.mo").read_bytes().decode(errors="replace")
    for words in re.findall(r'^msgstr(?:\[0\])? "(.+)"$', source, re.MULTILINE):
        assert words in compiled
