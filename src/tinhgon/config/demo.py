"""
The environment of a demo: a data folder that holds `demo.json` is a demo province, with a clock of
its own.

Its letter is of March 2024 and its story stands at 25 November 2024, eight months in; the clock
goes on from there, a day a day.
"""

from __future__ import annotations

import json
import secrets
from datetime import date
from pathlib import Path

from . import env

STORY_DAY = date(2024, 11, 25)
_FILE = "demo.json"


def create(data: Path, *, today: date) -> None:
    """
    Make the folder a demo province, unless it is one already; the real `today` becomes STORY_DAY.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / _FILE
    if not path.exists():
        content = {
            "clock_offset_days": (STORY_DAY - today).days,
            "secret_key": secrets.token_urlsafe(48),
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(content), encoding="utf-8")


def apply(data: Path) -> None:
    """Give the settings of a demo folder to the environment; what is set there already stays."""
    path = data / _FILE
    if not path.exists():
        return
    content = json.loads(path.read_text(encoding="utf-8"))
    env.offer("TINHGON_DEMO", "1")
    env.offer("TINHGON_SECRET_KEY", content["secret_key"])
    env.offer("TINHGON_CLOCK_OFFSET_DAYS", str(content["clock_offset_days"]))
    env.offer("TINHGON_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
