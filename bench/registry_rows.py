"""
Registries to measure on, written straight to the tables: a province, and the nation.

The province has 210 agencies, 3,000 procedures in force and 20,000 versions; the nation 300,000
procedures of 34 provinces with 3,321 communes. Names are put together from words of our own.
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Model

from tinhgon.apps.accounts.models import Position, Role, User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency, AgencyState
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.procedures.actions import columns, field_named
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import (
    Field,
    LegalCitation,
    LegalDocument,
    Procedure,
    ProcedureVersion,
    Tenure,
)
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.domain.access import seed_roles
from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Duration,
    Manner,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    Unit,
    name_key,
)
from tinhgon.domain.procedures import Kind as ProcedureKind
from tinhgon.domain.vntext import fold, sort_key

from .measuring import say

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 6, 15)
THEN = date(2025, 3, 1)
"""A day in the past on which lists are asked for."""
NOW = datetime(2026, 6, 15, 9, tzinfo=VIETNAM)
BATCH = 2_000
TELL = 50_000
"""Rows between two lines that tell how far it came."""
FIRST_DAY = date(2020, 1, 1)
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is written: procedures by what became of them; `behind` are older versions."""

    name: str
    provinces: int
    departments: int
    communes: int
    in_force: int
    behind: int
    ended: int
    pipeline: int
    aside: int

    @property
    def procedures(self) -> int:
        return self.in_force + self.ended + self.pipeline + self.aside

    @property
    def versions(self) -> int:
        return self.procedures + self.behind


PROVINCE = Size("province", 1, 20, 188, 3_000, 13_500, 2_000, 1_000, 500)
NATION = Size("nation", 34, 20, 3_321, 250_000, 60_000, 30_000, 15_000, 5_000)
SIZES = {size.name: size for size in (PROVINCE, NATION)}


def _list(text: str) -> list[str]:
    return [each.strip() for each in " ".join(text.split()).split(";")]


_VERBS = _list(
    """
    Thẩm định; Phê duyệt; Lập và trình; Điều chỉnh; Giao; Thu hồi; Cấp; Cử; Bổ nhiệm; Đánh giá;
    Xếp loại; Công nhận; Kiểm tra; Nghiệm thu; Quyết toán; Thanh lý; Luân chuyển; Tiếp nhận;
    Đăng ký; Xác nhận; Ban hành; Sửa đổi; Chấp thuận; Lấy ý kiến về; Tổng hợp
    """
)
_THINGS = _list(
    """
    kế hoạch công tác năm; dự toán ngân sách; đề án vị trí việc làm; quy chế phối hợp; danh mục
    tài sản công; hồ sơ công chức; chỉ tiêu biên chế; chương trình đào tạo; nhiệm vụ khoa học và
    công nghệ; quy hoạch cán bộ; báo cáo định kỳ; kết quả rà soát; hồ sơ khen thưởng; quỹ tiền
    lương; phương án sắp xếp; thiết kế bản vẽ; hồ sơ mời thầu; định mức kinh tế kỹ thuật; giá
    dịch vụ sự nghiệp công; vốn đầu tư công trung hạn; tài liệu lưu trữ; cơ sở dữ liệu dùng
    chung; phần mềm nội bộ; chế độ công tác phí; hợp đồng lao động; nghỉ hưu trước tuổi; xe ô tô
    phục vụ công tác; trụ sở làm việc; nguồn kinh phí sự nghiệp; kế hoạch thanh tra
    """
)
_SCOPES = _list(
    """
    của các cơ quan chuyên môn; của đơn vị sự nghiệp công lập; đối với cấp xã; hằng năm; giai
    đoạn 2026 – 2030; thuộc phạm vi quản lý của tỉnh; do Chủ tịch Ủy ban nhân dân giao; trong
    nội bộ cơ quan; theo ủy quyền; khi tổ chức lại bộ máy; đối với người đứng đầu; ngoài kế
    hoạch; có yếu tố liên ngành; bổ sung đợt 2
    """
)
_FIELDS = _list(
    """
    Tổ chức cán bộ; Tài chính ngân sách; Tài sản công; Thi đua, khen thưởng; Văn thư, lưu trữ;
    Đất đai; Xây dựng; Đầu tư công; Đấu thầu; Giáo dục; Y tế; Khoa học và công nghệ; Nông
    nghiệp; Môi trường; Giao thông; Công thương; Tư pháp; Thanh tra; Chuyển đổi số; Văn hóa; Du
    lịch; Lao động; Bảo trợ xã hội; Dân tộc; Ngoại vụ; Quốc phòng; An ninh; Công tác đảng; Thống
    kê; Kế hoạch tổng hợp
    """
)
_OFFICES = _list(
    """
    Nội vụ; Tài chính; Tư pháp; Xây dựng; Y tế; Công Thương; Ngoại vụ; Nông nghiệp và Môi
    trường; Giáo dục và Đào tạo; Khoa học và Công nghệ; Dân tộc và Tôn giáo; Văn hóa, Thể thao
    và Du lịch
    """
)
_SYLLABLES = _list(
    """
    An; Bình; Cao; Đông; Gia; Hòa; Kim; Lộc; Minh; Nam; Phú; Quang; Sơn; Tân; Vĩnh; Xuân; Yên
    """
)


@dataclass(frozen=True, slots=True)
class Built:
    office: User
    officer: User
    root: Agency
    department: Agency
    branch: Agency
    commune: Agency
    decision: str


def build(size: Size) -> None:
    """Fill an empty, migrated database; the same rows every time."""
    chance = random.Random(1085)  # noqa: S311 -- a spread, not a secret
    agencies = _agencies(size)
    _people(agencies)
    _registry(size, agencies, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def find() -> Built:
    """Return whom and what to measure with, in a database that `build` filled."""
    office = User.objects.get(username="office")
    officer = User.objects.get(username="officer")
    agencies = Agency.objects.order_by("pk")
    root = agencies[0]
    provinces = list(agencies.filter(parent=root, level=Level.PROVINCE, kind=Kind.COMMITTEE)[:3])
    branch = provinces[-1] if provinces else root
    decision = Decision.objects.select_related("document").order_by("pk")[3]
    return Built(
        office=office,
        officer=officer,
        root=root,
        department=officer.current_positions[0].agency,
        branch=branch,
        commune=agencies.filter(level=Level.COMMUNE).last() or root,
        decision=decision.document.code,
    )


def _agencies(size: Size) -> list[Agency]:
    """The nation has a root above its provinces; a province is a root itself."""
    tree = _Tree()
    top = (
        tree.add("Cơ quan trung ương", Level.PROVINCE, Kind.OTHER, None)
        if size.provinces > 1
        else None
    )
    names = (f"{a} {b}" for b, a in itertools.product(_SYLLABLES, _SYLLABLES))
    for number in range(size.provinces):
        committee = tree.add(
            f"Ủy ban nhân dân tỉnh {next(names)}", Level.PROVINCE, Kind.COMMITTEE, top
        )
        tree.add("Văn phòng Ủy ban nhân dân tỉnh", Level.PROVINCE, Kind.OFFICE, committee)
        for n in range(size.departments):
            office = _OFFICES[n % len(_OFFICES)]
            kind = "Sở" if n < len(_OFFICES) else "Ban quản lý"
            tree.add(f"{kind} {office}", Level.PROVINCE, Kind.DEPARTMENT, committee)
        for n in range(number, size.communes, size.provinces):
            name = f"{_SYLLABLES[n % 17]} {_SYLLABLES[n // 17 % 17]}"
            tree.add(f"Ủy ban nhân dân xã {name}", Level.COMMUNE, Kind.COMMITTEE, committee)
    tree.write()
    return tree.agencies


class _Tree:
    """Keys are given by hand, so that paths are known before anything is written."""

    def __init__(self) -> None:
        self.agencies: list[Agency] = []

    def add(self, name: str, level: Level, kind: Kind, parent: Agency | None) -> Agency:
        pk = len(self.agencies) + 1
        agency = Agency(
            pk=pk,
            name=name,
            symbol=f"CQ{pk}",
            level=level,
            kind=kind,
            parent=parent,
            path=f"{parent.path if parent else '/'}{pk}/",
            order=pk,
            folded_name=fold(name),
            started_on=FIRST_DAY,
        )
        self.agencies.append(agency)
        return agency

    def write(self) -> None:
        Agency.objects.bulk_create(self.agencies, batch_size=BATCH)
        AgencyState.objects.bulk_create(
            [
                AgencyState(agency=a, name=a.name, parent=a.parent, started_on=FIRST_DAY)
                for a in self.agencies
            ],
            batch_size=BATCH,
        )
        _continue_keys(Agency)


def _people(agencies: list[Agency]) -> None:
    roles = {
        code: Role.objects.update_or_create(
            code=code,
            defaults={
                "name": role.name,
                "description": role.description,
                "permissions": sorted(role.permissions),
            },
        )[0]
        for code, role in seed_roles().items()
    }
    office = next(agency for agency in agencies if agency.kind == Kind.OFFICE)
    department = next(agency for agency in agencies if agency.kind == Kind.DEPARTMENT)
    for username, agency, role, scope in (
        ("office", office, "coordinator", agencies[0]),
        ("officer", department, "officer", None),
    ):
        user = User.objects.create(
            username=username,
            email=f"{username}@example.vn",
            full_name=f"Người dùng {username}",
            password=make_password(None),
        )
        Position.objects.create(
            user=user, agency=agency, role=roles[role], scope=scope, started_on=FIRST_DAY
        )


def _registry(size: Size, agencies: list[Agency], chance: random.Random) -> None:
    holders = [a for a in agencies if a.kind != Kind.OTHER]
    by = User.objects.get(username="office")
    fields = [each for name in _FIELDS if (each := field_named(name))]
    rows = _Rows(size, holders, by, fields, chance)
    write(Procedure, rows.procedures())
    _continue_keys(Procedure)
    write(Tenure, rows.tenures())
    write(ProcedureVersion, rows.versions())
    _continue_keys(ProcedureVersion)
    decide(rows.published, rows.holder[0].pk, by.pk)
    cite(rows.written)


def cite(versions: int) -> None:
    """Let each version cite one law of 300, of which one in ten has ended."""
    laws = LegalDocument.objects.bulk_create(
        LegalDocument(
            key=f"{n}/2020/nd-cp",
            code=f"{n}/2020/NĐ-CP",
            title=f"Nghị định số {n}/2020/NĐ-CP",
            ended_on=date(2026, 1, 1) if n % 10 == 0 else None,
        )
        for n in range(1, 301)
    )
    write(
        LegalCitation,
        (
            {"version_id": pk, "document_id": laws[pk % len(laws)].pk, "order": 0}
            for pk in range(1, versions + 1)
        ),
    )


class _Rows:
    """
    Every procedure with its versions. Keys run from 1, so that rows may name one another unseen.
    """

    def __init__(
        self,
        size: Size,
        holders: list[Agency],
        by: User,
        fields: list[Field],
        chance: random.Random,
    ) -> None:
        self.size, self.by, self.fields, self.chance = size, by, fields, chance
        self.holder = [chance.choice(holders) for _ in range(size.procedures)]
        self.began = [
            FIRST_DAY + timedelta(days=chance.randrange(2_300)) for _ in range(size.procedures)
        ]
        self.written = 0
        self.published: list[tuple[int, int, date]] = []  # version, procedure, from
        self._alike: dict[tuple[int, str], dict[str, Any]] = {}
        self._names = itertools.cycle(
            f"{verb} {thing} {scope}"
            for scope, thing, verb in itertools.product(_SCOPES, _THINGS, _VERBS)
        )

    def procedures(self) -> Iterator[Columns]:
        for pk, holder in enumerate(self.holder, start=1):
            yield {
                "id": pk,
                "agency_id": holder.pk,
                "created_at": NOW,
                "created_by_id": self.by.pk,
            }

    def tenures(self) -> Iterator[Columns]:
        """One procedure in ten came from another agency in July 2025."""
        handed_over = date(2025, 7, 1)
        for pk, holder in enumerate(self.holder, start=1):
            if pk % 10 == 0:
                before = self.holder[pk // 2].pk
                yield {"procedure_id": pk, "agency_id": before, "ended_on": handed_over}
                yield {"procedure_id": pk, "agency_id": holder.pk, "started_on": handed_over}
            else:
                yield {"procedure_id": pk, "agency_id": holder.pk}

    def versions(self) -> Iterator[Columns]:
        size = self.size
        more = size.behind // size.in_force
        for pk in range(1, size.procedures + 1):
            if pk <= size.in_force:
                extra = pk <= size.behind - more * size.in_force
                yield from self._history(pk, more + extra)
            elif pk <= size.in_force + size.ended:
                end = self.began[pk - 1] + timedelta(days=40 + pk % 400)
                yield self._published(pk, 1, self.began[pk - 1], min(end, TODAY))
            elif pk <= size.in_force + size.ended + size.pipeline:
                yield self._version(pk, 1, self.chance.choice(_PIPELINE), self.began[pk - 1])
            else:
                yield self._version(pk, 1, Status.DUPLICATE, self.began[pk - 1])

    def _history(self, procedure: int, behind: int) -> Iterator[Columns]:
        """Versions one after another, the last of them in force."""
        start = self.began[procedure - 1]
        step = max((TODAY - start).days // (behind + 1), 1)
        for number in range(1, behind + 2):
            last = number == behind + 1
            end = None if last else start + timedelta(days=step)
            yield self._published(procedure, number, start, end, superseded=not last)
            start = end or start

    def _published(
        self,
        procedure: int,
        number: int,
        start: date,
        end: date | None,
        *,
        superseded: bool = False,
    ) -> Columns:
        version = self._version(procedure, number, Status.PUBLISHED, start)
        self.published.append((self.written, procedure, start))
        return {**version, "valid_from": start, "valid_to": end, "is_superseded": superseded}

    def _version(self, procedure: int, number: int, status: Status, on: date) -> Columns:
        self.written += 1
        at = datetime(on.year, on.month, on.day, 9, tzinfo=VIETNAM)
        holder = self.holder[procedure - 1]
        name = f"{next(self._names)}, nhóm {procedure % 97}"
        action = Action.NEW if number == 1 else Action.AMENDED
        return {
            "id": self.written,
            "procedure_id": procedure,
            "number": number,
            "status": status.value,
            "action": action.value,
            "created_at": at,
            "created_by_id": self.by.pk,
            **self._content(name, procedure, holder, at),
        }

    def _content(self, name: str, procedure: int, holder: Agency, at: datetime) -> Columns:
        """The columns of a version; what many have alike is worked out once."""
        field = self.fields[procedure % len(self.fields)]
        alike = (procedure % 660, holder.level)
        if alike not in self._alike:
            record = _record(procedure, holder, field.name)
            owner = Procedure(pk=procedure, agency=holder)
            made = columns(record, procedure=owner, agency=holder, at=at, field=field)
            content = json.dumps({**made["content"], "name": "@name@", "lead": "@lead@"})
            rest = {n: v for n, v in made.items() if n not in {"agency", "field"}}
            self._alike[alike] = {**rest, "content": content}
        found = self._alike[alike]
        content = found["content"].replace('"@name@"', json.dumps(name))
        return {
            **found,
            "content": content.replace('"@lead@"', json.dumps(holder.name)),
            "name": name,
            "sort_name": sort_key(name)[:200],
            "folded": fold(f"{name} NB-{procedure:05} {holder.name}"),
            "name_key": name_key(name),
            "agency_id": holder.pk,
            "holder_id": holder.pk,
            "field_id": field.pk,
            "changed_at": at,
        }


_PIPELINE = [
    Status.DRAFT,
    Status.PROPOSED,
    Status.PROPOSED,
    Status.CONFIRMED,
    Status.CHECKED,
    Status.RETURNED,
    Status.SUBMITTED,
]
_TIERS = {Level.PROVINCE: Tier.PROVINCE, Level.COMMUNE: Tier.COMMUNE}
_STEPS = tuple(
    Step(
        n,
        f"Bộ phận được giao thực hiện phần việc thứ {n}: xem xét thành phần hồ sơ, đối chiếu "
        "quy định hiện hành, ghi ý kiến vào phiếu xử lý và chuyển cho bước tiếp theo",
        ("Văn thư", "Chuyên viên", "Trưởng phòng", "Lãnh đạo cơ quan")[n % 4],
        Duration(Decimal(1), Unit.WORKING_DAY),
        "Phiếu xử lý",
    )
    for n in range(1, 8)
)
_PAPERS = tuple(
    Paper(f"Giấy tờ thứ {n} theo hướng dẫn của cơ quan giải quyết", CopyKind.ORIGINAL)
    for n in range(1, 6)
)


def _record(number: int, holder: Agency, field: str) -> Record:
    return Record(
        name="Thủ tục",
        kind=ProcedureKind.INSIDE if number % 3 == 0 else ProcedureKind.BETWEEN,
        tier=_TIERS[Level(holder.level)],
        is_interconnected=number % 11 == 0,
        field=field,
        lead=holder.name,
        rule_owner=list(RuleOwner)[number % 3],
        steps=_STEPS if number % 20 else (),
        manners=(Manner.E_OFFICE,),
        papers=_PAPERS,
        dossier_sets=1,
        time_limit=Duration(Decimal(7), Unit.WORKING_DAY),
        subjects=("Cơ quan, đơn vị có nhu cầu giải quyết công việc",),
        bodies=(Body(Part.DECIDING, holder.name), Body(Part.EXECUTING, "Bộ phận chuyên môn")),
        result="Văn bản giải quyết",
        fee="Không",
        bases=(Basis(f"Nghị định số {number % 300}/2020/NĐ-CP", f"{number % 300}/2020/NĐ-CP"),),
    )


def decide(published: list[tuple[int, int, date]], owner: int, by: int) -> None:
    """Some twenty versions a decision, in the order of their days."""
    published.sort(key=lambda each: each[2])
    groups = list(_groups(published))
    write(
        Document,
        (
            {
                "id": pk,
                "direction": Direction.OUTGOING.value,
                "owner_id": owner,
                "number": str(pk % 4000 + 1),
                "symbol": "QĐ-UBND",
                "doc_type": "quyết định",
                "issued_on": group[0][2],
                "folded": f"{pk % 4000 + 1}/qd-ubnd cong bo danh muc thu tuc",
                "registered_at": NOW,
                "registered_by_id": by,
            }
            for pk, group in enumerate(groups, start=1)
        ),
    )
    _continue_keys(Document)
    write(
        Decision,
        (
            {
                "id": pk,
                "document_id": pk,
                "issuer_id": owner,
                "drafter_id": owner,
                "status": DecisionStatus.SIGNED.value,
                "issued_on": group[0][2],
                "effective_on": group[0][2],
                "created_at": NOW,
                "created_by_id": by,
                "recorded_at": NOW,
                "recorded_by_id": by,
            }
            for pk, group in enumerate(groups, start=1)
        ),
    )
    _continue_keys(Decision)
    write(DecisionLine, _lines(groups))
    DecisionLine.objects.all().repeat_days()


def _groups(published: list[tuple[int, int, date]]) -> Iterator[list[tuple[int, int, date]]]:
    """Twenty at a time, but no procedure twice in one decision."""
    group: list[tuple[int, int, date]] = []
    seen: set[int] = set()
    for each in published:
        if len(group) == 20 or each[1] in seen:
            yield group
            group, seen = [], set()
        group.append(each)
        seen.add(each[1])
    if group:
        yield group


def _lines(groups: list[list[tuple[int, int, date]]]) -> Iterator[Columns]:
    for decision, group in enumerate(groups, start=1):
        for order, (version, procedure, _) in enumerate(group, start=1):
            yield {
                "decision_id": decision,
                "order": order,
                "position": f"A.{order}",
                "action": Action.NEW.value,
                "procedure_id": procedure,
                "version_id": version,
            }


def write(model: type[Model], rows: Iterable[Columns]) -> None:
    """
    Write rows as they come, a transaction a batch: a nation never stands in memory at once, and
    what stops a build half way is seen by how far it came.

    Straight to the table, because making 300,000 objects and one statement after another for them
    costs more than writing them: columns that a row does not name have what the model gives.
    """
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    rest = {f.attname: f.get_default() for f in fields}
    here = connections[DEFAULT_DB_ALIAS]
    start, written, told = time.perf_counter(), 0, 0
    for some in _batches(rows):
        named = [f for f in fields if f.attname != "id" or "id" in some[0]]
        values = [
            [_prepared(f, row.get(f.attname, rest[f.attname]), here) for f in named] for row in some
        ]
        names = ", ".join(f'"{f.column}"' for f in named)
        marks = ", ".join(["%s"] * len(named))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})",  # noqa: S608
                values,
            )
        written += len(some)
        if written - told >= TELL:
            told = written
            say(f"  {model._meta.verbose_name_plural}: {written:,} {_cost(start)}")
    say(f"  {model._meta.verbose_name_plural}: {written:,} {_cost(start)}")


def _prepared(field: Any, value: Any, database: Any) -> Any:
    """Return the value as the database takes it: what it takes as it is costs no time."""
    if value is None or type(value) in {int, str, bool}:
        return value
    return field.get_db_prep_save(value, database)


def _cost(start: float) -> str:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"({time.perf_counter() - start:.0f} s, {time.process_time():.0f} s of work, {most} MiB)"


def _batches(rows: Iterable[Columns]) -> Iterator[list[Columns]]:
    left = iter(rows)
    while some := list(itertools.islice(left, BATCH)):
        yield some


def _continue_keys(model: type[Model]) -> None:
    """Keys were given by hand: the next one that the database gives comes after them."""
    if connection.vendor != "postgresql":
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}"  # noqa: S608
        )
