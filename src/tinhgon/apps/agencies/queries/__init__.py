from ._naming import Resolution as Resolution
from ._naming import Unknown as Unknown
from ._naming import resolve as resolve
from ._succession import Heir as Heir
from ._succession import successions_since as successions_since
from ._succession import successors_on as successors_on
