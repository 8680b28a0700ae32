from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.dateparse import parse_datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import resolve
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.vntext import fold
from tinhgon.ui.forms import DateField, FileDrop

from .actions import Asked, Changed, Deadline, Heading, SignedReport, Upload
from .enums import MOST_WORDS, Keep, PeriodKind
from .queries.opening import TIERS, heading_for, known_sections

_LEVEL_WORDS = {
    Level.PROVINCE: "các sở, ban, ngành",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
}
_HEADINGS_HELP = "Mỗi dòng một mục, theo thứ tự trong báo cáo."


def _headings(text: str, duties: Iterable[Duty] = ()) -> list[Heading]:
    """Return the sections typed line by line, and those that letters ask for."""
    known = {fold(each.title): each for each in known_sections()}
    asked = {fold(heading_for(duty)): duty for duty in duties}
    found = []
    for line in text.splitlines():
        title = line.strip()[:300]
        if not title:
            continue
        section = known.get(fold(title))
        found.append(
            Heading(
                title,
                section.hint if section else "",
                asked.pop(fold(title), None),
                section.key if section else "",
            )
        )
    return [*(Heading(heading_for(duty), duty=duty) for duty in asked.values()), *found]


_RARE = ("basis", "agencies", "duties")


class _PeriodForm(forms.Form):
    name = forms.CharField(label="Tên báo cáo", max_length=300)
    addressee = forms.CharField(
        label="Nơi nhận báo cáo tổng hợp",
        max_length=300,
        help_text="Báo cáo của cơ quan yêu cầu gửi lên nơi này bằng văn bản đã ký.",
    )
    due_on = DateField(label="Hạn gửi lên nơi nhận")
    basis = forms.CharField(
        label="Văn bản yêu cầu báo cáo",
        max_length=300,
        required=False,
        help_text="Ví dụ: Công văn số 318/UBND-TTPVHCC ngày 28/3/2024.",
    )
    headings = forms.CharField(
        label="Các mục lời văn",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_HEADINGS_HELP,
    )

    def _add_days(self, levels: Iterable[Level], *, required: bool) -> None:
        for level in levels:
            words = _LEVEL_WORDS[level]
            self.fields[f"due_{level.value}"] = DateField(
                label=f"Hạn gửi của {words}", required=required
            )
            self.fields[f"words_{level.value}"] = forms.CharField(
                label=f"Thời hạn của {words}, theo văn bản",
                max_length=300,
                required=False,
                help_text="Ví dụ: trước ngày 05/7/2024.",
            )

    def days(self) -> list[BoundField]:
        """Return the last day of each level."""
        return [self[name] for name in self.fields if name.startswith("due_") and name != "due_on"]

    def words(self) -> list[BoundField]:
        """Return the words of the letter for these days."""
        return [self[name] for name in self.fields if name.startswith("words_")]

    def needs_rare(self) -> bool:
        """Return whether a field that is hardly ever filled in has something to show."""
        rare = (*self.words(), *(self[name] for name in _RARE if name in self.fields))
        return any(each.errors or each.value() for each in rare)

    def _deadlines(self, levels: Iterable[Level]) -> dict[Level, Deadline]:
        typed = self.cleaned_data
        return {
            level: Deadline(typed[f"due_{level.value}"], typed[f"words_{level.value}"].strip())
            for level in levels
            if typed.get(f"due_{level.value}")
        }


class OpenForm(_PeriodForm):
    kind = forms.ChoiceField(label="Loại kỳ", choices=PeriodKind.choices)
    programme = forms.ModelChoiceField(
        label="Chương trình", queryset=Programme.objects.none(), empty_label=None
    )
    agency = forms.ModelChoiceField(
        label="Cơ quan yêu cầu báo cáo", queryset=Agency.objects.none(), empty_label=None
    )
    from_on = DateField(label="Số liệu tính từ ngày")
    to_on = DateField(
        label="Số liệu chốt hết ngày",
        help_text="Cơ quan phải báo cáo là cơ quan có trên cây tổ chức vào ngày này.",
    )
    levels = forms.MultipleChoiceField(
        label="Cấp phải báo cáo",
        choices=[(level.value, _LEVEL_WORDS[level]) for level in _LEVEL_WORDS],
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.CharField(
        label="Chỉ các cơ quan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Để trống: mọi cơ quan của các cấp đã chọn. Mỗi dòng một cơ quan hoặc một nhóm, "
            "như cách ghi ở nơi nhận của văn bản; đơn vị cấp dưới của cơ quan đó cũng báo cáo."
        ),
    )
    duties = forms.ModelMultipleChoiceField(
        label="Nhiệm vụ mà báo cáo này trả lời",
        queryset=Duty.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Báo cáo được nhận thì việc của cơ quan theo nhiệm vụ này tự đóng.",
    )
    field_order = (
        "name",
        "kind",
        "programme",
        "agency",
        "from_on",
        "to_on",
        "levels",
        *(f"{part}_{level.value}" for level in _LEVEL_WORDS for part in ("due", "words")),
        "agencies",
        "addressee",
        "due_on",
        "basis",
        "duties",
        "headings",
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        askers: Sequence[Agency],
        duties: Sequence[Duty],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._add_days(TIERS, required=False)
        self.order_fields(self.field_order)
        programmes = list(Programme.objects.visible_to(user))
        self._choose("agency", Agency.objects.all(), askers)
        self._choose("programme", Programme.objects.all(), programmes)
        self._choose("duties", Duty.objects.all(), duties)
        self.has_programmes = bool(programmes)

    def _choose(self, name: str, rows: QuerySet[Any], chosen: Sequence[Any]) -> None:
        """Let one of these be chosen; they are read once, for a field asks for its rows again."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = rows.filter(pk__in=[each.pk for each in chosen])
        nothing = [] if field.empty_label is None else [("", field.empty_label)]
        field.choices = [*nothing, *((each.pk, field.label_from_instance(each)) for each in chosen)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for level in self._levels(cleaned):
            if not cleaned.get(f"due_{level.value}") and f"due_{level.value}" not in self.errors:
                self.add_error(f"due_{level.value}", "Ghi hạn gửi của cấp này.")
        names = [
            line.strip(" -;,.")
            for line in cleaned.get("agencies", "").splitlines()
            if line.strip(" -;,.")
        ]
        cleaned["only"] = None
        if names and cleaned.get("agency") and cleaned.get("to_on"):
            found = resolve(names, on=cleaned["to_on"], issuer=cleaned["agency"])
            if found.unknown:
                words = "; ".join(f"“{each.name}”" for each in found.unknown)
                self.add_error("agencies", ValidationError(f"Không rõ cơ quan: {words}."))
            cleaned["only"] = [each.pk for each, _ in found.found]
        return cleaned

    def _levels(self, cleaned: dict[str, Any]) -> list[Level]:
        return [Level(each) for each in cleaned.get("levels", ())]

    def asked(self) -> Asked:
        typed = self.cleaned_data
        duties = list(typed["duties"].select_related("directive__document"))
        return Asked(
            name=typed["name"],
            kind=PeriodKind(typed["kind"]),
            programme=typed["programme"],
            agency=typed["agency"],
            from_on=typed["from_on"],
            to_on=typed["to_on"],
            addressee=typed["addressee"],
            due_on=typed["due_on"],
            deadlines=self._deadlines(self._levels(typed)),
            headings=_headings(typed["headings"], duties),
            basis=typed["basis"],
            duties=duties,
            only=typed["only"],
        )


class EditForm(_PeriodForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked_levels = list(levels)
        self._add_days(self._asked_levels, required=True)

    def changed(self) -> Changed:
        typed = self.cleaned_data
        return Changed(
            name=typed["name"],
            addressee=typed["addressee"],
            basis=typed["basis"],
            due_on=typed["due_on"],
            deadlines=self._deadlines(self._asked_levels),
            headings=_headings(typed["headings"]),
        )


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class SendForm(VersionForm):
    read_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def when_read(self) -> datetime | None:
        """Return when the page was shown from which this was sent."""
        try:
            found = parse_datetime(self.cleaned_data["read_at"])
            return found.astimezone(UTC) if found else None
        except (ValueError, OverflowError):
            return None


class ReasonForm(VersionForm):
    reason = forms.CharField(
        label="Lý do trả lại",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RestateForm(VersionForm):
    reason = forms.CharField(
        label="Vì sao số liệu thay đổi",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Ví dụ: Quyết định số 91/QĐ-UBND ngày 20/12/2023 nhập sau ngày chốt. Lý do in cùng số "
            "liệu điều chỉnh."
        ),
    )


class TextForm(VersionForm):
    section = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4}), strip=False
    )


class RecordForm(VersionForm):
    number = forms.CharField(
        label="Số báo cáo", max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    symbol = forms.CharField(label="Ký hiệu", max_length=60, help_text="Ví dụ: BC-UBND.")
    issued_on = DateField(label="Ngày ký, ban hành")
    signer_authority = forms.CharField(
        label="Quyền hạn ghi trên chữ ký",
        required=False,
        max_length=200,
        help_text="Ví dụ: KT. CHỦ TỊCH. Để trống nếu người đứng đầu ký.",
    )
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150)
    signer_name = forms.CharField(label="Họ tên người ký", max_length=150)
    file = forms.FileField(label="Tệp báo cáo đã ký", widget=FileDrop)

    def signed(self) -> SignedReport:
        typed = {name: self.cleaned_data[name] for name in SignedReport.__slots__}
        return SignedReport(**typed)

    def upload(self) -> Upload:
        return Upload.of(self.cleaned_data["file"])


class TemplateForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="Dùng cho báo cáo của",
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text="Cơ quan này và các cơ quan, đơn vị cấp dưới chưa có mẫu riêng.",
    )
    file = forms.FileField(label="Tệp mẫu (.docx)", widget=FileDrop)
    note = forms.CharField(
        label="Ghi chú", max_length=300, required=False, help_text="Mẫu theo văn bản nào."
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 — for the type checker
        field.queryset = Agency.objects.filter(pk__in=[each.pk for each in agencies])

    def upload(self) -> Upload:
        return Upload.of(self.cleaned_data["file"])


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label="Tệp ngoại tuyến đã điền (.xlsx)",
        widget=FileDrop,
        help_text="Tệp được xem trước, chưa ghi gì cho tới khi xác nhận.",
    )

    def upload(self) -> Upload:
        return Upload.of(self.cleaned_data["file"])


class MergeForm(VersionForm):
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def choices(self) -> dict[str, Keep]:
        """Return what was chosen for rows that somebody changed meanwhile, by their names."""
        known = {each.value: each for each in Keep}
        return {
            name.removeprefix("giu-"): known[value]
            for name, value in self.data.items()
            if name.startswith("giu-") and value in known
        }
