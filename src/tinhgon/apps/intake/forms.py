from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import ACTION_CHOICES, TIER_CHOICES
from tinhgon.domain.intake import Header, column_letter
from tinhgon.domain.procedures import (
    AGENCY_HEADING,
    AGENCY_KEY,
    CODE_HEADING,
    CODE_KEY,
    COLUMNS,
    as_national_code,
)
from tinhgon.ui.forms import DateField, FileDrop

from .enums import BatchKind, Choice, Verdict
from .models import Batch, BatchRow
from .queries import agencies_for

_GREATEST = 2_147_483_647


class AgencyChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Agency) -> str:
        return agencies.long_name(obj)


class _FileForm(forms.Form):
    kind: BatchKind
    file = forms.FileField(widget=FileDrop())
    agency = AgencyChoice(queryset=Agency.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = agencies_for(user, self.kind)
        field = self.fields["agency"]
        assert isinstance(field, AgencyChoice)  # noqa: S101 — for the type checker
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in found])
        field.choices = [(agency.pk, field.label_from_instance(agency)) for agency in found]
        self.agencies = found


class SheetForm(_FileForm):
    kind = BatchKind.SHEET
    file = forms.FileField(
        label="Tệp Excel, ODS hoặc CSV",
        widget=FileDrop(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text="Theo tệp mẫu, hoặc bảng sẵn có với một dòng tiêu đề. Tối đa 50.000 dòng.",
    )
    agency = AgencyChoice(
        label="Cơ quan giữ các thủ tục",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Dùng cho dòng không ghi cơ quan.",
    )


class DecisionForm(_FileForm):
    kind = BatchKind.DECISION
    file = forms.FileField(
        label="Tệp quyết định",
        widget=FileDrop(attrs={"accept": ".docx,.pdf,.txt,.doc,.odt,.png,.jpg"}),
        help_text="Bản Word hoặc PDF của quyết định đã ký, kèm danh mục.",
    )
    agency = AgencyChoice(
        label="Cơ quan trình quyết định",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Cơ quan nhận và quản lý quyết định này trong hệ thống.",
    )


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1, max_value=_GREATEST, widget=forms.HiddenInput)


class ColumnsForm(VersionForm):
    """For each filled heading, which part of a procedure stands below it."""

    def __init__(self, *args: Any, header: Header, told: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_place = {place: key for key, place in told.items()}
        choices = [("", "Không dùng"), *_PARTS]
        self.places = [place for place, heading in enumerate(header.headings) if heading]
        for place in self.places:
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=f"{column_letter(place)}: {header.headings[place][:120]}",
                choices=choices,
                required=False,
                initial=by_place.get(place, ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, int] = {}
        for place in self.places:
            key = cleaned.get(f"c{place}") or ""
            if key and key in seen:
                letter = column_letter(seen[key])
                self.add_error(f"c{place}", f"Đã chọn phần này cho cột {letter}.")
            elif key:
                seen[key] = place
        if "name" not in seen:
            self.add_error(None, "Chọn cột có tên thủ tục.")
        self.columns = seen
        return cleaned


class ChooseForm(VersionForm):
    """Either all rows of a verdict, or each row by its own select."""

    verdict = forms.ChoiceField(choices=[(v.value, "") for v in Verdict], required=False)
    choice = forms.ChoiceField(choices=[(c.value, "") for c in Choice], required=False)


class WriteForm(VersionForm):
    stop_on_error = forms.BooleanField(
        label="Dừng nếu có lỗi (không ghi dòng nào khi còn dòng lỗi)", required=False
    )
    as_proposals = forms.BooleanField(
        label="Gửi thủ trưởng xác nhận ngay (không chọn: để ở dạng đang soạn)", required=False
    )


class AgencyText(forms.CharField):
    """An agency as it is written, or its symbol: told apart by the key behind it."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = agencies.understood(text)
        if found is None:
            raise forms.ValidationError("Không có, hoặc có nhiều cơ quan tên như vậy.")
        return found


class MissingForm(VersionForm):
    agency = AgencyText(label="Cơ quan giữ, cho các dòng chưa rõ", max_length=300, required=False)
    action = forms.ChoiceField(
        label="Hình thức, cho các dòng chưa rõ",
        choices=[("", "Để nguyên"), *ACTION_CHOICES],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("agency") and not cleaned.get("action"):
            self.add_error(None, "Chọn cơ quan hoặc hình thức.")
        return cleaned


class HeadingForm(VersionForm):
    number = forms.CharField(label="Số", max_length=20)
    symbol = forms.CharField(label="Ký hiệu", max_length=60, help_text="Ví dụ: QĐ-UBND.")
    issued_on = DateField(label="Ngày ký")
    effective_on = DateField(
        label="Ngày có hiệu lực", required=False, help_text="Để trống là từ ngày ký."
    )
    subject = forms.CharField(
        label="Trích yếu", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    issuer = AgencyText(label="Cơ quan ban hành", max_length=300)
    signer_name = forms.CharField(label="Người ký", max_length=120)
    signer_title = forms.CharField(label="Chức vụ", max_length=120, required=False)
    signer_authority = forms.CharField(
        label="Thẩm quyền ký", max_length=200, required=False, help_text="Ví dụ: KT. CHỦ TỊCH."
    )

    @classmethod
    def for_batch(cls, batch: Batch) -> HeadingForm:
        said = batch.heading
        issuer = Agency.objects.filter(pk=said.get("issuer") or 0).first()
        return cls(
            initial={
                **said,
                "issued_on": day(said.get("issued_on")),
                "effective_on": day(said.get("effective_on")),
                "issuer": agencies.written(issuer) if issuer else "",
                "version": batch.version,
            }
        )

    def values(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("issued_on", "effective_on"):
            typed[name] = typed[name].isoformat() if typed[name] else ""
        return {**typed, "issuer": typed["issuer"].pk}


class RowForm(VersionForm):
    action = forms.ChoiceField(label="Hình thức", choices=[("", "Chưa rõ"), *ACTION_CHOICES])
    name = forms.CharField(
        label="Tên thủ tục", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    tier = forms.ChoiceField(label="Cấp thực hiện", choices=TIER_CHOICES)
    agency = AgencyText(label="Cơ quan giữ thủ tục", max_length=300, required=False)
    code = forms.CharField(
        label="Mã nội bộ của thủ tục đã có",
        max_length=20,
        required=False,
        help_text="Để trống: hệ thống tìm theo tên. Ví dụ: NB-00012.",
    )
    national_code = forms.CharField(
        label="Mã số quốc gia in trong văn bản",
        max_length=100,
        required=False,
        help_text="Xoá trắng nếu văn bản in sai mã. Ví dụ: 1.012345.",
    )
    position = forms.CharField(label="Vị trí trong danh mục", max_length=40, required=False)

    def clean_national_code(self) -> str:
        text = str(self.cleaned_data["national_code"]).strip()
        if text and not all(map(as_national_code, text.split(";"))):
            raise forms.ValidationError("Ghi mã như 1.012345, hoặc để trống.")
        return text

    @classmethod
    def for_row(cls, row: BatchRow) -> RowForm:
        return cls(
            initial={
                "action": row.action,
                "name": row.name,
                "tier": (row.record or {}).get("tier", "province"),
                "agency": agencies.written(row.agency) if row.agency else "",
                "code": row.wanted_code,
                "national_code": (row.record or {}).get("national_code", ""),
                "position": row.position,
                "version": row.batch.version,
            }
        )


def day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


_PARTS: Sequence[tuple[str, str]] = [
    (CODE_KEY, CODE_HEADING),
    (AGENCY_KEY, AGENCY_HEADING),
    *((key, column.heading) for key, column in COLUMNS.items()),
]
