from ._changes import add as add
from ._changes import end as end
from ._changes import merge as merge
from ._changes import move as move
from ._changes import rename as rename
from ._changes import split as split
from ._pages import detail as detail
from ._pages import tree as tree
