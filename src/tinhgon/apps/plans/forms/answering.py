"""What those above answered to recommendations: of one procedure, or of several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from tinhgon.apps.plans.actions import Answered, AnswerPaper, Said
from tinhgon.apps.plans.enums import RecommendationMove
from tinhgon.apps.plans.models import Measure, Recommendation
from tinhgon.apps.plans.queries.recommendations import names_texts
from tinhgon.ui.forms import DateField, FileDrop

from .recommending import RowsForm, upload_of

_ANSWERS = [
    (RecommendationMove.AGREE.value, "Chấp thuận"),
    (RecommendationMove.AGREE_IN_PART.value, "Chấp thuận một phần"),
    (RecommendationMove.REFUSE.value, "Không chấp thuận"),
]
_TEXT = "Văn bản cấp trên sẽ sửa đổi, bổ sung, bãi bỏ"
_DUE_ON = "Dự kiến hoàn thành chậm nhất ngày"
_SEVERAL = 2  # measures, of which some may be agreed to
_OF_ONE = ("answer", "measures", "reason", "text", "due_on")


class AnswerPaperForm(RowsForm):
    """The document with which those above answer."""

    number = forms.CharField(label="Số văn bản trả lời", max_length=20)
    symbol = forms.CharField(label="Ký hiệu", required=False, max_length=60)
    issued_on = DateField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", required=False, max_length=500)
    signer_title = forms.CharField(label="Chức vụ người ký", required=False, max_length=150)
    signer_name = forms.CharField(label="Họ tên người ký", required=False, max_length=150)
    file = forms.FileField(label="Tệp văn bản trả lời", required=False, widget=FileDrop)

    def paper(self) -> AnswerPaper:
        cleaned = self.cleaned_data
        names = ("number", "symbol", "issued_on", "subject", "signer_title", "signer_name")
        return AnswerPaper(
            **{name: cleaned[name] for name in names}, upload=upload_of(cleaned["file"])
        )


class AnswerForm(AnswerPaperForm):
    """The document of those above, and what they said of one procedure."""

    answer = forms.ChoiceField(label="Trả lời", choices=_ANSWERS, widget=forms.RadioSelect)
    measures = forms.TypedMultipleChoiceField(
        label="Nội dung được chấp thuận, nếu chỉ một phần",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="Lý do, nếu không chấp thuận toàn bộ",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label=_TEXT,
        required=False,
        max_length=500,
        help_text="Để trống nếu đã nêu trong phương án.",
    )
    due_on = DateField(
        label=_DUE_ON,
        required=False,
        help_text="Là thời hạn theo dõi các văn bản phải sửa của thủ tục này.",
    )
    field_order = (
        "answer", "measures", "reason", "number", "symbol", "issued_on", "subject",
        "signer_title", "signer_name", "text", "due_on", "file",
    )  # fmt: skip

    def __init__(self, *args: Any, own: Sequence[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measures"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 — for the type checker
        field.choices = [(measure.pk, measure.content) for measure in own]

    def said(self) -> Said:
        cleaned = self.cleaned_data
        return Said(
            move=RecommendationMove(cleaned["answer"]),
            reason=cleaned["reason"],
            measures=frozenset(cleaned["measures"]),
            text=cleaned["text"],
            due_on=cleaned["due_on"],
        )


def _answers(*, whole: bool) -> list[tuple[str, str]]:
    """Return the choices for one of several; one measure alone is agreed to wholly or not."""
    part = RecommendationMove.AGREE_IN_PART.value
    return [("", "Chưa trả lời ở văn bản này")] + [
        row for row in _ANSWERS if not (whole and row[0] == part)
    ]


class AnswersForm(AnswerPaperForm):
    """
    One document that answers of several procedures of a plan, each in its own way.

    What it says of a text and a day for all of them counts where nothing is said of one: the text
    where its plan names none.
    """

    text = forms.CharField(
        label=f"{_TEXT}, chung cho các thủ tục được chấp thuận",
        required=False,
        max_length=500,
        help_text="Ghi vào thủ tục mà phương án chưa nêu văn bản phải sửa. Để trống nếu ghi riêng.",
    )
    due_on = DateField(label=f"{_DUE_ON}, chung cho các thủ tục được chấp thuận", required=False)

    def __init__(self, *args: Any, waiting: Sequence[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.waiting = waiting
        for each in waiting:
            self._add(each)

    def _add(self, each: Recommendation) -> None:
        own = [(measure.pk, measure.content) for measure in each.item.measures.all()]
        self.fields |= {
            f"version_{each.pk}": forms.IntegerField(
                widget=forms.HiddenInput, initial=each.version
            ),
            f"answer_{each.pk}": forms.ChoiceField(
                label="Trả lời",
                choices=[("", "Chưa trả lời ở văn bản này"), *_ANSWERS],
                required=False,
            ),
            f"measures_{each.pk}": forms.TypedMultipleChoiceField(
                label="Nội dung được chấp thuận, nếu chỉ một phần",
                coerce=int,
                required=False,
                choices=own,
                widget=forms.CheckboxSelectMultiple,
            ),
            f"reason_{each.pk}": forms.CharField(
                label="Lý do, nếu không chấp thuận toàn bộ", required=False, max_length=2_000
            ),
            f"text_{each.pk}": forms.CharField(
                label=f"{_TEXT}, nếu khác", required=False, max_length=500
            ),
            f"due_on_{each.pk}": DateField(label=f"{_DUE_ON}, nếu khác", required=False),
        }
        if len(own) < _SEVERAL:
            del self.fields[f"measures_{each.pk}"]

    @property
    def paper_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the document, those beside one another together."""
        own = {name for _, fields in self.lines for name in (field.name for field in fields)}
        return [row for row in self.rows if row[0].name not in own]

    @property
    def lines(self) -> list[tuple[Recommendation, list[forms.BoundField]]]:
        """Each recommendation with the fields of its answer."""
        found = []
        for each in self.waiting:
            names = [f"{name}_{each.pk}" for name in _OF_ONE]
            found.append((each, [self[name] for name in names if name in self.fields]))
        return found

    @property
    def is_overtaken(self) -> bool:
        """Whether others wait by now than those that the person saw."""
        own = {f"version_{each.pk}" for each in self.waiting}
        return self.is_bound and {n for n in self.data if n.startswith("version_")} != own

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_overtaken:
            for each in self.waiting:
                self.errors.pop(f"version_{each.pk}", None)
            raise forms.ValidationError(
                "Người khác vừa ghi đối với thủ tục trong danh sách này. Đã hiện các thủ tục đang "
                "chờ trả lời, mời xem lại rồi ghi tiếp."
            )
        return cleaned

    def answers(self) -> list[Answered]:
        """Return what is said of those that the document answers, as the person saw them."""
        cleaned = self.cleaned_data
        return [
            Answered(each, cleaned[f"version_{each.pk}"], self._said(each))
            for each in self.waiting
            if cleaned[f"answer_{each.pk}"]
        ]

    def _said(self, each: Recommendation) -> Said:
        cleaned = self.cleaned_data
        move = RecommendationMove(cleaned[f"answer_{each.pk}"])
        agreed = move is not RecommendationMove.REFUSE
        shared = cleaned["text"] if agreed and not names_texts(each) else ""
        return Said(
            move=move,
            reason=cleaned[f"reason_{each.pk}"],
            measures=frozenset(cleaned.get(f"measures_{each.pk}", ())),
            text=cleaned[f"text_{each.pk}"] or shared,
            due_on=cleaned[f"due_on_{each.pk}"] or (cleaned["due_on"] if agreed else None),
        )

    def under_versions(self) -> None:
        """Let what was entered be sent again, now that the person was told of the other change."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            for name in [name for name in self.data if name.startswith("version_")]:
                del self.data[name]
            for each in self.waiting:
                self.data[f"version_{each.pk}"] = str(each.newest_version())
