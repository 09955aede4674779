"""Clopper-Pearson intervals by SciPy's quantiles of the beta distribution; clopper-pearson.golden.json.

Run with: python3 src/testing/golden/clopper_pearson_golden.py (Debian: python3-scipy)
"""

import scipy
from scipy.stats import beta, binomtest

from golden_values import numbers, write_golden


def interval(k, n, level):
    tail = (1 - level) / 2
    lower = beta.ppf(tail, k, n - k + 1) if k > 0 else 0.0
    upper = beta.ppf(1 - tail, k + 1, n - k) if k < n else 1.0
    # SciPy's own exact interval comes from a search, with fewer digits.
    exact = binomtest(k, n).proportion_ci(level, method="exact")
    assert abs(exact.low - lower) < 1e-9 and abs(exact.high - upper) < 1e-9
    return {"k": k, "n": n, "level": level, "interval": numbers([lower, upper], 17)}


write_golden(
    "clopper-pearson",
    {
        "scipy": scipy.__version__,
        "cases": [
            interval(k, n, level)
            for level in (0.95, 0.99)
            for k, n in [
                (0, 1), (1, 1), (0, 21), (1, 21), (2, 21), (21, 21), (3, 10), (20, 40),
                (5, 100), (14, 27), (209, 209), (10, 209), (50, 1000), (999, 1000), (250, 5000),
            ]
        ],
    },
)
