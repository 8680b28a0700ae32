from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.refusal import Refused as Refused
from tinhgon.common.uploads import Upload as Upload

from .deciding import accept_gaps as accept_gaps
from .deciding import dismiss_gaps as dismiss_gaps
from .deciding import reopen_gap as reopen_gap
from .referencing import FileRefused as FileRefused
from .referencing import change_reference as change_reference
from .referencing import receive_reference as receive_reference
from .referencing import remove_reference as remove_reference
from .ruling import rule_copies as rule_copies
from .ruling import rule_different as rule_different
from .ruling import rule_duplicates as rule_duplicates
from .ruling import withdraw_verdict as withdraw_verdict
