"""Settings come from the environment or from files, all kinds alike; what is said here counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.test_start import PRODUCTION, run
from tinhgon.config import demo, env

NAME = "TINHGON_TRIED"


@pytest.fixture
def in_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    def put(value: str) -> None:
        (tmp_path / "setting").write_text(f"{value}\n", encoding="utf-8")
        monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "setting"))

    return put


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (env.text, "bí mật", "bí mật"),
        (env.flag, "yes", True),
        (lambda name: env.flag(name, default=True), "0", False),
        (lambda name: env.integer(name, 25), "587", 587),
        (env.words, "a.example, b.example", ["a.example", "b.example"]),
    ],
)
def test_every_kind_of_setting_may_stand_in_a_file(
    in_file: Callable[[str], None],
    read: Callable[[str], object],
    value: str,
    expected: object,
) -> None:
    in_file(value)

    assert read(NAME) == expected


@pytest.mark.parametrize("said", ["ở đây", ""])
def test_the_variable_counts_where_both_are_given(
    monkeypatch: pytest.MonkeyPatch, in_file: Callable[[str], None], said: str
) -> None:
    in_file("trong tệp")
    monkeypatch.setenv(NAME, said)

    assert env.text(NAME) == said


def test_a_file_that_cannot_be_read_is_named_without_a_traceback(tmp_path: Path) -> None:
    path = str(tmp_path / "none")
    checked = run(tmp_path, "-m", "tinhgon", "check", TINHGON_SECRET_KEY_FILE=path)

    assert checked.returncode == 1
    assert f"Không đọc được tệp {path} mà TINHGON_SECRET_KEY_FILE chỉ tới" in checked.stderr
    assert "Traceback" not in checked.stderr


def test_a_number_that_is_none_is_named(in_file: Callable[[str], None]) -> None:
    in_file("hai mươi")
    with pytest.raises(env.SettingMissing, match="phải là số nguyên"):
        env.integer(NAME, 1)


def test_a_demo_leaves_what_is_given_in_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text("khóa của tỉnh", encoding="utf-8")
    for name in ("TINHGON_DEMO", "TINHGON_CLOCK_OFFSET_DAYS", "TINHGON_EMAIL_BACKEND"):
        monkeypatch.setenv(name, "1")
    monkeypatch.delenv("TINHGON_SECRET_KEY", raising=False)
    monkeypatch.setenv("TINHGON_SECRET_KEY_FILE", str(key))
    demo.create(tmp_path / "data", today=date(2024, 7, 8))

    demo.apply(tmp_path / "data")

    assert env.text("TINHGON_SECRET_KEY") == "khóa của tỉnh"


_WHERE = """
from django.conf import settings
print(settings.DATABASES["default"]["NAME"])
"""


def test_a_drill_with_an_empty_address_stays_away_from_the_database_of_the_server(
    tmp_path: Path,
) -> None:
    url = tmp_path / "url"
    url.write_text("postgresql://tinhgon@127.0.0.1/that", encoding="utf-8")
    asked = run(
        tmp_path,
        "-c",
        _WHERE,
        **PRODUCTION,
        TINHGON_DATABASE_URL="",
        TINHGON_DATABASE_URL_FILE=str(url),
        DJANGO_SETTINGS_MODULE="tinhgon.config.settings",
    )

    assert asked.stdout.strip() == str(tmp_path / "tinhgon.sqlite3")
