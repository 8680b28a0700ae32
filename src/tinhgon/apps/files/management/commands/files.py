from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tinhgon.apps.files import actions, queries


class Command(BaseCommand):
    help = "Kiểm tra các tệp đính kèm, hoặc dọn tệp không thuộc hồ sơ nào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("verify", help="tìm tệp bị mất hoặc bị thay đổi nội dung")
        commands.add_parser("sweep", help="xóa tệp không thuộc hồ sơ nào, cũ hơn một ngày")

    def handle(self, **options: Any) -> None:
        try:
            self._do(options["what"])
        except OSError as e:
            raise CommandError(
                f"Không dùng được kho tệp: {e.strerror or e}. Kiểm tra ổ đĩa hoặc kho S3 "
                "(TINHGON_S3_…) rồi chạy lại."
            ) from e

    def _do(self, what: str) -> None:
        if what == "sweep":
            # The disk's own time, which a demo's clock does not move.
            count = actions.sweep(at=timezone.localtime())
            self.stdout.write(f"Đã xóa {count} tệp không thuộc hồ sơ nào.")
            return
        faults = 0
        for stored, why in queries.damaged():
            faults += 1
            self.stdout.write(f"{stored.name} (số {stored.pk}): {why}")
        if faults:
            raise CommandError(f"Có {faults} tệp không còn nguyên vẹn.")
        self.stdout.write("Mọi tệp đều nguyên vẹn.")
