"""1 - mean SSIM and its gradient by PyTorch's autograd in float64; written to ssim.golden.json.

Run with: /usr/bin/python3 src/testing/golden/ssim_golden.py
"""

import numpy as np
import torch
import torch.nn.functional as F

from golden_values import hash_values, numbers, write_golden


def gaussian(length, sigma):
    position = torch.arange(length, dtype=torch.float64) - (length - 1) / 2
    window = torch.exp(-(position**2) / (2 * sigma**2))
    return window / window.sum()


def ssim_loss(x, y, window, sigma, k1, k2):
    """The spec's definition, on NCHW: a 2-D window, valid padding, range 1."""
    channels = x.shape[1]
    line = gaussian(window, sigma)
    kernel = torch.outer(line, line).expand(channels, 1, window, window)

    def mean(image):
        return F.conv2d(image, kernel, groups=channels)

    mu_x, mu_y = mean(x), mean(y)
    var_x, var_y = mean(x * x) - mu_x**2, mean(y * y) - mu_y**2
    covariance = mean(x * y) - mu_x * mu_y
    c1, c2 = k1**2, k2**2
    ssim = ((2 * mu_x * mu_y + c1) * (2 * covariance + c2)) / ((mu_x**2 + mu_y**2 + c1) * (var_x + var_y + c2))
    return 1 - ssim.mean()


def run(shape, nearness, with_gradient, **options):
    """y is `nearness` times x plus its own values for the rest: 0 gives two unrelated images."""
    settings = {"window": 11, "sigma": 1.5, "k1": 0.01, "k2": 0.03, **options}
    count = int(np.prod(shape))
    x = torch.tensor(hash_values(count, 1, 0.0, 1.0)).reshape(shape)
    own = torch.tensor(hash_values(count, 2, 0.0, 1.0)).reshape(shape)
    y = (nearness * x.double() + (1 - nearness) * own.double()).float()
    x, y = x.double().permute(0, 3, 1, 2), y.double().permute(0, 3, 1, 2).requires_grad_()
    loss = ssim_loss(x, y, **settings)
    (gradient,) = torch.autograd.grad(loss, [y])
    gradient = gradient.permute(0, 2, 3, 1)
    return {
        "shape": list(shape),
        "nearness": nearness,
        "options": options,
        "loss": loss.item(),
        "gradientNorm": gradient.norm().item(),
        "gradient": numbers(gradient, 8) if with_gradient else None,
    }


write_golden(
    "ssim",
    {
        "torch": torch.__version__,
        "cases": [
            run((1, 12, 12, 3), 0.75, True),
            run((2, 11, 16, 1), 0.0, True),
            run((1, 14, 13, 3), 0.5, True, window=7, sigma=2.0, k1=0.02, k2=0.05),
            run((2, 64, 64, 3), 0.75, False),
        ],
    },
)
