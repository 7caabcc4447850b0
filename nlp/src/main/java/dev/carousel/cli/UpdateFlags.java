package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.model.UpdateSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code update}: what is learned, and what must not be forgotten. */
final class UpdateFlags {
  private static final double DEFAULT_SHARE = 0.5;
  private static final double DEFAULT_TOLERANCE = 0.01;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Corrections: examples as the model was trained on, labelled rightly.")
  private Path data = Path.of("");

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Older examples to rehearse with the corrections.")
  private @Nullable Path replay;

  @Option(
      names = "--replay-share",
      paramLabel = "P",
      description = "Share of each batch that is replayed (default: 0.5 with --replay).")
  private @Nullable Double replayShare;

  @Option(
      names = "--guard-data",
      paramLabel = "FILE",
      description = {
        "Examples that measure what is forgotten and are never learned from (default: a seeded",
        "tenth of --replay, which is then not replayed)."
      })
  private @Nullable Path guardData;

  @Option(
      names = "--guard",
      paramLabel = "DELTA",
      description = {
        "Refuse the update if the score on the guarding examples falls by more (default: 0.01",
        "with --guard-data or --replay)."
      })
  private @Nullable Double guard;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate of Adam (default: ${DEFAULT-VALUE}).")
  private double rate = UpdateSettings.DEFAULT.rate();

  @Option(
      names = "--hold",
      paramLabel = "X",
      description = {
        "Weight of the penalty that holds the parameters near the old ones (L2-SP, Li 2018); 0 for",
        "none (default: ${DEFAULT-VALUE})."
      })
  private double hold = UpdateSettings.DEFAULT.hold();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the corrections (default: ${DEFAULT-VALUE}).")
  private int epochs = 5;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples a step, replayed ones among them (default: ${DEFAULT-VALUE}).")
  private int batch = 16;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of the order, of dropout and of the guarding tenth (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private ColumnsFlag columns;
  @Mixin private DataFlags format;

  /**
   * Checks the flags.
   *
   * @throws IllegalArgumentException naming the flag that is wrong
   */
  UpdateFlags checked() {
    settings();
    format.files();
    columns(List.of());
    columns.check(data);
    if (replay == null && replayShare != null) {
      throw new IllegalArgumentException("--replay-share needs --replay FILE");
    }
    if (replayShare != null && !(replayShare > 0 && replayShare < 1)) {
      throw new IllegalArgumentException(
          "--replay-share must be above 0 and below 1, not " + replayShare);
    }
    if (guard != null && guardData == null && replay == null) {
      throw new IllegalArgumentException(
          "--guard needs examples to measure by: give --guard-data FILE, or --replay FILE, of which"
              + " a tenth is kept for it");
    }
    if (guard != null && !(guard >= 0)) {
      throw new IllegalArgumentException("--guard must be 0 or more, not " + guard);
    }
    if (epochs < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "--epochs and --batch must be at least 1, not " + epochs + " and " + batch);
    }
    if (replay != null && batch < 2) {
      throw new IllegalArgumentException("--replay needs a --batch of 2 or more to be a part of");
    }
    return this;
  }

  UpdateSettings settings() {
    return new UpdateSettings(rate, hold, seed);
  }

  Path data() {
    return data;
  }

  @Nullable Path replay() {
    return replay;
  }

  @Nullable Path guardData() {
    return guardData;
  }

  double share() {
    if (replay == null) {
      return 0;
    }
    return replayShare == null ? DEFAULT_SHARE : replayShare;
  }

  double tolerance() {
    return guard == null ? DEFAULT_TOLERANCE : guard;
  }

  int epochs() {
    return epochs;
  }

  int batch() {
    return batch;
  }

  long seed() {
    return seed;
  }

  DataFiles files() {
    return format.files();
  }

  /**
   * The columns of CoNLL files.
   *
   * @param features the model's further columns, for the default
   */
  Columns columns(List<String> features) {
    return columns.columns(features);
  }
}
