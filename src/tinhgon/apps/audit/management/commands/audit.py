from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.audit import queries
from tinhgon.common import clock

_SHOWN = 50


class Command(BaseCommand):
    help = "Kiểm tra tính toàn vẹn của nhật ký, hoặc xuất niêm của nhật ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        verify = commands.add_parser("verify", help="tìm dòng bị sửa, bị mất hoặc bị thêm")
        verify.add_argument("--seal", type=Path, help="đối chiếu với niêm đã xuất trước đây")
        seal = commands.add_parser("seal", help="xuất niêm: số dòng và mã băm cuối cùng")
        seal.add_argument("--out", type=Path, required=True, help="tệp JSON để ghi niêm")

    def handle(self, **options: Any) -> None:
        if options["what"] == "seal":
            self._seal(options["out"])
        else:
            self._verify(options["seal"])

    def _seal(self, out: Path) -> None:
        seal = queries.current_seal()
        content = {**seal, "sealed_at": clock.now().isoformat()}
        out.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"Đã ghi niêm: {seal['count']} dòng, dòng cuối số {seal['number']}.")

    def _verify(self, path: Path | None) -> None:
        found = queries.verify(seal=_read(path) if path else None)
        if not found.problems:
            self.stdout.write(
                f"Nhật ký nguyên vẹn: {found.count} dòng, dòng cuối số {found.last_number}."
            )
            return
        for problem in found.problems[:_SHOWN]:
            self.stdout.write(str(problem))
        if (more := len(found.problems) - _SHOWN) > 0:
            self.stdout.write(f"… và {more} lỗi khác.")
        raise CommandError(f"Nhật ký không còn nguyên vẹn: {len(found.problems)} lỗi.")


def _read(path: Path) -> queries.Seal:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return queries.Seal(
            number=int(content["number"]),
            digest=str(content["digest"]),
            at=str(content["at"]),
            count=int(content["count"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise CommandError(f"Không đọc được niêm {path}: {e}") from e
