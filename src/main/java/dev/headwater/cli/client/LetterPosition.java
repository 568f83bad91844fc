package dev.headwater.cli.client;

/** Partition and offset of a dead letter, which identify it. */
public record LetterPosition(int partition, long offset) {}
