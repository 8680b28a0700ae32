"""The programme that the demo's letter carries out: its rounds, milestones and targets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.programmes.actions import (
    MilestoneValues,
    ProgrammeValues,
    RoundValues,
    TargetValues,
    add_programme,
)
from tinhgon.apps.programmes.models import Programme

PLAN = "Kế hoạch số 243/KH-UBND ngày 02/12/2022 của UBND tỉnh"
FIRST, SECOND, EXTRA = "Lần 1", "Lần 2", "Bổ sung"
COUNTING = (
    "Số TTHC nội bộ được bãi bỏ, gộp hoặc đơn giản hóa chia cho số TTHC nội bộ đã công bố, còn "
    "hiệu lực tại ngày chốt số liệu."
)


def make_programme(*, agency: Agency, by: User, at: datetime) -> Programme:
    """Enter the programme of 2022 to 2025 as the plan of the province sets it."""
    return add_programme(
        values=ProgrammeValues(
            name="Rà soát, đơn giản hóa thủ tục hành chính nội bộ giai đoạn 2022 - 2025",
            agency=agency,
            basis=PLAN,
            starts_on=date(2022, 12, 2),
            ends_on=date(2025, 12, 31),
            rounds=(
                RoundValues(FIRST, date(2022, 12, 2), date(2023, 12, 31)),
                RoundValues(SECOND, date(2024, 1, 1), date(2024, 10, 31)),
                RoundValues(EXTRA, date(2024, 3, 29), date(2024, 10, 31)),
            ),
            milestones=(
                MilestoneValues(
                    "Phê duyệt phương án đối với ít nhất 50% TTHC nội bộ đã công bố",
                    date(2023, 12, 31),
                    PLAN,
                    FIRST,
                ),
                MilestoneValues(
                    "Thực thi xong phương án đã phê duyệt lần 1", date(2024, 6, 30), PLAN, FIRST
                ),
                MilestoneValues(
                    "Phê duyệt phương án đối với 100% TTHC nội bộ còn lại",
                    date(2024, 10, 31),
                    PLAN,
                    SECOND,
                ),
            ),
            targets=(
                TargetValues("TTHC nội bộ được cắt giảm", Decimal(20), "%", counting_rule=COUNTING),
                TargetValues("Chi phí tuân thủ được cắt giảm", Decimal(20), "%"),
            ),
        ),
        by=by,
        at=at,
    )
