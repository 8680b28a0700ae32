from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from tinhgon.common.people import Person
from tinhgon.domain.access import Permission
from tinhgon.ui.forms import DateField, FileDrop

from .actions import NewAgency
from .enums import Kind, Level
from .models import Agency

_NEW, _EXISTING = "new", "existing"
_SPLIT_ROWS = 4


def managed(user: Person, day: date) -> QuerySet[Agency]:
    """Return the agencies of that day which the person manages, each with the one above it."""
    rows = Agency.objects.within(user.access.paths(Permission.MANAGE_AGENCIES))
    return rows.existing_on(day).select_related("parent").order_by("level", "order", "name")


class AgencyChoice(forms.ModelChoiceField[Agency]):
    def label_from_instance(self, obj: Agency) -> str:
        return obj.label_in_district


class AgenciesChoice(forms.ModelMultipleChoiceField[Agency]):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Agency) -> str:
        return obj.label_in_district


class _ChangeForm(forms.Form):
    """What every change of an agency asks for: since when, by which document, as seen when."""

    on = DateField(label="Từ ngày")
    basis = forms.CharField(
        label="Văn bản căn cứ", max_length=300, help_text="Số, ký hiệu, ngày và cơ quan ban hành."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, agency: Agency, user: Person, today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**self.first_values(agency), "version": agency.version}
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.prepare(managed(user, today).exclude(pk=agency.pk))

    def first_values(self, agency: Agency) -> dict[str, Any]:
        return {}

    def prepare(self, others: QuerySet[Agency]) -> None:
        """Fill the choices from the other agencies that the person manages."""

    def _peers(self, others: QuerySet[Agency]) -> QuerySet[Agency]:
        """Return those of the same kind, as mergers and splits happen among."""
        peers = others.filter(level=self.agency.level)
        if self.agency.kind == Kind.COMMITTEE:
            return peers.filter(kind=Kind.COMMITTEE)
        return peers.exclude(kind=Kind.COMMITTEE)


class RenameForm(_ChangeForm):
    name = forms.CharField(label="Tên đầy đủ", max_length=255)
    short_name = forms.CharField(label="Tên viết tắt", max_length=120, required=False)
    symbol = forms.CharField(
        label="Ký hiệu trong số văn bản", max_length=40, required=False, help_text="Ví dụ: SNV."
    )
    field_order = ("name", "short_name", "symbol", "on", "basis")

    def first_values(self, agency: Agency) -> dict[str, Any]:
        return {"name": agency.name, "short_name": agency.short_name, "symbol": agency.symbol}


class MoveForm(_ChangeForm):
    parent = AgencyChoice(
        label="Cơ quan cấp trên mới", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    field_order = ("parent", "on", "basis")

    def prepare(self, others: QuerySet[Agency]) -> None:
        rows = others.exclude(path__startswith=self.agency.path or "/")
        if self.agency.kind == Kind.COMMITTEE:
            rows = rows.filter(kind=Kind.COMMITTEE).exclude(level=Level.COMMUNE)
        _choose(self, parent=rows)


class _NewAgencyFields(forms.Form):
    name = forms.CharField(label="Tên cơ quan mới", max_length=255, required=False)
    short_name = forms.CharField(label="Tên viết tắt", max_length=120, required=False)
    symbol = forms.CharField(label="Ký hiệu trong số văn bản", max_length=40, required=False)


class MergeForm(_ChangeForm, _NewAgencyFields):
    """Each of the others carries the version that was seen: "12-3" is agency 12, version 3."""

    others = forms.MultipleChoiceField(
        label="Sáp nhập cùng với", widget=forms.CheckboxSelectMultiple, required=False
    )
    into = forms.ChoiceField(
        label="Cơ quan tiếp nhận",
        choices=[(_NEW, "Cơ quan mới"), (_EXISTING, "Cơ quan đang hoạt động")],
        widget=forms.RadioSelect,
        initial=_NEW,
    )
    receiver = AgencyChoice(
        label="Cơ quan đang hoạt động tiếp nhận",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Chọn cơ quan",
    )
    field_order = ("others", "into", "name", "short_name", "symbol", "receiver", "on", "basis")

    def prepare(self, others: QuerySet[Agency]) -> None:
        peers = self._peers(others)
        _choose(self, receiver=peers)
        near = [a for a in peers if a.parent_id == self.agency.parent_id]
        far = [a for a in peers if a.parent_id != self.agency.parent_id]
        self._by_value = {f"{a.pk}-{a.version}": a for a in (*near, *far)}
        field = self.fields["others"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 — for the type checker
        field.choices = [(value, a.label_in_district) for value, a in self._by_value.items()]
        field.error_messages["invalid_choice"] = (
            "Một cơ quan đã chọn vừa được người khác thay đổi; mời chọn lại."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("into") == _NEW and not cleaned.get("name"):
            self.add_error("name", "Nêu tên cơ quan mới.")
        if cleaned.get("into") == _EXISTING and not cleaned.get("receiver"):
            self.add_error("receiver", "Chọn cơ quan tiếp nhận.")
        return cleaned

    def agencies(self) -> list[tuple[Agency, int]]:
        chosen = [self._by_value[value] for value in self.cleaned_data["others"]]
        own = (self.agency, self.cleaned_data["version"])
        return [own, *((agency, agency.version) for agency in chosen)]

    def heir(self) -> Agency | NewAgency:
        typed = self.cleaned_data
        if typed["into"] == _EXISTING:
            receiver: Agency = typed["receiver"]
            return receiver
        return _like(self.agency, typed["name"], typed["short_name"], typed["symbol"])


class SplitForm(_ChangeForm):
    ends = forms.ChoiceField(
        label="Sau khi chia tách, cơ quan này",
        choices=[("yes", "kết thúc hoạt động"), ("no", "vẫn hoạt động, chỉ chuyển đi một phần")],
        widget=forms.RadioSelect,
        initial="yes",
    )
    receivers = AgenciesChoice(
        label="Cơ quan đang hoạt động tiếp nhận", queryset=Agency.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, _SPLIT_ROWS + 1):
            self.fields[f"name_{n}"] = forms.CharField(
                label=f"Cơ quan mới thứ {n}: tên", max_length=255, required=False
            )
            self.fields[f"short_{n}"] = forms.CharField(
                label=f"Cơ quan mới thứ {n}: tên viết tắt", max_length=120, required=False
            )
            self.fields[f"symbol_{n}"] = forms.CharField(
                label=f"Cơ quan mới thứ {n}: ký hiệu", max_length=40, required=False
            )
        rows = [
            f"{part}_{n}" for n in range(1, _SPLIT_ROWS + 1) for part in ("name", "short", "symbol")
        ]
        self.order_fields(["ends", *rows, "receivers", "on", "basis"])

    def prepare(self, others: QuerySet[Agency]) -> None:
        _choose(self, receivers=self._peers(others))

    def heirs(self) -> list[Agency | NewAgency]:
        typed = self.cleaned_data
        new = [
            _like(self.agency, typed[f"name_{n}"], typed[f"short_{n}"], typed[f"symbol_{n}"])
            for n in range(1, _SPLIT_ROWS + 1)
            if typed[f"name_{n}"]
        ]
        return [*new, *typed["receivers"]]


class EndForm(_ChangeForm):
    heirs = AgenciesChoice(
        label="Cơ quan kế thừa",
        queryset=Agency.objects.none(),
        required=False,
        help_text="Một cơ quan: kế thừa toàn bộ. Nhiều cơ quan: mỗi cơ quan một phần.",
    )
    field_order = ("on", "basis", "heirs")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].label = "Lý do, văn bản căn cứ"

    def prepare(self, others: QuerySet[Agency]) -> None:
        _choose(self, heirs=self._peers(others))


class AddForm(_ChangeForm):
    """A new agency below `agency`."""

    name = forms.CharField(label="Tên đầy đủ", max_length=255)
    short_name = forms.CharField(label="Tên viết tắt", max_length=120, required=False)
    symbol = forms.CharField(
        label="Ký hiệu trong số văn bản", max_length=40, required=False, help_text="Ví dụ: SNV."
    )
    level = forms.ChoiceField(label="Cấp", choices=Level.choices)
    kind = forms.ChoiceField(label="Loại", choices=Kind.choices, initial=Kind.UNIT.value)
    territory_code = forms.IntegerField(
        label="Mã đơn vị hành chính", min_value=1, max_value=99_999, required=False
    )
    national_id = forms.CharField(label="Mã định danh", max_length=30, required=False)
    field_order = ("name", "short_name", "symbol", "level", "kind", "on", "basis")

    def first_values(self, agency: Agency) -> dict[str, Any]:
        return {"level": agency.level}

    def new(self) -> NewAgency:
        typed = self.cleaned_data
        return NewAgency(
            name=typed["name"],
            level=typed["level"],
            kind=typed["kind"],
            short_name=typed["short_name"],
            symbol=typed["symbol"],
            territory_code=typed["territory_code"],
            national_id=typed["national_id"] or None,
        )


def _like(agency: Agency, name: str, short_name: str, symbol: str) -> NewAgency:
    """A body made of another stands where it stood."""
    return NewAgency(
        name=name, level=agency.level, kind=agency.kind, short_name=short_name, symbol=symbol
    )


def _choose(form: forms.Form, **rows: QuerySet[Agency]) -> None:
    for name, queryset in rows.items():
        field = form.fields[name]
        assert isinstance(field, AgencyChoice | AgenciesChoice)  # noqa: S101 — for the type checker
        field.queryset = queryset


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Tệp Excel danh sách cơ quan",
        widget=FileDrop(attrs={"accept": ".xlsx,.xls,.ods"}),
        help_text="Theo tệp mẫu, mỗi dòng một cơ quan. Chỉ ghi sau khi xem trước và chọn dòng.",
    )


class ChosenForm(forms.Form):
    seen = forms.CharField(max_length=64)
