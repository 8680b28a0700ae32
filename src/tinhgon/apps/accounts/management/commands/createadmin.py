from __future__ import annotations

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from tinhgon.apps.accounts import actions
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.actions import System
from tinhgon.common import clock


class Command(BaseCommand):
    help = "Tạo người quản trị đầu tiên, quản lý toàn bộ cây cơ quan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("email", help="địa chỉ thư")
        parser.add_argument("name", help="họ và tên")
        parser.add_argument(
            "--agency", help="tên hoặc ký hiệu cơ quan gốc; không cần nếu chỉ có một"
        )

    def handle(self, **options: Any) -> None:
        at = clock.now()
        agency = _root(options["agency"])
        password = settings.ADMIN_PASSWORD or _ask()
        try:
            validate_password(password)
            actions.load_roles(by=System(), at=at)
            person = actions.create_administrator(
                username=options["username"],
                email=options["email"],
                full_name=options["name"],
                password=password,
                agency=agency,
                by=System(),
                at=at,
            )
        except ValidationError as e:
            raise CommandError(" ".join(e.messages)) from e
        except actions.InvalidPerson as e:
            raise CommandError(
                " ".join(text for texts in e.errors.values() for text in texts)
            ) from e
        self.stdout.write(f"Đã tạo người quản trị {person.username}, phạm vi {agency}.")


def _root(named: str | None) -> Agency:
    """Return the agency at the top of the tree, the named one where there are several."""
    roots = Agency.objects.filter(parent=None, ended_on=None)
    if named:
        found = list(roots.filter(name=named)) or list(roots.filter(symbol=named))
    else:
        found = list(roots)
    if not found:
        raise CommandError(
            f"Không có cơ quan gốc “{named}”."
            if named
            else "Chưa có cơ quan nào. Nạp cây cơ quan (tinhgon territory) rồi chạy lại lệnh này."
        )
    if len(found) > 1:
        names = "; ".join(agency.name for agency in found)
        raise CommandError(f"Có nhiều cơ quan gốc, hãy chọn một bằng --agency: {names}.")
    return found[0]


def _ask() -> str:
    password = getpass("Mật khẩu: ")
    if password != getpass("Nhập lại mật khẩu: "):
        raise CommandError("Hai lần nhập không giống nhau.")
    return password
