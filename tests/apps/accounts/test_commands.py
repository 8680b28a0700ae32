from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_agency, make_province
from tinhgon.apps.accounts import actions
from tinhgon.apps.accounts.models import Role, User
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event
from tinhgon.common import clock
from tinhgon.domain.access import Permission, seed_roles

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-rat-dai"


def create(*options: str) -> str:
    out = StringIO()
    call_command("createadmin", "Quantri", "qt@langson.example", "Quản trị", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _password(settings: Any) -> None:
    settings.ADMIN_PASSWORD = PASSWORD


def test_the_first_administrator_reaches_the_whole_tree() -> None:
    province = make_province()
    said = create()

    user = User.objects.get(username="quantri")
    assert "Ủy ban nhân dân tỉnh Lạng Sơn" in said
    assert user.check_password(PASSWORD)
    for permission in (Permission.MANAGE_PEOPLE, Permission.SEE_AUDIT):
        assert user.access.allows(permission, province.communes[0][0].path or "")
    assert Event.objects.filter(kind="accounts.created", actor="Hệ thống").exists()


def test_there_must_be_a_tree_first() -> None:
    with pytest.raises(CommandError, match="Chưa có cơ quan nào"):
        create()


def test_of_several_trees_one_is_named() -> None:
    make_agency("Tỉnh A", symbol="A")
    make_agency("Tỉnh B", symbol="B")
    with pytest.raises(CommandError, match="--agency: Tỉnh A; Tỉnh B"):
        create()
    with pytest.raises(CommandError, match="Không có cơ quan gốc"):
        create("--agency", "Tỉnh C")

    assert "Tỉnh B" in create("--agency", "B")


def test_a_weak_password_or_a_taken_name_is_refused(settings: Any) -> None:
    make_province()
    settings.ADMIN_PASSWORD = "12345"
    with pytest.raises(CommandError, match="Mật khẩu"):
        create()
    assert not User.objects.exists()

    settings.ADMIN_PASSWORD = PASSWORD
    create()
    with pytest.raises(CommandError, match="đã có người dùng"):
        create()


def test_the_password_is_asked_twice(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    make_province()
    settings.ADMIN_PASSWORD = ""
    answers = iter([PASSWORD, "khac"])
    monkeypatch.setattr(
        "tinhgon.apps.accounts.management.commands.createadmin.getpass", lambda _: next(answers)
    )

    with pytest.raises(CommandError, match="không giống nhau"):
        create()


def test_roles_are_loaded_once_and_brought_up_to_date() -> None:
    at = clock.now()
    assert actions.load_roles(by=System(), at=at) == len(seed_roles())
    assert actions.load_roles(by=System(), at=at) == 0

    Role.objects.filter(code="officer").update(permissions=["see", "issue"])
    assert actions.load_roles(by=System(), at=at) == 1
    wanted = sorted(seed_roles()["officer"].permissions)
    assert Role.objects.get(code="officer").permissions == wanted
    last = Event.objects.filter(kind="accounts.role_loaded")[0]
    assert "Giao nhiệm vụ" in last.changes[0]["from"]


def test_the_table_of_permissions_is_written_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="Not current"):
        call_command("permissions", "--check")
    call_command("permissions")
    call_command("permissions", "--check")

    path = tmp_path / "docs/permissions.md"
    row = next(line for line in path.read_text().splitlines() if "`accounts:list`" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == [
        "`accounts:list`", "Người dùng", "403", "403", "403", "403", "403", "✓", "như trên",
        "đăng nhập",
    ]  # fmt: skip
    path.write_text(path.read_text() + "x")
    with pytest.raises(CommandError, match="Not current"):
        call_command("permissions", "--check")
