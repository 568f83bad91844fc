"""Scores embeddings with the head in service, and goes over to each new one without a stop.

    python3 follow.py localhost:9092 default x.npy [PREFIX]

x.npy has rows of 1280 floats, which are scored once a second; a line says when another version has
come into service. Needs NumPy, and confluent-kafka or kafka-python. PREFIX is what the topics'
names begin with: "headwater.".

The topic "serving" is compacted to the newest head of each model, so that a consumer reads it from
the beginning, outside of any group, and keeps the last record of its model. It is read with
isolation level read_committed: a head is written in the same transaction as what was learnt for
it, and one of a transaction that came to nothing never was in service. With read_uncommitted it
could be shown for a moment, and its number given to another head later.

One thread replaces the head, others may score: a head is one object that never changes, and to
replace it is one assignment. Who scores takes it once, and gets a probability and the version
that computed it, never half of one and half of the next.
"""

import json
import sys
import threading
import time

import numpy as np


class Head:
    """One version of a model's head."""

    def __init__(self, file):
        length = int.from_bytes(file[:8], "little")
        header = json.loads(file[8 : 8 + length])
        metadata = header["__metadata__"]
        if metadata["format"] != "headwater-head" or metadata["format_version"] != "1":
            raise ValueError(f"unknown format {metadata['format']} {metadata['format_version']}")
        data = memoryview(file)[8 + length :]

        def tensor(name):
            begin, end = header[name]["data_offsets"]
            return np.frombuffer(data[begin:end], dtype="<f4").reshape(header[name]["shape"])

        self.version = int(metadata["version"])
        self.backbone = metadata["backbone"]
        self.classes = json.loads(metadata["classes"])
        self.threshold = float(metadata["threshold"])
        self.hidden = tensor("dense/kernel"), tensor("dense/bias")
        self.output = tensor("dense_1/kernel"), tensor("dense_1/bias")

    def probability(self, embeddings):
        """Returns the probability of the positive class of each row, in 64 bits."""
        x = np.atleast_2d(embeddings).astype(np.float64)
        hidden = np.maximum(x @ self.hidden[0] + self.hidden[1], 0)
        logit = hidden @ self.output[0] + self.output[1]
        return 1 / (1 + np.exp(-logit[:, 0]))

    def label(self, probability):
        return self.classes[int(probability >= self.threshold)]


class Serving:
    """The head of a model that is in service now; None before the first."""

    def __init__(self, model):
        self.model = model
        self.head = None
        self.first = threading.Event()

    def accept(self, key, value):
        """Takes a record of the topic; whatever is wrong with it, the last good head stays."""
        if key != self.model.encode() or value is None:
            return
        try:
            self.head = Head(value)
        except (ValueError, KeyError) as e:
            print(f"a head of {self.model} is passed over: {e!r}", file=sys.stderr)
            return
        self.first.set()


def records(bootstrap, topic):
    """Yields (key, value) of each record of the topic, from the beginning, for ever."""
    try:
        from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition
    except ImportError:
        yield from records_of_kafka_python(bootstrap, topic)
        return
    settings = {
        "bootstrap.servers": bootstrap,
        "group.id": "unused",
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
    }
    consumer = Consumer(settings)
    partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
    if not partitions:
        raise RuntimeError(f"Kafka at {bootstrap} has no topic {topic}")
    consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in partitions])
    while True:
        record = consumer.poll(1)
        if record is None:
            continue
        if record.error():
            raise KafkaException(record.error())
        yield record.key(), record.value()


def records_of_kafka_python(bootstrap, topic):
    from kafka import KafkaConsumer, TopicPartition

    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=None,
        enable_auto_commit=False,
        isolation_level="read_committed",  # from kafka-python 2.1 on
    )
    partitions = consumer.partitions_for_topic(topic)
    if not partitions:
        raise RuntimeError(f"Kafka at {bootstrap} has no topic {topic}")
    consumer.assign([TopicPartition(topic, p) for p in partitions])
    consumer.seek_to_beginning()
    for record in consumer:
        yield record.key, record.value


def follow(bootstrap, topic, serving):
    for key, value in records(bootstrap, topic):
        serving.accept(key, value)


def main(arguments):
    if len(arguments) not in (3, 4):
        sys.exit(__doc__)
    bootstrap, model, file = arguments[:3]
    topic = (arguments[3] if len(arguments) > 3 else "headwater.") + "serving"
    embeddings = np.load(file)
    serving = Serving(model)
    follower = threading.Thread(target=follow, args=(bootstrap, topic, serving), daemon=True)
    follower.start()
    shown = None
    while follower.is_alive():
        if serving.first.wait(1):
            head = serving.head  # taken once: all that follows is of one version
            if head is not shown:
                shown = head
                print(f"version {head.version} of {model} is in service, backbone {head.backbone}")
            for p in head.probability(embeddings):
                print(f"{p:.6f} {head.label(p)} by version {head.version}")
            time.sleep(1)
    sys.exit(f"{topic} at {bootstrap} can be read no longer")


if __name__ == "__main__":
    main(sys.argv[1:])
