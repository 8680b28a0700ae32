"""
Nothing unpublished leaves by any public address.

Each text that the public must not read bears a word of its own ("xk017"). Every public address is
opened with every key there is; none of these words may come out, in pages, files or headers. Once
the decision is signed the same walk must find those of the contents: so the words are really there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.apps.test_permission_table import URLS
from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.assignments import PDF, make_programme
from tests.factories.procedures import AT, make_record
from tests.factories.publications import entered_line, make_draft, make_entered, signed
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.monitoring.actions import set_monitoring
from tinhgon.apps.portal import actions as portal
from tinhgon.apps.portal.models import Suggestion
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import FormFile, Procedure, ProcedureVersion, WorkingCopy
from tinhgon.apps.publications import actions as publications
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.domain.monitoring import RANKED, Area, Rule
from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Duration,
    Form,
    Manner,
    Move,
    Paper,
    Part,
    Record,
    Step,
    Unit,
)

from .samples import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
SECRET = re.compile(r"xk\d{3}")
_numbers = itertools.count(1)


class Secrets(dict[str, str]):
    """What is secret, by the word in it; each is found by a word before that one ("zq017")."""

    def text(self, what: str) -> str:
        number = next(_numbers)
        self[f"xk{number:03}"] = what
        return f"zq{number:03} xk{number:03}"


@dataclass(frozen=True, slots=True)
class World:
    secrets: Secrets
    contents: set[str]  # words in the content of the draft that will be published
    decision: Decision  # the draft
    draft: ProcedureVersion
    home: Agency


def stored(text: str, name: str) -> StoredFile:
    data = PDF + text.encode()
    found = StoredFile.objects.create(
        sha256=f"{next(_numbers):064}",
        name=name,
        size=len(data),
        content_type="application/pdf",
        stored_at=AT,
    )
    found.content.save(name, ContentFile(data))
    return found


def secret_record(s: Secrets, name: str, *, form: StoredFile) -> Record:
    """Return a record with a word of its own in every text of every part."""
    return Record(
        name=s.text(f"{name}: name"),
        field=s.text(f"{name}: field"),
        lead=s.text(f"{name}: lead"),
        steps=(
            Step(
                1,
                s.text(f"{name}: what"),
                s.text(f"{name}: actor"),
                Duration(Decimal(5), Unit.WORKING_DAY),
                s.text(f"{name}: product"),
            ),
        ),
        manners=(Manner.E_OFFICE,),
        manner_text=s.text(f"{name}: manner"),
        papers=(Paper(s.text(f"{name}: paper"), CopyKind.COPY, 1, s.text(f"{name}: its form")),),
        dossier_sets=1,
        dossier_text=s.text(f"{name}: dossier"),
        time_limit=Duration(Decimal(5), Unit.WORKING_DAY),
        time_limit_text=s.text(f"{name}: time limit"),
        subjects=(s.text(f"{name}: subject"),),
        bodies=(Body(Part.DECIDING, s.text(f"{name}: body")),),
        result=s.text(f"{name}: result"),
        fee=s.text(f"{name}: fee"),
        forms=(Form(s.text(f"{name}: form"), form.pk),),
        conditions=(s.text(f"{name}: condition"),),
        bases=(Basis(s.text(f"{name}: basis"), s.text(f"{name}: code"), date(2020, 1, 1), "1"),),
    )


@pytest.fixture
def world() -> World:
    s, province = Secrets(), make_province()
    home = province.departments[0]
    officer = make_user(home, "officer", name=s.text("officer"))
    head = make_user(home, "head", name=s.text("head"))
    office = make_user(
        province.office, "coordinator", scope=province.committee, name=s.text("office")
    )
    clerk = make_user(home, "clerk", name=s.text("clerk"))
    public_file = stored("công khai", "cong-khai.pdf")
    record = make_record("Thủ tục lộ diện", forms=(Form("Mẫu lộ diện", public_file.pk),))
    entered = make_entered(home, [entered_line(home, record=record)], by=clerk, file=public_file)
    line = entered.lines.get()
    assert line.version is not None
    ProcedureVersion.objects.filter(pk=line.version.pk).update(reason=s.text("an old reason"))
    Document.objects.filter(pk=entered.document_id).update(
        link=f"https://ioffice.example/{s.text('link').replace(' ', '-')}"
    )

    draft = _draft_beside(line.procedure, s, officer=officer, head=head, office=office)
    contents = {word for word, what in s.items() if what.startswith("draft: ")}
    _returned(home, s, officer=officer, head=head)
    decision = _draft_decision(home, s, [draft], by=officer)
    _suggestions(line.version, s, office=office)
    _progress(province.committee, s, office=office)
    return World(s, contents, decision, draft, home)


def _progress(committee: Agency, s: Secrets, *, office: Any) -> None:
    """Make the totals of a programme public, and leave those of another for the province alone."""
    weights: dict[Area, int] = dict.fromkeys(RANKED, 1)
    for name, is_public in (("Chương trình công khai", True), (s.text("programme"), False)):
        programme = make_programme(committee)
        programme.name = name
        programme.basis = s.text("basis of a programme")
        programme.save()
        rule = Rule(60, weights, s.text("basis of the ranking"))
        set_monitoring(
            programme=programme, rule=rule, is_public=is_public, by=office, at=AT, seen=0
        )


def _draft_beside(
    procedure: Procedure, s: Secrets, *, officer: Any, head: Any, office: Any
) -> ProcedureVersion:
    draft = actions.draft_change(procedure=procedure, action=Action.AMENDED, by=officer, at=AT)
    form = stored(s.text("draft: file"), "zq-form.pdf")
    record = secret_record(s, "draft", form=form)
    actions.edit_version(
        version=draft, record=record, by=officer, at=AT, seen=draft.version, send=True
    )
    WorkingCopy.objects.create(
        version=draft,
        user=officer,
        typed={"name": s.text("typed")},
        seen=1,
        seen_at=AT,
        kept_at=AT,
    )
    actions.move_version(version=draft, move=Move.CONFIRM, by=head, at=AT, seen=draft.version)
    actions.check_version(version=draft, by=office, at=AT, seen=draft.version)
    return draft


def _returned(home: Agency, s: Secrets, *, officer: Any, head: Any) -> None:
    form = stored(s.text("returned: file"), "zq-returned.pdf")
    version = actions.propose_procedure(
        record=secret_record(s, "returned", form=form), agency=home, by=officer, at=AT
    )
    actions.move_version(
        version=version,
        move=Move.SEND_BACK,
        by=head,
        at=AT,
        seen=version.version,
        reason=s.text("reason of a return"),
    )


def _draft_decision(
    home: Agency, s: Secrets, versions: list[ProcedureVersion], *, by: Any
) -> Decision:
    decision = make_draft(
        home, by, versions=versions, subject=s.text("subject"), bases=[s.text("basis of a draft")]
    )
    decision.lines.update(note=s.text("note"), section=s.text("section"))
    publications.submit_decision(
        decision=decision,
        submission=publications.Submission(number="99"),
        by=by,
        at=AT,
        seen=decision.version,
    )
    for document in (decision.document, decision.submission):
        assert document is not None
        Document.objects.filter(pk=document.pk).update(
            file=stored(s.text("file of a draft"), "zq-draft.pdf"), text=s.text("text of a draft")
        )
    decision.refresh_from_db()
    return decision


def _suggestions(version: ProcedureVersion, s: Secrets, *, office: Any) -> None:
    for decide in (None, portal.decline_suggestion):
        suggestion = make_suggestion(
            version,
            s.text("suggestion"),
            name=s.text("its sender"),
            email=f"{s.text('its e-mail').replace(' ', '.')}@langson.example",
        )
        if decide:
            decide(
                suggestion=suggestion, reason=s.text("reason to decline"), by=office, at=AT, seen=1
            )


def addresses(secrets: Secrets) -> Iterator[tuple[str, str]]:
    """Yield (name, address) of every public page with every key that any record has."""
    codes = list(Procedure.objects.values_list("pk", flat=True))
    numbers = range(1, ProcedureVersion.objects.count() + 2)
    keys: dict[str, list[dict[str, Any]]] = {
        "procedure": [{"pk": pk} for pk in codes],
        "procedure_json": [{"pk": pk} for pk in codes],
        "suggest": [{"pk": pk} for pk in codes],
        "suggested": [{"pk": pk} for pk in codes],
        "version": [{"pk": pk, "number": number} for pk in codes for number in numbers],
        "form_file": [{"pk": pk} for pk in FormFile.objects.values_list("pk", flat=True)],
        "decision": [{"pk": pk} for pk in Decision.objects.values_list("pk", flat=True)],
        "signed_file": [{"pk": pk} for pk in Decision.objects.values_list("pk", flat=True)],
        "agency": [{"pk": pk} for pk in Agency.objects.values_list("pk", flat=True)],
    }
    later = "?ngay=2030-01-01&che-do=tat-ca&trang-thai=dang-soan"
    of_a_day = {"catalogue", "catalogue_json", "catalogue_csv", "procedure", "procedure_json"}
    words = [f"?q={word.replace('xk', 'zq')}" for word in secrets]
    for full, has_parts in URLS.items():
        if not full.startswith("portal:"):
            continue
        name = full.removeprefix("portal:")
        queries = ["", later] if name in of_a_day else [""]
        queries += words if name in {"search", "catalogue_json"} else []
        for kwargs in keys[name] if has_parts else [{}]:
            for query in queries:
                yield name, reverse(full, kwargs=kwargs) + query


def walk(secrets: Secrets) -> tuple[dict[str, set[str]], set[str]]:
    """Open every address; return word → addresses where it came out, and the pages that opened."""
    client, found, opened = StrictClient(), dict[str, set[str]](), set[str]()
    for name, url in addresses(secrets):
        response = client.get(url)
        assert response.status_code in {200, 404}, (url, response.status_code)
        data = response.getvalue() if response.streaming else response.content
        text = f"{data.decode(errors='replace')} {response.headers}"
        if response.status_code == 200:
            opened.add(name)
        for word in SECRET.findall(text):
            found.setdefault(word, set()).add(url)
    return found, opened


def test_nothing_that_is_not_published_comes_out(world: World) -> None:
    found, opened = walk(world.secrets)

    assert {world.secrets[word]: urls for word, urls in found.items()} == {}
    pages = {name for name in URLS if name.startswith("portal:")}
    assert {f"portal:{name}" for name in opened} == pages, "a page that was never looked at"


def test_the_walk_finds_what_is_published(world: World) -> None:
    publications.record_signed(
        decision=world.decision,
        signed=signed("45", date(2024, 7, 8)),
        upload=publications.Upload("da-ky.pdf", "application/pdf", PDF),
        by=make_user(world.home, "clerk"),
        at=AT,
        seen=world.decision.version,
    )

    found, _ = walk(world.secrets)

    assert world.contents - set(found) == set()
    words = {what: word for word, what in world.secrets.items()}
    assert any("du-lieu/thu-tuc.csv" in url for url in found[words["draft: name"]])
    assert any("/tim/" in url for url in found[words["draft: result"]])
    assert words["subject"] in found
    still = set(found) - world.contents - {words[each] for each in ("subject", "note", "section")}
    assert {world.secrets[word] for word in still} <= {"text of a draft"}


def test_every_text_of_a_record_has_its_word(world: World) -> None:
    """A new part of the record must be looked after here, too."""
    looked_after = {each.name for each in fields(Record)} - {
        "kind",
        "tier",
        "is_interconnected",
        "rule_owner",
        "national_code",
        "dossier_sets",
    }
    record = world.draft.record
    empty = Record("x")

    assert {name for name in looked_after if getattr(record, name) == getattr(empty, name)} == set()


def test_what_waits_is_counted_nowhere(world: World) -> None:
    assert Suggestion.objects.count() == 2
    assert DecisionLine.objects.count() == 2
    client = StrictClient()
    assert (
        client.get(reverse("portal:catalogue_json")).getvalue().decode().count('"code": "NB-') == 1
    )
    decisions = client.get(reverse("portal:decisions")).content.decode()
    assert "1 quyết định" in re.sub(r"\s+", " ", decisions)
