"""What the page on installing tells to type must exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tinhgon.config.processes import _ON_TERM

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "cai-dat.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_exists_with_its_options() -> None:
    files = "\n".join(path.read_text(encoding="utf-8") for path in DEPLOY.iterdir())
    pattern = r"\btinhgon ([a-z]+)((?: --[a-z-]+(?: [^\s`-][^\s`]*)?)*)"
    told = re.findall(pattern, PAGE + files)
    assert {"serve", "worker", "backup", "restore", "move", "doctor"} <= {name for name, _ in told}
    for name, options in told:
        command = load_command_class(get_commands()[name], name)
        known = command.create_parser("tinhgon", name)._option_string_actions
        for option in re.findall(r"--[a-z-]+", options):
            assert option in known, f"{name} {option}"


def test_every_target_of_make_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = re.findall(r"(?:^|`|&& |: )make ([a-z0-9]+)", PAGE, re.MULTILINE)
    assert {"setup", "wheels", "s3", "run"} <= set(told)
    for target in told:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_setting_of_the_page_is_a_setting() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"TINHGON_[A-Z0-9_]*[A-Z0-9]", PAGE)):
        known = name in settings or f"`{name.removeprefix('TINHGON_SMTP')}`" in settings
        assert known or name == "TINHGON_S3", name


def test_what_the_page_installs_is_there_and_all_of_it_is_told() -> None:
    told = set(re.findall(r"\bdeploy/([a-z@.-]+[a-z])", PAGE))
    assert told == {path.name for path in DEPLOY.iterdir()}


def test_the_configuration_reads_the_same_for_systemd_and_for_a_shell(tmp_path: Path) -> None:
    """systemd knows no comment behind a value, and a shell takes what stands there for words."""
    lines = (DEPLOY / "tinhgon.env").read_text(encoding="utf-8").splitlines()
    values = [line for line in lines if line and not line.startswith("#")]
    settings = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for line in values:
        assert re.fullmatch(r"TINHGON_[A-Z_]+='[^'\\]*'", line), line
        name = line.partition("=")[0]
        assert name in settings or f"`{name.removeprefix('TINHGON_SMTP')}`" in settings, name


def test_what_is_set_for_one_command_beats_the_configuration(tmp_path: Path) -> None:
    env, said = tmp_path / "env", tmp_path / "said"
    env.write_text("TINHGON_DATA='/of the server'\nTINHGON_DATABASE_URL='postgresql://that'\n")
    said.write_text('#!/bin/sh\necho "$TINHGON_DATA|$TINHGON_DATABASE_URL|$*"\n')
    said.chmod(0o755)
    script = (DEPLOY / "tinhgon").read_text(encoding="utf-8")
    for there, here in [
        ("/etc/tinhgon.env", str(env)),
        ("/srv/tinhgon/app/.venv/bin/tinhgon", str(said)),
        ('"$(id -un)" = tinhgon', "1 = 1"),
    ]:
        assert there in script
        script = script.replace(there, here)
    (tmp_path / "tinhgon").write_text(script, encoding="utf-8")

    def run(**given: str) -> str:
        done = subprocess.run(  # noqa: S603 — our own script
            ["/bin/sh", str(tmp_path / "tinhgon"), "restore", "a b.zip"],
            env={"PATH": os.environ["PATH"], **given},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert run() == "/of the server|postgresql://that|restore a b.zip"
    drill = run(TINHGON_DATA="/it's a drill", TINHGON_DATABASE_URL="")
    assert drill == "/it's a drill||restore a b.zip"


def test_services_are_told_to_end_once_and_have_the_time_to() -> None:
    for path in DEPLOY.glob("*.service"):
        unit = path.read_text(encoding="utf-8")
        assert "KillMode=mixed" in unit
        [seconds] = re.findall(r"TimeoutStopSec=(\d+)", unit)
        assert int(seconds) > _ON_TERM[-1][0]


def test_both_readmes_lead_to_the_page() -> None:
    for name in ("README.md", "README.vi.md"):
        assert "(docs/cai-dat.md)" in (ROOT / name).read_text(encoding="utf-8")


_SHOW = """
import json
from tinhgon.config.storage import stored_files
print(json.dumps(stored_files()))
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "FileSystemStorage"),
        ({"TINHGON_S3_BUCKET": "tep"}, "make s3"),
    ],
)
def test_files_go_where_the_settings_say(given: dict[str, str], expected: str) -> None:
    done = subprocess.run(  # noqa: S603 — our own interpreter
        [sys.executable, "-c", _HIDE + _SHOW],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **given},
        capture_output=True,
        text=True,
        check=False,
    )

    assert expected in done.stdout + done.stderr


# As on a server where the packages for it were not installed.
_HIDE = """
import importlib.util
import sys
sys.modules.pop("storages", None)
found = importlib.util.find_spec
gone = {"storages", "boto3"}
importlib.util.find_spec = lambda name, *a: None if name in gone else found(name, *a)
"""


def test_a_bucket_is_kept_closed_and_reached_with_the_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tinhgon.config import storage
    from tinhgon.config.env import SettingMissing

    monkeypatch.setattr(storage, "find_spec", lambda name: name)
    monkeypatch.setattr(storage, "_patience", lambda: "client")
    monkeypatch.setenv("TINHGON_S3_BUCKET", "tep")
    with pytest.raises(SettingMissing, match="TINHGON_S3_KEY"):
        storage.stored_files()
    monkeypatch.setenv("TINHGON_S3_KEY", "k")
    monkeypatch.setenv("TINHGON_S3_SECRET", "s")
    monkeypatch.setenv("TINHGON_S3_URL", "https://kho.example")

    options = storage.stored_files()["OPTIONS"]

    assert options["endpoint_url"] == "https://kho.example"
    assert options["default_acl"] is None
    assert options["querystring_auth"] is True
    assert options["file_overwrite"] is False
    assert options["client_config"] == "client"
    assert "botocore.exceptions.ClientError" in options["errors"]
