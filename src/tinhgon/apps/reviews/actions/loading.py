from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reviews.models import Questionnaire
from tinhgon.domain.reviewing import shipped_questionnaires


@transaction.atomic
def load_questionnaires(*, by: audit.Actor, at: datetime) -> int:
    """Bring in the questionnaires that the software ships with, and return how many were new."""
    entries = []
    for form in shipped_questionnaires():
        row, is_new = Questionnaire.objects.get_or_create(
            code=form.code,
            version=form.version,
            defaults={"title": form.title, "content": form.content, "added_at": at},
        )
        if is_new:
            entries.append(audit.Entry("reviews.questionnaire_loaded", row))
    audit.record_all(entries, by=by, at=at)
    return len(entries)
