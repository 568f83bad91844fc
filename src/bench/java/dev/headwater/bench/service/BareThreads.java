package dev.headwater.bench.service;

import dev.headwater.backbone.Backbone;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.image.ImageDecoder;
import dev.headwater.image.ImageLimits;
import dev.headwater.image.ImageRejectedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Threads that decode and embed and do nothing else: no Kafka, no learner, nothing that they share.
 * What they gain by being two is what the machine has to give.
 */
record BareThreads(Backbone backbone, List<byte[]> files, int images) {

  /** Returns how many images a second so many threads decode and embed. */
  double perSecond(int threads) {
    int each = images / threads;
    long start = System.nanoTime();
    var running =
        IntStream.range(0, threads)
            .mapToObj(n -> CompletableFuture.runAsync(() -> work(each), BareThreads::startThread))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(running).join();
    return each * threads * 1e9 / (System.nanoTime() - start);
  }

  private static void startThread(Runnable work) {
    new Thread(work, "bare").start();
  }

  private void work(int count) {
    var decoder = new ImageDecoder(ImageLimits.DEFAULT, backbone.inputSize(), backbone.inputSize());
    try (var embedder = backbone.newEmbedder()) {
      for (int n = 0; n < count; n++) {
        embedder.embed(decoder.decode(files.get(n % files.size())));
      }
    } catch (ImageRejectedException e) {
      throw new CommandFailedException("an image cannot be decoded: " + e.getMessage(), e);
    }
  }
}
