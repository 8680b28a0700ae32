"""What a person asks is tried; what refuses it is told where he can mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from tinhgon.domain.lifecycle import IllegalMove

from .models import StaleObject, Versioned
from .refusal import Refused


class Overtaken(Refused):
    """
    Somebody else changed what was shown.

    Only who was told this may send the same again under the newest version. Whatever else is
    wrong, a form goes back with the version that the person saw: with the newest one his next
    click would overwrite what he never saw.
    """


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
            return Overtaken(self.stale)
        except IllegalMove:
            return Refused(self.illegal)
        return None

    def attempt(
        self, form: forms.Form, act: Callable[[], object], on: Versioned | None = None
    ) -> bool:
        """
        Do it, or put what went wrong into the form; return whether it was done.

        A form that is shown again names in `on` the row whose version it holds: where somebody
        else was faster it gets the newest one, so that what was entered can be sent again.
        """
        refused = self.refusal(act)
        if on and isinstance(refused, Overtaken):
            under_version(form, on.newest_version())
        if refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return not form.errors


def under_version(form: forms.Form, version: int) -> None:
    """Let what was entered be sent again: only where the person was told of the other change."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["version"] = str(version)
