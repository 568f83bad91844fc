"""Sends an image, and afterwards its label, as CloudEvents in binary mode.

    python3 send_image.py giraffe.jpg cam-1-0042            # the image alone
    python3 send_image.py giraffe.jpg cam-1-0042 1          # and its label
    BROKER=broker:9092 PREFIX=plant-7. python3 send_image.py ...

Needs the package confluent-kafka.
"""

import json
import os
import sys
from pathlib import Path

from confluent_kafka import Producer


def headers(kind, identity, **extensions):
    attributes = {"specversion": "1.0", "type": f"dev.headwater.{kind}.v1", "id": identity, "source": "/cameras/1"}
    return {f"ce_{name}": value for name, value in (attributes | extensions).items()}


def acknowledged(error, message):
    if error is not None:
        sys.exit(f"not sent: {error}")
    print(f"{message.topic()} partition {message.partition()} offset {message.offset()}")


def main(file, identity, label=None):
    prefix = os.environ.get("PREFIX", "headwater.")
    producer = Producer(
        {
            "bootstrap.servers": os.environ.get("BROKER", "localhost:9092"),
            "message.max.bytes": 25165824,
            # As Kafka's Java client hashes keys: without it Headwater has to move most images once.
            "partitioner": "murmur2_random",
        }
    )
    producer.produce(
        prefix + "images",
        Path(file).read_bytes(),
        key=identity,
        headers=headers("image", identity, domain="night") | {"content-type": "image/jpeg"},
        on_delivery=acknowledged,
    )
    if label is not None:
        producer.produce(
            prefix + "labels",
            json.dumps({"label": label}),
            key=identity,
            headers=headers("label", identity + "-label", subject=identity) | {"content-type": "application/json"},
            on_delivery=acknowledged,
        )
    producer.flush()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
