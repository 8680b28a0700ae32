"""Who sees an entry: the branches in which its agencies lie, and whom it says besides."""

from __future__ import annotations

from typing import Any

import pytest

from tinhgon.domain.finding import branch_token, reach_tokens, seeing_tokens


@pytest.mark.parametrize(
    ("reader", "entry", "seen"),
    [
        (["/1/"], {"paths": ["/1/7/"]}, True),
        (["/1/7/"], {"paths": ["/1/7/"]}, True),
        (["/1/7/"], {"paths": ["/1/7/42/"]}, True),
        (["/1/7/42/"], {"paths": ["/1/7/"]}, False),
        (["/1/7/"], {"paths": ["/1/77/"]}, False),
        (["/1/77/"], {"paths": ["/1/7/"]}, False),
        (["/1/8/", "/1/7/"], {"paths": ["/1/9/", "/1/7/3/"]}, True),
        (["/1/7/42/"], {"paths": ["/1/7/"], "below": True}, True),
        (["/1/8/"], {"paths": ["/1/7/"], "below": True}, False),
        (["/1/8/"], {"paths": [], "everybody": True}, True),
        (["/1/8/"], {"paths": [], "public": True}, True),
        ([], {"paths": ["/1/7/"], "everybody": True}, True),
        ([], {"paths": ["/1/7/"]}, False),
        (["/"], {"paths": ["/1/7/"]}, True),
        (["/"], {"paths": ["/1/"]}, True),
        (["/"], {"paths": []}, False),
    ],
)
def test_an_entry_is_seen_or_is_not(reader: list[str], entry: dict[str, Any], seen: bool) -> None:
    assert bool(reach_tokens(**entry) & set(seeing_tokens(reader))) == seen


def test_a_branch_has_one_token_wherever_it_hangs() -> None:
    assert branch_token("/1/7/42/") in reach_tokens(["/1/7/42/5/"])
    assert branch_token("/1/7/42/") in reach_tokens(["/2/42/"])
    assert branch_token("/1/7/42/") not in reach_tokens(["/1/7/"])
