"""The `tinhgon` command: Django's commands and our own, in one place."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tinhgon", *sys.argv[1:]])
