"""One training step of the whole autoencoder in PyTorch 1.13 (float64), written to step.golden.json.

Run with: /usr/bin/python3 src/testing/golden/step_golden.py
"""

import torch

from golden_values import numbers, write_golden
from pytorch_model import golden_images, golden_model, images_clear_of_kinks
from wfdl_golden import weight_of

SIDE, WIDTH, BATCH = 32, 0.25, 4
SAMPLES = 24


def l2(x, y):
    return ((x - y) ** 2).mean()


def wfdl(x, y):
    weight = weight_of("radial", SIDE, SIDE, 1).to(y.dtype)
    return (weight * torch.fft.fft2(y - x).abs()).mean()


def hwio(value):
    return value.permute(2, 3, 1, 0) if value.dim() == 4 else value


def step(loss, rate, draw, dtype):
    """Updates of all parameters by one step, in tfjs's layout, and the loss before it."""
    model = golden_model(SIDE, WIDTH).to(dtype).train()
    images = golden_images(BATCH, SIDE, draw).to(dtype)
    optimizer = torch.optim.RAdam(model.parameters(), lr=rate, weight_decay=1e-4)
    before = {name: value.detach().clone() for name, value in model.named_parameters()}
    value = loss(images, model(images))
    value.backward()
    optimizer.step()
    named = dict(model.named_parameters())
    return float(value), {name: hwio(named[name].detach() - before[name]).reshape(-1).double() for name in before}


def sampled(update):
    return update[:: max(1, update.numel() // SAMPLES)]


def case(name, loss, rate, draw):
    value, updates = step(loss, rate, draw, torch.float64)
    _, single = step(loss, rate, draw, torch.float32)
    print(
        name,
        "largest updates",
        sorted(float(update.abs().max()) for update in updates.values())[:: len(updates) // 6],
        "PyTorch's own float32 updates differ by at most",
        max(float((single[key] - update).abs().max() / update.abs().max()) for key, update in updates.items()),
        "of the largest of their tensor",
    )
    return {
        "loss": name,
        "learningRate": rate,
        "value": value,
        "updates": {
            key: {"largest": float(update.abs().max()), "sampled": numbers(sampled(update), 7)}
            for key, update in updates.items()
        },
    }


if __name__ == "__main__":
    draw = images_clear_of_kinks(SIDE, WIDTH, BATCH)
    write_golden(
        "step",
        {
            "torch": torch.__version__,
            "side": SIDE,
            "width": WIDTH,
            "batch": BATCH,
            "draw": draw,
            "samples": SAMPLES,
            "cases": [case("l2", l2, 1, draw), case("wfdl", wfdl, 0.01, draw)],
        },
    )
