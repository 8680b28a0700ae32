"""What can be done to duties and assignments; each with its audit row and its notices."""

from tinhgon.common.refusal import Refused as Refused
from tinhgon.common.uploads import Upload as Upload

from .amending import NewDue as NewDue
from .amending import amend_duty as amend_duty
from .amending import replace_directive as replace_directive
from .amending import withdraw_duty as withdraw_duty
from .answering import ENTERED as ENTERED
from .answering import acknowledge as acknowledge
from .answering import report_progress as report_progress
from .answering import submit_nil as submit_nil
from .answering import submit_proof as submit_proof
from .attaching import attach_issued as attach_issued
from .extending import ask_extension as ask_extension
from .extending import decide_extension as decide_extension
from .feeds import create_feed as create_feed
from .feeds import revoke_feed as revoke_feed
from .fulfilling import fulfil as fulfil
from .issuing import NotReady as NotReady
from .issuing import issue_directive as issue_directive
from .numbering import number_letter as number_letter
from .numbering import write_number as write_number
from .passing import pass_on as pass_on
from .reminding import Round as Round
from .reminding import Sums as Sums
from .reminding import mail_digests as mail_digests
from .reminding import plan_reminders as plan_reminders
from .reminding import remind as remind
from .reviewing import accept_answer as accept_answer
from .reviewing import return_answer as return_answer
from .succession import Transfer as Transfer
from .succession import transfer_assignments as transfer_assignments
from .urging import urge as urge
