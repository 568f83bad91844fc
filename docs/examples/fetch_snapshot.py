"""Saves the head in service of each model from Kafka, as MODEL.safetensors in this directory.

    python3 fetch_snapshot.py                      # Kafka at localhost:9092
    python3 fetch_snapshot.py broker:9092 [PREFIX]

Needs the package confluent-kafka. PREFIX is what the topics' names begin with: "headwater.".
"""

import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition


def main(arguments):
    bootstrap = arguments[0] if arguments else "localhost:9092"
    prefix = arguments[1] if len(arguments) > 1 else "headwater."
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "unused",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
        }
    )
    consumer.assign([TopicPartition(prefix + "serving", 0, OFFSET_BEGINNING)])
    heads = {}
    while True:
        record = consumer.poll(10)
        if record is None:
            sys.exit(f"nothing heard from Kafka at {bootstrap} for 10 s")
        if record.error() and record.error().code() == KafkaError._PARTITION_EOF:
            break
        if record.error():
            sys.exit(str(record.error()))
        heads[record.key().decode()] = record.value()
    consumer.close()
    for model, file in heads.items():
        if file is not None:
            with open(model + ".safetensors", "wb") as out:
                out.write(file)
            print(f"{model}.safetensors, {len(file)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
