from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from tinhgon.apps.plans.actions import Kept
from tinhgon.apps.plans.queries.renewing import Renewal
from tinhgon.apps.reviews.models import Review

from .moving import VersionForm


class ItemsForm(forms.Form):
    """Which of the reviewed procedures go into a plan."""

    reviews = forms.TypedMultipleChoiceField(
        label="Thủ tục",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một thủ tục."},
    )

    def __init__(self, *args: Any, candidates: Sequence[Review], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviews"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 — for the type checker
        field.choices = [
            (row.pk, f"{row.procedure_version.name} ({_standing(row)})") for row in candidates
        ]
        self._by_pk = {row.pk: row for row in candidates}

    def chosen(self) -> list[Review]:
        return [self._by_pk[pk] for pk in self.cleaned_data["reviews"]]


def _standing(review: Review) -> str:
    words = review.outcome_words.lower()
    refused = vars(review).get("was_refused")
    return f"{words}; phương án trước không được phê duyệt" if refused else words


class RenewForm(VersionForm):
    """The version that the person saw, to which a procedure of a draft plan goes over."""

    to = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, renewal: Renewal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loose = list(renewal.loose_texts) if renewal else []
        for text in self.loose:
            self.fields[f"text_{text.pk}"] = _stays(f"Văn bản phải sửa: {text}")
        if renewal and renewal.proposal:
            self.fields["proposal"] = _stays(f"Kiến nghị thực thi: {renewal.proposal}")

    @property
    def questions(self) -> list[forms.BoundField]:
        """What is tied to no measure: whether it stays."""
        return list(self.visible_fields())

    @property
    def unanswered(self) -> bool:
        return any(each.errors for each in self.questions)

    def kept(self) -> Kept:
        cleaned = self.cleaned_data
        said = cleaned.get("proposal")
        return Kept(
            texts={text.pk: cleaned[f"text_{text.pk}"] == _STAYS for text in self.loose},
            proposal=None if said is None else said == _STAYS,
        )


_STAYS, _GOES = "giu", "bo"


def _stays(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(_STAYS, "Vẫn cần, giữ lại"), (_GOES, "Không còn cần, bỏ")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn giữ hay bỏ."},
    )


class ProposalForm(VersionForm):
    proposal = forms.CharField(
        label="Kiến nghị thực thi",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ghi chung; văn bản, điều khoản phải sửa ghi từng dòng ở bên dưới.",
    )
    field_order = ("proposal", "version")
