"""The inputs of the long form: its general part, and one row of each of its lists."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tinhgon.apps.procedures.enums import KIND_CHOICES, RULE_OWNER_CHOICES, TIER_CHOICES
from tinhgon.common.choices import labelled
from tinhgon.domain.procedures import (
    COPY_WORDS,
    LABELS,
    MANNER_WORDS,
    PART_WORDS,
    CopyKind,
    Duration,
    Manner,
    NotADuration,
    Part,
    read_duration,
)
from tinhgon.ui.forms import DateField

LONG = 20_000


class DurationField(forms.CharField):
    """A time as officials write it: 05 ngày làm việc, 4 giờ, 1/2 ngày."""

    def clean(self, value: Any) -> Duration | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_duration(text)
        except NotADuration as e:
            message = f"{e} Ghi số và đơn vị, ví dụ: 05 ngày làm việc, 4 giờ."
            raise ValidationError(message, code="invalid") from None


class AfterField(forms.CharField):
    """The numbers of the steps that must be over before, as typed: "2, 3"; 0 for none."""

    def clean(self, value: Any) -> tuple[int, ...]:
        text = re.sub("bước|và", " ", super().clean(value), flags=re.IGNORECASE)
        if re.search(r"[^\d\s,;.&+]", text):
            raise ValidationError("Ghi số thứ tự của bước, ví dụ: 2, 3.", code="invalid")
        return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d{1,4}", text)))


def _text(label: str, *, most: int = 500, rows: int = 0, **more: Any) -> Any:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, **{"required": False, "max_length": most, "widget": widget, **more}
    )


class GeneralForm(forms.Form):
    """Everything that is no list of rows."""

    name = _text(
        LABELS["name"],
        most=1_000,
        rows=2,
        required=True,
        help_text="Nêu một việc và đối tượng của việc đó, đúng như sẽ in trong quyết định.",
        error_messages={"required": "Ghi tên thủ tục."},
    )
    field = _text(LABELS["field"], most=150)
    lead = _text(LABELS["lead"], most=255)
    kind = forms.ChoiceField(label=LABELS["kind"], choices=KIND_CHOICES)
    tier = forms.ChoiceField(label=LABELS["tier"], choices=TIER_CHOICES)
    rule_owner = forms.ChoiceField(
        label=LABELS["rule_owner"],
        choices=[("", "Chưa xác định"), *RULE_OWNER_CHOICES],
        required=False,
        help_text="Cho biết có tự sửa được quy định hay phải kiến nghị cấp trên.",
    )
    is_interconnected = forms.BooleanField(
        label="Liên thông: nhiều cơ quan cùng giải quyết, nộp hồ sơ một lần", required=False
    )
    manners = forms.MultipleChoiceField(
        label="Cách thức",
        choices=labelled(Manner, MANNER_WORDS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    manner_text = _text("Nội dung", most=LONG, rows=2)
    dossier_sets = forms.IntegerField(
        label=LABELS["dossier_sets"],
        required=False,
        min_value=1,
        max_value=99,
        error_messages={"invalid": "Ghi số bộ bằng chữ số, ví dụ: 1."},
    )
    dossier_text = _text(
        "Ghi thêm về hồ sơ",
        most=LONG,
        rows=2,
        help_text="Thủ tục không cần hồ sơ thì ghi “Không quy định”.",
    )
    time_limit = DurationField(
        label="Thời hạn",
        required=False,
        max_length=100,
        help_text="Ví dụ: 05 ngày làm việc, 4 giờ, 1/2 ngày làm việc.",
    )
    time_limit_text = _text(
        "Nội dung",
        most=LONG,
        rows=2,
        help_text="Tính từ khi nào; hoặc “Không quy định”.",
    )
    subjects = _text(LABELS["subjects"], most=LONG, rows=3, help_text="Mỗi dòng một đối tượng.")
    result = _text(LABELS["result"], most=LONG, rows=2)
    fee = _text(LABELS["fee"], most=LONG)
    conditions = _text(
        LABELS["conditions"], most=LONG, rows=3, help_text="Mỗi dòng một yêu cầu, điều kiện."
    )


class StepForm(forms.Form):
    what = _text("Nội dung công việc", most=LONG, rows=2)
    actor = _text("Người, đơn vị thực hiện", rows=2)
    time = DurationField(
        label="Thời gian",
        required=False,
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    product = _text("Sản phẩm", rows=2)
    after = AfterField(label="Làm sau bước", required=False, max_length=60)


class PaperForm(forms.Form):
    name = _text("Tên giấy tờ", most=LONG, rows=2)
    copy = forms.ChoiceField(label="Bản", choices=labelled(CopyKind, COPY_WORDS))
    quantity = forms.IntegerField(
        label="Số lượng",
        required=False,
        min_value=1,
        max_value=999,
        error_messages={"invalid": "Ghi số lượng bằng chữ số."},
    )
    form = _text("Theo mẫu số", most=300)
    compulsory = forms.BooleanField(label="Bắt buộc", required=False)


class BodyForm(forms.Form):
    part = forms.ChoiceField(label="Vai trò", choices=labelled(Part, PART_WORDS))
    name = _text("Tên cơ quan, người có thẩm quyền")


class FormForm(forms.Form):
    name = _text("Tên mẫu đơn, mẫu tờ khai", most=300)
    file = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)


class BasisForm(forms.Form):
    line = _text("Căn cứ", most=5_000, rows=2)
    ended_on = DateField(label="Hết hiệu lực từ ngày", required=False)


ROWS: dict[str, tuple[type[forms.Form], str]] = {
    "steps": (StepForm, "Bước"),
    "papers": (PaperForm, "Giấy tờ"),
    "bodies": (BodyForm, "Cơ quan"),
    "forms": (FormForm, "Mẫu"),
    "bases": (BasisForm, "Căn cứ"),
}
"""List of rows → the form of one, and what one is called."""
