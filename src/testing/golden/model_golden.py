"""Forward passes and one gradient of the autoencoder in PyTorch 1.13 (float64), written to model.golden.json.

Run with: /usr/bin/python3 src/testing/golden/model_golden.py
"""

import torch

from golden_values import numbers, write_golden
from pytorch_model import golden_images, golden_model, images_clear_of_kinks, rectifier_margin

CASES = ((32, 0.25, 4), (64, 0.25, 2))
SAMPLE_EVERY = 17
GRADIENTS = ("encoder.0.conv1.weight", "encoder.1.downsample.0.weight", "decoder.2.bn1.weight", "decoder.2.bn1.bias")
STATISTICS = ("encoder.0.bn1", "encoder.2.downsample.1", "decoder.0.bn2")


def nhwc(images):
    return images.detach().permute(0, 2, 3, 1).reshape(-1)


def hwio(gradient):
    return gradient.permute(2, 3, 1, 0) if gradient.dim() == 4 else gradient


def case(side, width, batch):
    model = golden_model(side, width)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    draw = images_clear_of_kinks(side, width, batch)
    images = golden_images(batch, side, draw)
    print("side", side, "draw", draw, "margin", rectifier_margin(golden_model(side, width).train(), images))
    model.eval()
    evaluated = nhwc(model(images))
    model.train()
    reconstruction = model(images)
    loss = ((images - reconstruction) ** 2).mean()
    loss.backward()
    trained = nhwc(reconstruction)
    named = dict(model.named_parameters())
    state = model.state_dict()
    last = [name for name in named if name.startswith("decoder")][-2:]
    return {
        "side": side,
        "width": width,
        "batch": batch,
        "draw": draw,
        "parameterCount": parameters,
        "names": [name for name in state if not name.endswith("num_batches_tracked")],
        "sampleEvery": SAMPLE_EVERY,
        "evaluated": numbers(evaluated[::SAMPLE_EVERY], 7),
        "trained": numbers(trained[::SAMPLE_EVERY], 7),
        "loss": float(loss),
        "gradients": {name: numbers(hwio(named[name].grad), 7) for name in (*GRADIENTS, *last)},
        "running": {
            name: numbers(torch.cat((state[f"{name}.running_mean"], state[f"{name}.running_var"])), 7)
            for name in STATISTICS
        },
    }


write_golden("model", {"torch": torch.__version__, "cases": [case(*arguments) for arguments in CASES]})
