from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.vntext import fold
from tinhgon.ui.forms import DateField

from . import queries
from .actions import MilestoneValues, ProgrammeValues, RoundValues, TargetValues
from .enums import Operator
from .models import Programme

_SPARE_ROWS = 3
_MOST_ROWS = 60


class _AgencyChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.label


class ProgrammeForm(forms.Form):
    name = forms.CharField(label="Tên chương trình, kế hoạch", max_length=300)
    agency = _AgencyChoice(label="Cơ quan chủ trì", queryset=Agency.objects.none())
    basis = forms.CharField(
        label="Văn bản căn cứ",
        max_length=300,
        required=False,
        help_text="Ví dụ: Kế hoạch số 243/KH-UBND ngày 02/12/2022.",
    )
    starts_on = DateField(label="Từ ngày")
    ends_on = DateField(label="Đến ngày", required=False)
    max_extensions = forms.IntegerField(
        label="Số lần gia hạn nhiều nhất cho một nhiệm vụ", min_value=0, max_value=10, initial=1
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, _AgencyChoice)  # noqa: S101 — for the type checker
        field.queryset = queries.agencies_for_programmes(user=user, today=today)
        field.empty_label = "Chọn cơ quan"
        field.initial = field.queryset.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _check_span(self, cleaned)
        return cleaned


def _check_span(form: forms.Form, cleaned: dict[str, Any]) -> None:
    start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
    if start and end and end < start:
        form.add_error("ends_on", "Ngày kết thúc phải sau ngày bắt đầu.")


class _PartForm(forms.Form):
    """A row of a list within the programme; an empty one is left out."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RoundForm(_PartForm):
    name = forms.CharField(label="Tên đợt", max_length=150)
    starts_on = DateField(label="Từ ngày", required=False)
    ends_on = DateField(label="Đến ngày", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _check_span(self, cleaned)
        return cleaned


class MilestoneForm(_PartForm):
    name = forms.CharField(label="Nội dung mốc", max_length=300)
    due_on = DateField(label="Ngày cuối cùng còn đúng hạn")
    round_name = forms.CharField(label="Thuộc đợt", max_length=150, required=False)
    basis = forms.CharField(label="Căn cứ", max_length=300, required=False)


class TargetForm(_PartForm):
    metric = forms.CharField(label="Chỉ tiêu", max_length=300)
    operator = forms.ChoiceField(
        label="So sánh", choices=Operator.choices, initial=Operator.AT_LEAST.value
    )
    value = forms.DecimalField(label="Giá trị", max_digits=18, decimal_places=4, localize=True)
    unit = forms.CharField(label="Đơn vị", max_length=30)
    round_name = forms.CharField(label="Thuộc đợt", max_length=150, required=False)
    counting_rule = forms.CharField(label="Cách tính", max_length=1000, required=False)


class _Parts(forms.BaseFormSet[Any]):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ dòng này"

    def kept(self) -> list[dict[str, Any]]:
        """Return the rows that are filled and stay."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        return [row for row in rows if row and not row.get("DELETE")]


def _formset(form: type[_PartForm]) -> Any:
    return forms.formset_factory(
        form,
        formset=_Parts,
        extra=_SPARE_ROWS,
        max_num=_MOST_ROWS,
        validate_max=True,
        can_delete=True,
    )


class ProgrammeForms:
    """The form of a programme with its three lists, bound together or not at all."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        user: User,
        today: date,
        programme: Programme | None = None,
    ) -> None:
        self.main = ProgrammeForm(
            data, user=user, today=today, initial=_initial(programme) if programme else {}
        )
        self.rounds = _formset(RoundForm)(data, prefix="dot", initial=_rounds(programme))
        self.milestones = _formset(MilestoneForm)(
            data, prefix="moc", initial=_milestones(programme)
        )
        self.targets = _formset(TargetForm)(data, prefix="chi-tieu", initial=_targets(programme))

    def is_valid(self) -> bool:
        parts = [self.main, self.rounds, self.milestones, self.targets]
        right = [part.is_valid() for part in parts]  # each, so that every error is shown at once
        return all(right) and self._rounds_agree()

    def problems(self) -> list[tuple[str, str]]:
        """Return each error of the lists with the field it belongs to, for the summary above."""
        found = []
        for formset in (self.rounds, self.milestones, self.targets):
            found += [("", error) for error in formset.non_form_errors()]
            for number, form in enumerate(formset.forms, start=1):
                for name, errors in form.errors.items():
                    label = form.fields[name].label if name in form.fields else ""
                    target = form[name].auto_id if name in form.fields else ""
                    found += [(target, f"Dòng {number}, {label}: {e}") for e in errors]
        return found

    def values(self) -> ProgrammeValues:
        typed = self.main.cleaned_data
        return ProgrammeValues(
            name=typed["name"],
            agency=typed["agency"],
            basis=typed["basis"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            max_extensions=typed["max_extensions"],
            rounds=[RoundValues(**_plain(row)) for row in self.rounds.kept()],
            milestones=[MilestoneValues(**_plain(row)) for row in self.milestones.kept()],
            targets=[TargetValues(**_plain(row)) for row in self.targets.kept()],
        )

    def _rounds_agree(self) -> bool:
        """Milestones and targets name a round that is typed above; no two rounds share a name."""
        names: set[str] = set()
        fine = True
        for form in self.rounds.forms:
            name = fold(form.cleaned_data.get("name", ""))
            if form.cleaned_data.get("DELETE") or not name:
                continue
            if name in names:
                form.add_error("name", "Có hai đợt trùng tên.")
                fine = False
            names.add(name)
        for form in (*self.milestones.forms, *self.targets.forms):
            name = form.cleaned_data.get("round_name", "")
            if name and fold(name) not in names and not form.cleaned_data.get("DELETE"):
                form.add_error("round_name", f"Chưa có đợt “{name}” trong danh sách các đợt.")
                fine = False
        return fine


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "DELETE"}


def _initial(programme: Programme) -> dict[str, Any]:
    names = ("name", "basis", "starts_on", "ends_on", "max_extensions")
    return {
        **{name: getattr(programme, name) for name in names},
        "agency": programme.agency_id,
        "version": programme.version,
    }


def _rounds(programme: Programme | None) -> list[dict[str, Any]]:
    return _rows(programme.rounds.all() if programme else (), "name", "starts_on", "ends_on")


def _milestones(programme: Programme | None) -> list[dict[str, Any]]:
    rows = programme.milestones.select_related("round") if programme else ()
    return _rows(rows, "name", "due_on", "basis", with_round=True)


def _targets(programme: Programme | None) -> list[dict[str, Any]]:
    rows = programme.targets.select_related("round") if programme else ()
    names = ("metric", "operator", "value", "unit", "counting_rule")
    return _rows(rows, *names, with_round=True)


def _rows(rows: Iterable[Any], *names: str, with_round: bool = False) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        values = {"pk": row.pk, **{name: getattr(row, name) for name in names}}
        if with_round:
            values["round_name"] = row.round.name if row.round else ""
        found.append(values)
    return found
