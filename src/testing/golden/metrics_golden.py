"""Metrics of scikit-learn 1.2 on image and pixel scores, regions of SciPy, and AU-PRO by its definition; metrics.golden.json.

Scores and labels are not stored: the tests make them of the same hashes.
Run with: /usr/bin/python3 src/testing/golden/metrics_golden.py (Debian: python3-sklearn)
"""

import numpy as np
import scipy
import sklearn
from scipy.ndimage import label
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

from golden_values import hash_values, numbers, write_golden

SIDE = 12
# Good images first, then two defect types; one additional image of each has no mask.
DEFECT_TYPES = ["good", "good", "good", "cut", "cut", "hole", "hole", "hole"]


def image_case(count, series, levels, normal_share, shift):
    """Scores in `levels` steps (0: all different), those of anomalous images `shift` higher."""
    anomalous = hash_values(count, series + 1, 0, 1).astype(np.float64) >= normal_share
    scores = hash_values(count, series).astype(np.float64) + shift * anomalous
    if levels:
        scores = np.floor(scores * levels)
    precision, recall, _ = precision_recall_curve(anomalous, scores)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    rates = roc_curve(anomalous, scores, drop_intermediate=False)
    return {
        "count": count, "series": series, "levels": levels, "normalShare": normal_share, "shift": shift,
        "auroc": numbers(roc_auc_score(anomalous, scores), 17)[0],
        "averagePrecision": numbers(average_precision_score(anomalous, scores), 17)[0],
        "f1Maximum": numbers(f1.max(), 17)[0],
        # Starts with no image; scikit-learn's first threshold stands for infinity.
        "roc": [numbers(rates[0], 17), numbers(rates[1], 17), numbers(rates[2][1:], 17)] if count <= 40 else None,
        # Starts with the highest threshold, after recall 0.
        "precisionRecall": [numbers(recall[::-1], 17), numbers(precision[::-1], 17)] if count <= 40 else None,
    }


def mask_of(index):
    """Scattered pixels for a cut, whose regions touch at corners; two rectangles for a hole."""
    if DEFECT_TYPES[index] == "good":
        return np.zeros((SIDE, SIDE), dtype=np.uint8)
    if DEFECT_TYPES[index] == "cut":
        return (hash_values(SIDE * SIDE, 500 + index) < -0.6).astype(np.uint8).reshape(SIDE, SIDE)
    mask = np.zeros((SIDE, SIDE), dtype=np.uint8)
    mask[1:4, 1:index] = 1
    mask[6:11, 5:7] = 1
    return mask


def map_of(index, levels, shift):
    scores = hash_values(SIDE * SIDE, 600 + index).astype(np.float64) + shift * mask_of(index).ravel()
    return np.floor(scores * levels).astype(np.float32).reshape(SIDE, SIDE)


def au_pro(maps, masks, limit):
    """For each threshold: the mean found fraction of the regions against the found fraction of normal pixels."""
    regions = []
    for scores, mask in zip(maps, masks):
        labels, count = label(mask, np.ones((3, 3)))
        regions += [scores[labels == region + 1] for region in range(count)]
    normal = np.concatenate([scores[mask == 0] for scores, mask in zip(maps, masks)])
    fprs, pros = [0.0], [0.0]
    for threshold in np.unique(np.concatenate([scores.ravel() for scores in maps]))[::-1]:
        fprs.append(np.mean(normal >= threshold))
        pros.append(np.mean([np.mean(region >= threshold) for region in regions]))
    inside = np.array(fprs) <= limit
    x = np.append(np.array(fprs)[inside], limit)
    # The limit's value on the segment that crosses it, which may start with a vertical rise.
    last = np.flatnonzero(inside)[-1]
    end = pros[last]
    if last + 1 < len(fprs):
        end += (pros[last + 1] - pros[last]) * (limit - fprs[last]) / (fprs[last + 1] - fprs[last])
    return np.trapz(np.append(np.array(pros)[inside], end), x) / limit, len(regions)


def pixel_case(levels, shift):
    def of(types):
        chosen = [index for index, name in enumerate(DEFECT_TYPES) if name in types]
        maps = [map_of(index, levels, shift) for index in chosen]
        masks = [mask_of(index) for index in chosen]
        area, regions = au_pro(maps, masks, 0.3)
        auroc = roc_auc_score(np.concatenate(masks).ravel(), np.concatenate(maps).ravel())
        return {"pixelAuroc": numbers(auroc, 17)[0], "auPro": numbers(area, 17)[0], "regions": regions}

    return {
        "levels": levels, "shift": shift,
        "overall": of(["good", "cut", "hole"]), "cut": of(["good", "cut"]), "hole": of(["good", "hole"]),
    }


write_golden(
    "metrics",
    {
        "sklearn": sklearn.__version__, "scipy": scipy.__version__,
        "images": [
            image_case(200, 1, 0, 0.3, 0.5),
            image_case(200, 11, 5, 0.3, 0.5),
            image_case(167, 21, 20, 0.15, -0.3),
            image_case(40, 31, 0, 0.5, 0.4),
            image_case(40, 41, 3, 0.5, 0.4),
            image_case(12, 51, 2, 0.75, 0),
        ],
        "side": SIDE, "defectTypes": DEFECT_TYPES,
        "pixels": [pixel_case(2, 0.5), pixel_case(1000, 0.5), pixel_case(20, -0.4)],
    },
)
