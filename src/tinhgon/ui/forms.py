"""Form widgets and the renderer that draws every form with our components."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """
    Name it in settings: ``FORM_RENDERER = "tinhgon.ui.forms.FormRenderer"``.

    ``{{ form }}`` is then the summary of errors and every field; ``{{ form.x.as_field_group }}``
    and ``{% field form.x %}`` are the same single field.
    """

    form_template_name = "ui/components/form.html"
    field_template_name = "ui/components/field.html"


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class FileDrop(forms.FileInput):
    """A file input on which a file can be dropped."""

    template_name = "ui/widgets/file.html"


class MultiFileDrop(FileDrop):
    allow_multiple_selected = True
