from ._loading import get_visible_decision as get_visible_decision
from .acts import decision_words as decision_words
from .checking import label as label
from .checking import load_lines as load_lines
from .checking import problems_of as problems_of
from .listing import list_page as list_page
