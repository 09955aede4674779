"""Times a training step of the same model in PyTorch on the processor: forward, WFDL (Eq. 8), backward, RAdam.

Prints one line of JSON: the median, and all samples, in milliseconds.

    python3 bench/pytorch_step.py --side 64 --width 0.25 --batch 16 --threads 2
"""

import argparse
import json
import math
import statistics
import time

import torch
from torch import nn

CHANNELS_AT_SIDE = {256: 32, 128: 32, 64: 32, 32: 64, 16: 64, 8: 128, 4: 128, 2: 256}


class ResidualBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        projects = stride == 2 or inputs != outputs
        self.downsample = (
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
            if projects
            else nn.Identity()
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        branch = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(branch + self.downsample(x))


def autoencoder(side: int, width: float) -> nn.Sequential:
    """The layers of `src/model/architecture.ts`."""

    def channels(at: int) -> int:
        return int(CHANNELS_AT_SIDE[at] * width)

    layers: list[nn.Module] = []
    at, count = side, 3
    while at > 2:
        at //= 2
        layers.append(ResidualBlock(count, channels(at), 2))
        count = channels(at)
    layers.append(ResidualBlock(count, count, 1))
    layers.append(ResidualBlock(count, count, 1))
    while at * 2 < side:
        at *= 2
        layers.append(nn.Upsample(scale_factor=2, mode="nearest"))
        layers.append(ResidualBlock(count, channels(at), 1))
        count = channels(at)
    layers += [nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(count, 3, 3, 1, 1), nn.Sigmoid()]
    return nn.Sequential(*layers)


class WeightedFrequencyLoss(nn.Module):
    """Eq. 8 with the radial weight and its DC term 1; the columns v and N - v are one column of a real transform."""

    def __init__(self, side: int) -> None:
        super().__init__()
        u = torch.fft.fftfreq(side, 1 / side)[:, None]
        v = torch.arange(side // 2 + 1)[None, :]
        weight = torch.sqrt(u**2 + v**2)
        weight[0, 0] = 1 * weight.max()
        copies = torch.full((1, side // 2 + 1), 2.0)
        copies[0, 0] = copies[0, -1] = 1
        self.register_buffer("weight", weight * copies / side**2)

    def forward(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        difference = torch.fft.rfft2(y - x)
        return (self.weight * difference.abs()).sum() / (x.shape[0] * x.shape[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=64)
    parser.add_argument("--width", type=float, default=0.25)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--samples", type=int, default=7)
    parser.add_argument("--sample-ms", type=float, default=500, help="shortest sample")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)

    model = autoencoder(given.side, given.width)
    optimizer = torch.optim.RAdam(model.parameters(), lr=1e-3)
    loss_of = WeightedFrequencyLoss(given.side)
    images = torch.rand(given.batch, 3, given.side, given.side)

    def step() -> None:
        optimizer.zero_grad(set_to_none=True)
        loss_of(images, model(images)).backward()
        optimizer.step()

    def time_ms(steps: int) -> float:
        start = time.perf_counter()
        for _ in range(steps):
            step()
        return (time.perf_counter() - start) * 1000 / steps

    # The first steps select algorithms, and the optimizer's rectification starts with the sixth.
    time_ms(6)
    steps = max(1, math.ceil(given.sample_ms / time_ms(3)))
    samples = [time_ms(steps) for _ in range(given.samples)]
    print(json.dumps({"medianMs": statistics.median(samples), "samplesMs": samples, "threads": given.threads}))


if __name__ == "__main__":
    main()
