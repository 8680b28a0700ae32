"""What a plan does to a procedure: typed measures, each of which acts on one part of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from tinhgon.domain.procedures import CopyKind, Record, body_words, paper_words, step_words


class MeasureKind(StrEnum):
    """Loại nội dung đơn giản hóa, in the order in which decisions and reports list them."""

    ABOLISH = auto()
    MERGE = auto()
    """The whole procedure becomes part of another one."""
    DROP_STEP = auto()
    MERGE_STEPS = auto()
    SHORTEN = auto()
    DROP_PAPER = auto()
    FEWER_SETS = auto()
    ELECTRONIC = auto()
    FORM = auto()
    DELEGATE = auto()
    DROP_CONDITION = auto()
    INTERCONNECT = auto()
    OTHER = auto()


ENDING = frozenset({MeasureKind.ABOLISH, MeasureKind.MERGE})
"""After one of these the procedure is there no more: it counts as cut."""

KIND_WORDS = {
    MeasureKind.ABOLISH: "Bãi bỏ thủ tục",
    MeasureKind.MERGE: "Gộp vào thủ tục khác",
    MeasureKind.DROP_STEP: "Bỏ bước thực hiện",
    MeasureKind.MERGE_STEPS: "Gộp các bước thực hiện",
    MeasureKind.SHORTEN: "Rút ngắn thời hạn",
    MeasureKind.DROP_PAPER: "Bỏ thành phần hồ sơ",
    MeasureKind.FEWER_SETS: "Giảm số bộ hồ sơ",
    MeasureKind.ELECTRONIC: "Chuyển sang bản điện tử",
    MeasureKind.FORM: "Mẫu hóa đơn, tờ khai",
    MeasureKind.DELEGATE: "Phân cấp, ủy quyền",
    MeasureKind.DROP_CONDITION: "Bỏ yêu cầu, điều kiện",
    MeasureKind.INTERCONNECT: "Thực hiện liên thông",
    MeasureKind.OTHER: "Nội dung khác",
}

WHOLE = ""
TIME_LIMIT = "time_limit"
SETS = "dossier_sets"
MANNERS = "manners"
FORMS = "forms"


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One measure. `target` is the key of the part it acts on (`targets`), "" for the whole.

    `value` holds what the kind needs, as JSON has it:

    - `merge`: `into`, the procedure it becomes part of;
    - `merge_steps`: `with`, keys of the steps that go into the target; optionally `what`, `actor`,
      `product`, `amount` and `unit` of the step they become;
    - `shorten`: `amount` ("3") and `unit`, the new time;
    - `fewer_sets`: `sets`;
    - `electronic` on the manners: `only`, whether nothing is handed in on paper any more;
    - `form`: `name` of the form;
    - `delegate`: `name` of who decides from now on, `devolved` (phân cấp, else ủy quyền), `steps`,
      keys of the steps he takes over;
    - `interconnect`: `with`, the other procedures or agencies, in words;
    - `other`: `text`, the new wording of the target, where it has one.
    """

    kind: MeasureKind
    target: str = WHOLE
    value: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ends(self) -> bool:
        """Whether the procedure is there no more afterwards."""
        return self.kind in ENDING

    def text(self, name: str) -> str:
        """Return a value as text without space around it, "" where there is none."""
        return str(self.value.get(name) or "").strip()

    @property
    def touches(self) -> tuple[str, ...]:
        """The keys of every step, paper and condition that the measure needs to be there."""
        others: tuple[str, ...] = ()
        if self.kind is MeasureKind.MERGE_STEPS:
            others = _keys(self.value.get("with"))
        if self.kind is MeasureKind.DELEGATE:
            others = _keys(self.value.get("steps"))
        return (*((self.target,) if self.target else ()), *others)

    @property
    def removes(self) -> tuple[str, ...]:
        """The keys of the parts that are gone afterwards."""
        if self.kind in _DROPPING:
            return (self.target,)
        return self.touches[1:] if self.kind is MeasureKind.MERGE_STEPS else ()


_DROPPING = (MeasureKind.DROP_STEP, MeasureKind.DROP_PAPER, MeasureKind.DROP_CONDITION)


def _keys(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(key for key in dict.fromkeys(value) if isinstance(key, str))


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a record that a measure may act on: its key and what it says."""

    key: str
    words: str


def step_key(number: int) -> str:
    """Return the key of a step, `step:3`, by its number in the record as it is."""
    return f"step:{number}"


def paper_key(number: int) -> str:
    """Return the key of the paper in that place of the dossier, counted from 1: `paper:2`."""
    return f"paper:{number}"


def condition_key(number: int) -> str:
    """Return the key of the condition in that place, counted from 1: `condition:1`."""
    return f"condition:{number}"


def body_key(number: int) -> str:
    """Return the key of the agency in that place among the bodies, counted from 1: `body:1`."""
    return f"body:{number}"


def targets(record: Record, kind: MeasureKind) -> tuple[Target, ...]:
    """Return the parts of a record that measures of a kind may act on; none: it has none such."""
    offer = _OFFERS.get(kind)
    return offer(record) if offer else (_THE_WHOLE,)


def _steps(record: Record) -> tuple[Target, ...]:
    return tuple(
        Target(step_key(step.number), f"Bước {step.number}: {step_words(step)}")
        for step in record.steps
    )


def _papers(record: Record) -> tuple[Target, ...]:
    return tuple(
        Target(paper_key(number), f"Giấy tờ {number}: {paper_words(paper)}")
        for number, paper in enumerate(record.papers, 1)
    )


def _times(record: Record) -> tuple[Target, ...]:
    limit = [Target(TIME_LIMIT, "Thời hạn giải quyết")] if record.time_limit else []
    timed = {step_key(step.number) for step in record.steps if step.duration}
    return (*limit, *(step for step in _steps(record) if step.key in timed))


def _sets(record: Record) -> tuple[Target, ...]:
    return (Target(SETS, "Số lượng hồ sơ"),) if (record.dossier_sets or 0) > 1 else ()


def _forms(record: Record) -> tuple[Target, ...]:
    return (Target(FORMS, "Mẫu đơn, tờ khai của thủ tục"), *_papers(record))


def _bodies(record: Record) -> tuple[Target, ...]:
    return tuple(Target(body_key(n), body_words(body)) for n, body in enumerate(record.bodies, 1))


def _conditions(record: Record) -> tuple[Target, ...]:
    return tuple(Target(condition_key(n), text) for n, text in enumerate(record.conditions, 1))


def _texts(_record: Record) -> tuple[Target, ...]:
    return (_THE_WHOLE, *(Target(part, words) for part, words in _TEXT_LABELS.items()))


def _electronic(record: Record) -> tuple[Target, ...]:
    manners = Target(MANNERS, "Cách thức gửi hồ sơ, nhận kết quả")
    on_paper = {
        paper_key(number)
        for number, paper in enumerate(record.papers, 1)
        if paper.copy is not CopyKind.ELECTRONIC
    }
    return (manners, *(paper for paper in _papers(record) if paper.key in on_paper))


_THE_WHOLE = Target(WHOLE, "Toàn bộ thủ tục")
_TEXT_LABELS = {
    "name": "Tên thủ tục",
    "result": "Kết quả thực hiện",
    "fee": "Phí, lệ phí",
    "manner_text": "Nội dung cách thức thực hiện",
    "dossier_text": "Nội dung ghi thêm về hồ sơ",
    "time_limit_text": "Nội dung thời hạn giải quyết",
}
"""Parts of one text, which a measure of another kind may word anew."""

_OFFERS: dict[MeasureKind, Callable[[Record], tuple[Target, ...]]] = {
    MeasureKind.DROP_STEP: _steps,
    MeasureKind.MERGE_STEPS: _steps,
    MeasureKind.SHORTEN: _times,
    MeasureKind.DROP_PAPER: _papers,
    MeasureKind.FEWER_SETS: _sets,
    MeasureKind.ELECTRONIC: _electronic,
    MeasureKind.FORM: _forms,
    MeasureKind.DELEGATE: _bodies,
    MeasureKind.DROP_CONDITION: _conditions,
    MeasureKind.OTHER: _texts,
}
