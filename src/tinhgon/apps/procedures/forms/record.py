"""The long form of a record: its inputs, what is wrong with them, and the record they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from tinhgon.apps.procedures.enums import KIND_CHOICES, RULE_OWNER_CHOICES, TIER_CHOICES
from tinhgon.common.choices import labelled
from tinhgon.domain.procedures import (
    COPY_WORDS,
    LABELS,
    MANNER_WORDS,
    PART_WORDS,
    START,
    Basis,
    Body,
    CopyKind,
    Duration,
    Form,
    Kind,
    Manner,
    NotADuration,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    basis_words,
    read_bases,
    read_duration,
)
from tinhgon.ui.forms import DateField

from .typed import BLANKS, Typed, is_blank, signed_file

LONG = 20_000


class DurationField(forms.CharField):
    """A time as officials write it: 05 ngày làm việc, 4 giờ, 1/2 ngày."""

    def clean(self, value: Any) -> Duration | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_duration(text)
        except NotADuration as e:
            message = f"{e} Ghi số và đơn vị, ví dụ: 05 ngày làm việc, 4 giờ."
            raise ValidationError(message, code="invalid") from None


class AfterField(forms.CharField):
    """The numbers of the steps that must be over before, as typed: "2, 3"; 0 for none."""

    def clean(self, value: Any) -> tuple[int, ...]:
        text = re.sub("bước|và", " ", super().clean(value), flags=re.IGNORECASE)
        if re.search(r"[^\d\s,;.&+]", text):
            raise ValidationError("Ghi số thứ tự của bước, ví dụ: 2, 3.", code="invalid")
        return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d{1,4}", text)))


def _text(label: str, *, most: int = 500, rows: int = 0, **more: Any) -> Any:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, **{"required": False, "max_length": most, "widget": widget, **more}
    )


class GeneralForm(forms.Form):
    """Everything that is no list of rows."""

    name = _text(
        LABELS["name"],
        most=1_000,
        rows=2,
        required=True,
        help_text="Nêu một việc và đối tượng của việc đó, đúng như sẽ in trong quyết định.",
        error_messages={"required": "Ghi tên thủ tục."},
    )
    field = _text(LABELS["field"], most=150)
    lead = _text(LABELS["lead"], most=255)
    kind = forms.ChoiceField(label=LABELS["kind"], choices=KIND_CHOICES)
    tier = forms.ChoiceField(label=LABELS["tier"], choices=TIER_CHOICES)
    rule_owner = forms.ChoiceField(
        label=LABELS["rule_owner"],
        choices=[("", "Chưa xác định"), *RULE_OWNER_CHOICES],
        required=False,
        help_text="Cho biết có tự sửa được quy định hay phải kiến nghị cấp trên.",
    )
    is_interconnected = forms.BooleanField(
        label="Liên thông: nhiều cơ quan cùng giải quyết, nộp hồ sơ một lần", required=False
    )
    manners = forms.MultipleChoiceField(
        label="Cách thức",
        choices=labelled(Manner, MANNER_WORDS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    manner_text = _text("Nội dung", most=LONG, rows=2)
    dossier_sets = forms.IntegerField(
        label=LABELS["dossier_sets"],
        required=False,
        min_value=1,
        max_value=99,
        error_messages={"invalid": "Ghi số bộ bằng chữ số, ví dụ: 1."},
    )
    dossier_text = _text(
        "Ghi thêm về hồ sơ",
        most=LONG,
        rows=2,
        help_text="Thủ tục không cần hồ sơ thì ghi “Không quy định”.",
    )
    time_limit = DurationField(
        label="Thời hạn",
        required=False,
        max_length=100,
        help_text="Ví dụ: 05 ngày làm việc, 4 giờ, 1/2 ngày làm việc.",
    )
    time_limit_text = _text(
        "Nội dung",
        most=LONG,
        rows=2,
        help_text="Tính từ khi nào; hoặc “Không quy định”.",
    )
    subjects = _text(LABELS["subjects"], most=LONG, rows=3, help_text="Mỗi dòng một đối tượng.")
    result = _text(LABELS["result"], most=LONG, rows=2)
    fee = _text(LABELS["fee"], most=LONG)
    conditions = _text(
        LABELS["conditions"], most=LONG, rows=3, help_text="Mỗi dòng một yêu cầu, điều kiện."
    )


class StepForm(forms.Form):
    what = _text("Nội dung công việc", most=LONG, rows=2)
    actor = _text("Người, đơn vị thực hiện", rows=2)
    time = DurationField(
        label="Thời gian",
        required=False,
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    product = _text("Sản phẩm", rows=2)
    after = AfterField(label="Làm sau bước", required=False, max_length=60)


class PaperForm(forms.Form):
    name = _text("Tên giấy tờ", most=LONG, rows=2)
    copy = forms.ChoiceField(label="Bản", choices=labelled(CopyKind, COPY_WORDS))
    quantity = forms.IntegerField(
        label="Số lượng",
        required=False,
        min_value=1,
        max_value=999,
        error_messages={"invalid": "Ghi số lượng bằng chữ số."},
    )
    form = _text("Theo mẫu số", most=300)
    compulsory = forms.BooleanField(label="Bắt buộc", required=False)


class BodyForm(forms.Form):
    part = forms.ChoiceField(label="Vai trò", choices=labelled(Part, PART_WORDS))
    name = _text("Tên cơ quan, người có thẩm quyền")


class FormForm(forms.Form):
    name = _text("Tên mẫu đơn, mẫu tờ khai", most=300)
    file = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)


class BasisForm(forms.Form):
    line = _text("Căn cứ", most=5_000, rows=2)
    ended_on = DateField(label="Hết hiệu lực từ ngày", required=False)

    @property
    def reading(self) -> tuple[Basis, ...]:
        """What the line is understood as, to be shown beside it."""
        return read_bases(str(self["line"].value() or ""))


ROWS: dict[str, tuple[type[forms.Form], str]] = {
    "steps": (StepForm, "Bước"),
    "papers": (PaperForm, "Giấy tờ"),
    "bodies": (BodyForm, "Cơ quan"),
    "forms": (FormForm, "Mẫu"),
    "bases": (BasisForm, "Căn cứ"),
}
"""List of rows → the form of one, and what one is called."""


class RecordForm:
    """
    The general part and the rows, drawn and checked as one.

    Not `bound` it shows what was typed and says nothing of it.
    """

    def __init__(self, typed: Typed, *, procedure: int, base: Record, bound: bool = False) -> None:
        self.typed, self.procedure, self.base, self.is_bound = typed, procedure, base, bound
        self.general = (
            GeneralForm(typed, use_required_attribute=False)
            if bound
            else (GeneralForm(initial=typed, use_required_attribute=False))
        )
        self.rows = {part: self._rows(part) for part in ROWS}
        self.blanks = {part: _row(part, "__n__", dict(BLANKS[part]), bound=False) for part in ROWS}

    def _rows(self, part: str) -> list[forms.Form]:
        return [
            _row(part, number, row, bound=self.is_bound)
            for number, row in enumerate(self.typed[part])
        ]

    def __iter__(self) -> Iterator[BoundField]:
        yield from self.general
        for rows in self.rows.values():
            for row in rows:
                yield from row

    @property
    def errors(self) -> bool:
        """Whether anything is wrong; the fields say what."""
        return self.is_bound and any(field.errors for field in self)

    def non_field_errors(self) -> list[str]:
        return []

    def is_valid(self) -> bool:
        self._check_waits()
        return not self.errors

    def add_error(self, field: str, message: str) -> None:
        """Say what is wrong with an input, named as in the page ("name", "forms-0-name")."""
        part, _, rest = field.partition("-")
        number, _, name = rest.partition("-")
        if part in self.rows and number:
            self.rows[part][int(number)].add_error(name, message)
        else:
            self.general.add_error(field, message)

    def record(self) -> Record:
        """Return the record that was typed; what cannot be understood is left out."""
        cleaned = _cleaned(self.general)
        return Record(
            name=cleaned.get("name") or "",
            kind=Kind(cleaned.get("kind") or self.base.kind),
            tier=Tier(cleaned.get("tier") or self.base.tier),
            is_interconnected=bool(cleaned.get("is_interconnected")),
            field=cleaned.get("field") or "",
            lead=cleaned.get("lead") or "",
            rule_owner=RuleOwner(owner) if (owner := cleaned.get("rule_owner")) else None,
            national_code=self.base.national_code,
            steps=self._steps(),
            manners=tuple(Manner(value) for value in cleaned.get("manners") or ()),
            manner_text=cleaned.get("manner_text") or "",
            papers=self._papers(),
            dossier_sets=cleaned.get("dossier_sets"),
            dossier_text=cleaned.get("dossier_text") or "",
            time_limit=cleaned.get("time_limit"),
            time_limit_text=cleaned.get("time_limit_text") or "",
            subjects=_lines(cleaned.get("subjects")),
            bodies=self._bodies(),
            result=cleaned.get("result") or "",
            fee=cleaned.get("fee") or "",
            forms=self._forms(),
            conditions=_lines(cleaned.get("conditions")),
            bases=self._bases(),
        )

    def _filled(self, part: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the rows in which something stands, with the number each has on the page."""
        return [
            (number, _cleaned(form))
            for number, (form, row) in enumerate(
                zip(self.rows[part], self.typed[part], strict=True), 1
            )
            if not is_blank(part, row)
        ]

    def _steps(self) -> tuple[Step, ...]:
        filled = self._filled("steps")
        numbers = {START: START} | {old: new for new, (old, _) in enumerate(filled, 1)}
        return tuple(
            Step(
                number,
                row.get("what") or "",
                row.get("actor") or "",
                row.get("time"),
                row.get("product") or "",
                tuple(numbers[old] for old in row.get("after") or () if old in numbers),
            )
            for number, (_, row) in enumerate(filled, 1)
        )

    def _check_waits(self) -> None:
        filled = dict(self._filled("steps"))
        for number, row in filled.items():
            for other in row.get("after") or ():
                if other == number:
                    message = "Bước không chờ chính nó. Ghi số của bước phải xong trước."
                elif other != START and other not in filled:
                    message = f"Không có bước {other}. Ghi số của bước phải xong trước."
                else:
                    continue
                self.rows["steps"][number - 1].add_error("after", message)

    def _papers(self) -> tuple[Paper, ...]:
        return tuple(
            Paper(
                row.get("name") or "",
                CopyKind(row.get("copy") or CopyKind.ORIGINAL),
                row.get("quantity") or 1,
                row.get("form") or "",
                bool(row.get("compulsory")),
            )
            for _, row in self._filled("papers")
        )

    def _bodies(self) -> tuple[Body, ...]:
        return tuple(
            Body(Part(row.get("part") or Part.EXECUTING), row.get("name") or "")
            for _, row in self._filled("bodies")
        )

    def _forms(self) -> tuple[Form, ...]:
        return tuple(
            Form(row.get("name") or "", signed_file(row.get("file") or "", self.procedure))
            for _, row in self._filled("forms")
        )

    def _bases(self) -> tuple[Basis, ...]:
        """A line left as it was stays the basis that it was, whatever a new reading would give."""
        known = {basis_words(basis): basis for basis in self.base.bases}
        found = []
        for _, row in self._filled("bases"):
            line = row.get("line") or ""
            read = (known[line],) if line in known else read_bases(line)
            found += [replace(basis, ended_on=row.get("ended_on")) for basis in read]
        return tuple(dict.fromkeys(found))


def _row(part: str, number: int | str, row: Typed, *, bound: bool) -> forms.Form:
    kind, called = ROWS[part]
    prefix = f"{part}-{number}"
    options: dict[str, Any] = {"prefix": prefix, "use_required_attribute": False}
    if bound:
        data = {f"{prefix}-{name}": value for name, value in row.items() if value is not False}
        form = kind(data, **options)
    else:
        form = kind(initial=row, **options)
    shown = number + 1 if isinstance(number, int) else number
    for field in form.fields.values():
        field.widget.attrs["aria-label"] = f"{called} {shown}: {field.label}"
        field.label = f"{called} {shown}: {str(field.label).lower()}"
    return form


def _cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what could be understood of what was typed, however wrong the rest is."""
    if form.is_bound:
        form.errors  # noqa: B018 — asking for them cleans the form
    return getattr(form, "cleaned_data", {})


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line for each in (text or "").splitlines() if (line := each.strip()))
