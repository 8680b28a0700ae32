"""Rows of a decision against the registry: on which procedure each line acts, held by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.apps.intake.queries import current_versions, load_known, names_of_agencies
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common.batches import batches
from tinhgon.domain.intake import (
    BatchKind,
    Found,
    Known,
    Nearness,
    Target,
    Verdict,
    compare,
    find,
    onto,
    usual,
)
from tinhgon.domain.likeness import Fingerprint
from tinhgon.domain.procedures import (
    PUBLISHED,
    CellFault,
    Record,
    Tier,
    as_national_code,
    from_json,
    name_key,
)

_NOBODY = "Chưa rõ cơ quan giữ thủ tục. Mở dòng này để chọn cơ quan."
_NO_ACTION = "Văn bản không nói rõ hình thức (mới, sửa đổi, bãi bỏ …). Mở dòng này để chọn."
_UNKNOWN = (
    "Hệ thống chưa có thủ tục này nên không có gì để bãi bỏ. "
    "Nhập quyết định đã công bố nó trước, hoặc ghi mã nội bộ của thủ tục."
)


def hold_rows(batch: Batch, rows: Sequence[BatchRow], *, root: Agency, day: date, on: date) -> None:
    """
    Say who holds each row, by the names that it has, as they were on `day` and are on `on`.

    What many agencies do alike (all communes, all departments) is one procedure, held by the
    province. A name that stands for nobody leaves the row without agency.
    """
    names = dict.fromkeys(name for row in rows for name in row.agencies)
    found: dict[str, list[Agency]] = {}
    for agency, name in agencies.resolve(names, on=day, issuer=root).found:
        found.setdefault(name, []).append(agency)
    heirs: dict[int, Agency | None] = {}
    for row in rows:
        holder = _holder(row, found, root)
        if holder is not None and holder.pk not in heirs:
            heirs[holder.pk] = _today(holder, on)
        row.agency = heirs[holder.pk] if holder else None


def judge_rows(batch: Batch, rows: Sequence[BatchRow], *, on: date) -> None:
    """Write into the rows which procedure each acts on, and its verdict; nothing is saved."""
    read = [_read(row) for row in rows]
    known, versions = load_known(
        local_codes={row.wanted_code for row in rows if row.wanted_code},
        national_codes={each.record.national_code for each in read if each.record.national_code},
        names={name for each in read for name in each.names},
        on=on,
        published_first=True,
    )
    named = [row.target_id for row in rows if row.abolishes_id and row.target_id]
    versions |= current_versions(set(named) - versions.keys(), published_first=True)
    for each in read:
        _judge(each, known, versions)
    _find_twins(read, versions, on)
    _refuse_codes(batch, read, versions)
    _refuse_twice(batch, rows)
    for row in rows:
        base = versions.get(row.target_id or 0)
        row.base, row.seen = base, base.version if base else 0
        row.choice = usual(Verdict(row.verdict), BatchKind.DECISION) or ""


def printed_code(row: BatchRow) -> str:
    """Return the national code that a row prints, empty where it prints none or several."""
    return as_national_code((row.record or {}).get("national_code", "")) or ""


@dataclass(frozen=True, slots=True)
class _Read:
    row: BatchRow
    record: Record
    action: Action | None

    @property
    def names(self) -> list[tuple[int, str, str]]:
        if self.row.agency_id is None:
            return []
        return [self.name_for(self.record.name), self.name_for(self.row.old_name)]

    def name_for(self, name: str) -> tuple[int, str, str]:
        return (self.row.agency_id or 0, self.record.tier.value, name_key(name))


def _read(row: BatchRow) -> _Read:
    record = from_json(row.record) if row.record else Record(name=row.name)
    return _Read(row, record, Action(row.action) if row.action else None)


def _holder(row: BatchRow, found: dict[str, list[Agency]], root: Agency) -> Agency | None:
    is_commune = (row.record or {}).get("tier") == Tier.COMMUNE.value
    shared = False
    for name in row.agencies:
        meant = found.get(name, [])
        if len(meant) == 1 and not (is_commune and meant[0].level == Level.COMMUNE):
            return meant[0]
        shared = shared or len(meant) > 1
    return root if shared or is_commune else None


def _today(agency: Agency, on: date) -> Agency | None:
    """Return who stands in the agency's place today; None where several share what it did."""
    if agency.exists_on(on):
        return agency
    whole = [heir.agency for heir in agencies.successors_on(agency, on) if heir.is_whole]
    return whole[0] if len(whole) == 1 else None


def _judge(each: _Read, known: Known[int], versions: dict[int, ProcedureVersion]) -> None:
    row = each.row
    row.errors, row.reasons = [], []
    faults = [CellFault("", _NO_ACTION)] if each.action is None else []
    found = _found(each, known, versions)
    if found.fault is not None:
        faults.append(found.fault)
    target = found.target
    if each.action is Action.ABOLISHED:
        if target is None and not faults:
            faults.append(CellFault("", _UNKNOWN))
        verdict = Verdict.ERROR if faults else Verdict.CHANGED
    else:
        if row.agency_id is None and target is None:
            faults.append(CellFault("agency", _NOBODY))
        record = onto(target.record, each.record) if target else each.record
        verdict = compare(record, target, faults=faults, twin=False)
    old = known.named.get(each.name_for(row.old_name), ()) if row.old_name else ()
    row.ends_id = old[0].key if len(old) == 1 else None
    row.target_id = target.key if target else None
    row.verdict = verdict.value
    row.key = f"p{target.key}" if target else ":".join(map(str, each.name_for(row.name)))
    row.errors = [{"column": "", "cell": row.place, "text": fault.text} for fault in faults]


def _found(each: _Read, known: Known[int], versions: dict[int, ProcedureVersion]) -> Found[int]:
    row = each.row
    if row.abolishes_id and row.target_id in versions:
        version = versions[row.target_id]
        return Found(Target(row.target_id, version.procedure.agency_id, version.record))
    if row.wanted_code:
        target = known.local.get(row.wanted_code.upper())
        fault = CellFault("local_code", f"Không có thủ tục mang mã {row.wanted_code}.")
        return Found(target) if target else Found(fault=fault)
    agency, tier, key = each.name_for(each.record.name)
    code = each.record.national_code
    if code in known.national and known.national[code].agency != agency and agency:
        code = ""  # whose it is, is told below
    return find(known, local_code="", national_code=code, agency=agency, tier=tier, name_key=key)


def _find_twins(read: Iterable[_Read], versions: dict[int, ProcedureVersion], on: date) -> None:
    new = [each for each in read if each.row.verdict == Verdict.NEW.value]
    holders = {each.row.agency_id for each in new if each.row.agency_id}
    near = {pk: Nearness(known) for pk, known in names_of_agencies(holders, on=on).items()}
    for each in new:
        record = each.record
        one = Fingerprint("", record.name, field=record.field, level=record.tier.value)
        twin = near[each.row.agency_id or 0].twin(one)
        if twin is not None and int(str(twin[0])) != each.row.ends_id:
            each.row.verdict = Verdict.TWIN.value
            each.row.target_id = int(str(twin[0]))
            each.row.reasons = list(twin[1].reasons)
    missing = {each.row.target_id for each in new if each.row.target_id} - versions.keys()
    versions |= current_versions(missing, published_first=True)


def _refuse_codes(
    batch: Batch, read: Iterable[_Read], versions: dict[int, ProcedureVersion]
) -> None:
    """Refuse codes that are another procedure's, or other ones than the procedure bears."""
    coded = [(each.row, code) for each in read if (code := printed_code(each.row))]
    holders = _bearing(code for _, code in coded)
    targets = {row.target_id for row, _ in coded if row.target_id}
    bearing = Procedure.objects.select_related("agency").in_bulk(targets)
    first = _coded_before(batch, coded)
    for row, code in coded:
        holder, target = holders.get(code), bearing.get(row.target_id or 0)
        text = ""
        if holder is not None and holder.pk != row.target_id:
            text = f"Mã {code} đang gắn với thủ tục {_told(holder)}."
            if row.target_id is None and _published_name(holder):
                row.target_id = holder.pk
        elif target is not None and target.national_code not in {None, "", code}:
            if row.verdict != Verdict.TWIN:
                text = f"Thủ tục {_told(target)} đã mang mã {target.national_code}, khác mã {code}."
        elif row.action != Action.ABOLISHED and row.verdict != Verdict.ERROR:
            place, key = first.setdefault(code, (row.place, row.key))
            if key != row.key:
                text = f"Mã {code} đã có ở {place}; mỗi mã chỉ của một thủ tục."
        if text:
            row.verdict = Verdict.ERROR.value
            text += " Sửa dòng này: chọn đúng thủ tục, hoặc xoá mã in sai."
            row.errors = [*row.errors, {"column": "", "cell": row.place, "text": text}]
    missing = {row.target_id for row, _ in coded if row.target_id} - versions.keys()
    versions |= current_versions(missing, published_first=True)


def _bearing(codes: Iterable[str]) -> dict[str, Procedure]:
    found: dict[str, Procedure] = {}
    for batch in batches(sorted(set(codes))):
        for holder in Procedure.objects.filter(national_code__in=batch).select_related("agency"):
            found[holder.national_code or ""] = holder
    return found


def _coded_before(batch: Batch, rows: Iterable[tuple[BatchRow, str]]) -> dict[str, tuple[str, str]]:
    """Return code → place and key of the first row of the batch, beside these, that prints it."""
    own = [row.pk for row, _ in rows if row.pk]
    others = BatchRow.objects.filter(batch=batch).exclude(pk__in=own)
    others = others.exclude(verdict=Verdict.ERROR).exclude(action=Action.ABOLISHED.value)
    found: dict[str, tuple[str, str]] = {}
    for part in batches(sorted({code for _, code in rows})):
        same = others.filter(record__national_code__in=part).order_by("order")
        for code, place, key in same.values_list("record__national_code", "place", "key"):
            found.setdefault(code, (place, key))
    return found


def _told(procedure: Procedure) -> str:
    """Say which procedure it is; its name only if everybody may read it."""
    name = _published_name(procedure)
    shown = f" “{name}”" if name else ""
    return f"{procedure.local_code}{shown} ({procedure.agency.name})"


def _published_name(procedure: Procedure) -> str:
    published = procedure.versions.filter(status__in=PUBLISHED).order_by("-number")
    return published.values_list("name", flat=True).first() or ""


def _refuse_twice(batch: Batch, rows: Sequence[BatchRow]) -> None:
    others = BatchRow.objects.filter(batch=batch).exclude(pk__in=[row.pk for row in rows if row.pk])
    keys = {row.key for row in rows if row.verdict != Verdict.ERROR}
    first = dict(
        others.exclude(verdict=Verdict.ERROR).filter(key__in=keys).values_list("key", "place")
    )
    for row in rows:
        if row.verdict == Verdict.ERROR:
            continue
        if row.key in first:
            row.verdict = Verdict.ERROR.value
            text = f"Cùng một thủ tục với {first[row.key]}; một quyết định chỉ có một dòng về nó."
            row.errors = [{"column": "", "cell": row.place, "text": text}]
        else:
            first[row.key] = row.place
