from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.domain.catalogue import catalogue_json, read_catalogue
from tinhgon.domain.officialdoc import Unreadable, read


class Command(BaseCommand):
    help = "Đọc quyết định công bố, danh mục thủ tục hành chính: in các dòng đọc được."
    requires_system_checks: list[str] = []  # reads files only, never the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp văn bản")
        parser.add_argument(
            "--json", action="store_true", help="in một danh sách JSON, mỗi tệp một đối tượng"
        )

    def handle(self, **options: Any) -> None:
        files: list[Path] = options["files"]
        answers: list[dict[str, Any]] = []
        failed = 0
        for path in files:
            try:
                doc = read(path.read_bytes(), path.name)
            except (Unreadable, OSError) as e:
                failed += 1
                answers.append({"file": path.name, "error": str(e)})
                continue
            answers.append({"file": path.name, **catalogue_json(read_catalogue(doc))})
        self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError(f"Không đọc được {failed} trong {len(files)} tệp.")
