"""Starting with production settings: what is missing is said, and nothing is left open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tinhgon.config.database import database

ROOT = Path(__file__).parents[1]
PRODUCTION = {
    "TINHGON_SECRET_KEY": "k8" * 40 + "0123456789abcdef",
    "TINHGON_URL": "https://tinhgon.example",
    "TINHGON_HOSTS": "tinhgon.example",
}


def run(data: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    # Neither the settings of this run nor what browser journeys set for themselves.
    own = ("TINHGON_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    environment = kept | {"PYTHONPATH": str(ROOT / "src"), "TINHGON_DATA": str(data)} | given
    return subprocess.run(  # noqa: S603 — our own interpreter
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_a_missing_key_is_named_with_what_to_do(tmp_path: Path) -> None:
    checked = run(tmp_path, "-m", "tinhgon", "check")
    served = run(tmp_path, "-c", "import tinhgon.config.wsgi")

    for each in (checked, served):
        assert each.returncode == 1
        assert "Thiếu biến môi trường TINHGON_SECRET_KEY" in each.stderr
        assert "secrets.token_urlsafe" in each.stderr


def test_production_settings_pass_the_checks_for_deployment(tmp_path: Path) -> None:
    checked = run(
        tmp_path, "-m", "tinhgon", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION
    )

    assert checked.returncode == 0, checked.stderr


_ASK = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from django.test import Client
from django.conf import settings
settings.LOGGING_CONFIG = None
client = Client(raise_request_exception=False)
for host in ("tinhgon.example", "evil.example"):
    answer = client.get("/tai-khoan/dang-nhap/", secure=True, headers={"host": host})
    print(answer.status_code, answer.headers.get("Content-Security-Policy", "none"))
    print(answer.headers.get("Strict-Transport-Security", "none"))
    for cookie in answer.cookies.values():
        print("cookie", cookie["secure"], cookie["samesite"])
print(client.get("/", headers={"host": "tinhgon.example"}).headers["Location"])
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    data = tmp_path_factory.mktemp("production")
    collected = run(data, "-m", "tinhgon", "collectstatic", "--noinput", **PRODUCTION)
    assert collected.returncode == 0, collected.stderr
    answered = run(data, "-c", _ASK, **PRODUCTION, DJANGO_SETTINGS_MODULE="tinhgon.config.settings")
    assert answered.returncode == 0, answered.stderr
    return answered.stdout


def test_production_answers_its_own_host_only_and_over_https(said: str) -> None:
    answers = [line for line in said.splitlines() if "default-src 'self'" in line]
    assert [line[:4] for line in answers] == ["200 ", "400 "]
    assert "max-age=31536000" in said
    assert said.splitlines()[-1].startswith("https://tinhgon.example/")


def test_production_cookies_go_over_https_only(said: str) -> None:
    cookies = [line for line in said.splitlines() if line.startswith("cookie")]
    assert cookies
    assert set(cookies) == {"cookie True Lax"}


@pytest.mark.parametrize(
    "url", ["", "sqlite:///{folder}/x.sqlite3", "postgresql://a:b@host:5432/name"]
)
def test_a_connection_is_kept_from_one_page_to_the_next(tmp_path: Path, url: str) -> None:
    assert database(url.format(folder=tmp_path), data=tmp_path)["CONN_MAX_AGE"] > 0


_SERVE = """
import os
import django
os.execv = lambda *_: None  # stop short of the web server
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("serve", "--port", "0")
print(Client().get("/tai-khoan/dang-nhap/", headers={"host": "127.0.0.1"}).status_code)
"""


def test_a_server_started_by_hand_has_collected_what_its_pages_need(tmp_path: Path) -> None:
    given = {**PRODUCTION, "TINHGON_URL": "http://127.0.0.1:8000", "TINHGON_HOSTS": "127.0.0.1"}
    served = run(tmp_path, "-c", _SERVE, **given, DJANGO_SETTINGS_MODULE="tinhgon.config.settings")

    assert served.returncode == 0, served.stderr
    assert served.stdout.splitlines()[-1] == "200"
