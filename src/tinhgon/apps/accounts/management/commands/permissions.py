from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.accounts.exports import permission_table

PATH = Path("docs/permissions.md")


class Command(BaseCommand):
    help = "Write the table of permissions into docs/permissions.md, or check that it is current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, **options: Any) -> None:
        text = permission_table()
        if PATH.exists() and PATH.read_text(encoding="utf-8") == text:
            return
        if options["check"]:
            raise CommandError(f"Not current: {PATH}. Run `make fix`.")
        PATH.parent.mkdir(parents=True, exist_ok=True)
        PATH.write_text(text, encoding="utf-8")
