"""Calibrated residuals by their definition, in NumPy float64 with two passes; calibration.golden.json.

Images are not stored: the tests make them of the same hashes.
Run with: python3 src/testing/golden/calibration_golden.py (Debian: python3-numpy)
"""

import numpy as np

from golden_values import hash_values, numbers, write_golden


def residual(side, series):
    """y - x of one pair, [S, S, 3]: correlated channels, and a deviation that varies from pixel to pixel."""
    count = 3 * side * side
    image = hash_values(count, series, 0, 256).astype(np.uint8).astype(np.float64) / 255
    noise = hash_values(count, series + 1, -0.1, 0.15).astype(np.float64).reshape(-1, 3)
    spread = (np.arange(side * side) % 7 + 1) / 7
    noise = spread[:, None] * (noise + noise[:, :1])
    reconstruction = (image + noise.ravel()).astype(np.float32).astype(np.float64)
    return (reconstruction - image).reshape(side, side, 3)


def components(values, low, high, bands):
    """[S, S, d]: the channels after the band, or these split at S/16, S/8 and S/4."""
    side = values.shape[0]
    frequency = np.fft.fftfreq(side, 1 / side)
    radius = np.hypot(frequency[:, None], frequency[None, :])
    edges = [0, side / 16, side / 8, side / 4, np.inf] if bands else [0, np.inf]
    planes = []
    for channel in range(3):
        spectrum = np.fft.fft2(values[:, :, channel])
        for start, end in zip(edges, edges[1:]):
            kept = (radius >= max(low, start)) & (radius <= high) & (radius < end)
            if kept.any():
                planes.append(np.fft.ifft2(np.where(kept, spectrum, 0)).real)
    return np.stack(planes, axis=-1)


def case(side, images, low, high, bands, pooling):
    good = np.stack([components(residual(side, 100 + 2 * i), low, high, bands) for i in range(images)])
    size = good.shape[-1]
    mean = good.mean(axis=0)
    centered = good - mean
    covariance = np.einsum("nxyi,nxyj->xyij", centered, centered) / images
    all_pixels = good.reshape(-1, size)
    pooled_mean = all_pixels.mean(axis=0)
    pooled = np.cov(all_pixels, rowvar=False, bias=True)
    ridge = np.diag(np.diag(pooled)) if bands else np.trace(pooled) / 3 * np.eye(3)
    k = (1 - pooling) * covariance + pooling * pooled + 0.01 * ridge
    difference = components(residual(side, 7), low, high, bands) - (1 - pooling) * mean - pooling * pooled_mean
    distances = np.einsum("xyi,xyi->xy", difference, np.linalg.solve(k, difference[..., None])[..., 0])
    return {
        "side": side, "images": images, "low": low, "high": high if np.isfinite(high) else None,
        "bands": bands, "pooling": pooling, "components": size,
        "pooledMean": numbers(pooled_mean, 17), "pooledVariances": numbers(np.diag(pooled), 17),
        "sum": numbers(distances.sum(), 17)[0], "every37th": numbers(distances.ravel()[::37], 17),
    }


write_golden(
    "calibration",
    {
        "numpy": np.__version__,
        "cases": [
            case(8, 5, 0, np.inf, False, 0),
            case(8, 5, 0.5, np.inf, False, 0.1),
            case(8, 1, 0.5, np.inf, False, 0),
            case(16, 6, 2.5, 7, False, 1),
            case(32, 20, 0, np.inf, True, 0),
            case(32, 20, 0.5, np.inf, True, 0.1),
            case(32, 3, 2, 8, True, 0.1),
            case(32, 4, 2.5, 3.5, True, 0.5),
            case(64, 3, 4.5, np.inf, True, 1),
        ],
    },
)
