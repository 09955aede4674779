"""Test values made from an integer hash, bit for bit the same as `hashValues` in ../hash-values.ts."""

import json
import pathlib

import numpy as np


def hash_values(count, series, low=-1.0, high=1.0):
    """`count` float32 values spread evenly over [low, high), the same for the same series."""
    index = np.arange(count, dtype=np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    bits = (index * np.uint64(0x9E3779B1) + np.uint64(series) * np.uint64(0x85EBCA6B)) & mask
    bits = ((bits ^ (bits >> np.uint64(16))) * np.uint64(0x7FEB352D)) & mask
    bits = ((bits ^ (bits >> np.uint64(15))) * np.uint64(0x846CA68B)) & mask
    bits ^= bits >> np.uint64(16)
    return (low + (high - low) * (bits.astype(np.float64) / 2**32)).astype(np.float32)


def series_of(name):
    """The series for a named tensor: FNV-1a of the name, 32 bits."""
    series = 0x811C9DC5
    for character in name:
        series = ((series ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return series


def numbers(tensor, digits=9):
    """A tensor's values as a flat list; nine significant digits give a float32 back exactly."""
    return [float(f"{value:.{digits}g}") for value in np.asarray(tensor, dtype=np.float64).ravel()]


def write_golden(name, golden):
    path = pathlib.Path(__file__).parent / f"{name}.golden.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, "bytes")
