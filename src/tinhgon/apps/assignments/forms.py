from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives.enums import DueKind, Part
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.deadlines import Due, last_day
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar
from tinhgon.ui.forms import DateField, FileDrop

from .actions import NewDue, Upload

PROOF_TYPES = "PDF, Word, Excel hoặc ảnh chụp; tối đa 20 MB."


class VersionForm(forms.Form):
    """Only the version of the row that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class _UploadForm(VersionForm):
    def upload(self) -> Upload | None:
        """Return the file that came along, if one did."""
        file = self.cleaned_data.get("file")
        if not file:
            return None
        return Upload.of(file)


def _words(label: str, *, required: bool = True, rows: int = 3, help_text: str = "") -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=5_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ProgressForm(_UploadForm):
    percent = forms.IntegerField(
        label="Tiến độ (%)",
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "step": 5, "inputmode": "numeric"}),
    )
    text = _words("Tình hình thực hiện", help_text="Đã làm gì, còn gì, vướng mắc nếu có.")
    file = forms.FileField(
        label="Tài liệu kèm theo", required=False, widget=FileDrop, help_text=PROOF_TYPES
    )


class ProofForm(_UploadForm):
    document_code = forms.CharField(
        label="Số, ký hiệu văn bản",
        max_length=100,
        help_text="Như trên văn bản đã ký, ví dụ 12/BC-SNV.",
    )
    document_on = DateField(label="Ngày văn bản")
    file = forms.FileField(label="Tệp văn bản", widget=FileDrop, help_text=PROOF_TYPES)
    text = _words("Tóm tắt kết quả", required=False)


class NilForm(VersionForm):
    text = _words(
        "Giải trình", required=False, help_text="Vì sao không phát sinh việc phải làm.", rows=2
    )


class ReturnForm(VersionForm):
    reason = _words("Lý do trả lại", help_text="Cơ quan thực hiện cần bổ sung, sửa gì.")


class AskExtensionForm(VersionForm):
    asked_due_on = DateField(label="Xin gia hạn đến hết ngày")
    reason = _words("Lý do")


class DecideExtensionForm(VersionForm):
    """Two buttons: the one pressed says whether it is granted."""

    granted_due_on = DateField(
        label="Gia hạn đến hết ngày",
        required=False,
        help_text="Có thể cho ngày khác với ngày đề nghị.",
    )
    reason = _words("Ý kiến", required=False, rows=2, help_text="Bắt buộc khi không gia hạn.")
    decision = forms.ChoiceField(
        choices=[("grant", "Gia hạn"), ("refuse", "Không gia hạn")],
        widget=forms.HiddenInput,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if not decision:
            self.add_error(None, "Chọn gia hạn hoặc không gia hạn.")
        elif decision == "grant" and not cleaned.get("granted_due_on", True):
            self.add_error("granted_due_on", "Nhập ngày được gia hạn đến.")
        return cleaned

    @property
    def granted(self) -> date | None:
        if self.cleaned_data["decision"] == "refuse":
            return None
        granted: date = self.cleaned_data["granted_due_on"]
        return granted


class _AgencyChoice(forms.ModelMultipleChoiceField[Agency]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class PassOnForm(VersionForm):
    lead = _AgencyChoice(
        label="Giao chủ trì",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một cơ quan chủ trì."},
    )
    cooperating = _AgencyChoice(
        label="Giao phối hợp",
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DateField(label="Hạn riêng, đến hết ngày", required=False)
    note = _words("Ý kiến chỉ đạo", required=False)

    def __init__(self, *args: Any, units: Iterable[Agency], own_due: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [unit.pk for unit in units]
        self.has_units = bool(keys)
        found = Agency.objects.filter(pk__in=keys).order_by("order", "name")
        for name in ("lead", "cooperating"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 -- for the type checker
            field.queryset = found
        self.fields["due_on"].help_text = (
            f"Để trống thì theo hạn cấp trên giao: {own_due}." if own_due else ""
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        both = set(cleaned.get("lead", [])) & set(cleaned.get("cooperating", []))
        if both:
            names = ", ".join(sorted(agency.label for agency in both))
            self.add_error("cooperating", f"Đã chọn chủ trì, bỏ chọn phối hợp: {names}.")
        return cleaned

    def parts(self) -> dict[Agency, Part]:
        cleaned = self.cleaned_data
        return {
            **dict.fromkeys(cleaned["cooperating"], Part.COOPERATING),
            **dict.fromkeys(cleaned["lead"], Part.LEAD),
        }


class _LetterChoice(forms.ModelChoiceField[Directive]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.document.title)


class _LetterForm(VersionForm):
    letter = _LetterChoice(
        label="Căn cứ văn bản",
        queryset=Directive.objects.none(),
        empty_label="Chọn văn bản ban hành sau",
    )

    def __init__(self, *args: Any, letters: QuerySet[Directive], must: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["letter"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        field.queryset = letters
        field.required = must


class AmendForm(_LetterForm):
    text = _words("Nội dung nhiệm vụ", rows=4)
    kind = forms.ChoiceField(
        label="Thời hạn mới",
        choices=[
            ("", "Giữ thời hạn cũ"),
            (DueKind.BEFORE.value, "Trước ngày"),
            (DueKind.BY.value, "Chậm nhất ngày (tính cả ngày đó)"),
        ],
        required=False,
    )
    named_on = DateField(label="Ngày ghi trong văn bản", required=False)
    reason = _words("Lý do", required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        one_missing = bool(cleaned.get("kind")) != bool(cleaned.get("named_on"))
        if one_missing and "named_on" not in self.errors:
            self.add_error("named_on", "Chọn cách ghi thời hạn và nhập ngày, hoặc bỏ cả hai.")
        return cleaned

    def due(self, calendar: WorkCalendar) -> NewDue | None:
        named: date | None = self.cleaned_data["named_on"]
        if named is None:
            return None
        kind = DueKind(self.cleaned_data["kind"])
        due_on = last_day(Due(kind, named_day=named), calendar) or named
        words = "trước ngày" if kind is DueKind.BEFORE else "chậm nhất ngày"
        return NewDue(
            kind=kind, named_on=named, text=f"{words} {format_date(named)}", due_on=due_on
        )


class WithdrawForm(_LetterForm):
    reason = _words("Lý do thu hồi", rows=2)


class NumberForm(VersionForm):
    """What the paper of an issued letter says; the version is that of its document."""

    of_document = ("version", "number", "symbol", "issued_on", "link")

    number = forms.CharField(label="Số", max_length=20)
    symbol = forms.CharField(label="Ký hiệu", required=False, max_length=60)
    issued_on = DateField(label="Ngày ban hành")
    link = forms.URLField(
        label="Đường dẫn trên VNPT-iOffice", required=False, max_length=200, assume_scheme="https"
    )
    reason = _words(
        "Lý do sửa",
        required=False,
        rows=2,
        help_text="Cần ghi khi sửa số, ký hiệu hoặc ngày đã có; ghi lần đầu thì để trống.",
    )

    def values(self) -> dict[str, str | date | None]:
        return {name: self.cleaned_data[name] for name in self.of_document if name != "version"}


class AttachForm(VersionForm):
    """Under which programme an issued letter stands."""

    programme = forms.ModelChoiceField(
        label="Chương trình",
        queryset=Programme.objects.none(),
        empty_label="Chọn chương trình",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = Programme.objects.visible_to(user)


class ReplaceForm(_LetterForm):
    reason = _words("Lý do", required=False, rows=2)


class TransferForm(forms.Form):
    """Which agency takes over the open work of an ended one."""

    succession = forms.IntegerField()


class _IssuerChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class UrgeForm(forms.Form):
    """What a letter that urges late agencies says beside the late work itself."""

    issuer = _IssuerChoice(
        label="Ban hành với danh nghĩa", queryset=Agency.objects.none(), empty_label=None
    )
    finish_on = DateField(label="Yêu cầu hoàn thành chậm nhất ngày")
    signer = forms.ChoiceField(
        label="Người ký",
        choices=[("head", "Người đứng đầu"), ("deputy", "Cấp phó ký thay")],
    )
    text = _words(
        "Nội dung bổ sung",
        required=False,
        rows=2,
        help_text="Thành một mục riêng trong phần yêu cầu của công văn.",
    )

    def __init__(self, issuers: Iterable[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["issuer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        field.queryset = Agency.objects.filter(pk__in=[each.pk for each in issuers])
