"""Carries heads between Headwater and Keras, as safetensors files.

    python3 keras_head.py default-7.safetensors             # what a snapshot is
    python3 keras_head.py default-7.safetensors x.npy       # a probability a row of embeddings

As a module, with a model  Dense(128, relu) -> Dense(1, sigmoid)  on 1280 inputs:

    metadata, weights = read_head("default-7.safetensors")  # from Headwater
    model.set_weights(weights)

    write_head("mine.safetensors", model.get_weights(),     # to Headwater
               backbone="...", classes=["elephant", "giraffe"], threshold=0.5)

then  headwater snapshots import MODEL mine.safetensors.  "backbone" is the fingerprint that
GET /api/models tells: embeddings of other weights, or prepared otherwise, mean nothing to a head.
This needs NumPy, and Keras only where you use it.
"""

import json
import sys

import numpy as np

TENSORS = ("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias")


def parse_head(file):
    """Returns (metadata, weights in Keras' order) of the bytes of a safetensors file."""
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + length])
    metadata = header.get("__metadata__", {})
    data = memoryview(file)[8 + length :]

    def tensor(name):
        begin, end = header[name]["data_offsets"]
        return np.frombuffer(data[begin:end], dtype="<f4").reshape(header[name]["shape"])

    return metadata, [tensor(name) for name in TENSORS]


def read_head(path):
    """Returns (metadata, weights) of a file; the weights are what Keras' set_weights takes."""
    with open(path, "rb") as file:
        return parse_head(file.read())


def probability(weights, embeddings):
    """Returns the probability of the positive class of each row, as the Keras model computes it."""
    kernel, bias, output_kernel, output_bias = weights
    hidden = np.maximum(embeddings @ kernel + bias, 0)
    logit = hidden @ output_kernel + output_bias
    return 1 / (1 + np.exp(-logit[:, 0]))


def write_head(path, weights, backbone, classes=None, threshold=None):
    """Writes Keras' get_weights() of the two dense layers as a file that Headwater imports."""
    weights = [np.ascontiguousarray(w, dtype="<f4") for w in weights]
    inputs = weights[0].shape[0]
    shapes = [(inputs, 128), (128,), (128, 1), (1,)]
    if [w.shape for w in weights] != shapes:
        raise ValueError(f"shapes are {[w.shape for w in weights]}, expected {shapes}")
    if not all(np.isfinite(w).all() for w in weights):
        raise ValueError("a weight is not finite")
    metadata = {"backbone": backbone}  # all metadata are strings
    if classes is not None:
        metadata["classes"] = json.dumps(list(classes))  # negative first
    if threshold is not None:
        metadata["threshold"] = repr(float(threshold))
    header = {"__metadata__": metadata}
    offset = 0
    for name, w in zip(TENSORS, weights):
        header[name] = {
            "dtype": "F32",
            "shape": list(w.shape),
            "data_offsets": [offset, offset + w.nbytes],
        }
        offset += w.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for w in weights:
            file.write(w.tobytes())


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    metadata, weights = read_head(arguments[0])
    if len(arguments) == 1:
        for name, value in metadata.items():
            print(f"{name:16} {value}")
        for name, w in zip(TENSORS, weights):
            print(f"{name:16} {list(w.shape)}")
        return
    embeddings = np.atleast_2d(np.load(arguments[1])).astype(np.float64)
    for p in probability(weights, embeddings):
        print(f"{p:.9f}")


if __name__ == "__main__":
    main(sys.argv[1:])
