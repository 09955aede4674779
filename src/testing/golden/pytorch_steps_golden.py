"""The first losses of trainings by residua_torch.py in float64 (PyTorch 1.13), written to pytorch-steps.golden.json.

Run with:
  npx tsx src/testing/golden/write-rendered-images.ts FOLDER
  /usr/bin/python3 src/testing/golden/pytorch_steps_golden.py FOLDER
"""

import json
import pathlib
import sys

import torch

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2] / "public")]
import residua_torch as residua  # noqa: E402
from golden_values import write_golden  # noqa: E402

CONFIG = {
    "side": 32,
    "width": 0.25,
    "batch": 4,
    "epochs": 8,
    "seed": 3,
    "holdOutPercent": 0,
    "learningRate": 0.001,
}
# The rounding of float32 decides on which side of 0 some inputs of a ReLU lie, and training amplifies that: at the paper's rate,
# PyTorch's own float32 differs from these losses by up to 8e-4 for WFDL and 2e-3 for L2 from He-normal weights. So those cases
# have a lower rate, or fewer steps.
CASES = (
    ("WFDL, curriculum, cosine", 20, {"loss": "wfdl", "learningRate": 0.00003}),
    ("WFDL at the paper's rate", 4, {"loss": "wfdl"}),
    ("L2 at the paper's rate", 12, {"loss": "l2"}),
    (
        "L2, constant rate, He-normal",
        20,
        {"loss": "l2", "schedule": "constant", "initialisation": "he-normal", "learningRate": 0.0001},
    ),
    (
        "a composite of all losses",
        20,
        {
            "loss": "composite",
            "compositeL2": 10,
            "compositeSsim": 1,
            "compositeFrequency": 0.01,
            "compositeWfdl": 0.01,
            "compositeFocalFrequency": 1,
            "weight": "adaptive-dataset",
            "learningRate": 0.0001,
        },
    ),
)


def as_doubles(images, device):
    """The app's float32 inputs, exactly."""
    return (images.to(device).float() / 255).double()


def losses(config, data, steps):
    """(final loss, minimized loss) of each step, with weights, gradients and moments in float64."""
    images = residua.ImageSet(residua.scan_category(data), config)
    trainer = residua.Trainer(config, images.trained.pixels, residua.Processes())
    trainer.model.double()
    trainer.optimizer = torch.optim.RAdam(
        trainer.model.parameters(), lr=config["learningRate"], weight_decay=config["weightDecay"]
    )
    return [[float(f"{loss:.9g}") for loss in trainer.step()] for _ in range(steps)]


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    residua.as_floats = as_doubles
    preset = json.loads((folder / "quick-look.json").read_text())
    write_golden(
        "pytorch-steps",
        {
            "torch": torch.__version__,
            "config": CONFIG,
            "cases": [
                {
                    "name": name,
                    "change": change,
                    "losses": losses({**preset, **CONFIG, **change}, folder, steps),
                }
                for name, steps, change in CASES
            ],
        },
    )
