"""The autoencoder of Table I and Fig. 3 in PyTorch, with the parameter names that Residua uses."""

import torch
from torch import nn

from golden_values import hash_values, series_of

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
    def __init__(self, side, width):
        super().__init__()
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
