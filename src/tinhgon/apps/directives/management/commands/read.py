from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.domain.directives import in_words, read_tasks, tasks_json
from tinhgon.domain.officialdoc import OfficialDoc, Unreadable, header_json, read


class Command(BaseCommand):
    help = "Đọc văn bản: in thể thức và các nhiệm vụ đọc được."
    requires_system_checks: list[str] = []  # reads files only, never the database

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
                doc = _load(path)
            except (Unreadable, OSError) as e:
                failed += 1
                answers.append({"file": path.name, "error": _message(e)})
                self.stderr.write(f"{path.name}: {_message(e)}")
                continue
            if as_json:
                reading = tasks_json(read_tasks(doc))
                answers.append({"file": path.name, "header": header_json(doc), **reading})
            else:
                title = f"== {path.name}\n" if len(files) > 1 else ""
                self.stdout.write(title + in_words(doc, read_tasks(doc)))
        if as_json:
            self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError(f"Không đọc được {failed} trong {len(files)} tệp.")


def _load(path: Path) -> OfficialDoc:
    return read(path.read_bytes(), path.name)


def _message(e: Unreadable | OSError) -> str:
    if isinstance(e, OSError):
        return f"Không mở được tệp ({e.strerror or e})."
    return str(e)
