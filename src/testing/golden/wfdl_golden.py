"""Weighted frequency domain loss and its gradients by PyTorch's autograd in float64; written to wfdl.golden.json.

Run with: /usr/bin/python3 src/testing/golden/wfdl_golden.py
"""

import numpy as np
import torch

from golden_values import hash_values, numbers, write_golden


def weight_of(name, rows, columns, dc_weight):
    if name == "uniform":
        weight = np.ones((rows, columns))
    elif name == "radial":
        u, v = np.fft.fftfreq(rows, 1 / rows), np.fft.fftfreq(columns, 1 / columns)
        weight = np.sqrt(u[:, None] ** 2 + v[None, :] ** 2)
    else:
        weight = np.sqrt(np.arange(rows)[:, None] ** 2 + np.arange(columns)[None, :] ** 2)
    weight[0, 0] = dc_weight * weight.max()
    return torch.tensor(weight)


def run(shape, weight_name, dc_weight, with_gradient):
    count = int(np.prod(shape))
    x = torch.tensor(hash_values(count, 1, 0.0, 1.0), dtype=torch.float64).reshape(shape)
    y = torch.tensor(hash_values(count, 2, 0.0, 1.0), dtype=torch.float64).reshape(shape)
    y.requires_grad_(True)
    weight = weight_of(weight_name, shape[1], shape[2], dc_weight)
    difference = torch.fft.fft2(y, dim=(1, 2)) - torch.fft.fft2(x, dim=(1, 2))
    loss = (weight[None, :, :, None] * difference.abs()).mean()
    (gradient,) = torch.autograd.grad(loss, [y])
    return {
        "shape": list(shape),
        "weight": weight_name,
        "dcWeight": dc_weight,
        "loss": loss.item(),
        "gradientNorm": gradient.norm().item(),
        "gradient": numbers(gradient, 8) if with_gradient else None,
    }


if __name__ == "__main__":
    write_golden(
        "wfdl",
        {
            "torch": torch.__version__,
            "cases": [
                run((1, 8, 8, 3), "radial", 0, True),
                run((2, 16, 32, 3), "radial", 1, True),
                run((2, 16, 8, 3), "radial-literal", 0.5, True),
                run((3, 8, 16, 1), "uniform", 1, True),
                run((1, 256, 256, 3), "radial", 0, False),
            ],
        },
    )
