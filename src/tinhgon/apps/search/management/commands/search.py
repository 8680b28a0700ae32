from __future__ import annotations

import time
from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.search import actions, queries

_SHOWN = 50


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm, hoặc kiểm tra chỉ mục có khớp với dữ liệu không."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("rebuild", help="lập lại toàn bộ chỉ mục từ dữ liệu")
        commands.add_parser("verify", help="so chỉ mục với dữ liệu, báo chỗ khác nhau")

    def handle(self, **options: Any) -> None:
        if options["what"] == "rebuild":
            self._rebuild()
        else:
            self._verify()

    def _rebuild(self) -> None:
        start = time.perf_counter()
        number = actions.rebuild()
        seconds = time.perf_counter() - start
        self.stdout.write(f"Đã lập chỉ mục: {number} mục, {seconds:.1f} giây.")

    def _verify(self) -> None:
        actions.catch_up()
        found = list(islice(queries.differences(), _SHOWN))
        if not found:
            self.stdout.write("Chỉ mục tìm kiếm khớp với dữ liệu.")
            return
        for line in found:
            self.stdout.write(line)
        raise CommandError("Chỉ mục tìm kiếm không khớp với dữ liệu. Chạy: tinhgon search rebuild")
