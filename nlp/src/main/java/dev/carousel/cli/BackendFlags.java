package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: what computes, and how precisely. */
final class BackendFlags {
  private static final String BEST = "auto";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = {
        "auto (the best there is), reference, cpu, cuda or cuda:DEVICE (default: auto);",
        "'carousel doctor' says which work here."
      })
  private String backend = BEST;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a CPU backend; 0 for all cores (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = {
        "f32, bf16, tf32 or f16, if the backend has it, or for a saved model int8 (default: f32, or",
        "for a saved model what it was trained in)."
      })
  private @Nullable Precision precision;

  /**
   * Opens it; the caller closes it.
   *
   * @throws IllegalArgumentException if threads are given to a backend that has none
   */
  Backend open() {
    if (threads != 0 && backend.startsWith("cuda")) {
      throw new IllegalArgumentException(
          "--threads is for CPU backends, not for " + backend + ": leave it out");
    }
    return backend.equals(BEST)
        ? Backends.best(new BackendOptions(0, threads))
        : Backends.named(backend, threads);
  }

  /** What was said about it, as flags again. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (!backend.equals(BEST)) {
      words.add("--backend=" + backend);
    }
    if (threads != 0) {
      words.add("--threads=" + threads);
    }
    if (precision != null) {
      words.add("--precision=" + precision.name().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** The arithmetic to train in. */
  Precision precision() {
    return precision == null ? Precision.F32 : precision;
  }

  /** The arithmetic that was asked for; null for a saved model's own. */
  @Nullable Precision asked() {
    return precision;
  }
}
