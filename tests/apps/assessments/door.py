"""Going through the door of a cost sheet, as a browser does."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import StrictClient
from tinhgon.apps.assessments.models import CostSheet


def url(name: str, sheet: CostSheet, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[sheet.review_id, *more])


def fresh(sheet: CostSheet) -> CostSheet:
    return CostSheet.objects.select_related("review__round", "review__agency").get(pk=sheet.pk)


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    main = parsed(response).select_one("body")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def fields(response: Any, form: str) -> dict[str, str]:
    """Return what a browser without scripts would post of the form that `form` selects."""
    found = parsed(response).select_one(form)
    assert found is not None, form
    data = {}
    for field in found.select("input[name], textarea[name], select[name]"):
        name = str(field["name"])
        if name == "csrfmiddlewaretoken":
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[name] = str(chosen["value"]) if chosen else ""
        elif field.name == "textarea":
            data[name] = field.get_text().strip("\n")
        elif field.get("type") != "checkbox" or field.has_attr("checked"):
            data[name] = str(field.get("value", ""))
    return data


def link(response: Any, text: str) -> str:
    """Return where the link of the page with these words leads."""
    found = [a for a in parsed(response).select("main a[href]") if a.get_text().strip() == text]
    assert len(found) == 1, (text, found)
    assert isinstance(found[0], Tag)
    return str(found[0]["href"])


def upload(client: StrictClient, sheet: CostSheet, data: bytes) -> Any:
    return client.post(url("import", sheet), {"file": SimpleUploadedFile("bieu.xlsx", data)})


def confirm(client: StrictClient, sheet: CostSheet, preview: Any) -> Any:
    """Confirm the preview of a file that has nothing wrong in it."""
    return client.post(url("import", sheet), fields(preview, "form:has([name=token])"))
