"""Twenty steps of torch.optim.RAdam (PyTorch 1.13), the parameters after each; written to radam.golden.json.

Run with: /usr/bin/python3 src/testing/golden/radam_golden.py
"""

import torch

from golden_values import hash_values, numbers, write_golden

STEPS = 20
COUNT = 12


def run(learning_rate, weight_decay, dtype):
    parameter = torch.tensor(hash_values(COUNT, 100), dtype=dtype, requires_grad=True)
    optimizer = torch.optim.RAdam(
        [parameter], lr=learning_rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=weight_decay
    )
    after = []
    for step in range(STEPS):
        parameter.grad = torch.tensor(hash_values(COUNT, 200 + step), dtype=dtype)
        optimizer.step()
        after.append(numbers(parameter.detach()))
    return after


write_golden(
    "radam",
    {
        "torch": torch.__version__,
        "count": COUNT,
        "cases": [
            {
                "learningRate": learning_rate,
                "weightDecay": weight_decay,
                "parameters": run(learning_rate, weight_decay, torch.float32),
                "float64": run(learning_rate, weight_decay, torch.float64),
            }
            for learning_rate, weight_decay in ((1e-3, 1e-4), (1e-1, 0.0), (1e-1, 1e-1))
        ],
    },
)
