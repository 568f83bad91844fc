package dev.headwater.cli.deadletters;

import dev.headwater.cli.client.LetterPosition;
import dev.headwater.cli.client.RetryNote;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Which letters were sent again, as the notes on their topic say. */
final class RetriedLetters {
  private final Set<LetterPosition> retried = new HashSet<>();

  /** Takes in the notes of a batch, and wants more. */
  boolean readNotes(ConsumerRecords<byte[], byte[]> batch) {
    for (var found : batch) {
      if (RetryNote.isNote(found)) {
        readNote(found);
      }
    }
    return true;
  }

  /** Takes in one note. */
  void readNote(ConsumerRecord<byte[], byte[]> note) {
    RetryNote.read(note).ifPresent(read -> retried.add(read.letter()));
  }

  /** Whether a letter was sent again. */
  boolean contains(ConsumerRecord<byte[], byte[]> letter) {
    return retried.contains(DeadLetter.position(letter));
  }
}
