"""Focal frequency loss and its gradient by PyTorch's autograd in float64; written to focal-frequency.golden.json.

Defined as its authors' code does (github.com/EndlessSora/focal-frequency-loss, defaults but for alpha): orthonormal
transforms, each channel's weight divided by its own maximum and detached.

Run with: /usr/bin/python3 src/testing/golden/focal_frequency_golden.py
"""

import numpy as np
import torch

from golden_values import hash_values, numbers, write_golden


def focal_frequency(x, y, alpha):
    difference = torch.fft.fft2(y, dim=(1, 2), norm="ortho") - torch.fft.fft2(x, dim=(1, 2), norm="ortho")
    with torch.no_grad():
        weight = difference.abs() ** alpha
        weight = weight / weight.amax(dim=(1, 2), keepdim=True)
        weight = torch.nan_to_num(weight, nan=0.0).clamp(0.0, 1.0)
    return (weight * (difference.real**2 + difference.imag**2)).mean()


def run(shape, alpha, with_gradient):
    count = int(np.prod(shape))
    x = torch.tensor(hash_values(count, 1, 0.0, 1.0), dtype=torch.float64).reshape(shape)
    y = torch.tensor(hash_values(count, 2, 0.0, 1.0), dtype=torch.float64).reshape(shape)
    y.requires_grad_(True)
    loss = focal_frequency(x, y, alpha)
    (gradient,) = torch.autograd.grad(loss, [y])
    return {
        "shape": list(shape),
        "alpha": alpha,
        "loss": loss.item(),
        "gradientNorm": gradient.norm().item(),
        "gradient": numbers(gradient, 8) if with_gradient else None,
    }


if __name__ == "__main__":
    write_golden(
        "focal-frequency",
        {
            "torch": torch.__version__,
            "cases": [
                run((1, 8, 8, 3), 1, True),
                run((2, 16, 32, 1), 0.5, True),
                run((2, 16, 8, 3), 4, True),
                run((1, 256, 256, 3), 1, False),
            ],
        },
    )
