"""Baselines without a network, by their definitions in NumPy; baselines.golden.json.

Images are not stored: the tests make them of the same hashes.
Run with: /usr/bin/python3 src/testing/golden/baselines_golden.py (Debian: python3-numpy)
"""

import numpy as np

from golden_values import hash_values, numbers, write_golden

SIDE = 32
GOOD, TEST = 16, 8
POOLING, TOP_PERCENT = 0.1, 5


def image_of(index):
    """Smooth stripes that differ a little in phase and level, with noise; odd test images have a bright patch."""
    noise = hash_values(SIDE * SIDE * 3, 900 + index, 0, 24).reshape(SIDE, SIDE, 3)
    column = np.arange(SIDE)[None, :, None]
    channel = np.arange(3)[None, None, :]
    values = 60 + 5 * (index % 4) + 12 * ((column + index) % 8) + 10 * channel + noise
    if index >= GOOD and index % 2 == 1:
        values = values + 30 * ((column >= 9) & (np.arange(SIDE)[:, None, None] < 4))
    return np.floor(values).astype(np.uint8)


def statistics(image):
    x = image / 255
    frequency = np.fft.fftfreq(SIDE, 1 / SIDE)
    radius = np.sqrt(frequency[:, None] ** 2 + frequency[None, :] ** 2)
    spectrum = np.abs(np.fft.fft2(x, axes=(0, 1)))
    return [
        x.mean(),
        ((x - x.mean((0, 1))) ** 2).sum(),
        (np.diff(x, axis=0) ** 2).sum() + (np.diff(x, axis=1) ** 2).sum(),
        spectrum[radius > SIDE / 4].sum(),
    ]


def filtered(residual, low, high):
    frequency = np.fft.fftfreq(SIDE, 1 / SIDE)
    radius = np.sqrt(frequency[:, None] ** 2 + frequency[None, :] ** 2)
    spectrum = np.fft.fft2(residual, axes=(0, 1))
    spectrum[~((radius >= low) & (radius < high))] = 0
    return np.fft.ifft2(spectrum, axes=(0, 1)).real


def top_share(distances):
    wanted = int(np.ceil(TOP_PERCENT / 100 * SIDE * SIDE))
    return np.sort(distances.ravel())[-wanted:].mean()


def variation_scores(images, mean_image, bands):
    """Squared distances of x - mean image by pooled mean and covariance at each pixel; without the mean residual."""
    edges = [0.5, SIDE / 16, SIDE / 8, SIDE / 4, np.inf] if bands else [0.5, np.inf]
    parts = [(low, high) for low, high in zip(edges, edges[1:]) if low < high]

    def features(image):
        residual = mean_image - image / 255
        return np.concatenate([filtered(residual, low, high) for low, high in parts], axis=2)

    good = np.stack([features(image) for image in images[:GOOD]])
    count = good.shape[-1]
    mu = good.mean(0)
    centered = good - mu
    covariance = np.einsum("nxyi,nxyj->xyij", centered, centered) / GOOD
    flat = good.reshape(-1, count)
    mu_all = flat.mean(0)
    covariance_all = (flat - mu_all).T @ (flat - mu_all) / len(flat)
    floor = np.diag(np.diag(covariance_all)) if bands else np.eye(3) * np.trace(covariance_all) / 3
    m = (1 - POOLING) * mu + POOLING * mu_all
    inverse = np.linalg.inv((1 - POOLING) * covariance + POOLING * covariance_all + 0.01 * floor)
    scores = []
    for image in images[GOOD:]:
        difference = features(image) - m
        scores.append(top_share(np.einsum("xyi,xyij,xyj->xy", difference, inverse, difference)))
    return scores


def auroc(scores):
    """The fraction of correctly ordered pairs, with ties as 1/2."""
    positive, negative = scores[anomalous][:, None], scores[~anomalous][None, :]
    return float(np.mean((positive > negative) + 0.5 * (positive == negative)))


images = [image_of(index) for index in range(GOOD + TEST)]
anomalous = np.arange(GOOD, GOOD + TEST) % 2 == 1
table = np.array([statistics(image) for image in images])
good, test = table[:GOOD], table[GOOD:]
median = np.median(good, axis=0)
deviations = np.abs(test - median) / np.median(np.abs(good - median), axis=0)
mean_image = np.mean([image / 255 for image in images[:GOOD]], axis=0)
differences = [image / 255 - mean_image for image in images[GOOD:]]

write_golden(
    "baselines",
    {
        "numpy": np.__version__, "side": SIDE, "good": GOOD, "test": TEST,
        "pooling": POOLING, "topPercent": TOP_PERCENT,
        "statistics": [numbers(row, 15) for row in table],
        "deviations": [numbers(row, 15) for row in deviations],
        "auroc": [auroc(column) for column in test.T],
        "deviationAuroc": [auroc(column) for column in deviations.T],
        # Eq. 9 with each channel's mean removed.
        "meanImage": numbers([((d - d.mean((0, 1))) ** 2).sum() for d in differences], 15),
        "variationModel": numbers(variation_scores(images, mean_image, False), 15),
        "variationModelInBands": numbers(variation_scores(images, mean_image, True), 15),
    },
)
