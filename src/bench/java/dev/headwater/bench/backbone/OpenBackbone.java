package dev.headwater.bench.backbone;

import dev.headwater.backbone.BackboneException;
import dev.headwater.backbone.BackboneProof;
import dev.headwater.backbone.Engine;
import dev.headwater.backbone.MobileNetV2;
import dev.headwater.backbone.Progress;
import dev.headwater.backbone.WeightsResolver;
import dev.headwater.backbone.WeightsSettings;
import dev.headwater.cli.client.CommandFailedException;
import dev.headwater.cli.client.Console;

/** Finds, checks and proves the weights of MobileNetV2, as the service does when it starts. */
public final class OpenBackbone {
  private OpenBackbone() {}

  /**
   * Opens the backbone with the weights of a file, or for {@code auto} those that can be found.
   *
   * @throws CommandFailedException if there are none, or they are not what they should be
   */
  public static MobileNetV2 of(Console console, String weights) {
    try {
      var resolver = new WeightsResolver(WeightsSettings.of(System.getenv()).withFile(weights));
      var backbone = MobileNetV2.of(resolver.resolve(new Sentences(console)), Engine.ONNX);
      BackboneProof.prove(backbone);
      return backbone;
    } catch (BackboneException e) {
      throw new CommandFailedException(e.getMessage(), e);
    }
  }

  /** Tells where the weights came from, and nothing on the way. */
  private record Sentences(Console console) implements Progress {
    @Override
    public void update(String what, long done, long total) {}

    @Override
    public void say(String sentence) {
      console.say(sentence);
    }
  }
}
