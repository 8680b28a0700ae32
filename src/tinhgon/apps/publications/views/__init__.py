from .detail import decision_detail as decision_detail
from .listing import decision_list as decision_list
