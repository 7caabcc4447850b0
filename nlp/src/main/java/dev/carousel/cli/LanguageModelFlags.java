package dev.carousel.cli;

import dev.carousel.lm.LanguageArchitecture;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.rnn.Cell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags: the network of a language model. */
final class LanguageModelFlags {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = CellConverter.class,
      description = "lstm, gru, gru-reset-before, rnn or rnn-relu (default: lstm).")
  private Cell cell = Cell.LSTM;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "Recurrent layers (default: ${DEFAULT-VALUE}).")
  private int layers = LanguageArchitecture.DEFAULT.layers();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = {
        "Units of a layer; with --tied the last one has as many as --embedding",
        "(default: ${DEFAULT-VALUE})."
      })
  private int hidden = LanguageArchitecture.DEFAULT.hidden();

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Features of a token; 0 for one-hot input (default: ${DEFAULT-VALUE}).")
  private int embedding = LanguageArchitecture.DEFAULT.embedding();

  @Option(
      names = "--tied",
      negatable = true,
      fallbackValue = "true",
      description = {
        "The output layer's matrix is the embedding, or with --no-tied one of its own",
        "(default: tied, with one-hot input of its own)."
      })
  private @Nullable Boolean tied;

  @Mixin private CellFlags variant;

  LanguageArchitecture architecture() {
    boolean shared = tied == null ? embedding > 0 : tied;
    return new LanguageArchitecture(
        cell,
        embedding,
        hidden,
        layers,
        shared ? Output.TIED : Output.SEPARATE,
        variant.variant(cell));
  }
}
