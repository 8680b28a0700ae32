"""What is entered on the way of a recommendation upwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from tinhgon.apps.plans.actions import Asked, SeenRecommendation, SentLetter
from tinhgon.apps.plans.models import Recommendation
from tinhgon.common.uploads import Upload
from tinhgon.ui.forms import DateField, FileDrop

from .moving import VersionForm


class RowsForm(VersionForm):
    """A form whose short fields stand beside one another: see `beside`."""

    beside: ClassVar[Sequence[tuple[str, ...]]] = (
        ("number", "symbol", "issued_on"),
        ("signer_title", "signer_name"),
    )

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields in their order, those beside one another together."""
        groups = {name: group for group in self.beside for name in group}
        found: dict[tuple[str, ...], list[forms.BoundField]] = {}
        for bound in self.visible_fields():
            found.setdefault(groups.get(bound.name, (bound.name,)), []).append(bound)
        return list(found.values())


class AddressForm(RowsForm):
    authority = forms.CharField(
        label="Cơ quan có thẩm quyền",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "co-quan-cap-tren", "autocomplete": "off"}),
        help_text="Cơ quan ban hành quy định, hoặc trình cấp có thẩm quyền ban hành.",
    )
    request = forms.CharField(
        label="Nội dung kiến nghị thêm",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nội dung đơn giản hóa, văn bản phải sửa đã có sẵn trong dự thảo công văn.",
    )
    answer_by = DateField(label="Đề nghị trả lời chậm nhất ngày", required=False)

    def asked(self) -> Asked:
        cleaned = self.cleaned_data
        return Asked(cleaned["authority"], cleaned["request"], cleaned["answer_by"])


class LetterForm(RowsForm):
    """A letter of ours as it was signed."""

    number = forms.CharField(label="Số công văn", max_length=20)
    symbol = forms.CharField(label="Ký hiệu", required=False, max_length=60)
    issued_on = DateField(label="Ngày công văn")
    answer_by = DateField(label="Đề nghị trả lời chậm nhất ngày", required=False)
    signer_title = forms.CharField(label="Chức vụ người ký", required=False, max_length=150)
    signer_name = forms.CharField(label="Họ tên người ký", required=False, max_length=150)
    file = forms.FileField(label="Tệp đã ký", required=False, widget=FileDrop)

    def letter(self) -> SentLetter:
        cleaned = self.cleaned_data
        return SentLetter(
            number=cleaned["number"],
            issued_on=cleaned["issued_on"],
            answer_by=cleaned["answer_by"],
            symbol=cleaned["symbol"],
            signer_title=cleaned["signer_title"],
            signer_name=cleaned["signer_name"],
            upload=upload_of(cleaned["file"]),
        )


class SendForm(LetterForm):
    """The letter that was sent, and which others of the plan went with it."""

    others = forms.MultipleChoiceField(
        label="Gửi cùng công văn này", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("number", "symbol", "issued_on", "answer_by", "others")

    def __init__(self, *args: Any, together: Sequence[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_key = {f"{each.pk}-{each.version}": each for each in together}
        field = self.fields["others"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 — for the type checker
        field.choices = [(key, str(each.item)) for key, each in self._by_key.items()]
        field.initial = list(self._by_key)
        if not together:
            del self.fields["others"]

    def seen(self) -> list[SeenRecommendation]:
        """Return the others, each with the version that the person saw."""
        chosen = self.cleaned_data.get("others", [])
        return [SeenRecommendation(self._by_key[key], int(key.partition("-")[2])) for key in chosen]


class RedirectForm(RowsForm):
    reason = forms.CharField(
        label="Lý do gửi cơ quan khác",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Bộ trả lời nội dung này thuộc thẩm quyền của cơ quan khác.",
    )


def upload_of(file: Any) -> Upload | None:
    """Return the file of a field, where one was sent."""
    return Upload.of(file) if file else None
