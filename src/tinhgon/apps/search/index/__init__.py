"""
The table `search_index`: which entry has which tokens. The only place that knows both databases.

SQLite: an FTS5 table, the row id being the key of the entry. PostgreSQL: a tsvector with a GIN
index. Both hold the same tokens (`domain.finding`), cut by us and by nobody else, so both find the
same. The newest entries (by key) come first, and no search looks at more than it is asked for:

- FTS5 walks its lists from the newest row on and stops.
- GIN would collect every match before the first is seen. There each entry also has the tokens of
  two blocks of keys, a small and a large one, and a search goes block by block from the newest on,
  until it has enough. "id + 0" keeps the planner from walking the primary key backwards and reading
  the tokens of every row: that looks cheap to it, and takes a minute at 300,000 entries.

Where few entries have all that is asked for, both would walk the lists of all tokens to their ends.
There they get the few tokens that together are rarest, and the other ones are looked for in the
rows so found, from the newest on (see `_plans`). However many conditions: at most two statements.
"""

from ._language import LARGE as LARGE
from ._language import SMALL as SMALL
from ._language import Group as Group
from ._matching import Match as Match
from ._matching import counts as counts
from ._matching import matches as matches
from ._plans import Newest as Newest
from ._plans import newest as newest
from ._rows import Row as Row
from ._rows import having as having
from ._rows import remove as remove
from ._rows import stored as stored
from ._rows import strays as strays
from ._rows import tidy as tidy
from ._rows import tokens_of as tokens_of
from ._rows import write as write
