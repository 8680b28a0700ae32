"""Every page, on the desk and on a phone: usable by everybody, and not wider than the window."""

from __future__ import annotations

import pytest

from tests.factories import Province

from .conftest import ContextOf
from .walk import faults_of, make_everything, named_pages

APPS = named_pages()


@pytest.mark.parametrize("app", APPS)
def test_pages_have_no_fault(app: str, province: Province, context_of: ContextOf) -> None:
    user = make_everything(province)
    contexts = [context_of(user), context_of(user, phone=True)]
    opened, faults = faults_of(APPS[app], user, province, contexts)
    assert opened
    assert not faults
