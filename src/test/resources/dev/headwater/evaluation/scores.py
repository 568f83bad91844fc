"""Writes scores.json, which GoldenScoresTest reads: python3 scores.py > scores.json

Answers are drawn, and their measures computed with NumPy straight from the definitions: every pair
for the AUC, every answer with its weight for the rest. Nothing here is shared with the Java code.
"""

import json

import numpy as np

WINDOW, FACTOR, CLIP, BINS = 200, 0.99, 1e-7, 10


def measures(p, said, label, weight):
    if len(p) == 0:
        return None
    n = weight.sum()
    clipped = np.clip(p, CLIP, 1 - CLIP)
    loss = -np.where(label, np.log(clipped), np.log(1 - clipped))
    pairs = weight[label][:, None] * weight[~label][None, :]
    order = np.sign(p[label][:, None] - p[~label][None, :])
    hits = weight[label & said].sum()
    f1_of = 2 * hits + weight[label ^ said].sum()
    error = 0.0
    edges = np.minimum(np.floor(p * BINS), BINS - 1)
    for b in range(BINS):
        inside = edges == b
        if inside.any():
            w = weight[inside]
            confidence = np.average(p[inside], weights=w)
            share = np.average(label[inside], weights=w)
            error += w.sum() / n * abs(confidence - share)
    return {
        "examples": len(p),
        "accuracy": weight[said == label].sum() / n,
        "logLoss": (weight * loss).sum() / n,
        "auc": (pairs * (1 + order) / 2).sum() / pairs.sum() if pairs.size else None,
        "f1": 2 * hits / f1_of if f1_of > 0 else None,
        "brier": (weight * (label - p) ** 2).sum() / n,
        "calibrationError": error,
    }


def main():
    random = np.random.default_rng(7)
    count = 700
    label = random.random(count) < 0.35
    logit = np.where(label, 1.5, -1.0) * random.choice([0.2, 1, 4], count) + random.normal(0, 1.5, count)
    p = (1 / (1 + np.exp(-logit))).astype(np.float32)
    p[5], p[6], p[7], p[8] = 0, 1, 0.5, 0.5
    said = p >= 0.4
    exact = p.astype(np.float64)
    expected = []
    for n in [1, 2, 9, 10, 37, 199, 200, 201, 450, 700]:
        age = np.arange(n)[::-1]
        expected.append(
            {
                "after": n,
                "overall": measures(exact[:n], said[:n], label[:n], np.ones(n)),
                "window": measures(
                    exact[:n][-WINDOW:], said[:n][-WINDOW:], label[:n][-WINDOW:], np.ones(min(n, WINDOW))
                ),
                "fading": measures(exact[:n], said[:n], label[:n], FACTOR**age),
            }
        )
    answers = [[float(a), bool(b), bool(c)] for a, b, c in zip(exact, said, label)]
    print(json.dumps({"answers": answers, "expected": expected}, indent=0))


main()
