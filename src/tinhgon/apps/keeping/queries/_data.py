"""What the data itself says: nothing lost, nothing changed, what is derived as it follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.exchange.queries import dispatches as exchange
from tinhgon.apps.exchange.queries import service
from tinhgon.apps.files import queries as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import queries as jobs
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.procedures.queries.standings import written_otherwise
from tinhgon.apps.publications.queries.acts import acts_on
from tinhgon.apps.search import queries as search
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import standing
from tinhgon.domain.vntext import format_number

from ._findings import Finding, bad, good, note

_OLDEST_BACKUP = timedelta(hours=36)


def trail(_at: datetime) -> Iterator[Finding]:
    found = audit.verify()
    if not found.problems:
        yield good("Nhật ký", f"{format_number(found.count)} dòng, nguyên vẹn")
        return
    yield bad(
        "Nhật ký",
        f"{len(found.problems)} chỗ không toàn vẹn; {found.problems[0]}",
        "Xem hết: tinhgon audit verify. Giữ nguyên dữ liệu, báo người phụ trách an toàn thông tin.",
    )


def stored_files(_at: datetime) -> Iterator[Finding]:
    try:
        damaged = list(islice(files.damaged(), 1_000))
    except OSError as e:
        yield bad(
            "Tệp đính kèm",
            f"không đọc được kho tệp: {e.strerror or e}",
            "Kiểm tra ổ đĩa, quyền đọc của TINHGON_DATA, hoặc kho S3 (TINHGON_S3_…).",
        )
        return
    if not damaged:
        yield good("Tệp đính kèm", f"{format_number(StoredFile.objects.count())} tệp, nguyên vẹn")
        return
    stored, why = damaged[0]
    yield bad(
        "Tệp đính kèm",
        f"{len(damaged)} tệp có lỗi; “{stored.name}”: {why}",
        "Xem hết: tinhgon files verify. Lấy lại các tệp ấy từ bản sao lưu.",
    )


def exchanged(_at: datetime) -> Iterator[Finding]:
    """Whether the province's service takes what is handed to it."""
    subject = "Trục liên thông"
    if not exchange.uses_service():
        yield good(subject, "không kết nối: văn bản gửi bằng tay")
        return
    found = service.silence()
    if found is None:
        yield good(subject, "không văn bản nào phải gửi lại")
        return
    tried = (
        f", lần gần nhất {timezone.localtime(found.last_try):%H:%M %d/%m/%Y}"
        if found.last_try
        else ""
    )
    yield bad(
        subject,
        f"{found.documents} văn bản, {found.states} trạng thái phải gửi lại{tried}: {found.words}",
        "Kiểm tra TINHGON_LGSP_URL, đường truyền tới trục và kho tệp; gửi lại: tinhgon remind",
    )


def standings(_at: datetime) -> Iterator[Finding]:
    """What the columns say of what is in force, held to the signed decisions."""
    wrong, keys = 0, list(Procedure.objects.order_by("pk").values_list("pk", flat=True))
    for batch in batches(keys):
        acts = acts_on(batch)
        found = {pk: standing(acts.by_procedure.get(pk, ())) for pk in batch}
        wrong += sum(map(len, written_otherwise(found, first_days=acts.first_days).values()))
    subject = "Hiệu lực của thủ tục"
    if wrong:
        yield bad(
            subject,
            f"{wrong} bản ghi ngày hiệu lực khác với các quyết định",
            "Báo nhóm phát triển kèm kết quả này; đối chiếu các thủ tục ấy với quyết định.",
        )
    else:
        yield good(subject, f"{format_number(len(keys))} thủ tục, đúng theo các quyết định")


def search_index(_at: datetime) -> Iterator[Finding]:
    waiting, todo = search.waiting(), "Chạy: tinhgon search rebuild"
    differences = list(islice(search.differences(), 1_000))
    if differences:
        yield bad("Chỉ mục tìm kiếm", f"{len(differences)} chỗ khác; {differences[0]}", todo)
    elif waiting:
        yield note("Chỉ mục tìm kiếm", f"{format_number(waiting)} mục chờ lập", todo)
    else:
        yield good("Chỉ mục tìm kiếm", "khớp với dữ liệu")


def workers(at: datetime) -> Iterator[Finding]:
    count, lost = jobs.living_workers(at=at), jobs.lost(at=at)
    if not count:
        yield note(
            "Tiến trình chạy nền",
            "không có tiến trình nào",
            "Chạy tinhgon serve (đã kèm một tiến trình) hoặc tinhgon worker.",
        )
    elif lost:
        yield note(
            "Tiến trình chạy nền",
            f"{count} tiến trình; {len(lost)} việc bị bỏ dở",
            "Chờ một phút: tiến trình còn lại sẽ báo người giao việc.",
        )
    else:
        yield good("Tiến trình chạy nền", f"{count} tiến trình đang hoạt động")


def backups(at: datetime) -> Iterator[Finding]:
    last = Event.objects.filter(kind="keeping.backed_up").order_by("-number").first()
    todo = "Đặt lịch chạy hằng đêm: tinhgon backup --keep 14. Xem docs/cai-dat.md."
    if last is None:
        yield note("Sao lưu", "chưa sao lưu lần nào", todo)
    elif at - last.at > _OLDEST_BACKUP:
        yield note("Sao lưu", f"lần gần nhất đã cách đây {(at - last.at).days} ngày", todo)
    else:
        yield good("Sao lưu", f"gần nhất: {last.reason}")
