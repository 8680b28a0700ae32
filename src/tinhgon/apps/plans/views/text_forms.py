"""What is entered on the way of a legal text into force."""

from __future__ import annotations

from typing import Any

from django import forms

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.actions import IssuedText
from tinhgon.apps.plans.enums import LegalChangeMove
from tinhgon.apps.plans.forms import VersionForm
from tinhgon.apps.plans.models import LegalChange
from tinhgon.apps.plans.queries import issuing
from tinhgon.common import clock
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop

_FILE_HELP = "Word, PDF hoặc bản quét; tối đa 20 MB."


class TextMoveForm(VersionForm):
    """Only the version of the text that the person saw."""

    def __init__(self, *args: Any, change: LegalChange, user: User, **kwargs: Any) -> None:
        self.change, self.user = change, user
        super().__init__(*args, **{"initial": self.known(), **kwargs})

    def known(self) -> dict[str, Any]:
        """Return what the form starts with."""
        return {"version": self.change.version, "due_on": self.change.due_on}


class DraftTextForm(TextMoveForm):
    file = forms.FileField(
        label="Tệp dự thảo", required=False, help_text=_FILE_HELP, widget=FileDrop
    )

    def upload(self) -> Upload | None:
        file = self.cleaned_data.get("file")
        return Upload.of(file) if file else None


class IssueTextForm(DraftTextForm):
    issuer = forms.ChoiceField(label="Cơ quan ban hành")
    issuer_name = forms.CharField(
        label="Tên cơ quan khác",
        required=False,
        max_length=255,
        help_text="Chỉ ghi khi chọn “Cơ quan khác”, ví dụ Bộ Nội vụ.",
    )
    doc_type = forms.CharField(label="Loại văn bản", max_length=60)
    number = forms.CharField(
        label="Số",
        max_length=20,
        help_text="Ví dụ 20; văn bản quy phạm pháp luật ghi cả năm, ví dụ 20/2024.",
    )
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=60,
        help_text="Ví dụ: QĐ-UBND.",
        error_messages={"required": "Ghi ký hiệu của văn bản, ví dụ QĐ-UBND."},
    )
    as_printed = forms.BooleanField(label="Ký hiệu in trên văn bản đúng như đã ghi", required=False)
    issued_on = DateField(label="Ngày ký, ban hành")
    in_force_on = DateField(label="Có hiệu lực từ ngày")
    subject = forms.CharField(
        label="Trích yếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    signer_authority = forms.CharField(
        label="Quyền hạn ghi trên chữ ký",
        required=False,
        max_length=200,
        help_text="Ví dụ: TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH. Để trống nếu người đứng đầu ký.",
    )
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150)
    signer_name = forms.CharField(label="Họ tên người ký", max_length=150)
    field_order = ("version",)

    def __init__(self, *args: Any, change: LegalChange, user: User, **kwargs: Any) -> None:
        self._issuers = issuing.issuers_of(change)
        super().__init__(*args, change=change, user=user, **kwargs)
        self.fields["file"].label = "Tệp đã ký"
        field = self.fields["issuer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 — for the type checker
        field.choices = [
            *((each.key, each.name) for each in self._issuers),
            (issuing.OTHER, "Cơ quan khác (bộ, ngành trung ương …)"),
        ]

    def known(self) -> dict[str, Any]:
        said = issuing.known_of(self.change, self._issuers, today=clock.today())
        return {**super().known(), **said}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        key, name = cleaned.get("issuer"), cleaned.get("issuer_name", "").strip()
        if key == issuing.OTHER and not name:
            self.add_error("issuer_name", "Ghi tên cơ quan ban hành.")
        elif key and key != issuing.OTHER and name:
            self.add_error(
                "issuer_name", "Bỏ trống ô này, hoặc chọn “Cơ quan khác” ở cơ quan ban hành."
            )
        return cleaned

    def visible_fields(self) -> list[forms.BoundField]:
        """Without the box that answers a doubt which nobody had."""
        asked = "as_printed" in self.errors or bool(self.data.get("as_printed"))
        return [f for f in super().visible_fields() if asked or f.name != "as_printed"]

    def text(self) -> IssuedText:
        """
        :raises Refused: if it names an agency whose documents the person does not record.
        """
        cleaned = self.cleaned_data
        names = (
            "doc_type",
            "number",
            "symbol",
            "issued_on",
            "in_force_on",
            "subject",
            "as_printed",
            "signer_name",
            "signer_title",
            "signer_authority",
        )
        return IssuedText(
            issuer=self._issuer(), upload=self.upload(), **{n: cleaned[n] for n in names}
        )

    def _issuer(self) -> issuing.Issuer:
        cleaned = self.cleaned_data
        known = {each.key: each for each in self._issuers}
        return known.get(cleaned["issuer"]) or issuing.issuer_named(
            user=self.user,
            change=self.change,
            name=cleaned["issuer_name"],
            on=cleaned["issued_on"],
        )


class ReasonTextForm(TextMoveForm):
    reason = forms.CharField(
        label="Lý do", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RedraftTextForm(DraftTextForm, ReasonTextForm):
    file = forms.FileField(label="Tệp dự thảo mới", help_text=_FILE_HELP, widget=FileDrop)
    field_order = ("version", "reason", "file")


class RescheduleTextForm(ReasonTextForm):
    due_on = DateField(label="Thời hạn mới", help_text="Ngày cuối cùng còn đúng hạn.")


MOVE_FORMS: dict[LegalChangeMove, type[TextMoveForm]] = {
    LegalChangeMove.DRAFT: DraftTextForm,
    LegalChangeMove.SUBMIT: DraftTextForm,
    LegalChangeMove.ISSUE: IssueTextForm,
    LegalChangeMove.BRING_INTO_FORCE: TextMoveForm,
    LegalChangeMove.REDRAFT: RedraftTextForm,
    LegalChangeMove.EDIT: RescheduleTextForm,
    LegalChangeMove.DROP: ReasonTextForm,
    LegalChangeMove.RESUME: TextMoveForm,
}
MOVE_LABELS = {
    LegalChangeMove.DRAFT: "Bắt đầu soạn thảo",
    LegalChangeMove.SUBMIT: "Đã trình ban hành",
    LegalChangeMove.ISSUE: "Ghi văn bản đã ban hành",
    LegalChangeMove.BRING_INTO_FORCE: "Xác nhận đã có hiệu lực",
    LegalChangeMove.REDRAFT: "Thay dự thảo",
    LegalChangeMove.EDIT: "Đổi thời hạn",
    LegalChangeMove.DROP: "Không còn phải sửa",
    LegalChangeMove.RESUME: "Sửa lại văn bản này",
}
