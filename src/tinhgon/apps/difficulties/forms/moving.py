"""What the moves of a difficulty ask for."""

from __future__ import annotations

from django import forms

from tinhgon.apps.difficulties.actions import LONGEST, Paper
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop


class VersionForm(forms.Form):
    """Only the version of the difficulty that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    words = forms.CharField(
        label="Lý do", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class _PaperForm(VersionForm):
    number = forms.CharField(
        label="Số văn bản",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    symbol = forms.CharField(label="Ký hiệu", required=False, max_length=60)
    issued_on = DateField(label="Ngày văn bản", required=False)
    signer_name = forms.CharField(label="Người ký", required=False, max_length=150)
    signer_title = forms.CharField(label="Chức vụ người ký", required=False, max_length=150)
    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        widget=FileDrop,
        help_text="Word, PDF hoặc bản quét; tối đa 20 MB.",
    )

    def paper(self) -> Paper:
        said = self.cleaned_data
        file = said["file"]
        return Paper(
            number=said["number"],
            symbol=said["symbol"],
            issued_on=said["issued_on"],
            signer_name=said["signer_name"],
            signer_title=said["signer_title"],
            issuer_name=said.get("issuer_name", ""),
            upload=Upload.of(file) if file else None,
        )


class SendForm(_PaperForm):
    """The letter may be recorded at once, or stay away where the system alone is used."""


class PassUpForm(_PaperForm):
    words = forms.CharField(
        label="Ý kiến của cơ quan",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Vì sao vượt thẩm quyền, cơ quan đề xuất giải quyết thế nào.",
    )
    addressee = forms.CharField(
        label="Cơ quan Trung ương nhận kiến nghị", required=False, max_length=200
    )
    field_order = ("words", "addressee")


class AnswerForm(_PaperForm):
    words = forms.CharField(
        label="Nội dung trả lời",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Trả lời trong thẩm quyền thì chỉ cần nội dung; có văn bản thì ghi số, ngày.",
    )
    issuer_name = forms.CharField(
        label="Cơ quan Trung ương trả lời", required=False, max_length=255
    )
    field_order = ("words", "issuer_name")


class ReferForm(VersionForm):
    agency = forms.CharField(label="Sở, ban, ngành chủ trì trả lời", max_length=255)
    words = forms.CharField(
        label="Ý kiến",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
