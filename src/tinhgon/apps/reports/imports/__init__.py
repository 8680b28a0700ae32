"""Offline workbooks as they come back: whose they are, what is wrong, what they would change."""

from ._page import preview_page as preview_page
from ._preview import Known as Known
from ._preview import Preview as Preview
from ._preview import know as know
from ._preview import preview as preview
from ._preview import preview_of as preview_of
