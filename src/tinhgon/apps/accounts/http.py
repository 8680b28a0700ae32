from __future__ import annotations

from tinhgon.common.http import HtmxRequest

from .models import User


class UserRequest(HtmxRequest):
    """A request that went through SignInMiddleware."""

    user: User
