"""A measure as a plan writes it: "Rút ngắn thời hạn giải quyết từ 10 ngày … xuống 05 ngày …"."""

from __future__ import annotations

from collections.abc import Callable

from tinhgon.domain.procedures import Record, duration_words, figure_words

from ._conflicts import read_sets, read_time, time_of
from ._measure import (
    FORMS,
    KIND_WORDS,
    MANNERS,
    TIME_LIMIT,
    Measure,
    MeasureKind,
    body_key,
    condition_key,
    paper_key,
    step_key,
    targets,
)


def measure_words(record: Record, measure: Measure) -> str:
    """Return what a measure does, in one sentence that may stand in a plan without a stop."""
    write = _WRITERS.get(measure.kind)
    return write(record, measure) if write else f"Bỏ {_name(record, measure.target)}"


def _abolish(_record: Record, _measure: Measure) -> str:
    return "Bãi bỏ thủ tục hành chính"


def _merge(_record: Record, measure: Measure) -> str:
    return f"Gộp thủ tục vào thủ tục “{measure.text('into')}”"


def _merge_steps(record: Record, measure: Measure) -> str:
    others = ", ".join(_name(record, key) for key in measure.touches[1:])
    return f"Gộp {others} vào {_name(record, measure.target)}"


def _shorten(record: Record, measure: Measure) -> str:
    place = "giải quyết" if measure.target == TIME_LIMIT else f"của {_name(record, measure.target)}"
    old, new = duration_words(time_of(record, measure.target)), duration_words(read_time(measure))
    return f"Rút ngắn thời hạn {place} từ {old} xuống {new}"


def _fewer_sets(record: Record, measure: Measure) -> str:
    old, new = (figure_words(n or 0) for n in (record.dossier_sets, read_sets(measure)))
    return f"Giảm số lượng hồ sơ từ {old} bộ xuống {new} bộ"


def _electronic(record: Record, measure: Measure) -> str:
    if measure.target != MANNERS:
        return f"Thay bản giấy bằng bản điện tử đối với {_name(record, measure.target)}"
    only = " thay cho bản giấy" if measure.value.get("only") else ""
    return f"Gửi hồ sơ, nhận kết quả bằng phương thức điện tử{only}"


def _form(record: Record, measure: Measure) -> str:
    name = measure.text("name")
    if measure.target == FORMS:
        return f"Mẫu hóa “{name}”"
    return f"Mẫu hóa {_name(record, measure.target)} theo “{name}”"


def _delegate(_record: Record, measure: Measure) -> str:
    how = "Phân cấp" if measure.value.get("devolved") else "Ủy quyền"
    return f"{how} thẩm quyền giải quyết cho {measure.text('name')}"


def _interconnect(_record: Record, measure: Measure) -> str:
    others = measure.text("with")
    return f"Thực hiện liên thông với {others}" if others else "Thực hiện liên thông"


def _other(record: Record, measure: Measure) -> str:
    text = measure.text("text")
    if not measure.target or not text:
        return KIND_WORDS[measure.kind]
    labels = {target.key: target.words for target in targets(record, measure.kind)}
    return f"Sửa “{labels.get(measure.target, measure.target).lower()}” thành “{text}”"


def _name(record: Record, key: str) -> str:
    names = {
        **{step_key(s.number): f"bước {s.number} “{_short(s.what)}”" for s in record.steps},
        **{
            paper_key(n): f"giấy tờ “{_short(paper.name)}”"
            for n, paper in enumerate(record.papers, 1)
        },
        **{
            condition_key(n): f"yêu cầu, điều kiện “{_short(text)}”"
            for n, text in enumerate(record.conditions, 1)
        },
        **{body_key(n): body.name for n, body in enumerate(record.bodies, 1)},
    }
    return names.get(key, key)


_LONGEST = 120


def _short(text: str) -> str:
    text = text.rstrip(".; ")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


_WRITERS: dict[MeasureKind, Callable[[Record, Measure], str]] = {
    MeasureKind.ABOLISH: _abolish,
    MeasureKind.MERGE: _merge,
    MeasureKind.MERGE_STEPS: _merge_steps,
    MeasureKind.SHORTEN: _shorten,
    MeasureKind.FEWER_SETS: _fewer_sets,
    MeasureKind.ELECTRONIC: _electronic,
    MeasureKind.FORM: _form,
    MeasureKind.DELEGATE: _delegate,
    MeasureKind.INTERCONNECT: _interconnect,
    MeasureKind.OTHER: _other,
}
