"""Small pictures: what the browser draws, in a palette of 256 colours."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTE_SIZE = 256
_RGB, _INDEXED = 2, 3

Colour = tuple[int, int, int]


def shrink(png: bytes) -> bytes:
    """Return an RGB picture of 8 bits a channel as one with a palette of its commonest colours."""
    width, height, rows = _pixels(png)
    counts = Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counts.most_common(PALETTE_SIZE)]
    places = {colour: _nearest(colour, palette) for colour in counts}
    lines = b"".join(b"\0" + bytes(places[colour] for colour in row) for row in rows)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _INDEXED, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(bytes(colour) for colour in palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    def distance(place: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, palette[place], strict=True))

    return min(range(len(palette)), key=distance)


def _pixels(png: bytes) -> tuple[int, int, list[list[Colour]]]:
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (depth, kind) != (8, _RGB):
        raise ValueError(f"not an RGB picture of 8 bits: depth {depth}, type {kind}")
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    above = bytes(width * 3)
    rows = []
    for at in range(0, len(data), width * 3 + 1):
        above = _unfilter(data[at], data[at + 1 : at + 1 + width * 3], above)
        rows.append(list(zip(above[0::3], above[1::3], above[2::3], strict=True)))
    return width, height, rows


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def _unfilter(kind: int, line: bytes, above: bytes) -> bytes:
    """Undo the filter of one line (PNG specification, 9.2)."""
    out = bytearray(line)
    for i, value in enumerate(line):
        left, corner = (out[i - 3], above[i - 3]) if i >= 3 else (0, 0)
        foretold = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner))
        out[i] = (value + foretold[kind]) & 255
    return bytes(out)


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda each: abs(guess - each))
