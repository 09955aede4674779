"""Writes resize.golden.json: Pillow's results for small synthetic images.

Inputs are not stored: pixel i of a case is byte(i, seed) below, the same integer hash as in the test.
Run with Pillow 9.4: python3 src/testing/golden/resize_golden.py
"""

import json
import zlib
from pathlib import Path

import numpy as np
import PIL
from PIL import Image


def hashed_bytes(count, seed):
    """Bytes from an integer hash of the index; 32-bit arithmetic, to match JavaScript."""
    value = (np.arange(count, dtype=np.uint64) + np.uint64(seed) * np.uint64(0x9E3779B9)) & np.uint64(0xFFFFFFFF)
    for factor in (0x85EBCA6B, 0xC2B2AE35):
        value ^= value >> np.uint64(15)
        value = (value * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return ((value ^ (value >> np.uint64(16))) & np.uint64(0xFF)).astype(np.uint8)


def rgb_case(name, width, height, side, extreme=False):
    pixels = hashed_bytes(width * height * 3, len(name))
    if extreme:  # 0 and 255 only: the ends of the fixed-point range
        pixels = np.where(pixels < 128, 0, 255).astype(np.uint8)
    image = Image.fromarray(pixels.reshape(height, width, 3))
    resized = np.asarray(image.resize((side, side), Image.Resampling.BILINEAR))
    flat = resized.reshape(-1)
    return {
        "name": name, "width": width, "height": height, "side": side, "extreme": extreme,
        "crc32": zlib.crc32(flat.tobytes()),
        # The first and the last row, to investigate a failing checksum.
        "firstRow": resized[0].reshape(-1).tolist(), "lastRow": resized[-1].reshape(-1).tolist(),
    }


golden = {
    "pillow": PIL.__version__,
    "rgb": [
        rgb_case("700 to 64", 700, 700, 64),
        rgb_case("37x53 to 32", 37, 53, 32),
        rgb_case("upscale 16 to 32", 16, 16, 32),
        rgb_case("identity 64", 64, 64, 64),
        rgb_case("wide, one axis kept", 100, 32, 32),
        rgb_case("tall, one axis kept", 32, 77, 32),
        rgb_case("one pixel", 1, 1, 32),
        rgb_case("up and down 20x300", 20, 300, 64),
        rgb_case("black and white 123x91", 123, 91, 64, extreme=True),
        rgb_case("1024 to 96", 1024, 1024, 96),
    ],
}
Path(__file__).with_name("resize.golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
