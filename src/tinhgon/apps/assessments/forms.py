from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tinhgon.common.attempts import under_version
from tinhgon.domain.costing import (
    CONFIDENCE_WORDS,
    GROUP_WORDS,
    SIDE_WORDS,
    TERM_WORDS,
    BadFigure,
    Confidence,
    HourlyValue,
    Note,
    Row,
    RowGroup,
    Side,
    Term,
    figure,
    read_figure,
    typed_figure,
)
from tinhgon.ui.forms import DateField

from .actions import NewNorm, RowFigures

_LONGEST = 300
_GROUPS = [(group.value, words) for group, words in GROUP_WORDS.items()]
_MOST_GDP = Decimal(10_000_000_000)


class FigureField(forms.CharField):
    """A figure of a sheet as people type it: 1.234,5; 30 phút."""

    def __init__(self, term: Term, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=40,
            widget=forms.TextInput(attrs={"size": 8, "inputmode": "decimal"}),
            **kwargs,
        )
        self.term = term

    def clean(self, value: Any) -> Decimal | None:
        try:
            return read_figure(self.term, super().clean(value))
        except BadFigure as e:
            raise ValidationError(str(e), code="invalid") from e


class AddRowForm(forms.Form):
    group = forms.ChoiceField(label="Nhóm công việc", choices=_GROUPS)
    what = forms.CharField(label="Công việc", max_length=_LONGEST)
    # The script of the cells keeps it up to date.
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-cells-version": ""}))


_ASKED = (
    ("value", "Giá trị"),
    ("low", "Thấp nhất"),
    ("high", "Cao nhất"),
    ("confidence", "Mức tin cậy"),
    ("source", "Nguồn"),
    ("reason", "Lý do"),
)
"""What is said of each figure of a row, with the word above its column."""


class RowForm(forms.Form):
    """All that is said of a row: its words, and each figure with its origin."""

    what = forms.CharField(label="Công việc", max_length=_LONGEST)
    how = forms.CharField(label="Cách thức thực hiện cụ thể", max_length=_LONGEST, required=False)
    group = forms.ChoiceField(label="Nhóm công việc", choices=_GROUPS)
    performer = forms.ChoiceField(
        label="Bên làm",
        choices=[(side.value, words) for side, words in SIDE_WORDS.items()],
        help_text="Chi phí tuân thủ chỉ tính công việc của bên thực hiện.",
    )
    source = forms.CharField(
        label="Nguồn số liệu của dòng",
        max_length=_LONGEST,
        required=False,
        help_text="Ví dụ: Sổ theo dõi văn bản năm 2023; bấm giờ ba hồ sơ.",
    )
    per_set = forms.BooleanField(label="Chi phí dịch vụ tính theo số bộ hồ sơ", required=False)
    side = forms.ChoiceField(choices=[("now", ""), ("after", "")], widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, row: Row, side: str, version: int) -> None:
        initial = {
            "version": version,
            "what": row.what,
            "how": row.how,
            "group": row.group.value,
            "performer": row.side.value,
            "source": row.source,
            "per_set": row.per_set,
            "side": side,
        }
        super().__init__(data, initial=initial)
        self.row = row
        for term in Term:
            self._add_term(term)

    def _add_term(self, term: Term) -> None:
        note, value, words = self.row.note(term), self.row.value(term), TERM_WORDS[term]
        says = {"initial": "" if value is None else typed_figure(term, value)}
        self.fields[f"{term}-value"] = FigureField(term, label=words, **says)
        for name, label, end in (("low", "thấp nhất", note.low), ("high", "cao nhất", note.high)):
            self.fields[f"{term}-{name}"] = FigureField(
                term,
                label=f"{words}, {label}",
                initial="" if end is None else typed_figure(term, end),
            )
        self.fields[f"{term}-confidence"] = forms.ChoiceField(
            label=f"{words}, mức tin cậy",
            required=False,
            choices=[("", "Chưa ghi"), *((c.value, w) for c, w in CONFIDENCE_WORDS.items())],
            initial=note.confidence.value if note.confidence else "",
        )
        for name, label, said in (
            ("source", "nguồn", note.source),
            ("reason", "lý do", note.reason),
        ):
            self.fields[f"{term}-{name}"] = forms.CharField(
                label=f"{words}, {label}", required=False, max_length=_LONGEST, initial=said
            )

    @property
    def terms(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Each figure with its fields and the words of their columns, for a table."""
        return [
            (TERM_WORDS[term], [(words, self[f"{term}-{name}"]) for name, words in _ASKED])
            for term in Term
        ]

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[n] for n in ("what", "how", "group", "performer", "source", "per_set")]

    @property
    def seen(self) -> int | None:
        """The version that the person saw."""
        seen: int | None = self.cleaned_data.get("version")
        return seen

    def overtaken(self, row: Row, version: int, words: str) -> None:
        """Say that somebody else changed the sheet, and beside each figure what is stored now."""
        stored = RowForm(None, row=row, side=self["side"].value(), version=version)
        for name, field in stored.fields.items():
            kept = stored.get_initial_for_field(field, name)
            if not field.widget.is_hidden and field.has_changed(kept, self[name].data):
                self.add_error(name, f"đang lưu: {_shown(field, kept)}")
        if words not in self.non_field_errors():
            self.add_error(None, words)
        under_version(self, version)

    def said(self) -> RowFigures:
        typed = self.cleaned_data
        return RowFigures(
            side=typed["side"],
            what=typed["what"],
            how=typed["how"],
            group=RowGroup(typed["group"]),
            performer=Side(typed["performer"]),
            source=typed["source"],
            per_set=typed["per_set"],
            figures={term: (self._value(term), self._note(term)) for term in Term},
        )

    def _value(self, term: Term) -> Decimal | None:
        value: Decimal | None = self.cleaned_data[f"{term}-value"]
        if value is None and term in (Term.HOURS, Term.SERVICES, Term.FEES):
            return Decimal(0)
        return value

    def _note(self, term: Term) -> Note:
        typed = self.cleaned_data
        sure = typed[f"{term}-confidence"]
        known = self.row.note(term)
        is_same = self._value(term) == self.row.value(term)
        return Note(
            term,
            source=typed[f"{term}-source"],
            reason=typed[f"{term}-reason"],
            confidence=Confidence(sure) if sure else None,
            low=typed[f"{term}-low"],
            high=typed[f"{term}-high"],
            follows=known.follows and is_same,
            share=known.share if is_same else None,
            stated=known.stated and is_same,
        )


def _shown(field: forms.Field, kept: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return "có" if kept else "không"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(kept, kept))
    return str(kept or "bỏ trống")


class RemoveRowForm(forms.Form):
    key = forms.CharField(label="Dòng", max_length=_LONGEST)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(forms.Form):
    file = forms.FileField(
        label="Tệp Excel theo biểu mẫu 03/SCM-KSTT",
        help_text="Tệp .xlsx, .xls hoặc .ods. Chưa ghi gì cho tới khi xem trước và xác nhận.",
    )


class ConfirmForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NormForm(forms.Form):
    name = forms.CharField(label="Tên định mức", max_length=200)
    per_head = forms.CharField(
        label="GDP bình quân đầu người (đồng/năm)",
        required=False,
        max_length=40,
        help_text="Mức theo giờ tự tính: chia 12 tháng, 22 ngày, 8 giờ.",
    )
    value = FigureField(
        Term.HOURLY,
        label="hoặc mức theo giờ (đồng/giờ)",
        help_text="Mức không tính từ GDP được đánh dấu là không theo phương pháp chuẩn.",
    )
    since = DateField(label="Áp dụng cho tính toán từ ngày")
    source = forms.CharField(
        label="Nguồn", max_length=500, help_text="Văn bản hoặc nơi công bố số liệu."
    )

    def clean_per_head(self) -> Decimal | None:
        typed = self.cleaned_data["per_head"]
        try:
            found = read_figure(Term.SERVICES, typed)
        except BadFigure:
            found = None
        if typed and (found is None or not found or found > _MOST_GDP):
            raise ValidationError("Ghi số đồng một năm bằng chữ số, ví dụ 101.900.000.")
        return found

    def norm(self) -> NewNorm:
        typed = self.cleaned_data
        return NewNorm(
            name=typed["name"],
            since=typed["since"],
            source=typed["source"],
            per_head=typed["per_head"],
            value=typed["value"],
        )


class ApplyForm(forms.Form):
    code = forms.ChoiceField(label="Định mức")
    reason = forms.CharField(
        label="Lý do, văn bản yêu cầu",
        max_length=500,
        help_text="Mọi bảng tính của đợt được tính lại ở cả hai bên; phần thay đổi của chi phí "
        "tiết kiệm được ghi là ước tính lại.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, norms: Sequence[HourlyValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 — for the type checker
        field.choices = [(n.id, f"{n.name}: {figure(n.value)} đồng/giờ") for n in norms]
