"""What a person asks is tried; what refuses it is told where he can mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from tinhgon.domain.lifecycle import IllegalMove

from .models import StaleObject
from .refusal import Refused


@dataclass(frozen=True, slots=True)
class TooLate:
    """The words of one part of the product for what somebody else was faster at."""

    stale: str
    """He changed what was shown."""
    illegal: str
    """He moved it on, to where this cannot be done."""

    def refusal(self, act: Callable[[], object]) -> Refused | None:
        """Do it; return what to tell where it was not done."""
        try:
            act()
        except Refused as e:
            return e
        except StaleObject:
            return Refused(self.stale)
        except IllegalMove:
            return Refused(self.illegal)
        return None

    def attempt(self, form: forms.Form, act: Callable[[], object]) -> bool:
        """Do it, or put what went wrong into the form; return whether it was done."""
        refused = self.refusal(act)
        if refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return not form.errors


def under_version(form: forms.Form, version: int) -> None:
    """Let what was entered be sent again, now that the person is told of the other change."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["version"] = str(version)
