"""Test weights and images for the autoencoder of Table I and Fig. 3 in PyTorch."""

import pathlib
import sys

import torch

from golden_values import hash_values, series_of

# The file that the app ships has the model; its names are those of the app.
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "public"))
from residua_torch import Autoencoder  # noqa: E402


def golden_array(name, shape):
    """Test value of an entry of the state dict; filters are drawn in tfjs's layout [height, width, in, out]."""
    series = series_of(name)
    if len(shape) == 4:
        outputs, inputs, height, width = shape
        bound = (6 / (inputs * height * width)) ** 0.5
        values = hash_values(outputs * inputs * height * width, series, -bound, bound)
        return torch.tensor(values.reshape(height, width, inputs, outputs).transpose(3, 2, 0, 1).copy())
    positive = name.endswith("running_var") or (name.endswith("weight") and len(shape) == 1)
    return torch.tensor(hash_values(shape[0], series, 0.5 if positive else -0.5, 1.5 if positive else 0.5))


def golden_model(side, width):
    """A model whose weights are the test values, in float64."""
    model = Autoencoder(side, width)
    state = model.state_dict()
    for name, value in state.items():
        if not name.endswith("num_batches_tracked"):
            state[name] = golden_array(name, value.shape)
    model.load_state_dict(state)
    return model.double()


def golden_images(count, side, draw):
    """A batch of images in [0, 1), NCHW, drawn in tfjs's layout NHWC, in float64."""
    values = hash_values(count * side * side * 3, series_of(f"images {draw}"), 0.0, 1.0)
    return torch.tensor(values.reshape(count, side, side, 3).transpose(0, 3, 1, 2).copy()).double()


def rectifier_margin(model, images):
    """Smallest magnitude among all ReLU inputs of the model."""
    margins = []
    rectify = torch.relu
    torch.relu = lambda x: margins.append(float(x.detach().abs().min())) or rectify(x)
    try:
        model(images)
    finally:
        torch.relu = rectify
    return min(margins)


def images_clear_of_kinks(side, width, count, draws=64):
    """The draw whose ReLU inputs are farthest from 0: only there can a float32 gradient be compared."""
    with torch.no_grad():
        return max(
            range(draws),
            key=lambda draw: rectifier_margin(golden_model(side, width).train(), golden_images(count, side, draw)),
        )
