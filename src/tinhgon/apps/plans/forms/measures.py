"""The form of a measure: its fields follow the kind, and it offers the parts of the record."""

from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.apps.plans.actions import MeasureEntry
from tinhgon.apps.plans.enums import MEASURE_CHOICES, RISK_CHOICES, MeasureKind
from tinhgon.apps.plans.models import Measure
from tinhgon.domain.procedures import UNIT_WORDS, Record, Unit
from tinhgon.domain.simplification import KIND_WORDS, WHOLE, targets

from .moving import VersionForm

K = MeasureKind
_UNITS = [(unit.value, UNIT_WORDS[unit]) for unit in Unit]
_EXTRA: dict[MeasureKind, tuple[str, ...]] = {
    K.MERGE: ("into",),
    K.MERGE_STEPS: ("with_steps", "what", "amount", "unit"),
    K.SHORTEN: ("amount", "unit"),
    K.FEWER_SETS: ("sets",),
    K.ELECTRONIC: ("only",),
    K.FORM: ("name",),
    K.DELEGATE: ("name", "devolved", "steps"),
    K.INTERCONNECT: ("with_whom",),
    K.OTHER: ("text",),
}
"""Kind → the fields that say more than its target."""

_NAMES = {"with_steps": "with", "with_whom": "with"}
_TARGET_LABELS = {
    K.DROP_STEP: "Bước được bỏ",
    K.MERGE_STEPS: "Bước được giữ lại",
    K.SHORTEN: "Thời hạn được rút ngắn",
    K.DROP_PAPER: "Giấy tờ được bỏ",
    K.ELECTRONIC: "Phần chuyển sang điện tử",
    K.FORM: "Giấy tờ được mẫu hóa",
    K.DELEGATE: "Cơ quan đang có thẩm quyền",
    K.DROP_CONDITION: "Yêu cầu, điều kiện được bỏ",
    K.OTHER: "Phần được sửa",
}


class KindForm(forms.Form):
    """Which kind of measure is wanted; the next page asks for the rest."""

    loai = forms.ChoiceField(label="Loại nội dung", choices=MEASURE_CHOICES)


class MeasureForm(VersionForm):
    target = forms.ChoiceField(label="Phần được sửa", required=False, widget=forms.RadioSelect)
    into = forms.CharField(label="Gộp vào thủ tục", max_length=1_000)
    with_steps = forms.MultipleChoiceField(
        label="Các bước được gộp vào", widget=forms.CheckboxSelectMultiple
    )
    what = forms.CharField(
        label="Nội dung bước sau khi gộp",
        required=False,
        max_length=1_000,
        help_text="Để trống: ghép nội dung các bước.",
    )
    amount = forms.CharField(label="Thời hạn mới", max_length=12)
    unit = forms.ChoiceField(label="Đơn vị", choices=_UNITS, initial=Unit.WORKING_DAY.value)
    sets = forms.IntegerField(label="Số bộ hồ sơ mới", min_value=1)
    only = forms.BooleanField(label="Chỉ nhận bản điện tử, không nhận bản giấy", required=False)
    name = forms.CharField(label="Tên mẫu đơn, tờ khai", max_length=500)
    devolved = forms.BooleanField(
        label="Phân cấp (chuyển hẳn thẩm quyền); không chọn: ủy quyền", required=False
    )
    steps = forms.MultipleChoiceField(
        label="Các bước do cơ quan đó thực hiện",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_whom = forms.CharField(label="Liên thông với", required=False, max_length=500)
    text = forms.CharField(
        label="Nội dung mới của phần đó",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    content = forms.CharField(
        label="Nội dung đơn giản hóa",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống: hệ thống ghi theo phần đã chọn.",
    )
    reason = forms.CharField(
        label="Lý do", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    effort = forms.DecimalField(
        label="Công sức thực hiện (ngày công)",
        min_value=0,
        max_value=99_999,
        max_digits=6,
        decimal_places=1,
        initial=1,
        localize=True,
    )
    risk = forms.TypedChoiceField(
        label="Rủi ro khi thực hiện", choices=RISK_CHOICES, coerce=int, initial=1
    )

    def __init__(self, *args: Any, kind: MeasureKind, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        wanted = _EXTRA.get(kind, ())
        for name in {field for fields in _EXTRA.values() for field in fields} - set(wanted):
            del self.fields[name]
        self._offer(record)
        if kind is K.DELEGATE:
            self.fields["name"].label = "Cơ quan, người được phân cấp, ủy quyền"
        if kind is K.MERGE_STEPS:
            self.fields["amount"].required = self.fields["unit"].required = False
            self.fields["amount"].label = "Thời gian của bước sau khi gộp"

    def _offer(self, record: Record) -> None:
        offered = targets(record, self.kind)
        if [each.key for each in offered] == [WHOLE]:
            del self.fields["target"]
        else:
            field = self.fields["target"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 — for the type checker
            field.label = _TARGET_LABELS.get(self.kind, "Phần được sửa")
            field.choices = [(each.key, each.words) for each in offered]
            field.required = WHOLE not in {each.key for each in offered}
            if len(offered) == 1:
                field.initial = offered[0].key
        steps = [(each.key, each.words) for each in targets(record, K.DROP_STEP)]
        for name in ("with_steps", "steps"):
            if name in self.fields:
                field = self.fields[name]
                assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 — for the type checker
                field.choices = steps

    def entry(self) -> MeasureEntry:
        cleaned = self.cleaned_data
        value = {
            _NAMES.get(name, name): cleaned[name]
            for name in _EXTRA.get(self.kind, ())
            if cleaned.get(name)
        }
        if "amount" in value:
            value["amount"] = str(value["amount"]).replace(",", ".").strip()
        else:
            value.pop("unit", None)
        return MeasureEntry(
            kind=self.kind,
            target=cleaned.get("target", WHOLE),
            value=value,
            content=cleaned["content"],
            reason=cleaned["reason"],
            effort=cleaned["effort"],
            risk=cleaned["risk"],
        )

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]


def initial_of(measure: Measure) -> dict[str, Any]:
    """Return what the form of a measure starts with."""
    kind = MeasureKind(measure.kind)
    value = {name: measure.value.get(_NAMES.get(name, name)) for name in _EXTRA.get(kind, ())}
    if isinstance(value.get("amount"), str):
        value["amount"] = value["amount"].replace(".", ",")
    return {
        "target": measure.target,
        "content": measure.content,
        "reason": measure.reason,
        "effort": measure.effort,
        "risk": measure.risk,
        **{name: each for name, each in value.items() if each is not None},
    }
