package dev.carousel.cli;

import dev.carousel.rnn.Direction;
import dev.carousel.task.Architecture;
import dev.carousel.task.Regularisation;
import dev.carousel.task.TextPooling;
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
      description = "last, mean, max or attention: steps to one vector (default: max).")
  private TextPooling pooling = TextPooling.MAX;

  @Mixin private SelfAttentionFlag selfAttention;
  @Mixin private DropoutFlags drop = new DropoutFlags(Regularisation.DEFAULT);

  Architecture architecture() {
    return new Architecture(
        recurrent.embedding(),
        recurrent.cell(),
        recurrent.direction(),
        recurrent.layers(),
        recurrent.hidden(),
        pooling,
        selfAttention.heads(),
        recurrent.variant());
  }

  Regularisation regularisation() {
    return drop.regularisation();
  }
}
