from __future__ import annotations

import gc

_YOUNG = 20_000  # objects made before the youngest are looked at; Python's own 700 is for scripts


def settle() -> None:
    """
    Spare the collector what a server has loaded for good, and let it look less often.

    A page or an import makes many small objects that live on until it ends: looking at them again
    and again cost a fifth of the time of a large import.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
