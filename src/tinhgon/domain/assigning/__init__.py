"""Assigned work (nhiệm vụ được giao): life cycles and pure rules."""

from ._actor import Actor as Actor
from ._assignment import ASSIGNMENT as ASSIGNMENT
from ._assignment import DONE as DONE
from ._assignment import OPEN as OPEN
from ._assignment import Move as Move
from ._assignment import Status as Status
from ._assignment import diagrams as diagrams
from ._assignment import moves_from as moves_from
from ._assignment import to_mermaid as to_mermaid
from ._assignment import transition_for as transition_for
from ._directive import DIRECTIVE as DIRECTIVE
from ._directive import DirectiveMove as DirectiveMove
from ._directive import DirectiveStatus as DirectiveStatus
from ._extension import EXTENSION as EXTENSION
from ._extension import ExtensionMove as ExtensionMove
from ._extension import ExtensionStatus as ExtensionStatus
from ._rules import LaterThanParent as LaterThanParent
from ._rules import Rollup as Rollup
from ._rules import inherit_due as inherit_due
from ._rules import may_extend as may_extend
from ._rules import rollup as rollup
