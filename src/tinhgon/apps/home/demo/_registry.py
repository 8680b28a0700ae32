"""How the procedures of the demo came to stand where they stand on the day it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import resolve
from tinhgon.apps.inventories import actions as inventories
from tinhgon.apps.inventories.models import InventoryReply
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import LegalDocument, ProcedureVersion
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.publications import actions as publications
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.domain.procedures import Duration, Move, Record, legal_key

from ._procedures import Sample, ended_laws, samples
from ._story import at_hour

TITLE = "công bố thủ tục hành chính nội bộ"
# What stands for a group of agencies in the data is shown at one of them.
STANDS_FOR = {
    "UBND các huyện, thành phố": "UBND huyện Cao Lộc",
    "UBND cấp xã": "UBND xã Gia Cát",
}
OFFICERS = {
    "Văn phòng UBND tỉnh": "dieuphoi",
    "Sở Tư pháp": "chuyenvien",
    "UBND huyện Cao Lộc": "huyen",
    "UBND xã Gia Cát": "xa",
}
SCIENCE = "Khoa học và công nghệ"
RETURNED = (
    "Trình tự chưa nêu người lấy ý kiến cấp ủy; thời gian các bước chưa khớp với quy trình 5 bước. "
    "Đề nghị rà soát lại."
)
ENTERED = date(2024, 3, 26)
ASKED = ("Các sở, ban, ngành thuộc UBND tỉnh", "UBND các huyện, thành phố")
SILENT, LATE = 4, 3  # which of every five has not answered, of every seven too late


@dataclass(slots=True)
class RegistryStory:
    """Tells how procedures were published before the system, and what went through it since."""

    people: dict[str, User]
    issuer: Agency
    office: Agency

    def tell_before(self) -> None:
        """Enter what was signed before the system came."""
        self._enter(
            "412", date(2023, 3, 28), "trong hệ thống hành chính tỉnh (đợt 1)", self._first()
        )
        self._enter(
            "1385",
            date(2023, 9, 15),
            "lĩnh vực đất đai, môi trường",
            [self._new(sample) for name in ("dat-dai", "moi-truong") for sample in samples(name)],
        )
        self._enter(
            "527",
            date(2024, 3, 20),
            "lĩnh vực tài chính, xây dựng",
            [self._new(sample) for name in ("tai-chinh", "xay-dung") for sample in samples(name)],
        )

    def tell(self) -> None:
        """Tell of what went through the system."""
        self._disclose()
        self._note_law()
        self._publish_justice()
        self._submit_trade()
        self._pipeline_home_affairs()
        self._ask_for_more()

    # ── decisions signed before the system ──

    def _first(self) -> list[publications.Entered]:
        older = [replace(s, record=_longer(s.record)) for s in samples("tu-phap")]
        return [self._new(sample) for sample in [*samples("mau-2023"), *older[:2]]]

    def _new(self, sample: Sample) -> publications.Entered:
        return publications.Entered(
            Action.NEW, sample.record.name, record=sample.record, agency=self._agency(sample.lead)
        )

    def _enter(
        self, number: str, day: date, about: str, lines: Sequence[publications.Entered]
    ) -> None:
        numbered = [replace(line, position=str(place)) for place, line in enumerate(lines, start=1)]
        publications.enter_signed(
            issuer=self.issuer,
            drafter=self.office,
            subject=f"{TITLE} {about}",
            signed=_signed(number, day),
            lines=numbered,
            by=self.people["dieuphoi"],
            at=at_hour(ENTERED, 9),
        )

    def _disclose(self) -> None:
        at = at_hour(date(2024, 3, 28), 10)
        for version in ProcedureVersion.objects.filter(field__name="Đất đai").select_related(
            "procedure__agency"
        ):
            procedures.disclose_version(
                version=version,
                on=date(2024, 3, 27),
                url="",
                by=self.people["dieuphoi"],
                at=at,
                seen=version.version,
            )

    def _note_law(self) -> None:
        for law in ended_laws():
            document = LegalDocument.objects.get(key=legal_key(law.basis))
            procedures.note_law_change(
                document=document,
                change=procedures.LawChange(ended_on=law.basis.ended_on, note=law.note),
                by=self.people["dieuphoi"],
                at=at_hour(date(2024, 4, 15), 9),
                seen=document.version,
            )

    # ── a decision that went the whole way ──

    def _publish_justice(self) -> None:
        new = samples("tu-phap")
        amended = [self._amend(sample, at_hour(date(2024, 5, 20), 9)) for sample in new[:2]]
        added = [self._propose(sample, at_hour(date(2024, 5, 21), 9)) for sample in new[2:]]
        versions = [*amended, *added]
        for version in versions:
            self._confirm_and_check(version, at_hour(date(2024, 5, 27), 14))
        decision = self._draft(
            f"{TITLE} được sửa đổi, bổ sung, mới ban hành, bị bãi bỏ lĩnh vực tư pháp, khoa học và "
            "công nghệ",
            versions,
            at_hour(date(2024, 6, 3), 9),
        )
        self._abolish(decision, at_hour(date(2024, 6, 3), 10))
        self._submit(decision, date(2024, 6, 5))
        publications.record_signed(
            decision=decision,
            signed=_signed("1016", date(2024, 6, 14)),
            upload=None,
            by=self.people["vanthu"],
            at=at_hour(date(2024, 6, 14), 16),
            seen=decision.version,
        )

    def _amend(self, sample: Sample, at: datetime) -> ProcedureVersion:
        old = ProcedureVersion.objects.select_related("procedure__agency").get(
            name=sample.record.name
        )
        officer = self.people["chuyenvien"]
        draft = procedures.draft_change(
            procedure=old.procedure, action=Action.AMENDED, by=officer, at=at
        )
        procedures.edit_version(
            version=draft, record=sample.record, by=officer, at=at, seen=draft.version
        )
        procedures.move_version(
            version=draft, move=Move.SEND, by=officer, at=at, seen=draft.version
        )
        return draft

    def _abolish(self, decision: Decision, at: datetime) -> None:
        lines = list(
            DecisionLine.objects.filter(
                decision__document__number="412", version__field__name=SCIENCE
            ).select_related("procedure__agency")
        )[1:3]
        publications.add_abolitions(
            decision=decision,
            procedures=[line.procedure for line in lines],
            named_by={line.procedure_id: line for line in lines},
            by=self.people["dieuphoi"],
            at=at,
            seen=decision.version,
        )

    # ── what is under way ──

    def _submit_trade(self) -> None:
        at = at_hour(date(2024, 10, 28), 9)
        versions = [self._propose(sample, at) for sample in samples("cong-thuong")]
        for version in versions:
            self._confirm_and_check(version, at_hour(date(2024, 11, 7), 9))
        decision = self._draft(
            f"{TITLE} lĩnh vực công thương", versions, at_hour(date(2024, 11, 13), 9)
        )
        self._submit(decision, date(2024, 11, 18))

    def _pipeline_home_affairs(self) -> None:
        versions = [
            self._propose(sample, at_hour(date(2024, 11, 5), 9)) for sample in samples("noi-vu")
        ]
        for version in versions[2:]:
            self._confirm(version, at_hour(date(2024, 11, 12), 9))
        for version in versions[6:]:
            self._check(version, at_hour(date(2024, 11, 19), 9))
        back = versions[2]
        procedures.move_version(
            version=back,
            move=Move.RETURN,
            by=self.people["dieuphoi"],
            at=at_hour(date(2024, 11, 20), 9),
            seen=back.version,
            reason=RETURNED,
        )

    def _ask_for_more(self) -> None:
        """The letter's third duty: who missed what, to be answered before 01/7/2024."""
        groups = resolve(ASKED, on=ENTERED, issuer=self.issuer)
        inventory = inventories.open_inventory(
            asked=inventories.Asked(
                "Thống kê, công bố bổ sung thủ tục hành chính nội bộ năm 2024",
                self.issuer,
                [agency for agency, _ in groups.found],
                date(2024, 6, 30),
                programme=Programme.objects.first(),
                basis="Công văn số 318/UBND-TTPVHCC ngày 28/3/2024",
            ),
            by=self.people["dieuphoi"],
            at=at_hour(date(2024, 3, 29), 10),
        )
        for order, reply in enumerate(inventory.replies.select_related("agency", "inventory")):
            self._reply(order, reply)

    def _reply(self, order: int, reply: InventoryReply) -> None:
        if order % 5 == SILENT:
            return
        own = ProcedureVersion.objects.unpublished().filter(procedure__agency=reply.agency)
        day = date(2024, 7, 4) if order % 7 == LATE else date(2024, 6, 10 + order % 15)
        inventories.answer(
            reply=reply,
            procedures=list(own.values_list("procedure", flat=True)),
            note="" if own else "Đã rà soát, không còn thủ tục bỏ sót.",
            by=self._officer(reply.agency),
            at=at_hour(day, 9),
            seen=reply.version,
        )
        if order % 3 == 0:
            inventories.decide(
                reply=reply,
                accepted=True,
                reason="",
                by=self.people["dieuphoi"],
                at=at_hour(date(2024, 7, 5), 9),
                seen=reply.version,
            )

    # ── single moves ──

    def _propose(self, sample: Sample, at: datetime) -> ProcedureVersion:
        agency = self._agency(sample.lead)
        return procedures.propose_procedure(
            record=sample.record, agency=agency, by=self._officer(agency), at=at
        )

    def _confirm_and_check(self, version: ProcedureVersion, at: datetime) -> None:
        self._confirm(version, at)
        self._check(version, at)

    def _confirm(self, version: ProcedureVersion, at: datetime) -> None:
        agency = version.procedure.agency
        head = self.people.get(f"tt{agency.pk}") or self.people["giamdoc"]
        procedures.move_version(
            version=version, move=Move.CONFIRM, by=head, at=at, seen=version.version
        )

    def _check(self, version: ProcedureVersion, at: datetime) -> None:
        procedures.check_version(
            version=version, by=self.people["dieuphoi"], at=at, seen=version.version
        )

    def _draft(self, subject: str, versions: list[ProcedureVersion], at: datetime) -> Decision:
        by = self.people["dieuphoi"]
        decision = publications.draft_decision(
            drafter=self.office,
            issuer=self.issuer,
            heading=publications.Heading(subject),
            by=by,
            at=at,
        )
        publications.add_versions(
            decision=decision, versions=versions, by=by, at=at, seen=decision.version
        )
        return decision

    def _submit(self, decision: Decision, day: date) -> None:
        publications.submit_decision(
            decision=decision,
            submission=publications.Submission(str(day.timetuple().tm_yday), day),
            by=self.people["dieuphoi"],
            at=at_hour(day, 15),
            seen=decision.version,
        )

    def _agency(self, label: str) -> Agency:
        wanted = STANDS_FOR.get(label, label)
        living = Agency.objects.existing_on(ENTERED)
        return next(a for a in living if wanted in (a.name, a.label))

    def _officer(self, agency: Agency) -> User:
        return self.people[OFFICERS.get(agency.label, f"cq{agency.pk}")]


def _signed(number: str, day: date) -> publications.Signed:
    """The demo invents nobody: whoever signs is told by title only."""
    return publications.Signed(
        number, day, signer_name="", signer_title="Chủ tịch", symbol="QĐ-UBND"
    )


def _longer(record: Record) -> Record:
    """Return the record as it was before its time limit was cut."""
    limit = Duration(Decimal(10), record.time_limit.unit) if record.time_limit else None
    steps = tuple(
        replace(step, duration=Duration(step.duration.amount * 2, step.duration.unit))
        if step.duration
        else step
        for step in record.steps
    )
    return replace(record, time_limit=limit, steps=steps)
