"""Form fields, widgets and the renderer that draws every form with our components."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates

from tinhgon.domain.vntext import NoSuchDate, NotADate, format_date, is_plausible, parse_date


class FormRenderer(DjangoTemplates):
    """
    Name it in settings: ``FORM_RENDERER = "tinhgon.ui.forms.FormRenderer"``.

    ``{{ form }}`` is then the summary of errors and every field; ``{{ form.x.as_field_group }}``
    and ``{% field form.x %}`` are the same single field.
    """

    form_template_name = "ui/components/form.html"
    field_template_name = "ui/components/field.html"


class DateInput(forms.DateInput):
    """
    A date typed as 01/7/2024, with the browser's calendar behind a button.

    Not ``type="date"`` alone: a browser shows that in the language of the computer, on most
    office computers month first.
    """

    template_name = "ui/widgets/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "ngày/tháng/năm", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_date(value) if isinstance(value, date) else super().format_value(value)


class DateField(forms.DateField):
    """A date as officials write it: 1/7/2024, 01-07-2024, "ngày 01 tháng 7 năm 2024"."""

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        text = value.strip() if isinstance(value, str) else value
        if not isinstance(text, str) or not text:
            return super().to_python(text)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = _vietnamese_date(text)
        if not is_plausible(day):
            raise ValidationError("Năm phải từ 1945 đến 2199.", code="invalid")
        return day


def _vietnamese_date(text: str) -> date:
    try:
        return parse_date(text)
    except NoSuchDate as e:
        raise ValidationError(f"Không có ngày {text}.", code="invalid") from e
    except NotADate as e:
        raise ValidationError("Ghi ngày theo dạng 01/7/2024.", code="invalid") from e


class FileDrop(forms.FileInput):
    """A file input on which a file can be dropped."""

    template_name = "ui/widgets/file.html"


class MultiFileDrop(FileDrop):
    allow_multiple_selected = True
