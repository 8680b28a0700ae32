"""What must hold of the project's own files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tinhgon"
DOMAIN = SOURCE / "domain"


def _imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda p: p.name)
def test_domain_packages_enter_one_another_by_the_front_door(path: Path) -> None:
    own = f"tinhgon.domain.{path.relative_to(DOMAIN).parts[0]}."
    inside = re.compile(r"tinhgon\.domain\.\w+\._\w+")
    assert [n for n in _imports(path) if inside.match(n) and not n.startswith(own)] == []


def test_the_glossary_has_a_row_for_every_model() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    missing = [
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("tinhgon.")
        for model in config.get_models()
        if f"`{model.__name__}`" not in glossary
    ]
    assert missing == []


def test_every_template_is_used() -> None:
    texts = [
        p.read_text(encoding="utf-8") for p in (*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py"))
    ]
    everything = "\n".join(texts)
    names = [str(path).split("/templates/", 1)[1] for path in SOURCE.rglob("templates/**/*.html")]
    found_by_django = re.compile(
        r"^(\d{3}(_csrf)?\.html|account/|mfa/|usersessions/|socialaccount/|allauth/|django/)"
    )
    unused = [n for n in names if n not in everything and not found_by_django.match(n)]
    assert unused == []


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    code = "\n".join(p.read_text(encoding="utf-8") for p in (SOURCE / "config").glob("*.py"))
    for name in sorted(set(re.findall(r"TINHGON_[A-Z_]+[A-Z]", code))):
        short = name.removeprefix("TINHGON_SMTP")
        assert f"`{name}`" in documented or f"`{short}`" in documented, name


def test_no_lock_file_names_an_index() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "index-url" not in text
        assert "find-links" not in text
        assert "--hash=sha256:" in text


def test_no_file_holds_the_marks_of_an_unfinished_merge() -> None:
    mark = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    folders = (SOURCE, ROOT / "tests", ROOT / "docs")
    kinds = {".py", ".html", ".css", ".js", ".md", ".toml", ".svg", ".typ", ".txt"}
    files = [f for folder in folders for f in folder.rglob("*") if f.suffix in kinds]
    assert [str(f) for f in files if mark.search(f.read_text(encoding="utf-8"))] == []
