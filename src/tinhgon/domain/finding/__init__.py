"""
Finding by words: what an entry is found by, what a person meant, which words to mark.

Text becomes a set of tokens, a question becomes conditions on such tokens, tier by tier from the
closest match to the loosest. Any index that answers "all of these, one of those, none of that"
can serve them; nothing is left to the way in which a database cuts Vietnamese into words.
"""

from ._marking import Piece as Piece
from ._marking import excerpt as excerpt
from ._marking import marked as marked
from ._question import Condition as Condition
from ._question import Question as Question
from ._question import Tier as Tier
from ._tokens import PUBLIC as PUBLIC
from ._tokens import VERSION as VERSION
from ._tokens import branch_token as branch_token
from ._tokens import kind_token as kind_token
from ._tokens import reach_tokens as reach_tokens
from ._tokens import seeing_tokens as seeing_tokens
from ._tokens import text_tokens as text_tokens
from ._tokens import title_tokens as title_tokens
