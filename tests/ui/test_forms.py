from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import formats
from django.utils.translation import override

from tinhgon.ui.forms import DateField, FileDrop


class Dates(forms.Form):
    ours = DateField(required=False)
    plain = forms.DateField(required=False)
    file = forms.FileField(widget=FileDrop(), required=False)


@pytest.mark.parametrize(
    "text", ["01/7/2024", "1/7/2024", " 01-07-2024 ", "2024-07-01", "ngày 01 tháng 7 năm 2024"]
)
def test_reads_a_date_day_first(text: str) -> None:
    form = Dates({"ours": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["ours"] == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/6/2024", "Không có ngày 31/6/2024."),
        ("mai", "Ghi ngày theo dạng 01/7/2024."),
        ("01/01/0001", "Năm phải từ 1945 đến 2199."),
        ("9999-12-31", "Năm phải từ 1945 đến 2199."),
    ],
)
def test_says_what_is_wrong_with_a_date(text: str, words: str) -> None:
    assert Dates({"ours": text}).errors == {"ours": [words]}


def test_shows_a_date_as_officials_write_it_and_keeps_what_was_typed() -> None:
    assert 'value="01/7/2024"' in str(Dates(initial={"ours": date(2024, 7, 1)})["ours"])
    assert 'value="31/6/2024"' in str(Dates({"ours": "31/6/2024"})["ours"])


def test_a_plain_date_field_is_not_american() -> None:
    form = Dates({"plain": "01/7/2024"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["plain"] == date(2024, 7, 1)


def test_numbers_and_dates_of_templates_are_vietnamese() -> None:
    with override("vi"):
        assert formats.number_format(1234567.5, force_grouping=True) == "1.234.567,5"
        assert formats.date_format(date(2024, 7, 31), "SHORT_DATE_FORMAT") == "31/7/2024"


def test_words_of_errors_are_ours() -> None:
    class Needed(forms.Form):
        name = forms.CharField()

    assert Needed({}).errors == {"name": ["Chưa nhập mục này."]}


def test_whole_form_is_drawn_with_our_components() -> None:
    html = str(Dates())
    assert html.count('class="field ') == 3
    assert "data-dropzone" in html
