"""Residua in PyTorch: the model, losses, recipe, scores and threshold of a run, in one file.

    python residua_torch.py verify BUNDLE --data ROOT           scores the original files again, and compares
    python residua_torch.py train --data ROOT --config config.json --out OUT [--resume model.safetensors]
    torchrun --nproc_per_node 2 residua_torch.py train ...      the same on several processes
    python residua_torch.py table --data ROOT --config config.json --out OUT --losses l2 wfdl --seeds 0 1 2

BUNDLE is the .zip that Residua exports, or a folder with its files. ROOT is a category in MVTec AD's layout,
or a folder with categories. Another layout needs --mapping mapping.json, which lists the use and the masks of
each image. Every bundle has one, and `npm run train -- --data ROOT --dry-run --mapping mapping.json` writes it.
Needs Python 3.9, torch 1.13, numpy and Pillow, or later ones. MIT license.

Paper: Nakanishi, Sato, Terada, "Anomaly Detection By Autoencoder Based On Weighted Frequency Domain Loss".
Pictures are float32 [N, 3, S, S] in [0, 1]. Scores and their statistics are float64. An image has one picture, or
several with the fit "tiles": its score is then the largest of theirs, and its anomaly map is stitched from theirs.
"""

import argparse
import contextlib
import csv
import datetime
import hashlib
import io
import json
import math
import os
import pathlib
import re
import sys
import time
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.distributed as distributed
import torch.nn.functional as F
from PIL import Image, TiffImagePlugin
from torch import nn

SETTINGS_VERSION = 4
SCORE_TOLERANCE = 1e-3
RECONSTRUCTION_TOLERANCE = 1e-4


class Refused(Exception):
    """Bad input: the problem and the remedy, as one text for the user."""


# Settings

SETTINGS = """
    loss ssimWindow ssimSigma ssimK1 ssimK2 focalAlpha compositeL2 compositeSsim compositeFrequency
    compositeWfdl compositeFocalFrequency weight weightPower weightGamma weightEpsilon weightCurve
    dcWeight curriculum side fit width batch epochs learningRate schedule weightDecay initialisation
    nonFiniteStep holdOutPercent seed evaluateEvery batchNorm score residual calibrationPooling
    calibrationBands bandLow bandHigh blurSigma topPercent memoryBudgetMB microBatch
""".split()
EVALUATION_SETTINGS = """
    batchNorm score residual calibrationPooling calibrationBands bandLow bandHigh blurSigma topPercent
""".split()
FITS = ("squeeze", "pad", "crop", "tiles")
MOST_TILES = 64
LOSSES = ("l2", "ssim", "frequency", "wfdl", "focal-frequency", "composite")


# The settings that later versions added, with the values that reproduce earlier runs.
OLDEST_VERSION = 2
ADDED_SETTINGS = {3: {"nonFiniteStep": "stop"}, 4: {"fit": "squeeze"}}


def check_version(version, name):
    if not isinstance(version, int) or version < OLDEST_VERSION:
        raise Refused(
            f"{name} has version {version!r}, expected {OLDEST_VERSION} to {SETTINGS_VERSION}. "
            "Open it in Residua, and export it again."
        )
    if version > SETTINGS_VERSION:
        raise Refused(
            f"{name} was written by a newer version of Residua ({version}; this reads {SETTINGS_VERSION}). "
            "Use the residua_torch.py of its bundle."
        )


def parse_config(text, name="config.json", changes=()):
    """Reads the settings of a run; `changes` are texts such as "epochs=200"."""
    try:
        config = json.loads(text)
    except ValueError as error:
        raise Refused(f"{name} is not JSON: {error}. Give the config.json of a run.") from error
    if not isinstance(config, dict):
        raise Refused(f"{name} holds no settings. Give the config.json of a run.")
    version = config.pop("settingsVersion", None)
    check_version(version, name)
    for added, values in ADDED_SETTINGS.items():
        if version < added:
            config = {**values, **config}
    missing = [key for key in SETTINGS if key not in config]
    unknown = [key for key in config if key not in SETTINGS]
    if missing or unknown:
        found = f"lacks the setting {missing[0]}" if missing else f"has the unknown setting {unknown[0]}"
        raise Refused(f"{name} {found}. Give a config.json of Residua.")
    for change in changes:
        key, _, value = change.partition("=")
        if key not in SETTINGS:
            raise Refused(
                f"--set {change}: no setting has this name. The settings are {', '.join(SETTINGS)}."
            )
        try:
            config[key] = value if isinstance(config[key], str) else json.loads(value)
        except ValueError as error:
            raise Refused(f"--set {change}: expected a number.") from error
    if config["side"] not in (32, 64, 128, 256, 512):
        raise Refused(f"The setting side is {config['side']}, expected 32, 64, 128, 256 or 512.")
    if config["fit"] not in FITS:
        raise Refused(f"The setting fit is {config['fit']}, expected one of {', '.join(FITS)}.")
    if config["loss"] not in LOSSES:
        raise Refused(f"The setting loss is {config['loss']}, expected one of {', '.join(LOSSES)}.")
    return config


# Tensors in files: https://github.com/huggingface/safetensors


def read_safetensors(data, name):
    """Returns (tensors by name, metadata). All tensors are float32."""
    if len(data) < 8 or 8 + int.from_bytes(data[:8], "little") > len(data):
        raise Refused(f"{name} is cut off or is not a safetensors file. Export it again.")
    start = 8 + int.from_bytes(data[:8], "little")
    try:
        header = json.loads(data[8:start])
    except ValueError as error:
        raise Refused(
            f"{name} is not a safetensors file: its header is not JSON. Export it again."
        ) from error
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for key, entry in header.items():
        try:
            dtype, shape, (first, last) = entry["dtype"], entry["shape"], entry["data_offsets"]
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(
                f"The tensor {key} in {name} lacks dtype, shape or data_offsets. Export it again."
            ) from error
        if dtype != "F32":
            raise Refused(f"The tensor {key} in {name} has dtype {dtype}, expected F32. Export it again.")
        size = 4 * math.prod(shape)
        if first < 0 or last - first != size or start + last > len(data):
            raise Refused(
                f"The tensor {key} in {name} has bytes {first} to {last}, expected {size} in the file."
            )
        values = np.frombuffer(data[start + first : start + last], dtype="<f4").reshape(shape)
        tensors[key] = torch.from_numpy(values.copy())
    return tensors, metadata


def write_safetensors(tensors, metadata):
    header, chunks, offset = {"__metadata__": metadata}, [], 0
    for key, tensor in tensors.items():
        chunk = tensor.detach().cpu().contiguous().numpy().astype("<f4").tobytes()
        header[key] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(chunk)],
        }
        chunks.append(chunk)
        offset += len(chunk)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(chunks)


# Random numbers: the same streams as in the app


class Stream:
    """sfc32 (Chris Doty-Humphrey), one stream per purpose of a run."""

    def __init__(self, seed, purpose):
        name = 0x811C9DC5
        for character in purpose:
            name = ((name ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
        self.state = (seed, name, 0x9E3779B9, 1)
        self.draw(15)

    def draw(self, count):
        """The next unsigned 32-bit words."""
        a, b, c, counter = self.state
        words = []
        for _ in range(count):
            word = (a + b + counter) & 0xFFFFFFFF
            counter = (counter + 1) & 0xFFFFFFFF
            a = b ^ (b >> 9)
            b = (c + (c << 3)) & 0xFFFFFFFF
            c = ((((c << 21) & 0xFFFFFFFF) | (c >> 11)) + word) & 0xFFFFFFFF
            words.append(word)
        self.state = (a, b, c, counter)
        return words

    def uniform(self, count):
        """Numbers in [0, 1), float64."""
        return np.array(self.draw(count), dtype=np.float64) / 2**32

    def normal(self, count):
        pairs = self.uniform(2 * count).reshape(count, 2)
        return np.sqrt(-2 * np.log(1 - pairs[:, 0])) * np.cos(2 * np.pi * pairs[:, 1])

    def shuffle(self, length):
        order = list(range(length))
        for last, word in zip(range(length - 1, 0, -1), self.draw(max(0, length - 1))):
            chosen = word * (last + 1) >> 32
            order[last], order[chosen] = order[chosen], order[last]
        return order


def batches_of(count, batch, seed):
    """Indices of the batches, epoch after epoch, without end. The last batch of an epoch may be smaller."""
    stream = Stream(seed, "batch-order")
    while True:
        order = stream.shuffle(count)
        for start in range(0, count, batch):
            yield order[start : start + batch]


# Images


@dataclass
class Sample:
    path: str
    """Path inside the category."""
    split: str
    defect_type: str
    anomalous: bool
    masks: list = field(default_factory=list)
    """Paths inside the category; any of them marks a pixel."""
    held_out: bool = False
    """Whether it is a training image that no run trains on."""


@dataclass
class Category:
    name: str
    root: pathlib.Path
    samples: list = field(default_factory=list)

    def of(self, split):
        return [sample for sample in self.samples if sample.split == split]


EXTENSIONS = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}
MAPPING_VERSION = 1


def utf16(path):
    """The order of paths in the app."""
    return path.encode("utf-16-be", "surrogatepass")


def scan_category(root):
    """Reads `train/good`, `test/<type>` and `ground_truth/<type>/<stem>_mask.png`, in the app's order."""
    root = pathlib.Path(root)
    files = sorted(
        (
            file.relative_to(root).as_posix()
            for file in root.glob("*/*/*")
            if file.suffix.lower() in EXTENSIONS
        ),
        key=utf16,
    )
    masks, samples = {}, []
    for path in files:
        split, kind, name = path.split("/")
        stem = unicodedata.normalize("NFC", pathlib.PurePosixPath(name).stem)
        if split == "ground_truth":
            # MVTec's name takes precedence over the plain one.
            plain = stem[:-5] if stem.lower().endswith("_mask") else stem
            if plain != stem or (kind, plain) not in masks:
                masks[(kind, plain)] = path
    for path in files:
        split, kind, name = path.split("/")
        if split not in ("train", "test") or (split == "train" and kind != "good"):
            continue
        stem = unicodedata.normalize("NFC", pathlib.PurePosixPath(name).stem)
        own = [masks[(kind, stem)]] if (kind, stem) in masks else []
        samples.append(Sample(path, split, kind, kind != "good", own))
    samples.sort(key=lambda sample: (sample.split != "train", sample.anomalous, utf16(sample.path)))
    if not any(sample.split == "train" for sample in samples):
        raise Refused(
            f"{root} has no images in train/good. Give a category in the layout of MVTec AD, or --mapping."
        )
    return Category(root.resolve().name, root, samples)


def read_mapping(file, data):
    """The categories that a mapping.json lists, with their images in `data`."""
    try:
        content = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        if content["mappingVersion"] != MAPPING_VERSION:
            raise Refused(
                f"{file} has version {content['mappingVersion']!r}, expected {MAPPING_VERSION}. "
                "Use the residua_torch.py of its bundle."
            )
        categories = []
        for listed in content["categories"]:
            for image in listed["images"]:
                if image["split"] not in ("train", "test"):
                    raise ValueError(f"{image['path']} has the split {image['split']}")
            samples = [
                Sample(
                    image["path"],
                    image["split"],
                    image["defectType"],
                    image["anomalous"],
                    image.get("masks", []),
                    image.get("heldOut", False),
                )
                for image in listed["images"]
            ]
            folder = listed.get("folder", listed["name"])
            categories.append((listed["name"], folder, samples))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"{file} is not a mapping of Residua: {error!r}. "
            "Give the mapping.json of a bundle, or of npm run train -- --dry-run --mapping FILE."
        ) from error
    found = []
    for name, folder, samples in categories:
        if not any(sample.split == "train" and not sample.held_out for sample in samples):
            raise Refused(
                f"{file} lists no image of {name} for training. Change its roles, and write it again."
            )
        found.append(Category(name, category_root(data, folder, samples[0].path), samples))
    return found


# Pillow 9 lacks big-endian gray of 16 bits in which white is zero.
TiffImagePlugin.OPEN_INFO.setdefault((TiffImagePlugin.MM, 0, (1,), 1, (16,), ()), ("I;16B", "I;16B"))


@contextlib.contextmanager
def opened(source):
    try:
        with Image.open(source) as image:
            yield image
    except FileNotFoundError:
        raise
    except (OSError, SyntaxError, ValueError) as error:
        why = "its data are damaged" if str(error) == "-2" else error
        raise Refused(f"{source} cannot be read as an image: {why}. Replace or remove the file.") from error


def low_bytes(source):
    """The low bytes of an image with 16 bits per color, of which Pillow gives the high ones."""
    with opened(source) as image:
        other = {"L": "B", "B": "L", "N": "B" if sys.byteorder == "little" else "L"}

        def swapped(given):
            if isinstance(given, str):
                return given[:-1] + other[given[-1]]
            return (swapped(given[0]), *given[1:])

        image.tile = [(codec, extents, offset, swapped(given)) for codec, extents, offset, given in image.tile]
        return np.asarray(image)


def raw_mode(image):
    """How the file stores its values, in Pillow's words."""
    given = image.tile[0][3] if image.tile else ""
    return given if isinstance(given, str) else str(given[0]) if given else ""


WIDE = re.compile(r"(RGB|RGBA|RGBX);16[LBN]")


def stored_values(source):
    """(values [H, W, C], the largest possible value): gray, RGB, or RGB and alpha, as stored."""
    with opened(source) as image:
        is_tiff = image.format == "TIFF"
        if is_tiff and image.mode in ("I", "F"):
            raise Refused(
                f"{source} is a TIFF with values that are not whole numbers of 8 or 16 bits. "
                "Convert or remove it."
            )
        is_planar = is_tiff and image.tag_v2.get(284) == 2 and image.tag_v2.get(277, 1) > 1
        if is_planar and max(image.tag_v2.get(258, (1,))) > 8:
            raise Refused(f"{source} is a TIFF with one plane per color of 16 bits. Convert or remove it.")
        if image.mode.startswith("I"):
            gray = np.asarray(image).astype(np.int64)
            white_is_zero = is_tiff and image.tag_v2.get(262) == 0
            return (65535 - gray if white_is_zero else gray)[..., None], 65535
        if WIDE.fullmatch(raw_mode(image)) and "transparency" not in image.info:
            high = np.asarray(image).astype(np.int64)
            wide = 256 * high + low_bytes(source)
            return (wide[..., :3] if image.mode == "RGBX" else wide), 65535
        has_alpha = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa")
        return np.asarray(image.convert("RGBA" if has_alpha else "RGB")), 255


def read_rgb(source):
    """RGB bytes [H, W, 3]: gray is replicated, alpha is composited on black, 16 bits are rounded to 8."""
    values, largest = stored_values(source)
    if largest == 255 and values.shape[2] == 3:
        return values
    alpha = values[..., 3:].astype(np.float64) if values.shape[2] == 4 else largest
    colors = values[..., :3].astype(np.float64) * 255 * alpha / largest**2
    return np.repeat(np.floor(colors + 0.5).astype(np.uint8), 3 if values.shape[2] == 1 else 1, axis=2)


def is_lossy(file):
    """Whether a file is a JPEG, or a WebP whose first image is not lossless."""
    data = pathlib.Path(file).read_bytes()
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return data[:3] == b"\xff\xd8\xff"
    at = 12
    while at + 8 <= len(data) and data[at : at + 4] not in (b"VP8L", b"VP8 "):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return data[at : at + 4] != b"VP8L"


def read_marks(file):
    """bool [H, W]: the pixels that are not black, at any alpha; in a lossy file from 128 of 255."""
    values, _ = stored_values(file)
    return (values[..., :3] >= (128 if is_lossy(file) else 1)).any(axis=2)


def marks_of(root, sample):
    """bool [H, W]: the pixels that any mask marks; None without usable masks of the size of the image."""
    if not sample.masks:
        return None
    with opened(root / sample.path) as image:
        size = image.size[::-1]
    # A bundle of kept images names the folder of several masks.
    listed = [root / path for path in sample.masks]
    files = [file for path in listed for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    try:
        masks = [read_marks(file) for file in files]
    except Refused as error:
        print(f"{error} Its image {sample.path} counts as one without a mask.", file=sys.stderr)
        return None
    for file, mask in zip(files, masks):
        if mask.shape != size:
            found, wanted = (f"{width} x {height}" for height, width in (mask.shape, size))
            print(f"{file} is {found} pixels, and its image {wanted}: it is not used.", file=sys.stderr)
            return None
    return np.logical_or.reduce(masks)


def rounded(value, divisor):
    """The nearest whole number to a quotient; a half is rounded up."""
    return (2 * value + divisor) // (2 * divisor)


def tile_starts(size):
    """Where the tiles of an image of this size (width, height) start along its longer side, in pixels of the file."""
    side, longer = min(size), max(size)
    count = -(-longer // side)
    return [rounded(tile * (longer - side), count - 1) for tile in range(count)] if count > 1 else [0]


def framed(pixels, fit, mode):
    """The parts of an image or a mask that become its pictures, one without tiles; an odd pixel is left or added at the end."""
    height, width = pixels.shape[:2]
    if fit == "tiles":
        side, starts = min(width, height), tile_starts((width, height))
        return [pixels[:, at : at + side] if width > height else pixels[at : at + side] for at in starts]
    if fit == "crop":
        side = min(width, height)
        top, left = (height - side) // 2, (width - side) // 2
        return [pixels[top : top + side, left : left + side]]
    if fit == "pad":
        side = max(width, height)
        margins = [((side - size) // 2, side - size - (side - size) // 2) for size in (height, width)]
        return [np.pad(pixels, margins + [(0, 0)] * (pixels.ndim - 2), mode=mode)]
    return [pixels]


def stitched_places(size, side):
    """Where the tiles of an image of this size start along its stitched map, in pixels of the map; the map's [H, W]."""
    shorter = min(size)
    starts = [rounded(start * side, shorter) for start in tile_starts(size)]
    return starts, [rounded(length * side, shorter) for length in reversed(size)]


def stitched(maps, size):
    """The maps [S, S] of all pictures of an image of this size as one, with their mean where tiles overlap."""
    if len(maps) == 1:
        return maps[0]
    starts, shape = stitched_places(size, len(maps[0]))
    sums, counts = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    for at, found in zip(starts, maps):
        place = np.s_[:, at : at + len(found)] if size[0] > size[1] else np.s_[at : at + len(found)]
        sums[place] += found
        counts[place] += 1
    return sums / counts


def shown_part(size, side):
    """Slices of the pixels [S, S] of a padded picture that show some of an image of this size (width, height)."""
    longest = max(size)
    starts = [((longest - length) // 2, length) for length in reversed(size)]
    return tuple(slice(at * side // longest, -(-(at + length) * side // longest)) for at, length in starts)


@dataclass
class Pictures:
    """What the model sees of some images; the pictures of an image follow each other."""

    pixels: torch.Tensor
    """uint8 [N, 3, S, S]."""
    sizes: list
    """(width, height) of each image, in pixels of the file."""
    counts: list
    """The number of pictures of each image."""

    @property
    def images(self):
        return len(self.counts)

    def by_image(self, items):
        """The items, one for each picture, of one image after the other."""
        start = 0
        for count in self.counts:
            yield items[start : start + count]
            start += count

    def of(self, images):
        """The pictures of some of the images."""
        rows = list(self.by_image(range(len(self.pixels))))
        return Pictures(
            self.pixels[[row for image in images for row in rows[image]]],
            [self.sizes[image] for image in images],
            [self.counts[image] for image in images],
        )

    def largest(self, scores):
        """The score of each image: the largest of its pictures."""
        return np.array([max(own) for own in self.by_image(scores)], dtype=np.float64)

    def stitched(self, maps):
        """The map of each image."""
        return [stitched(own, size) for own, size in zip(self.by_image(maps), self.sizes)]


def load_image(source, side, fit):
    """(RGB bytes [n, S, S, 3] of the pictures of an image, its size in pixels)."""
    values = read_rgb(source)
    size = values.shape[1], values.shape[0]
    if fit == "tiles" and (count := len(tile_starts(size))) > MOST_TILES:
        raise Refused(
            f"{source} is {size[0]} x {size[1]} pixels: {count} tiles, expected at most {MOST_TILES}. "
            "Replace or remove the file."
        )
    squares = [Image.fromarray(np.ascontiguousarray(part)) for part in framed(values, fit, "edge")]
    pictures = [np.asarray(square.resize((side, side), Image.BILINEAR)) for square in squares]
    return np.stack(pictures), size


def load_images(sources, config):
    side = config["side"]
    loaded = [load_image(source, side, config["fit"]) for source in sources]
    pixels = np.concatenate([np.zeros((0, side, side, 3), np.uint8), *(pictures for pictures, _ in loaded)])
    return Pictures(
        torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous(),
        [size for _, size in loaded],
        [len(pictures) for pictures, _ in loaded],
    )


def resize_marks(marks, side):
    """bool [S, S]: a pixel is marked if at least half of its area is; if none is, the most covered ones."""
    rows, columns = (overlaps(size, side) for size in marks.shape)
    areas = rows @ marks.astype(np.float64) @ columns.T
    half = marks.shape[0] * marks.shape[1] / 2
    return areas >= (areas.max() if 0 < areas.max() < half else half)


def load_mask(root, sample, side, fit):
    """bool, of the shape of the image's map: a pixel is marked if any picture marks it; None without usable masks."""
    marks = marks_of(root, sample)
    if marks is None:
        return None
    masks = [resize_marks(part, side) for part in framed(marks, fit, "constant")]
    return stitched(masks, marks.shape[::-1]) > 0


def without_padding(config, images, maps):
    """The maps and masks of the test images, without the padding around these."""
    side, fit, root = config["side"], config["fit"], images.category.root
    for sample, size, found in zip(images.tests, images.test.sizes, maps):
        mask = load_mask(root, sample, side, fit)
        if fit == "pad":
            part = shown_part(size, side)
            found, mask = found[part], None if mask is None else mask[part]
        yield found, mask


def overlaps(size, side):
    """Overlap of each target pixel with each source pixel, [side, size], in 1 / side source pixels."""
    target, source = np.arange(side)[:, None] * size, np.arange(size)[None, :] * side
    return np.maximum(0.0, np.minimum(target + size, source + side) - np.maximum(target, source))


def as_floats(images, device):
    """uint8 -> float32 in [0, 1]."""
    return images.to(device).float() / 255


def hold_out(good, percent, seed):
    """Splits the indices of good training images into (trained, held out)."""
    count = (
        0 if percent == 0 else min(max(1, math.floor(len(good) * percent / 100 + 0.5)), max(0, len(good) - 1))
    )
    held = {good[position] for position in Stream(seed, "hold-out").shuffle(len(good))[:count]}
    return [index for index in good if index not in held], sorted(held)


# Model: Table I and Fig. 3

CHANNELS = {256: 32, 128: 32, 64: 32, 32: 64, 16: 64, 8: 128, 4: 128, 2: 256}


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class Autoencoder(nn.Module):
    """Halves the side until it is 2, and mirrors that. Input and output are [N, 3, S, S] in [0, 1]."""

    def __init__(self, side, width):
        super().__init__()
        self.side, self.width = side, width
        channels = {at: int(count * width) for at, count in CHANNELS.items()}
        encoder, at, inputs = [], side, 3
        while at > 2:
            at //= 2
            encoder.append(ResidualBlock(inputs, channels[at], 2))
            inputs = channels[at]
        encoder.append(ResidualBlock(inputs, inputs, 1))
        decoder = [ResidualBlock(inputs, inputs, 1)]
        while at < side // 2:
            at *= 2
            decoder += [nn.Upsample(scale_factor=2), ResidualBlock(inputs, channels[at], 1)]
            inputs = channels[at]
        decoder += [nn.Upsample(scale_factor=2), nn.Conv2d(inputs, 3, 3, padding=1), nn.Sigmoid()]
        self.encoder = nn.Sequential(*encoder)
        self.decoder = nn.Sequential(*decoder)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def initialize(model, seed, initialisation):
    """The initial weights of the app: filters are drawn in the order [height, width, in, out]."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 4:
                outputs, inputs, height, width = parameter.shape
                fan_in = inputs * height * width
            elif name.startswith("decoder") and name.count(".") == 2 and name.endswith("bias"):
                if initialisation != "pytorch":
                    parameter.zero_()
                    continue
                fan_in = 9 * dict(model.named_parameters())[name[:-4] + "weight"].shape[1]
            else:
                continue
            stream = Stream(seed, f"weights/{name}")
            if initialisation == "pytorch":
                values = (2 * stream.uniform(parameter.numel()) - 1) / math.sqrt(fan_in)
            else:
                values = math.sqrt(2 / fan_in) * stream.normal(parameter.numel())
            if parameter.dim() == 4:
                values = values.reshape(height, width, inputs, outputs).transpose(3, 2, 0, 1)
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32)))


def weights_of(model):
    return {
        key: value for key, value in model.state_dict().items() if not key.endswith("num_batches_tracked")
    }


def set_weights(model, tensors, name):
    expected = weights_of(model)
    for key, value in expected.items():
        if key not in tensors:
            raise Refused(f"The tensor {key} is missing in {name}. Export it again.")
        if tensors[key].shape != value.shape:
            found, wanted = list(tensors[key].shape), list(value.shape)
            raise Refused(
                f"The tensor {key} in {name} has shape {found}, expected {wanted} by its side and width."
            )
    for key in tensors:
        if key not in expected:
            raise Refused(f"The tensor {key} in {name} does not belong to this model.")
    model.load_state_dict(tensors, strict=False)


def copied(model):
    """A copy that belongs to this process alone, also if the batch norms of the model are synchronized."""
    copy = Autoencoder(model.side, model.width)
    copy.load_state_dict(model.state_dict())
    return copy.to(next(model.parameters()).device).eval()


def recalibrated(model, images, batch, device):
    """A copy whose batch norms have the statistics of all training images (arXiv 2105.07576)."""
    model = copied(model).train()
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    population = {}

    def join(norm, inputs):
        (x,) = inputs
        mean, variance = x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), unbiased=False)
        old_mean, old_variance = population.get(norm, (mean, variance))
        population[norm] = (
            old_mean + share * (mean - old_mean),
            (1 - share) * old_variance + share * variance + share * (1 - share) * (mean - old_mean) ** 2,
        )

    hooks = [norm.register_forward_pre_hook(join) for norm in norms]
    seen = 0
    with torch.no_grad():
        for part in images.split(batch):
            seen += len(part)
            share = len(part) / seen
            model(as_floats(part, device))
        for norm, (mean, variance) in population.items():
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
    for hook in hooks:
        hook.remove()
    return model.eval()


def reconstruct(model, images, device, batch=16):
    """float32 [N, 3, S, S] on the processor."""
    model.eval()
    with torch.no_grad():
        parts = [model(as_floats(part, device)).cpu() for part in images.split(batch)]
    return torch.cat(parts) if parts else torch.zeros(0, *images.shape[1:])


# Frequency weights: Eq. 7 and its variants


def radii(side):
    """sqrt(u^2 + v^2) of signed frequencies, float64 [S, S], unshifted."""
    signed = torch.fft.fftfreq(side, 1 / side, dtype=torch.float64)
    return torch.sqrt(signed[:, None] ** 2 + signed[None, :] ** 2)


def monotone_curve(points, at):
    """Fritsch and Carlson's monotone cubic through (radius, value) points, constant beyond the ends."""
    x, y = (np.array(values) for values in zip(*points))
    secants = np.diff(y) / np.diff(x)
    padded = np.concatenate([secants[:1], secants, secants[-1:]])
    slopes = np.where(padded[:-1] * padded[1:] > 0, (padded[:-1] + padded[1:]) / 2, 0)
    for i, secant in enumerate(secants):
        if secant == 0:
            continue
        size = math.hypot(slopes[i] / secant, slopes[i + 1] / secant)
        if size > 3:
            slopes[i] *= 3 / size
            slopes[i + 1] *= 3 / size
    i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    width = x[i + 1] - x[i]
    t = np.clip((at - x[i]) / width, 0, 1)
    smooth = t * t * (3 - 2 * t)
    cubic = (
        y[i] + (y[i + 1] - y[i]) * smooth + width * t * (1 - t) * ((1 - t) * slopes[i] - t * slopes[i + 1])
    )
    return np.clip(cubic, np.minimum(y[i], y[i + 1]), np.maximum(y[i], y[i + 1]))


def mean_magnitude(images):
    """Mean of |F(u, v)| over images and channels, [S, S]; F is not normalized, as in Eq. 2."""
    return torch.fft.fft2(images).abs().mean(dim=(0, 1))


def frequency_weight(config, side, magnitude=None):
    """w(u, v) of a config, [S, S], unshifted. Adaptive weights need the mean magnitude of images' spectra."""
    kind, r = config["weight"], radii(side)
    if kind == "radial":
        weight = r
    elif kind == "radial-literal":
        index = torch.arange(side, dtype=torch.float64)
        weight = torch.sqrt(index[:, None] ** 2 + index[None, :] ** 2)
    elif kind == "uniform":
        weight = torch.ones_like(r)
    elif kind == "power":
        weight = r ** config["weightPower"]
    elif kind in ("adaptive-dataset", "adaptive-batch"):
        floor = config["weightEpsilon"] * side
        weight = r.to(magnitude) / (floor + magnitude) ** config["weightGamma"]
    elif kind == "curve":
        points = [
            [float(number) for number in point.split(":")] for point in config["weightCurve"].split(",")
        ]
        weight = torch.from_numpy(monotone_curve(points, (r / r.max()).numpy()))
    else:
        raise Refused(f"The setting weight is {kind}, which this file does not know.")
    if kind in ("curve", "adaptive-dataset", "adaptive-batch"):
        weight = weight * (r.sum().to(weight) / (weight.sum() - weight[0, 0]))
    return with_dc(weight, config["dcWeight"])


def with_dc(weight, dc_weight):
    weight = weight.clone()
    weight[0, 0] = 0
    weight[0, 0] = dc_weight * weight.max()
    return weight


def curriculum_weight(weight, exponent, dc_weight):
    """w^s with the mean of w over all frequencies but (0, 0)."""
    powers = weight**exponent
    powers[0, 0] = 0
    return with_dc(powers * ((weight.sum() - weight[0, 0]) / powers.sum()), dc_weight)


# Losses: x are the images, y their reconstructions


def l2_loss(x, y):
    return ((x - y) ** 2).mean()


def gaussian(length, sigma, like):
    at = torch.arange(length, dtype=torch.float64) - (length - 1) / 2
    window = torch.exp(-0.5 * (at / sigma) ** 2)
    return (window / window.sum()).to(like)


def ssim_loss(x, y, window, sigma, k1, k2):
    """1 - mean SSIM with a Gaussian window, range 1, without a border (Wang et al. 2004)."""
    line = gaussian(window, sigma, x)

    def blur(planes):
        planes = planes.reshape(-1, 1, *planes.shape[2:])
        return F.conv2d(F.conv2d(planes, line.view(1, 1, -1, 1)), line.view(1, 1, 1, -1))

    # The variances do not depend on the offset; centered values lose fewer digits in their difference.
    a, b = x - 0.5, y - 0.5
    mean_a, mean_b = blur(a), blur(b)
    variances = blur(a * a + b * b) - mean_a**2 - mean_b**2
    covariance = blur(a * b) - mean_a * mean_b
    mean_x, mean_y = mean_a + 0.5, mean_b + 0.5
    c1, c2 = k1**2, k2**2
    similarity = ((2 * mean_x * mean_y + c1) * (2 * covariance + c2)) / (
        (mean_x**2 + mean_y**2 + c1) * (variances + c2)
    )
    return 1 - similarity.mean()


def weighted_frequency_loss(x, y, weight):
    """Eq. 8: mean over batch, channels and frequencies of w |D|. Eq. 5 is the weight 1."""
    side = x.shape[-1]
    # |D| is the same at (u, v) and (-u, -v): half of the spectrum is enough, with the mean of both weights.
    opposite = torch.roll(torch.flip(weight, (0, 1)), (1, 1), (0, 1))
    half = ((weight + opposite) / 2)[:, : side // 2 + 1]
    copies = torch.full((side // 2 + 1,), 2.0, device=x.device, dtype=x.dtype)
    copies[0] = copies[-1] = 1
    magnitude = torch.fft.rfft2(y - x).abs()
    return (magnitude * (half.to(x) * copies)).sum() / y.numel()


def focal_frequency_loss(x, y, alpha):
    """Jiang et al., ICCV 2021. The weight |D|^alpha, at most 1 per plane, is constant to the gradient."""
    difference = torch.fft.fft2(y - x)
    power = difference.real**2 + difference.imag**2
    with torch.no_grad():
        magnitude = power.sqrt()
        largest = magnitude.amax(dim=(-2, -1), keepdim=True)
        weight = torch.where(
            largest > 0, (magnitude / largest.clamp_min(1e-30)) ** alpha, torch.zeros_like(magnitude)
        )
    return (weight * power).mean() / (x.shape[-1] * x.shape[-2])


class Loss:
    """The training objective of a config."""

    def __init__(self, config, training_images=None):
        self.config = config
        shares = {"composite": {name: config[key] for name, key in COMPOSITE.items()}}
        self.shares = shares.get(config["loss"], {config["loss"]: 1})
        self.weight = None
        if self.shares.get("wfdl", 0) > 0 and config["weight"] != "adaptive-batch":
            magnitude = None
            if config["weight"] == "adaptive-dataset":
                parts = [
                    mean_magnitude(part.double() / 255) * len(part) for part in training_images.split(16)
                ]
                magnitude = sum(parts) / len(training_images)
            self.weight = frequency_weight(config, config["side"], magnitude).float()

    @property
    def has_curriculum(self):
        return self.config["curriculum"] > 0 and self.shares.get("wfdl", 0) > 0

    def __call__(self, x, y, exponent=1.0):
        """Returns (the minimized value, the value with the final weight)."""
        config, shares = self.config, self.shares
        common = 0
        if shares.get("l2", 0) > 0:
            common = common + shares["l2"] * l2_loss(x, y)
        if shares.get("ssim", 0) > 0:
            window = (config["ssimWindow"], config["ssimSigma"], config["ssimK1"], config["ssimK2"])
            common = common + shares["ssim"] * ssim_loss(x, y, *window)
        if shares.get("focal-frequency", 0) > 0:
            common = common + shares["focal-frequency"] * focal_frequency_loss(x, y, config["focalAlpha"])
        frequency, wfdl = shares.get("frequency", 0), shares.get("wfdl", 0)
        if wfdl == 0:
            if frequency > 0:
                uniform = torch.ones(x.shape[-2:], device=x.device)
                common = common + frequency * weighted_frequency_loss(x, y, uniform)
            return common, common
        weight = self.weight
        if weight is None:
            weight = frequency_weight(config, x.shape[-1], mean_magnitude(x.detach()))
        weight = weight.to(x)
        final = common + weighted_frequency_loss(x, y, wfdl * weight + frequency)
        if exponent >= 1:
            return final, final
        present = curriculum_weight(weight, exponent, config["dcWeight"])
        return common + weighted_frequency_loss(x, y, wfdl * present + frequency), final.detach()


COMPOSITE = {
    "l2": "compositeL2",
    "ssim": "compositeSsim",
    "frequency": "compositeFrequency",
    "wfdl": "compositeWfdl",
    "focal-frequency": "compositeFocalFrequency",
}


# Scores: higher is more anomalous


def in_band(side, low, high):
    """bool [S, S]: the frequencies with a radius in [low, high]."""
    r = radii(side)
    return (r >= low) & (r <= high)


def filtered(residual, mask):
    """Passes the frequencies of a mask. residual: float64 [..., S, S]."""
    return torch.fft.ifft2(torch.fft.fft2(residual) * mask).real


def component_masks(side, settings):
    """The bands that are calibrated together, as masks; one band without `calibrationBands`."""
    low, high = settings["bandLow"], settings["bandHigh"]
    if settings["calibrationBands"] == "off":
        return [in_band(side, low, high)]
    r = radii(side)
    edges = [0, side / 16, side / 8, side / 4, math.inf]
    masks = [in_band(side, low, high) & (r >= start) & (r < end) for start, end in zip(edges, edges[1:])]
    return [mask for mask in masks if mask.any()]


def components(residual, settings):
    """The planes [d, S, S] that are calibrated together: component b of channel c has index c d/3 + b."""
    side = residual.shape[-1]
    planes = [filtered(residual, mask) for mask in component_masks(side, settings)]
    return torch.stack(planes, dim=1).reshape(-1, side, side)


@dataclass
class Statistics:
    """Residuals of good images: mean [d, S, S] and covariance [d (d + 1)/2, S, S] (lower triangle by rows)
    at each pixel, and the same over all pixels; all of the population, float64."""

    mean: torch.Tensor
    covariance: torch.Tensor
    pooled_mean: torch.Tensor
    pooled_covariance: torch.Tensor


def learn_statistics(residuals, settings):
    """residuals: float64 [3, S, S] each, of good images."""
    count, sums, products = 0, 0, 0
    for residual in residuals:
        planes = components(residual, settings)
        rows, columns = np.tril_indices(len(planes))
        sums = sums + planes
        products = products + planes[rows] * planes[columns]
        count += 1
    mean, second = sums / count, products / count
    pooled_mean, pooled_second = mean.mean(dim=(1, 2)), second.mean(dim=(1, 2))
    return Statistics(
        mean,
        second - mean[rows] * mean[columns],
        pooled_mean,
        pooled_second - pooled_mean[rows] * pooled_mean[columns],
    )


class Calibration:
    """Squared Mahalanobis distances from the residuals of good images, in units of their own spread."""

    def __init__(self, statistics, settings):
        self.settings = settings
        a = settings["calibrationPooling"]
        count = len(statistics.pooled_mean)
        rows, columns = np.tril_indices(count)

        def square(triangle):
            matrix = torch.zeros(*triangle.shape[1:], count, count, dtype=torch.float64)
            moved = triangle.movedim(0, -1)
            matrix[..., rows, columns] = moved
            matrix[..., columns, rows] = moved
            return matrix

        pooled = square(statistics.pooled_covariance)
        variances = torch.diagonal(pooled)
        ridge = 0.01 * (variances if settings["calibrationBands"] == "on" else variances.mean().expand(count))
        matrix = (1 - a) * square(statistics.covariance) + a * pooled + torch.diag(ridge.clamp_min(1e-12))
        self.factor = torch.linalg.cholesky(matrix)
        self.center = (1 - a) * statistics.mean + a * statistics.pooled_mean[:, None, None]

    def map_of(self, residual):
        difference = (components(residual, self.settings) - self.center).movedim(0, -1)
        whitened = torch.linalg.solve_triangular(self.factor, difference[..., None], upper=False)
        return (whitened[..., 0] ** 2).sum(dim=-1)


def mirrored(planes, taps):
    """Filters [N, S, S] along both axes by symmetric taps; the border is mirrored with its edge repeated."""
    side, radius = planes.shape[-1], len(taps) // 2
    index = torch.arange(-radius, side + radius)
    index = torch.where(index < 0, -1 - index, index)
    index = torch.where(index >= side, 2 * side - 1 - index, index)
    padded = planes[:, index][:, :, index][:, None]
    return F.conv2d(F.conv2d(padded, taps.view(1, 1, -1, 1)), taps.view(1, 1, 1, -1))[:, 0]


def ssim_map(x, y):
    """1 - SSIM with an 11x11 window of sigma 1.5, mean over channels. x, y: float64 [3, S, S]."""
    taps = gaussian(11, 1.5, x)
    c1, c2 = 0.01**2, 0.03**2
    mean_x, mean_y = mirrored(x, taps), mirrored(y, taps)
    power, product = mirrored(x * x + y * y, taps), mirrored(x * y, taps)
    above = (2 * mean_x * mean_y + c1) * (2 * (product - mean_x * mean_y) + c2)
    squares = mean_x**2 + mean_y**2
    return (1 - above / ((squares + c1) * (power - squares + c2))).mean(dim=0)


def gradient_magnitude(planes):
    """Prewitt's gradient, divided by 6; border pixels are repeated outward."""
    p = F.pad(planes[None], (1, 1, 1, 1), mode="replicate")[0]
    lines = p[:, :-2] + p[:, 1:-1] + p[:, 2:]
    across = lines[:, :, 2:] - lines[:, :, :-2]
    steps = p[:, 2:] - p[:, :-2]
    down = steps[:, :, :-2] + steps[:, :, 1:-1] + steps[:, :, 2:]
    return torch.sqrt(across**2 + down**2) / 6


class Scorer:
    """The anomaly score of an image and its map, by the evaluation settings of a run."""

    def __init__(self, side, settings, weight=None, statistics=None):
        self.side, self.settings, self.weight = side, settings, weight
        self.band = in_band(side, settings["bandLow"], settings["bandHigh"])
        self.calibration = Calibration(statistics, settings) if uses_calibration(settings) else None

    def __call__(self, image, reconstruction):
        """image: uint8 [3, S, S]; reconstruction: float32 [3, S, S]. Returns (score, map float64 [S, S])."""
        x = image.double() / 255
        residual = x - reconstruction.double()
        score = self.settings["score"]
        if score == "spectral":
            opposite = torch.roll(torch.flip(self.weight, (0, 1)), (1, 1), (0, 1))
            weighted = torch.fft.fft2(residual) * ((self.weight + opposite) / 2 * self.band)
            return float(weighted.abs().mean()), (torch.fft.ifft2(weighted).real ** 2).sum(dim=0)
        if score in ("ssim", "gradient"):
            y = x - filtered(residual, self.band)
            if score == "ssim":
                found = ssim_map(x, y)
                return float(found.mean()), found
            found = ((gradient_magnitude(x) - gradient_magnitude(y)) ** 2).sum(dim=0)
            return float(found.sum()), found
        if self.calibration:
            return self.reduce(self.calibration.map_of(residual))
        return self.reduce((filtered(residual, self.band) ** 2).sum(dim=0))

    def reduce(self, found):
        score = self.settings["score"]
        if score == "sum":
            return float(found.sum()), found
        if score == "mean":
            return float(found.sum() / (3 * self.side**2)), found
        if score == "blurred-maximum":
            sigma = self.settings["blurSigma"] * self.side / 256
            taps = gaussian(2 * math.floor(4 * sigma + 0.5) + 1, sigma, found)
            blurred = mirrored(found[None], taps)[0]
            return float(blurred.max()), blurred
        if score == "top-share":
            count = math.ceil(self.settings["topPercent"] / 100 * self.side**2)
            return float(found.flatten().topk(count).values.mean()), found
        raise Refused(f"The setting score is {score}, which this file does not know.")


def uses_calibration(settings):
    return settings["residual"] == "calibrated" and settings["score"] in (
        "sum",
        "mean",
        "blurred-maximum",
        "top-share",
    )


def evenly_spaced(items, most=256):
    """The images that a calibration learns from."""
    return items if len(items) <= most else [items[i * len(items) // most] for i in range(most)]


def scorer_for(config, settings, model, good, device):
    """The scorer of an evaluation. good: uint8 [N, 3, S, S], the good images that the run trained on."""
    side, weight, statistics = config["side"], None, None
    if settings["score"] == "spectral":
        magnitude = None
        if config["weight"].startswith("adaptive"):
            magnitude = sum(mean_magnitude(part.double() / 255) * len(part) for part in good.split(16)) / len(
                good
            )
        weight = frequency_weight(config, side, magnitude)
    if uses_calibration(settings):
        chosen = good[evenly_spaced(list(range(len(good))))]
        reconstructions = reconstruct(model, chosen, device)
        statistics = learn_statistics(
            (x.double() / 255 - y.double() for x, y in zip(chosen, reconstructions)), settings
        )
    return Scorer(side, settings, weight, statistics), statistics


# Threshold and metrics


def fitted_threshold(scores, quantile=0.95):
    """A quantile of good images' scores, raised until at most the fraction 1 - quantile is flagged."""
    ascending = np.sort(scores)
    flagged = math.floor((1 - quantile + 1e-9) * len(ascending))
    return float(
        max(np.quantile(ascending, quantile), np.nextafter(ascending[len(ascending) - 1 - flagged], np.inf))
    )


def operating_points(scores, anomalous):
    """Distinct scores from the highest down, with the anomalous and the good images at or above each."""
    thresholds = np.unique(scores)[::-1]
    hits = np.array([(scores[anomalous] >= at).sum() for at in thresholds])
    alarms = np.array([(scores[~anomalous] >= at).sum() for at in thresholds])
    return thresholds, hits, alarms


def auroc(scores, anomalous):
    """Ties count as 1/2; never flipped."""
    good, bad = np.sort(scores[~anomalous]), scores[anomalous]
    below, up_to = np.searchsorted(good, bad, "left"), np.searchsorted(good, bad, "right")
    return float((below + up_to).sum() / (2 * len(good) * len(bad)))


def auroc_interval(scores, anomalous, resamples=2000):
    """95 % percentile bootstrap with the classes drawn apart, by the app's own draws."""
    thresholds, hits, alarms = operating_points(scores, anomalous)
    positives, negatives = hits[-1], alarms[-1]
    draws = Stream(0, "bootstrap").uniform(resamples * (positives + negatives)).reshape(resamples, -1)
    values = []
    for row in draws:
        drawn_hits = np.searchsorted(hits, np.floor(row[:positives] * positives), "right")
        drawn_alarms = np.searchsorted(alarms, np.floor(row[positives:] * negatives), "right")
        values.append(auroc(-np.concatenate([drawn_hits, drawn_alarms]), np.arange(len(row)) < positives))
    return [float(value) for value in np.quantile(values, [0.025, 0.975])]


def one_class(anomalous):
    """Why these images have no AUROC; None if they have one."""
    if len(anomalous) == 0:
        return "There are no images to score."
    if not anomalous.any():
        return "All images are normal; anomalous ones are needed too."
    return "All images are anomalous; normal ones are needed too." if anomalous.all() else None


def image_metrics(scores, anomalous):
    """The part of `metrics.json` on image scores."""
    reason = one_class(anomalous)
    if reason:
        undefined = {"imageAurocInterval95": None}
        for name in ("imageAuroc", "averagePrecision", "f1Maximum"):
            undefined.update({name: None, f"{name}Undefined": reason})
        return undefined
    thresholds, hits, alarms = operating_points(scores, anomalous)
    precision, positives = hits / (hits + alarms), hits[-1]
    f1 = 2 * hits / (hits + alarms + positives)
    few = min(positives, alarms[-1]) < 2
    return {
        "imageAuroc": auroc(scores, anomalous),
        "imageAurocInterval95": None if few else auroc_interval(scores, anomalous),
        "averagePrecision": float(min(1, (np.diff(hits, prepend=0) / positives * precision).sum())),
        "f1Maximum": float(f1.max()),
        "f1MaximumThreshold": float(thresholds[f1.argmax()]),
    }


def regions_of(mask):
    """Labels of the 8-connected regions of a mask: 0 outside, 1, 2, ... inside."""
    labels, count = np.zeros(mask.shape, dtype=np.int64), 0
    for seed in zip(*np.nonzero(mask)):
        if labels[seed]:
            continue
        count += 1
        labels[seed], waiting = count, [seed]
        while waiting:
            row, column = waiting.pop()
            for y in range(max(0, row - 1), min(mask.shape[0], row + 2)):
                for x in range(max(0, column - 1), min(mask.shape[1], column + 2)):
                    if mask[y, x] and not labels[y, x]:
                        labels[y, x] = count
                        waiting.append((y, x))
    return labels, count


def pixel_metrics(maps, masks, anomalous, limit=0.3):
    """Pixel AUROC, and AU-PRO up to a false positive rate of 0.3. maps and masks: [H, W] each."""
    normals, defects, shares, regions, without = [], [], [], 0, 0
    for found, mask, is_anomalous in zip(maps, masks, anomalous):
        if is_anomalous and mask is None:
            without += 1
            continue
        labels, count = regions_of(mask) if is_anomalous else (np.zeros(found.shape, dtype=np.int64), 0)
        sizes = np.bincount(labels.ravel())
        normals.append(found[labels == 0])
        defects.append(found[labels > 0])
        shares.append(1 / sizes[labels[labels > 0]])
        regions += count
    counts = {"imagesWithoutMask": without, "regions": regions}
    if regions == 0:
        reason = "There is no mask of an anomalous image with a defect pixel."
        return {
            "pixelAuroc": None,
            "pixelAurocUndefined": reason,
            "auPro": None,
            "auProUndefined": reason,
            **counts,
        }
    normal, defect, share = np.sort(np.concatenate(normals)), np.concatenate(defects), np.concatenate(shares)
    scores = np.concatenate([normal, defect])
    keys, place = np.unique(-defect, return_inverse=True)
    gained = np.bincount(place, weights=share)
    above = len(normal) - np.searchsorted(normal, -keys, "right")
    tied = len(normal) - np.searchsorted(normal, -keys, "left") - above
    most = limit * len(normal)
    area = overlap = last = 0.0
    for k in range(len(keys)):
        if above[k] >= most:
            break
        area += overlap * (above[k] - last)
        width = min(tied[k], most - above[k])
        if tied[k] > 0:
            area += width * (overlap + gained[k] * width / (2 * tied[k]))
        overlap += gained[k]
        last = above[k] + width
    area += overlap * (most - last)
    return {
        "pixelAuroc": auroc(scores, np.arange(len(scores)) >= len(normal)),
        "auPro": float(min(1, area / (most * regions))),
        **counts,
    }


# Evaluation


@dataclass
class Evaluated:
    """A model's evaluation on a category."""

    model: nn.Module
    """With the batch-norm statistics of the evaluation."""
    scores: np.ndarray
    """One for each test image: the largest of its pictures."""
    maps: list
    """One for each test image; those of tiles are stitched."""
    map_scale: float
    """The largest value of a picture's map, of which one image in ten has more."""
    good_scores: np.ndarray
    """Of the held-out images, or of the good training images if none are held out."""
    statistics: "Statistics | None"
    mean_share: float
    """Fraction of the residual's energy in its channel means."""
    elapsed_ms: float


class ImageSet:
    """The pictures of a category's images, of one side and fit, in memory."""

    def __init__(self, category, config):
        self.category = category
        self.good = category.of("train")
        own = [index for index, sample in enumerate(self.good) if not sample.held_out]
        trained, drawn = hold_out(own, config["holdOutPercent"], config["seed"])
        held_out = [index for index in range(len(self.good)) if index in drawn or self.good[index].held_out]
        training = load_images([category.root / sample.path for sample in self.good], config)
        self.trained_at, self.held_out_at = trained, held_out
        self.trained, self.held_out = training.of(trained), training.of(held_out)
        self.tests = category.of("test")
        self.test = load_images([category.root / sample.path for sample in self.tests], config)
        self.anomalous = np.array([sample.anomalous for sample in self.tests], dtype=bool)


def evaluate(config, model, images, device, micro_batch):
    started = time.perf_counter()
    settings = {key: config[key] for key in EVALUATION_SETTINGS}
    if settings["batchNorm"] == "recalibrated":
        model = recalibrated(model, images.trained.pixels, micro_batch, device)
    else:
        model = copied(model)
    scorer, statistics = scorer_for(config, settings, model, images.trained.pixels, device)
    test = images.test
    reconstructions = reconstruct(model, test.pixels, device)
    if not torch.isfinite(reconstructions).all():
        raise Refused("A reconstruction is not finite. Lower the learning rate and train again.")
    found = [scorer(x, y) for x, y in zip(test.pixels, reconstructions)]
    maps = [image_map.numpy().astype(np.float32) for _, image_map in found]
    largest = test.largest([image_map.max() for image_map in maps])
    good = images.held_out if images.held_out.images else images.trained
    good_pairs = zip(good.pixels, reconstruct(model, good.pixels, device))
    residuals = test.pixels.double() / 255 - reconstructions.double()
    energy = float((residuals**2).sum())
    of_means = float((residuals.mean(dim=(2, 3)) ** 2).sum()) * config["side"] ** 2
    return Evaluated(
        model,
        test.largest([score for score, _ in found]),
        test.stitched(maps),
        float(np.sort(largest)[math.ceil(0.9 * len(largest)) - 1]) if len(largest) else 0,
        good.largest([scorer(x, y)[0] for x, y in good_pairs]),
        statistics,
        of_means / energy if energy > 0 else 0.0,
        1000 * (time.perf_counter() - started),
    )


def metrics_of(config, images, evaluated, extra):
    """The content of `metrics.json`."""
    anomalous = images.anomalous
    shown = list(without_padding(config, images, evaluated.maps))
    maps, masks = [found for found, _ in shown], [mask for _, mask in shown]
    threshold = fitted_threshold(evaluated.good_scores)
    alarms = int((evaluated.scores[~anomalous] >= threshold).sum())
    types = list(dict.fromkeys(sample.defect_type for sample in images.tests if sample.anomalous))
    per_type = []
    for name in types:
        chosen = [
            i for i, sample in enumerate(images.tests) if not sample.anomalous or sample.defect_type == name
        ]
        per_type.append(
            {
                "defectType": name,
                "images": int(anomalous[chosen].sum()),
                **image_metrics(evaluated.scores[chosen], anomalous[chosen]),
                **pixel_metrics(
                    [maps[i] for i in chosen], [masks[i] for i in chosen], anomalous[chosen]
                ),
            }
        )
    return {
        "category": images.category.name,
        **image_metrics(evaluated.scores, anomalous),
        **pixel_metrics(maps, masks, anomalous),
        "perDefectType": per_type,
        "images": {
            "train": len(images.good),
            "trained": images.trained.images,
            "heldOut": images.held_out.images,
            "test": len(images.tests),
            "testGood": int((~anomalous).sum()),
            "testAnomalous": int(anomalous.sum()),
        },
        "threshold": {
            "threshold": threshold,
            "policy": "good-quantile",
            "quantile": 0.95,
            "fittedOn": "held-out images" if images.held_out.images else "training images",
            "images": len(evaluated.good_scores),
            "testFalseAlarms": {"falseAlarms": alarms, "images": int((~anomalous).sum())},
        },
        **{key: config[key] for key in EVALUATION_SETTINGS},
        "residualDcShare": evaluated.mean_share,
        **extra,
    }


# Training


@dataclass
class Processes:
    """The processes of a run: one, or those that torchrun started."""

    rank: int = 0
    count: int = 1
    device: str = "cpu"

    @property
    def is_first(self):
        return self.rank == 0

    def wait(self):
        if self.count > 1:
            distributed.barrier()

    def sum(self, values):
        tensor = torch.tensor(values, dtype=torch.float64, device=self.device)
        if self.count > 1:
            distributed.all_reduce(tensor)
        return tensor.tolist()


@contextlib.contextmanager
def joined(device, backend):
    """Joins the processes that torchrun started, if it did."""
    chosen = device if device != "auto" else ("cuda" if torch.cuda.is_available() else "cpu")
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if chosen == "cuda" and count > 1:
        chosen = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(chosen)
    if count == 1:
        yield Processes(device=chosen)
        return
    distributed.init_process_group(backend or ("nccl" if chosen.startswith("cuda") else "gloo"))
    try:
        yield Processes(distributed.get_rank(), count, chosen)
    finally:
        distributed.destroy_process_group()


def rate_at(config, step, steps):
    """The learning rate of a step, which counts from 1."""
    if config["schedule"] == "constant":
        return config["learningRate"]
    return config["learningRate"] / 2 * (1 + math.cos(math.pi * (step - 1) / steps))


@dataclass
class History:
    steps: list = field(default_factory=list)
    """(step, epoch, loss, objective)"""
    evaluations: list = field(default_factory=list)


class Trainer:
    """Trains a model by the recipe of a config; each process gets its part of every batch."""

    def __init__(self, config, training, processes, sync_batch_norm=False):
        self.config, self.training, self.processes = config, training, processes
        self.per_epoch = math.ceil(len(training) / config["batch"])
        self.model = Autoencoder(config["side"], config["width"])
        initialize(self.model, config["seed"], config["initialisation"])
        if sync_batch_norm:
            self.model = nn.SyncBatchNorm.convert_sync_batchnorm(self.model)
        self.model.to(processes.device)
        self.parallel = self.model
        if processes.count > 1:
            self.parallel = nn.parallel.DistributedDataParallel(self.model)
        self.optimizer = torch.optim.RAdam(
            self.model.parameters(), lr=config["learningRate"], weight_decay=config["weightDecay"]
        )
        self.loss = Loss(config, training)
        self.order = batches_of(len(training), config["batch"], config["seed"])
        self.done = 0

    @property
    def steps(self):
        return self.config["epochs"] * self.per_epoch

    @property
    def micro_batch(self):
        """Images that batch norm sees at once in this process."""
        most = math.ceil(min(self.config["batch"], len(self.training)) / self.processes.count)
        return min(self.config["microBatch"] or most, most)

    def skip_to(self, step):
        """Passes over the batches of earlier steps. The optimizer starts again: files lack its moments."""
        for _ in range(step):
            next(self.order)
        self.done = step

    def step(self):
        """One optimizer step; returns (final loss, minimized loss) of the batch; None for a skipped step."""
        config, processes = self.config, self.processes
        batch = next(self.order)
        self.done += 1
        own = batch[
            len(batch) * processes.rank // processes.count : len(batch)
            * (processes.rank + 1)
            // processes.count
        ]
        # A process without images takes part with a share of 0, because all of them average their gradients.
        parts = [own[i : i + self.micro_batch] for i in range(0, len(own), self.micro_batch)] or [batch[:1]]
        curriculum = config["curriculum"] if self.loss.has_curriculum else 0
        exponent = min(1.0, self.done / (curriculum * self.steps)) if curriculum > 0 else 1.0
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(config, self.done, self.steps)
        self.optimizer.zero_grad(set_to_none=True)
        self.model.train()
        skips = config["nonFiniteStep"] == "skip"
        before = [buffer.clone() for buffer in self.model.buffers()] if skips else []
        totals = [0.0, 0.0]
        for place, part in enumerate(parts):
            share = len(part) / len(batch) if own else 0.0
            is_last = place == len(parts) - 1
            quiet = processes.count > 1 and not is_last
            with self.parallel.no_sync() if quiet else contextlib.nullcontext():
                x = as_floats(self.training[part], processes.device)
                objective, final = self.loss(x, self.parallel(x), exponent)
                # DistributedDataParallel averages over the processes, but the losses of their parts add up.
                (objective * (share * processes.count)).backward()
            totals[0] += share * float(final)
            totals[1] += share * float(objective)
        final, objective = processes.sum(totals)
        gradients = [parameter.grad for parameter in self.model.parameters()]
        if math.isfinite(objective) and all(bool(gradient.isfinite().all()) for gradient in gradients):
            self.optimizer.step()
            return final, objective
        if not skips:
            raise Refused(
                f"Step {self.done} is not finite: its loss is {objective}. "
                "Lower the learning rate and train again."
            )
        for buffer, value in zip(self.model.buffers(), before):
            buffer.copy_(value)
        return None


def resume_from(file, trainer, category):
    """Takes over weights and history of a model.safetensors of Residua."""
    data = pathlib.Path(file).read_bytes()
    tensors, metadata = read_safetensors(data, file)
    if "residua" not in metadata:
        raise Refused(f"{file} has no metadata of Residua. Give the model.safetensors of an exported run.")
    saved = json.loads(metadata["residua"])
    check_version(saved.get("version"), file)
    for key in ("side", "width"):
        if saved["config"][key] != trainer.config[key]:
            raise Refused(
                f"{file} has {key} {saved['config'][key]}, but the config has {trainer.config[key]}. "
                "Use the config.json of its run."
            )
    set_weights(trainer.model, tensors, file)
    columns = saved["history"]["steps"]
    objectives = columns.get("objective", columns["loss"])
    history = History(
        list(zip(columns["step"], columns["epoch"], columns["loss"], objectives)),
        saved["history"]["evaluations"],
    )
    trainer.skip_to(columns["step"][-1] if columns["step"] else 0)
    if trainer.done >= trainer.steps:
        raise Refused(
            f"{file} is at step {trainer.done} of {trainer.steps}. Raise the epochs: --set epochs=N."
        )
    if saved["categoryName"] != category.name:
        print(f"The weights were trained on {saved['categoryName']}, and go on with {category.name}.")
    return history


def train_run(config, category, out, processes, resume=None, sync_batch_norm=False):
    """Trains and evaluates a run, and writes its files; returns its metrics in the first process."""
    started = datetime.datetime.now(datetime.timezone.utc)
    clock = time.perf_counter()
    images = ImageSet(category, config)
    trainer = Trainer(config, images.trained.pixels, processes, sync_batch_norm)
    history = resume_from(resume, trainer, category) if resume else History()
    evaluated = None
    while trainer.done < trainer.steps:
        losses = trainer.step()
        epoch = math.ceil(trainer.done / trainer.per_epoch)
        if losses:
            history.steps.append((trainer.done, epoch, *losses))
        ends = trainer.done % trainer.per_epoch == 0 and epoch % config["evaluateEvery"] == 0
        if not ends and trainer.done < trainer.steps:
            continue
        if processes.is_first:
            evaluated = evaluate(config, trainer.model, images, processes.device, trainer.micro_batch)
            history.evaluations.append(evaluation_record(config, images, evaluated, epoch, trainer.done))
            shown = history.evaluations[-1]["imageAuroc"].get("value")
            text = "undefined" if shown is None else f"{shown:.4f}"
            print(
                f"epoch {epoch} of {config['epochs']}, loss {history.steps[-1][2]:.6g}, image AUROC {text}",
                flush=True,
            )
        processes.wait()
    if not processes.is_first:
        return None
    extra = {
        "steps": trainer.done,
        "epochs": config["epochs"],
        "firstLoss": history.steps[0][2],
        "finalLoss": history.steps[-1][2],
        "microBatch": trainer.micro_batch,
        "processes": processes.count,
        "syncBatchNorm": sync_batch_norm,
        "device": processes.device if processes.device == "cpu" else torch.cuda.get_device_name(),
        "torch": torch.__version__,
        "startedAt": started.isoformat(),
        "trainMs": round(1000 * (time.perf_counter() - clock)),
    }
    metrics = metrics_of(config, images, evaluated, extra)
    write_run(out, config, images, history, evaluated, metrics)
    return metrics


# Files of a run


def evaluation_record(config, images, evaluated, epoch, step):
    """An evaluation in the form in which the app stores it."""
    reason = one_class(images.anomalous)
    return {
        "epoch": epoch,
        "step": step,
        "scores": [float(score) for score in evaluated.scores],
        "imageAuroc": {"defined": False, "reason": reason}
        if reason
        else {"defined": True, "value": auroc(evaluated.scores, images.anomalous)},
        "residualScale": evaluated.map_scale,
        "residualDcShare": min(1.0, evaluated.mean_share),
        **{key: config[key] for key in EVALUATION_SETTINGS},
        "elapsedMs": evaluated.elapsed_ms,
    }


def metadata_of(config, images, history, metrics, tensors):
    """The part of a model file that is Residua's own; the page checks every field of it."""
    columns = list(zip(*history.steps))
    has_objective = any(loss != objective for _, _, loss, objective in history.steps)
    last = history.evaluations[-1]
    threshold = {key: value for key, value in metrics["threshold"].items() if key != "testFalseAlarms"}
    values = b"".join(
        tensor.cpu().contiguous().numpy().astype("<f4").tobytes() for tensor in tensors.values()
    )
    return {
        "version": SETTINGS_VERSION,
        "config": config,
        "categoryName": images.category.name,
        "history": {
            "steps": {
                "step": columns[0],
                "epoch": columns[1],
                "loss": columns[2],
                **({"objective": columns[3]} if has_objective else {}),
            },
            "evaluations": history.evaluations,
        },
        "metrics": {"imageAuroc": last["imageAuroc"], "epochChoice": "planned-end"},
        "threshold": threshold,
        "weightsCrc32": zlib.crc32(values),
        "preprocessing": {
            "side": config["side"],
            "fit": config["fit"],
            "resize": "bilinear, antialiased (Pillow)",
            "range": [0, 1],
            "channels": "RGB",
        },
        "batchNorm": config["batchNorm"],
        "seed": config["seed"],
    }


def csv_text(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def images_csv(images):
    """Which file had which use in the run, with its SHA-256."""
    held_out = {images.good[at].path for at in images.held_out_at}
    rows = []
    for sample in images.category.samples:
        use = "test" if sample.split == "test" else "held-out" if sample.path in held_out else "trained"
        digest = hashlib.sha256((images.category.root / sample.path).read_bytes()).hexdigest()
        rows.append((sample.path, sample.split, use, sample.defect_type, digest))
    return csv_text(("path", "split", "use", "defect_type", "sha256"), rows)


def mapping_of(category):
    """The content of mapping.json."""
    images = [
        {
            "path": sample.path,
            "split": sample.split,
            **({"heldOut": True} if sample.held_out else {}),
            "defectType": sample.defect_type,
            "anomalous": sample.anomalous,
            **({"masks": sample.masks} if sample.masks else {}),
        }
        for sample in category.samples
    ]
    return {
        "mappingVersion": MAPPING_VERSION,
        "categories": [{"name": category.name, "images": images}],
    }


def as_json(value):
    return json.dumps(value, indent=2) + "\n"


def write_run(out, config, images, history, evaluated, metrics):
    """Writes the files of a run. `verify` accepts the folder, and the page imports its model.safetensors."""
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    tensors = weights_of(evaluated.model)
    metadata = metadata_of(config, images, history, metrics, tensors)
    text = json.dumps(metadata, allow_nan=False)
    (out / "model.safetensors").write_bytes(write_safetensors(tensors, {"format": "pt", "residua": text}))
    if evaluated.statistics:
        parts = vars(evaluated.statistics)
        (out / "calibration.safetensors").write_bytes(write_safetensors(parts, {"format": "pt"}))
    (out / "config.json").write_text(as_json({"settingsVersion": SETTINGS_VERSION, **config}))
    (out / "metrics.json").write_text(as_json(metrics))
    (out / "history.csv").write_text(csv_text(("step", "epoch", "loss", "objective"), history.steps))
    rows = zip(images.tests, evaluated.scores)
    scores = [
        (sample.path, int(sample.anomalous), sample.defect_type, repr(float(score))) for sample, score in rows
    ]
    (out / "scores.csv").write_text(csv_text(("path", "label", "defect_type", "score"), scores))
    (out / "images.csv").write_text(images_csv(images))
    (out / "mapping.json").write_text(as_json(mapping_of(images.category)))


# Bundles


class Bundle:
    """The files of an exported run, in a .zip or in a folder."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        if not self.path.exists():
            raise Refused(f"{path} does not exist. Give a bundle of Residua, or a folder with its files.")
        if self.path.is_dir():
            self.names = {
                file.relative_to(self.path).as_posix() for file in self.path.rglob("*") if file.is_file()
            }
            self.read_file = lambda name: (self.path / name).read_bytes()
            return
        try:
            archive = zipfile.ZipFile(self.path)
        except zipfile.BadZipFile as error:
            raise Refused(f"{path} is not a .zip: {error}. Export it again.") from error
        self.names = set(archive.namelist())
        self.read_file = archive.read

    def read(self, name):
        if name not in self.names:
            raise Refused(f"{self.path} has no {name}. Export the bundle again.")
        return self.read_file(name)

    def text(self, name):
        return self.read(name).decode()

    def rows(self, name):
        rows = list(csv.DictReader(io.StringIO(self.text(name))))
        for row in rows:
            # The app's guard against texts that a spreadsheet would run.
            row["path"] = re.sub(r"^'(?=[=+\-@\t\r])", "", row["path"])
        return rows


def category_root(data, category, path):
    """The folder in which a path of a category lies: the data folder, or the category's folder in it."""
    parts = pathlib.PurePosixPath(category).parts
    for start in range(len(parts), -1, -1):
        folder = pathlib.Path(data).joinpath(*parts[start:])
        if (folder / path).is_file():
            return folder
    raise Refused(f"{data} has no {path}, neither directly nor in {category}. Give the images of the run.")


def statistics_of(bundle):
    tensors, _ = read_safetensors(bundle.read("calibration.safetensors"), "calibration.safetensors")
    names = ("mean", "covariance", "pooled_mean", "pooled_covariance")
    for name in names:
        if name not in tensors:
            raise Refused(f"The tensor {name} is missing in calibration.safetensors. Export it again.")
    return Statistics(*(tensors[name].double() for name in names))


def verify(bundle_path, data, device):
    """Scores images again, and compares with the app. Returns whether everything agrees."""
    bundle = Bundle(bundle_path)
    config = parse_config(bundle.text("config.json"))
    metrics = json.loads(bundle.text("metrics.json"))
    settings = {key: metrics[key] for key in EVALUATION_SETTINGS}
    tensors, metadata = read_safetensors(bundle.read("model.safetensors"), "model.safetensors")
    check_version(json.loads(metadata.get("residua", "{}")).get("version"), "model.safetensors")
    model = Autoencoder(config["side"], config["width"])
    set_weights(model, tensors, "model.safetensors")
    model.to(device).eval()

    rows = bundle.rows("scores.csv")
    uses = bundle.rows("images.csv")
    if data:
        root = category_root(data, metrics["category"], uses[0]["path"])
        changed = [
            row["path"]
            for row in uses
            if row["sha256"]
            and hashlib.sha256((root / row["path"]).read_bytes()).hexdigest() != row["sha256"]
        ]
        if changed:
            raise Refused(
                f"{len(changed)} images differ from those of the run, such as {changed[0]}. "
                "Give the files that it was trained and scored on."
            )
        sources = [root / row["path"] for row in rows]
        good = load_images([root / row["path"] for row in uses if row["use"] == "trained"], config)
        scorer, _ = scorer_for(config, settings, model, good.pixels, device)
    else:
        rows = [row for row in rows if f"examples/{row['path']}" in bundle.names]
        if not rows:
            raise Refused(f"{bundle_path} holds no images. Give the images of the run: --data ROOT.")
        sources = [io.BytesIO(bundle.read(f"examples/{row['path']}")) for row in rows]
        if settings["score"] == "spectral" and config["weight"].startswith("adaptive"):
            raise Refused(f"The weight {config['weight']} needs the training images: --data ROOT.")
        statistics = statistics_of(bundle) if uses_calibration(settings) else None
        scorer = Scorer(config["side"], settings, frequency_weight_or_none(config, settings), statistics)
    images = load_images(sources, config)
    reconstructions = reconstruct(model, images.pixels, device)
    scores = images.largest([scorer(x, y)[0] for x, y in zip(images.pixels, reconstructions)])
    return compared(bundle, rows, scores, list(images.by_image(reconstructions)), metrics)


def frequency_weight_or_none(config, settings):
    return frequency_weight(config, config["side"]) if settings["score"] == "spectral" else None


def compared(bundle, rows, scores, reconstructions, metrics):
    """Compares scores, decisions and reconstructions, [n, 3, S, S] each, with those of the app; returns whether they agree."""
    expected = np.array([float(row["score"]) for row in rows])
    relative = np.abs(scores - expected) / np.maximum(np.abs(expected), 1e-12)
    worst = int(relative.argmax())
    agrees = bool(relative[worst] <= SCORE_TOLERANCE)
    print(f"{len(rows)} images, score {metrics['score']} of the {metrics['residual']} residual")
    print(
        f"scores: largest relative difference {relative[worst]:.2e} ({rows[worst]['path']}), "
        f"allowed {SCORE_TOLERANCE:g}"
    )
    threshold = metrics.get("threshold")
    if threshold:
        at = threshold["threshold"]
        equal = int(((scores >= at) == (expected >= at)).sum())
        agrees = agrees and equal == len(rows)
        print(f"decisions at threshold {at:.6g}: {equal} of {len(rows)} equal")
    labels = np.array([row["label"] == "1" for row in rows])
    if labels.any() and not labels.all():
        print(f"image AUROC: {auroc(scores, labels):.6f}, in the bundle {auroc(expected, labels):.6f}")
    if "examples/expected.safetensors" in bundle.names:
        tensors, _ = read_safetensors(bundle.read("examples/expected.safetensors"), "expected.safetensors")
        gaps = [
            float((reconstruction - tensors[row["path"]].reshape(reconstruction.shape)).abs().max())
            for row, reconstruction in zip(rows, reconstructions)
            if row["path"] in tensors
        ]
        agrees = agrees and max(gaps) <= RECONSTRUCTION_TOLERANCE
        print(
            f"reconstructions: largest difference {max(gaps):.2e} in {len(gaps)} images, "
            f"allowed {RECONSTRUCTION_TOLERANCE:g}"
        )
    print("verified: everything agrees" if agrees else "NOT verified: see above")
    return agrees


# Commands


def categories_in(data, names, mapping=None):
    """The categories of the data folder: by their names if given, else all."""
    data = pathlib.Path(data)
    if mapping:
        listed = read_mapping(mapping, data)
        known = [category.name for category in listed]
        for name in names:
            if name not in known:
                raise Refused(f"{mapping} has no category {name}. It has {', '.join(known)}.")
        return [category for category in listed if not names or category.name in names]
    if not names and (data / "train").is_dir():
        return [scan_category(data)]
    folders = [data / name for name in names] or sorted(
        folder for folder in data.iterdir() if (folder / "train").is_dir()
    )
    if not folders:
        raise Refused(
            f"{data} holds no category in the layout of MVTec AD. "
            "Give one, or list its images: --mapping mapping.json."
        )
    return [scan_category(folder) for folder in folders]


def run_train(arguments, processes):
    config = parse_config(pathlib.Path(arguments.config).read_text(), arguments.config, arguments.set)
    names = [arguments.category] if arguments.category else []
    categories = categories_in(arguments.data, names, arguments.mapping)
    if len(categories) > 1:
        names = ", ".join(category.name for category in categories)
        raise Refused(f"{arguments.data} holds several categories: {names}. Choose one: --category.")
    metrics = train_run(
        config, categories[0], arguments.out, processes, arguments.resume, arguments.sync_batch_norm
    )
    if processes.is_first:
        print(f"Image AUROC {metrics['imageAuroc']}. Results are in {arguments.out}.")


def run_table(arguments, processes):
    """A queue of runs. Finished ones are kept, so that an interrupted table goes on."""
    base = parse_config(pathlib.Path(arguments.config).read_text(), arguments.config, arguments.set)
    out, rows = pathlib.Path(arguments.out), []
    losses, seeds = arguments.losses or [base["loss"]], arguments.seeds or [base["seed"]]
    for category in categories_in(arguments.data, arguments.categories, arguments.mapping):
        for loss in losses:
            for seed in seeds:
                folder = out / f"{category.name}-{loss}-{seed}"
                if (folder / "metrics.json").is_file():
                    metrics = json.loads((folder / "metrics.json").read_text())
                else:
                    if processes.is_first:
                        print(f"{category.name}, {loss}, seed {seed}", flush=True)
                    config = {**base, "loss": loss, "seed": seed}
                    metrics = train_run(config, category, folder, processes, None, arguments.sync_batch_norm)
                processes.wait()
                rows.append((category.name, loss, seed, metrics))
    if not processes.is_first:
        return
    keys = ("imageAuroc", "averagePrecision", "pixelAuroc", "auPro")
    listed = [(name, loss, seed, *(metrics[key] for key in keys)) for name, loss, seed, metrics in rows]
    (out / "table.csv").write_text(csv_text(("category", "loss", "seed", *keys), listed))
    lines = [f"| category | {' | '.join(losses)} |", "|---" * (len(losses) + 1) + "|"]
    for name in dict.fromkeys(row[0] for row in rows):
        cells = []
        for loss in losses:
            found = [m["imageAuroc"] for of, by, _, m in rows if (of, by) == (name, loss)]
            values = [value for value in found if value is not None]
            spread = f" ± {np.std(values, ddof=1):.3f}" if len(values) > 1 else ""
            cells.append(f"{np.mean(values):.3f}{spread}" if values else "undefined")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    (out / "table.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def parse_arguments(given):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="score images again, and compare with the app")
    check.add_argument("bundle")
    check.add_argument("--data", help="the images of the run; without them, those in the bundle are used")
    single = commands.add_parser("train", help="repeat or continue a run")
    single.add_argument("--category", help="the category, if ROOT holds several")
    single.add_argument("--resume", help="model.safetensors to continue")
    queue = commands.add_parser("table", help="train a queue of categories x losses x seeds")
    queue.add_argument("--categories", nargs="*", default=[], help="all in ROOT by default")
    queue.add_argument("--losses", nargs="*", choices=LOSSES)
    queue.add_argument("--seeds", nargs="*", type=int)
    for command in (single, queue):
        command.add_argument("--data", required=True)
        command.add_argument("--mapping", help="mapping.json with the use of each image, if ROOT is not as MVTec AD")
        command.add_argument("--config", required=True, help="config.json of a run")
        command.add_argument("--out", required=True)
        command.add_argument("--set", nargs="*", default=[], metavar="SETTING=VALUE", help="change settings")
        command.add_argument(
            "--sync-batch-norm", action="store_true", help="batch norm over all processes (GPUs only)"
        )
        command.add_argument("--backend", choices=("gloo", "nccl"))
    for command in (check, single, queue):
        command.add_argument("--device", default="auto", help="cpu, cuda, or auto (default)")
    return parser.parse_args(given)


def main():
    arguments = parse_arguments(sys.argv[1:])
    try:
        with joined(arguments.device, getattr(arguments, "backend", None)) as processes:
            if arguments.command == "verify":
                return 0 if verify(arguments.bundle, arguments.data, processes.device) else 1
            {"train": run_train, "table": run_table}[arguments.command](arguments, processes)
            return 0
    except (Refused, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
