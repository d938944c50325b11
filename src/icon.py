#!/usr/bin/env python3
"""Draws icon.png, the packages' icon: a machine; in it a container that shares its kernel, and one in a machine of its own."""
import struct
import sys
import zlib

SIZE, FINE = 128, 4
NIGHT, WHITE, BLUE, GOLD = (22, 50, 79), (255, 255, 255), (63, 182, 232), (245, 184, 65)


def box(left, top, width, height, radius):
    """The distance to a rounded box's edge, below zero inside."""

    def distance(x, y):
        dx = abs(x - left - width / 2) - width / 2 + radius
        dy = abs(y - top - height / 2) - height / 2 + radius
        return (max(dx, 0) ** 2 + max(dy, 0) ** 2) ** 0.5 + min(max(dx, dy), 0) - radius

    return distance


def line(shape, width):
    return lambda x, y: abs(shape(x, y)) - width / 2


def ribs(left, top, height, step):
    return [(box(left + step * at - 1.5, top, 3, height, 1.5), NIGHT) for at in range(3)]


SHAPES = [
    (box(2, 2, 124, 124, 26), NIGHT),
    (line(box(18, 24, 92, 64, 8), 6), WHITE),
    (box(54, 90, 20, 12, 0), WHITE),
    (box(38, 99, 52, 7, 3.5), WHITE),
    (box(28, 42, 28, 28, 4), BLUE),
    *ribs(35, 48, 16, 7),
    (line(box(65, 36, 35, 40, 6), 4), GOLD),
    (box(71, 43, 23, 26, 3), GOLD),
    *ribs(77, 49, 14, 5.5),
]


def sample(x, y):
    seen = (0, 0, 0, 0)
    for shape, colour in SHAPES:
        if shape(x, y) <= 0:
            seen = (*colour, 1)
    return seen


def pixel(x, y):
    samples = [sample(x + (i + 0.5) / FINE, y + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)]
    cover = sum(one[3] for one in samples)
    colour = [round(sum(one[at] for one in samples if one[3]) / cover) if cover else 0 for at in range(3)]
    return bytes([*colour, round(255 * cover / len(samples))])


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(SIZE)) for y in range(SIZE))
head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
with open(sys.argv[1], "wb") as out:
    out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
