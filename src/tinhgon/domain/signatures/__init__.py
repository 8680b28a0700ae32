"""
Chữ ký số on signed PDF: who signed, when by his own word, and whether the file is as he left it.

Nothing here ever asks the network. A certificate is trusted only where its chain leads to one that
was given; whatever else it says of itself stays unverified.
"""

from ._certificates import NotACertificate as NotACertificate
from ._certificates import read_certificates as read_certificates
from ._check import read_signatures as read_signatures
from ._limits import Unreadable as Unreadable
from ._model import Integrity as Integrity
from ._model import Seal as Seal
from ._model import Trust as Trust
