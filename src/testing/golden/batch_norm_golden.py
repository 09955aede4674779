"""torch.nn.BatchNorm2d (PyTorch 1.13, float64) in training and evaluation; written to batch_norm.golden.json.

Run with: /usr/bin/python3 src/testing/golden/batch_norm_golden.py
"""

import torch

from golden_values import hash_values, numbers, write_golden

SHAPES = ((3, 4, 5, 8), (2, 3, 3, 3), (1, 2, 1, 1))


def nchw(values, shape):
    batch, rows, columns, channels = shape
    return torch.tensor(values.reshape(batch, rows, columns, channels).transpose(0, 3, 1, 2).copy()).double()


def nhwc(tensor):
    return numbers(tensor.detach().permute(0, 2, 3, 1).reshape(-1))


def case(shape, relu):
    channels = shape[3]
    count = torch.Size(shape).numel()
    norm = torch.nn.BatchNorm2d(channels).double()
    with torch.no_grad():
        norm.weight.copy_(torch.tensor(hash_values(channels, 2, 0.5, 1.5)))
        norm.bias.copy_(torch.tensor(hash_values(channels, 3, -0.5, 0.5)))
    activation = torch.relu if relu else (lambda y: y)
    first = nchw(hash_values(count, 1, -2.0, 3.0), shape).requires_grad_()
    trained = activation(norm(first))
    trained.backward(nchw(hash_values(count, 4), shape))
    norm(nchw(hash_values(count, 5, 1.0, 2.0), shape))
    norm.eval()
    return {
        "shape": shape,
        "relu": relu,
        "trained": nhwc(trained),
        "inputGradient": nhwc(first.grad),
        "affineGradient": numbers(torch.cat((norm.weight.grad, norm.bias.grad))),
        "runningAfterTwo": numbers(torch.cat((norm.running_mean, norm.running_var))),
        "evaluated": nhwc(activation(norm(first))),
    }


write_golden(
    "batch_norm",
    {"torch": torch.__version__, "cases": [case(shape, relu) for shape in SHAPES for relu in (False, True)]},
)
