"""What is entered on the way of a legal text into force."""

from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.apps.plans.actions import IssuedText
from tinhgon.apps.plans.enums import LegalChangeMove
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop

_FILE_HELP = "Word, PDF hoặc bản quét; tối đa 20 MB."


class TextMoveForm(forms.Form):
    """Only the version of the text that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DraftTextForm(TextMoveForm):
    file = forms.FileField(
        label="Tệp dự thảo", required=False, help_text=_FILE_HELP, widget=FileDrop
    )

    def upload(self) -> Upload | None:
        file = self.cleaned_data.get("file")
        return Upload.of(file) if file else None


class IssueTextForm(DraftTextForm):
    doc_type = forms.CharField(label="Loại văn bản", max_length=60, initial="quyết định")
    number = forms.CharField(
        label="Số", max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    symbol = forms.CharField(
        label="Ký hiệu", max_length=60, required=False, help_text="Ví dụ: QĐ-UBND."
    )
    issued_on = DateField(label="Ngày ban hành")
    in_force_on = DateField(label="Có hiệu lực từ ngày")
    subject = forms.CharField(
        label="Trích yếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Tệp đã ký"

    def text(self) -> IssuedText:
        cleaned = self.cleaned_data
        return IssuedText(
            doc_type=cleaned["doc_type"],
            number=cleaned["number"],
            symbol=cleaned["symbol"],
            issued_on=cleaned["issued_on"],
            in_force_on=cleaned["in_force_on"],
            subject=cleaned["subject"],
            upload=self.upload(),
        )


class ReasonTextForm(TextMoveForm):
    reason = forms.CharField(
        label="Lý do", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RescheduleTextForm(ReasonTextForm):
    due_on = DateField(label="Thời hạn mới", help_text="Ngày cuối cùng còn đúng hạn.")


MOVE_FORMS: dict[LegalChangeMove, type[TextMoveForm]] = {
    LegalChangeMove.DRAFT: DraftTextForm,
    LegalChangeMove.SUBMIT: DraftTextForm,
    LegalChangeMove.ISSUE: IssueTextForm,
    LegalChangeMove.BRING_INTO_FORCE: TextMoveForm,
    LegalChangeMove.EDIT: RescheduleTextForm,
    LegalChangeMove.DROP: ReasonTextForm,
    LegalChangeMove.RESUME: TextMoveForm,
}
MOVE_LABELS = {
    LegalChangeMove.DRAFT: "Bắt đầu soạn thảo",
    LegalChangeMove.SUBMIT: "Đã trình ban hành",
    LegalChangeMove.ISSUE: "Ghi văn bản đã ban hành",
    LegalChangeMove.BRING_INTO_FORCE: "Xác nhận đã có hiệu lực",
    LegalChangeMove.EDIT: "Đổi thời hạn",
    LegalChangeMove.DROP: "Không còn phải sửa",
    LegalChangeMove.RESUME: "Sửa lại văn bản này",
}
