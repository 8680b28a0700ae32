from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import ACTION_LABELS, Action
from tinhgon.ui.forms import DateField, FileDrop

from .actions import Heading, Signed, Submission, Upload
from .actions.drafting import LONGEST_SUBJECT
from .enums import GROUPING_CHOICES, Grouping

FILE_TYPES = "PDF đã ký (hoặc bản quét); tối đa 20 MB."
_DEPUTY, _HEAD = "deputy", "head"


class VersionForm(forms.Form):
    """Only the version of the decision that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class HeadingForm(forms.Form):
    subject = forms.CharField(
        label="Trích yếu",
        max_length=LONGEST_SUBJECT,
        help_text="Viết tiếp sau “Về việc”: công bố thủ tục hành chính nội bộ lĩnh vực …",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effective_on = DateField(
        label="Ngày có hiệu lực", required=False, help_text="Để trống: kể từ ngày ký."
    )
    grouping = forms.ChoiceField(label="Chia mục của phụ lục", choices=GROUPING_CHOICES)
    signer = forms.ChoiceField(
        label="Người ký",
        choices=[(_HEAD, "Người đứng đầu cơ quan ban hành"), (_DEPUTY, "Cấp phó ký thay")],
    )
    bases = forms.CharField(
        label="Căn cứ",
        required=False,
        max_length=20_000,
        help_text="Mỗi căn cứ một dòng, theo thứ tự in trong quyết định.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def heading(self) -> Heading:
        cleaned = self.cleaned_data
        return Heading(
            subject=cleaned["subject"],
            effective_on=cleaned["effective_on"],
            grouping=Grouping(cleaned["grouping"]),
            bases=cleaned["bases"].splitlines(),
            deputy_signs=cleaned["signer"] == _DEPUTY,
        )


class DraftForm(HeadingForm):
    """A new draft: also who drafts it and who is to sign it."""

    drafter = forms.ModelChoiceField(
        label="Cơ quan soạn thảo, trình", queryset=Agency.objects.none(), empty_label=None
    )
    issuer = forms.ModelChoiceField(
        label="Cơ quan ban hành", queryset=Agency.objects.none(), empty_label=None
    )
    field_order = ("drafter", "issuer", "subject")

    def __init__(
        self, *args: Any, drafters: Sequence[Agency], issuers: Sequence[Agency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, agencies in (("drafter", drafters), ("issuer", issuers)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
            field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])
            if agencies:
                field.initial = agencies[0].pk


class EditForm(HeadingForm, VersionForm):
    pass


class ReasonForm(VersionForm):
    reason = forms.CharField(
        label="Lý do", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class _SubmissionForm(VersionForm):
    submission_number = forms.CharField(
        label="Số tờ trình", required=False, max_length=20, help_text="Để trống nếu chưa cấp số."
    )
    submitted_on = DateField(label="Ngày tờ trình", required=False)

    def submission(self) -> Submission:
        cleaned = self.cleaned_data
        return Submission(cleaned["submission_number"], cleaned["submitted_on"])


class SubmitForm(_SubmissionForm):
    pass


class RecordForm(_SubmissionForm):
    number = forms.CharField(
        label="Số quyết định", max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    symbol = forms.CharField(label="Ký hiệu", max_length=60, help_text="Ví dụ: QĐ-UBND.")
    issued_on = DateField(label="Ngày ký, ban hành")
    effective_on = DateField(
        label="Ngày có hiệu lực", required=False, help_text="Để trống: kể từ ngày ký."
    )
    signer_authority = forms.CharField(
        label="Quyền hạn ghi trên chữ ký",
        required=False,
        max_length=200,
        help_text="Ví dụ: KT. CHỦ TỊCH. Để trống nếu người đứng đầu ký.",
    )
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150)
    signer_name = forms.CharField(label="Họ tên người ký", max_length=150)
    file = forms.FileField(label="Tệp quyết định đã ký", widget=FileDrop, help_text=FILE_TYPES)
    field_order = (
        "number",
        "symbol",
        "issued_on",
        "effective_on",
        "signer_authority",
        "signer_title",
        "signer_name",
        "submission_number",
        "submitted_on",
        "file",
    )

    def signed(self) -> Signed:
        cleaned = self.cleaned_data
        return Signed(
            number=cleaned["number"],
            symbol=cleaned["symbol"],
            issued_on=cleaned["issued_on"],
            effective_on=cleaned["effective_on"],
            signer_authority=cleaned["signer_authority"],
            signer_title=cleaned["signer_title"],
            signer_name=cleaned["signer_name"],
        )

    def upload(self) -> Upload:
        return Upload.of(self.cleaned_data["file"])


class LineActionForm(VersionForm):
    action = forms.ChoiceField(
        label="Hình thức",
        choices=[(a.value, ACTION_LABELS[a]) for a in Action if a.brings_version],
    )

    def chosen(self) -> Action:
        return Action(self.cleaned_data["action"])
