from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.agencies import actions
from tinhgon.apps.agencies.imports import TerritoryUnreadable, shipped_territory
from tinhgon.apps.audit.actions import System
from tinhgon.common import clock


class Command(BaseCommand):
    help = "Nạp cây cơ quan của một tỉnh; không nêu tệp thì nạp tỉnh Lạng Sơn đi kèm phần mềm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="tệp .toml của tỉnh")

    def handle(self, **options: Any) -> None:
        file: Path | None = options["file"]
        try:
            data = file.read_bytes() if file else shipped_territory()
            loaded = actions.load_territory(by=System(), at=clock.now(), data=data)
        except OSError as e:
            raise CommandError(f"Không đọc được tệp {file}: {e.strerror}") from e
        except TerritoryUnreadable as e:
            raise CommandError(f"Tệp không đúng mẫu: {e}") from e
        self.stdout.write(
            f"Đã nạp {loaded.agencies} cơ quan, {loaded.successions} quan hệ kế thừa."
        )
