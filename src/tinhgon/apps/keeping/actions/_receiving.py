"""Whether a backup may be restored here at all: asked before anything is touched."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.management import call_command
from django.db import OperationalError, connection

from tinhgon.apps.accounts.models import User
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import queries as jobs
from tinhgon.apps.jobs.models import JobWorker
from tinhgon.apps.keeping import sources
from tinhgon.common.refusal import Refused


def check_database(*, at: datetime, replace: bool) -> bool:
    """
    Return whether people or files are there, which a backup would replace.

    :raises Refused: if the database does not answer, belongs to another program or to another
        version of this one, a server runs on it, or it is not to be replaced.
    """
    names = _table_names()
    if names and "django_migrations" not in names:
        raise Refused(
            f"Cơ sở dữ liệu này có bảng của phần mềm khác ({names[0]}…). Dùng cơ sở dữ liệu trống."
        )
    if JobWorker._meta.db_table in names:
        check_nobody_works(at=at)
    taken = _holds_data(names)
    if taken and not replace:
        raise Refused(
            "Ở đây đã có dữ liệu. Phục hồi vào thư mục dữ liệu và cơ sở dữ liệu trống, "
            "hoặc thêm --replace: dữ liệu hiện có được sao lưu lại trước khi thay."
        )
    _check_version(taken=taken)
    return taken


def check_nobody_works(*, at: datetime) -> None:
    """
    Check that no server works on this database.

    :raises Refused: if one gave a sign of life within the last minute.
    """
    if jobs.living_workers(at=at):
        raise Refused(
            "Tinh Gọn đang chạy trên cơ sở dữ liệu này. Dừng tinhgon serve và tinhgon worker, "
            "chờ một phút rồi phục hồi. Chưa có gì thay đổi."
        )


def make_tables() -> None:
    """Make what is missing of the tables in a database that holds no data yet."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _table_names() -> list[str]:
    try:
        return connection.introspection.table_names()
    except OperationalError as e:
        raise Refused(f"Không mở được cơ sở dữ liệu: {e}".replace("\n", " ")) from None


def _holds_data(names: Collection[str]) -> bool:
    there = [model for model in (User, StoredFile) if model._meta.db_table in names]
    return any(model._base_manager.exists() for model in there)


def _check_version(*, taken: bool) -> None:
    """What is to be set aside first can be read only where its tables are those of this version."""
    steps = sources.migrations(), sources.shipped_migrations()
    here, ours = ({tuple(m) for m in each} for each in steps)
    if foreign := sorted(here - ours):
        raise Refused(
            f"Cơ sở dữ liệu ở đây do phiên bản khác tạo (có bước {'.'.join(foreign[0])}). "
            "Dùng cơ sở dữ liệu trống."
        )
    if taken and (pending := sorted(ours - here)):
        raise Refused(
            f"Dữ liệu ở đây là của phiên bản cũ hơn (chưa có bước {'.'.join(pending[0])}), nên "
            "chưa sao lưu lại được trước khi thay. Chạy tinhgon prepare rồi phục hồi, hoặc dùng cơ "
            "sở dữ liệu trống."
        )
