"""Every change that the exchange with other e-offices makes."""

from .handling import handle_arrival as handle_arrival
from .organs import add_organ_id as add_organ_id
from .organs import end_organ_id as end_organ_id
from .organs import import_organ_ids as import_organ_ids
from .receiving import receive_package as receive_package
from .states import tell_state as tell_state
