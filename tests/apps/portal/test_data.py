"""Open data: as the schema says, as the catalogue shows, read by other sites and caches."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.publications import abolishing, entered_line, make_entered
from tinhgon.apps.procedures.models import Procedure
from tinhgon.domain.procedures import Tier

from .jsonschema import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def procedure(province: Province) -> Procedure:
    home = province.departments[0]
    line = entered_line(home, name="=HYPERLINK(1), “Xét tặng”")
    return make_entered(home, [line], number="12").lines.get().procedure


def get(client: StrictClient, name: str, query: str = "", **headers: str) -> Any:
    return client.get(reverse(f"portal:{name}") + query, headers=headers)


def read(client: StrictClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(client, "catalogue_json", query).getvalue())
    return found


def schema(client: StrictClient) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(client, "schema").getvalue())
    return found


def test_the_file_is_as_its_schema_says(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    make_entered(province.departments[1], 3)
    known = schema(client)
    found = read(client)

    assert faults(found, known, known) == []
    assert found["count"] == len(found["procedures"]) == 4
    [row] = [each for each in found["procedures"] if each["code"] == procedure.local_code]
    assert row["decision"]["code"] == "12/QĐ-UBND"
    assert client.get(row["url"]).status_code == 200
    assert client.get(row["decision"]["url"]).status_code == 200
    assert set(row) == set(known["$defs"]["procedure"]["required"])


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"tier": "village"},
        {"note": "a field that is not described"},
        {"code": "12"},
        {"valid_from": None},
        {"decision": {"code": "12"}},
    ],
)
def test_the_schema_refuses_what_is_otherwise(
    client: StrictClient, procedure: Procedure, change: dict[str, Any]
) -> None:
    known, found = schema(client), read(client)
    assert faults(found, known, known) == []
    found["procedures"][0] |= change

    assert faults(found, known, known)


def test_the_words_of_the_schema_are_those_of_the_registry(client: StrictClient) -> None:
    properties = schema(client)["$defs"]["procedure"]["properties"]

    assert properties["tier"]["enum"] == [tier.value for tier in Tier]


def test_a_table_has_the_same_rows_and_no_formula(
    client: StrictClient, procedure: Procedure
) -> None:
    text = get(client, "catalogue_csv").getvalue().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))

    [same] = read(client)["procedures"]
    assert set(row) == set(same)
    assert row["name"] == f"'{same['name']}"
    assert row["decision"] == "12/QĐ-UBND"
    assert row["national_code"] == ""


def test_the_catalogue_of_a_day_and_of_an_agency(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    make_entered(procedure.agency, [abolishing(procedure)], on=date(2024, 5, 2))
    make_entered(province.departments[1], 1, on=date(2024, 6, 3))

    assert read(client)["count"] == 1
    assert read(client, "?ngay=2024-03-01")["procedures"][0]["code"] == procedure.local_code
    assert read(client, "?ngay=2024-03-01")["date"] == "2024-03-01"
    assert read(client, f"?co-quan={procedure.agency_id}")["count"] == 0


def test_a_reader_who_has_it_gets_it_again_only_once_it_changed(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    first = get(client, "catalogue_json")
    first.getvalue()
    known = {"If-None-Match": first["ETag"]}

    assert get(client, "catalogue_json", **known).status_code == 304
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert get(client, "catalogue_json", **since).status_code == 304
    assert get(client, "catalogue_json", "?ngay=2024-03-01", **known).status_code == 200
    make_user(province.office)
    assert get(client, "catalogue_json", **known).status_code == 304
    make_entered(province.departments[1], 1)
    changed = get(client, "catalogue_json", **known)
    assert changed.status_code == 200
    assert json.loads(changed.getvalue())["count"] == 2


@pytest.mark.parametrize("name", ["catalogue_json", "catalogue_csv", "schema"])
def test_other_sites_may_read_and_keep_it(
    client: StrictClient, procedure: Procedure, name: str
) -> None:
    response = get(client, name, Origin="https://example.invalid")
    response.getvalue()

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_one_procedure_in_full(client: StrictClient, procedure: Procedure) -> None:
    response = client.get(reverse("portal:procedure_json", args=[procedure.pk]))
    found = response.json()

    assert found["code"] == procedure.local_code
    assert found["is_in_force"] is True
    assert found["content"]["steps"][1]["what"] == "Thẩm định hồ sơ"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_page_of_the_data_names_the_terms(client: StrictClient, settings: Any) -> None:
    settings.PUBLIC_LICENCE = "Ghi rõ nguồn."

    assert "Ghi rõ nguồn." in get(client, "data").content.decode()
