package dev.headwater.cli.client;

/** Where a dead letter lies on its topic, which names it. */
public record LetterPosition(int partition, long offset) {}
