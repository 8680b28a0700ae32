"""The `tinhgon` command: Django's commands and our own, in one place."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from . import demo, env


def main() -> None:
    """Run one command; `serve --demo` first makes the data folder a demo province."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon.config.settings")
    try:
        _run()
    except env.SettingMissing as e:
        sys.exit(str(e))


def _run() -> None:
    data = Path(env.text("TINHGON_DATA", "var"))
    if sys.argv[1:2] == ["serve"] and "--demo" in sys.argv:
        demo.create(data, today=datetime.fromtimestamp(time.time(), tz=UTC).date())
    demo.apply(data)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tinhgon", *sys.argv[1:]])
