"""The parts of a record and their values in words, as officials write them."""

from __future__ import annotations

from decimal import Decimal

from tinhgon.domain.vntext import format_date, format_number

from ._enums import CopyKind, Kind, Manner, Part, RuleOwner, Tier, Unit
from ._record import START, Basis, Body, Duration, Form, Paper, Record, Step

KIND_WORDS = {
    Kind.BETWEEN: "Giữa các cơ quan hành chính nhà nước",
    Kind.INSIDE: "Trong nội bộ cơ quan hành chính nhà nước",
}
TIER_WORDS = {
    Tier.CENTRAL: "Cấp trung ương",
    Tier.PROVINCE: "Cấp tỉnh",
    Tier.DISTRICT: "Cấp huyện",
    Tier.COMMUNE: "Cấp xã",
}
RULE_OWNER_WORDS = {
    RuleOwner.CENTRE: "Trung ương",
    RuleOwner.PROVINCE: "Tỉnh",
    RuleOwner.AGENCY: "Cơ quan, đơn vị",
}
UNIT_WORDS = {
    Unit.HOUR: "giờ làm việc",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.MONTH: "tháng",
}
MANNER_WORDS = {
    Manner.IN_PERSON: "Trực tiếp",
    Manner.E_OFFICE: "Qua hệ thống quản lý văn bản và điều hành",
    Manner.POST: "Qua dịch vụ bưu chính",
    Manner.OTHER: "Cách thức khác",
}
COPY_WORDS = {
    CopyKind.ORIGINAL: "Bản chính",
    CopyKind.COPY: "Bản sao",
    CopyKind.CERTIFIED: "Bản sao có chứng thực",
    CopyKind.ELECTRONIC: "Bản điện tử",
}
PART_WORDS = {
    Part.DECIDING: "Cơ quan có thẩm quyền quyết định",
    Part.DELEGATED: "Cơ quan được ủy quyền, phân cấp",
    Part.EXECUTING: "Cơ quan trực tiếp thực hiện",
    Part.COOPERATING: "Cơ quan phối hợp",
}

LABELS = {
    "name": "Tên thủ tục hành chính",
    "kind": "Loại thủ tục",
    "tier": "Cấp thực hiện",
    "is_interconnected": "Liên thông",
    "field": "Lĩnh vực",
    "lead": "Cơ quan chủ trì",
    "rule_owner": "Văn bản quy định thuộc thẩm quyền của",
    "national_code": "Mã số quốc gia",
    "steps": "Trình tự thực hiện",
    "manners": "Cách thức thực hiện",
    "manner_text": "Cách thức thực hiện (nội dung)",
    "papers": "Thành phần hồ sơ",
    "dossier_sets": "Số lượng hồ sơ (bộ)",
    "dossier_text": "Hồ sơ (ghi thêm)",
    "time_limit": "Thời hạn giải quyết",
    "time_limit_text": "Thời hạn giải quyết (nội dung)",
    "subjects": "Đối tượng thực hiện",
    "bodies": "Cơ quan giải quyết",
    "result": "Kết quả thực hiện",
    "fee": "Phí, lệ phí",
    "forms": "Tên mẫu đơn, mẫu tờ khai",
    "conditions": "Yêu cầu, điều kiện",
    "bases": "Căn cứ pháp lý",
}
"""Part of a record → its label, in the order in which decisions print them."""


def figure_words(value: Decimal | int) -> str:
    """Return a number as rules write it: 05, 1,5, 1.500; whole ones have two digits or more."""
    exact = Decimal(value)
    return f"{int(exact):02}" if exact == int(exact) < 10 else format_number(exact)


def duration_words(value: Duration | None) -> str:
    """Return "05 ngày làm việc", "1,5 ngày", "" for none."""
    if value is None:
        return ""
    return f"{figure_words(value.amount)} {UNIT_WORDS[value.unit]}"


def step_words(step: Step) -> str:
    parts = [step.what.rstrip(".; ")]
    if step.actor:
        parts.append(f"người thực hiện: {step.actor}")
    if step.duration:
        parts.append(f"thời gian: {duration_words(step.duration)}")
    if step.product:
        parts.append(f"sản phẩm: {step.product}")
    if after := after_words(step):
        parts.append(after)
    return "; ".join(parts)


def after_words(step: Step) -> str:
    """Return what a step waits for, "" where that is the step before, as anybody expects."""
    if not names_its_waits(step):
        return ""
    numbers = [str(number) for number in dict.fromkeys(step.after) if number != START]
    return f"thực hiện sau bước {', '.join(numbers)}" if numbers else "thực hiện ngay từ đầu"


def names_its_waits(step: Step) -> bool:
    """Return whether a step says for itself what it waits for: other than the step before."""
    return set(step.after) not in (set(), {step.number - 1})


def paper_words(paper: Paper) -> str:
    copy, quantity = COPY_WORDS[paper.copy].lower(), figure_words(paper.quantity)
    parts = [paper.name, f"{copy}, số lượng {quantity}"]
    if paper.form:
        parts.append(f"theo {paper.form}")
    if not paper.compulsory:
        parts.append("nếu có")
    return "; ".join(parts)


def body_words(body: Body) -> str:
    return f"{PART_WORDS[body.part]}: {body.name}"


def basis_words(basis: Basis) -> str:
    """Return "điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020"."""
    place = [("điểm", basis.point), ("khoản", basis.clause), ("Điều", basis.article)]
    words = [f"{name} {value}" for name, value in place if value]
    words.append(basis.document)
    if basis.code and basis.code not in basis.document:
        words.append(f"số {basis.code}")
    if basis.issued_on and format_date(basis.issued_on) not in basis.document:
        words.append(f"ngày {format_date(basis.issued_on)}")
    return " ".join(words)


def part_words(record: Record, part: str) -> list[str]:
    """
    Return the value of one part of a record as lines of words, none for an empty part.

    :raises KeyError: if a record has no such part.
    """
    if part not in LABELS:
        raise KeyError(part)
    return [value_words(value) for value in part_values(record, part)]


def part_values(record: Record, part: str) -> tuple[object, ...]:
    """Return the values of one part: the rows of a list, or its one value; none if empty."""
    value = getattr(record, part)
    if isinstance(value, tuple):
        return value
    return () if value is None or value == "" else (value,)


def value_words(value: object) -> str:
    """Return one value of a record in words: a row of a list, a choice, a text."""
    match value:
        case Step():
            return step_words(value)
        case Paper():
            return paper_words(value)
        case Body():
            return body_words(value)
        case Basis():
            return basis_words(value)
        case Duration():
            return duration_words(value)
        case Form():
            return value.name
        case bool():
            return "Có" if value else "Không"
        case int():
            return figure_words(value)
        case _:
            return _chosen_words(value)


def _chosen_words(value: object) -> str:
    # By type first: members of two enums may have the same value.
    match value:
        case Kind():
            return KIND_WORDS[value]
        case Tier():
            return TIER_WORDS[value]
        case RuleOwner():
            return RULE_OWNER_WORDS[value]
        case Manner():
            return MANNER_WORDS[value]
        case _:
            return str(value)
