from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.exchange import actions
from tinhgon.apps.exchange.models import Arrival
from tinhgon.apps.exchange.queries.arrivals import receiving_agencies
from tinhgon.common import clock
from tinhgon.common.uploads import Upload


class Command(BaseCommand):
    help = "Nhận gói tin edXML: văn bản mới, trạng thái, yêu cầu thu hồi, cập nhật, thay thế."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp .edxml")
        parser.add_argument("--by", required=True, metavar="TÊN", help="tên đăng nhập của văn thư")
        parser.add_argument(
            "--agency", type=int, metavar="MÃ", help="mã số của cơ quan nhận trong hệ thống"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._person(options["by"])
        owner = self._owner(by, options["agency"])
        refused = unread = 0
        for path in options["files"]:
            try:
                arrival = self._receive(path, by, owner)
            except OSError as e:
                # The others are taken in all the same.
                self.stderr.write(f"{path.name}: không đọc được ({e.strerror or e})")
                unread += 1
                continue
            refused += not arrival.is_taken_in
            words = arrival.answer_words or arrival.answer_meaning
            self.stdout.write(f"{path.name}: {arrival.answer} – {words}")
        faults = [
            *([f"{refused} gói tin bị từ chối; xem trang Trao đổi văn bản."] if refused else []),
            *([f"{unread} tệp không đọc được; kiểm tra rồi nhận lại."] if unread else []),
        ]
        if faults:
            raise CommandError(" ".join(faults))

    def _receive(self, path: Path, by: User, owner: Agency) -> Arrival:
        # One byte more than is taken, so that what is too big is refused and not cut.
        with path.open("rb") as file:
            data = file.read(settings.PACKAGE_LIMIT_BYTES + 1)
        try:
            return actions.receive_package(
                upload=Upload(path.name, "application/xml", data),
                issuer=owner,
                by=by,
                at=clock.now(),
                calendar=calendars.calendar(),
            )
        except PermissionDenied as e:
            raise CommandError(f"{by.username} không có quyền vào sổ của {owner}.") from e

    def _person(self, username: str) -> User:
        try:
            return User.objects.get(username=username, is_active=True)
        except User.DoesNotExist as e:
            raise CommandError(f"Không có người dùng “{username}” đang hoạt động.") from e

    def _owner(self, by: User, key: int | None) -> Agency:
        agencies = receiving_agencies(by)
        found = agencies.first() if key is None else Agency.objects.filter(pk=key).first()
        if found is None:
            raise CommandError("Không có cơ quan nào để nhận; ghi --agency với mã số của cơ quan.")
        return found
