"""Files that bear out an answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.actions import store_upload
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import Move
from tinhgon.apps.reviews.models import Evidence, Review
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload

_MOST_FILES = 30


@transaction.atomic
def prove(*, review: Review, question: str, upload: Upload, by: User, at: datetime) -> Evidence:
    """
    Keep a file with a question, or with the whole review (`question` "").

    :raises IllegalMove, PermissionDenied: as `policies.check` for writing.
    :raises FileRefused: as `files.actions.store_file`.
    :raises Refused: if the form has no such question, or the review has enough files.
    :raises StaleObject: if somebody moved the review at the same time.
    """
    policies.check(by, Move.WRITE, review)
    if question and question not in review.round.questionnaire.form.questions:
        raise Refused("Phiếu không có câu này.", "question")
    if review.evidence.count() >= _MOST_FILES:
        raise Refused(f"Mỗi phiếu kèm không quá {_MOST_FILES} tệp.", "file")
    review.change(seen_version=review.version, changed_at=at)
    stored = store_upload(upload, at=at)
    evidence = Evidence.objects.create(
        review=review,
        question=question,
        file=stored,
        name=stored.name,
        added_at=at,
        added_by=by,
    )
    change = audit.Change("Tài liệu", "", evidence.name)
    audit.record("reviews.proved", review, by=by, at=at, changes=[change])
    return evidence


@transaction.atomic
def withdraw(*, evidence: Evidence, review: Review, by: User, at: datetime) -> None:
    """
    Take a file off the review; the file itself stays in the store.

    :raises IllegalMove, PermissionDenied: as `policies.check` for writing.
    :raises StaleObject: if somebody moved the review at the same time.
    """
    policies.check(by, Move.WRITE, review)
    name = evidence.name
    review.change(seen_version=review.version, changed_at=at)
    evidence.delete()
    change = audit.Change("Tài liệu", name, "")
    audit.record("reviews.disproved", review, by=by, at=at, changes=[change])
