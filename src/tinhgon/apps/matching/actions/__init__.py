from tinhgon.apps.procedures.actions import Refused as Refused
from tinhgon.common.models import StaleObject as StaleObject

from .ruling import rule_copies as rule_copies
from .ruling import rule_different as rule_different
from .ruling import rule_duplicates as rule_duplicates
from .ruling import withdraw_verdict as withdraw_verdict
