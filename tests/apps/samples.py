"""
A record for each page that shows one, for the test of the permission table.

Each app's tests have a `samples.py` with SAMPLES: name of the URL → a function (agency, person)
that makes a record belonging to them (the person works at the agency), and returns what the URL is
built of.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency

Sample = Callable[[Agency, User], dict[str, Any]]


def samples() -> dict[str, Sample]:
    """Return the samples of every app."""
    found: dict[str, Sample] = {}
    for path in sorted(Path(__file__).parent.glob("*/samples.py")):
        found |= import_module(f"tests.apps.{path.parent.name}.samples").SAMPLES
    return found
