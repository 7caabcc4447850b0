package dev.carousel.cli;

import dev.carousel.rnn.Direction;
import dev.carousel.task.Architecture;
import dev.carousel.task.Regularisation;
import dev.carousel.task.TextPooling;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags: a classifier's network, and what is dropped while it trains. */
final class ModelFlags {
  @Mixin
  private RecurrentFlags recurrent =
      new RecurrentFlags(
          Direction.FORWARD, Architecture.DEFAULT.embedding(), Architecture.DEFAULT.hidden());

  @Option(
      names = "--pooling",
      paramLabel = "HOW",
      description = {
        "Steps to one vector: last, mean, max, concat (of last, max and mean) or attention",
        "(default: max, or concat with --from)."
      })
  private @Nullable TextPooling pooling;

  @Mixin private SelfAttentionFlag selfAttention;
  @Mixin private DropoutFlags drop = new DropoutFlags(Regularisation.DEFAULT);

  /**
   * The network.
   *
   * @param pooled how steps become one vector when nobody says it
   */
  Architecture architecture(TextPooling pooled) {
    return new Architecture(
        recurrent.embedding(),
        recurrent.cell(),
        recurrent.direction(),
        recurrent.layers(),
        recurrent.hidden(),
        pooling == null ? pooled : pooling,
        selfAttention.heads(),
        recurrent.variant());
  }

  Regularisation regularisation() {
    return drop.regularisation();
  }
}
