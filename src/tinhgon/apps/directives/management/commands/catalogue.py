from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.domain.catalogue import Catalogue, catalogue_json, in_words, read_catalogue
from tinhgon.domain.officialdoc import Unreadable, read


class Command(BaseCommand):
    help = "Đọc quyết định công bố, danh mục thủ tục hành chính: in các thủ tục đọc được."
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
                catalogue = _load(path)
            except (Unreadable, OSError) as e:
                failed += 1
                answers.append({"file": path.name, "error": _message(e)})
                self.stderr.write(f"{path.name}: {_message(e)}")
                continue
            if as_json:
                answers.append({"file": path.name, **catalogue_json(catalogue)})
            else:
                title = f"== {path.name}\n" if len(files) > 1 else ""
                self.stdout.write(title + in_words(catalogue))
        if as_json:
            self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError(f"Không đọc được {failed} trong {len(files)} tệp.")


def _load(path: Path) -> Catalogue:
    return read_catalogue(read(path.read_bytes(), path.name))


def _message(e: Unreadable | OSError) -> str:
    if isinstance(e, OSError):
        return f"Không mở được tệp ({e.strerror or e})."
    return str(e)
