"""Reads a Headwater snapshot with NumPy alone, and scores embeddings with it.

    python3 read_snapshot.py default.safetensors                    # what it is
    python3 read_snapshot.py default.safetensors embeddings.npy     # a probability a row

Embeddings are rows of 1280 floats: MobileNetV2 (alpha 1.0, 224 x 224, ImageNet, no top, average
pooling) of the very weights whose fingerprint the snapshot names.
"""

import json
import sys

import numpy as np


def read_snapshot(file):
    """Returns (metadata, tensors) of the bytes of a safetensors file of 32-bit floats."""
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + length])
    metadata = header.pop("__metadata__")
    data = memoryview(file)[8 + length :]
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
    return metadata, tensors


def probability(tensors, embeddings):
    """Returns the probability of the positive class of each row of embeddings."""
    hidden = np.maximum(embeddings @ tensors["dense/kernel"] + tensors["dense/bias"], 0)
    logit = hidden @ tensors["dense_1/kernel"] + tensors["dense_1/bias"]
    return 1 / (1 + np.exp(-logit[:, 0]))


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    with open(arguments[0], "rb") as file:
        metadata, tensors = read_snapshot(file.read())
    if metadata["format"] != "headwater-head" or metadata["format_version"] != "1":
        sys.exit(f"unknown format {metadata['format']} {metadata['format_version']}")
    if len(arguments) == 1:
        for name, value in metadata.items():
            print(f"{name:16} {value}")
        for name, tensor in tensors.items():
            print(f"{name:16} {list(tensor.shape)}")
        return
    embeddings = np.atleast_2d(np.load(arguments[1])).astype(np.float64)
    negative, positive = json.loads(metadata["classes"])
    for p in probability(tensors, embeddings):
        print(f"{p:.6f} {positive if p >= float(metadata['threshold']) else negative}")


if __name__ == "__main__":
    main(sys.argv[1:])
