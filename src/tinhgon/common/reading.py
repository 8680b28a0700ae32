"""A command that reads documents from files, in words for people or as JSON for programs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from tinhgon.domain.officialdoc import OfficialDoc, Unreadable, read

Told = tuple[str, dict[str, Any]]
"""What was read of one document: in words, and as an object of the JSON list."""


class ReadingCommand(BaseCommand):
    """
    Reads each file as an official document and says what `tell` makes of it.

    A file that cannot be read is named with the reason, in its place in the list, and the others
    are read all the same; the command then fails at its end.
    """

    requires_system_checks: list[str] = []  # reads files only, never the database
    tell: ClassVar[Callable[[OfficialDoc], Told]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp văn bản")
        parser.add_argument(
            "--json", action="store_true", help="in một danh sách JSON, mỗi tệp một đối tượng"
        )

    def handle(self, **options: Any) -> None:
        files: list[Path] = options["files"]
        as_json: bool = options["json"]
        answers: list[dict[str, Any]] = []
        failed = 0
        for path in files:
            try:
                words, answer = type(self).tell(read(path.read_bytes(), path.name))
            except (Unreadable, OSError) as e:
                failed += 1
                answers.append({"file": path.name, "error": _message(e)})
                self.stderr.write(f"{path.name}: {_message(e)}")
                continue
            answers.append({"file": path.name, **answer})
            if not as_json:
                self.stdout.write((f"== {path.name}\n" if len(files) > 1 else "") + words)
        if as_json:
            self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError(f"Không đọc được {failed} trong {len(files)} tệp.")


def _message(e: Unreadable | OSError) -> str:
    if isinstance(e, OSError):
        return f"Không mở được tệp ({e.strerror or e})."
    return str(e)
