package dev.carousel.cli;

import dev.carousel.data.PairColumns;
import dev.carousel.data.PairSet;
import dev.carousel.data.PairSet.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags: where pairs of texts are, each set in one file with tabs or in two files. */
final class PairFlags {
  /** A held-out part is a tenth of the pairs, at most so many. */
  private static final int MOST_HELD_OUT = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Pairs to learn from: source, tab, target. Or two files:")
  private @Nullable Path train;

  @Option(names = "--source", paramLabel = "FILE", description = "Sources, one a line, and")
  private @Nullable Path source;

  @Option(names = "--target", paramLabel = "FILE", description = "their targets, line by line.")
  private @Nullable Path target;

  @Option(names = "--dev", paramLabel = "FILE", description = "Pairs that select the best epoch.")
  private @Nullable Path dev;

  @Option(names = "--dev-source", paramLabel = "FILE", description = "Their sources alone, and")
  private @Nullable Path devSource;

  @Option(names = "--dev-target", paramLabel = "FILE", description = "their targets alone.")
  private @Nullable Path devTarget;

  @Option(names = "--test", paramLabel = "FILE", description = "Pairs to measure the model on.")
  private @Nullable Path test;

  @Option(names = "--test-source", paramLabel = "FILE", description = "Their sources alone, and")
  private @Nullable Path testSource;

  @Option(names = "--test-target", paramLabel = "FILE", description = "their targets alone.")
  private @Nullable Path testTarget;

  @Option(
      names = "--hold-out",
      paramLabel = "N",
      description = {
        "Without --dev and --test: hold N pairs out for each, drawn by --split-seed; pairs with",
        "an equal text stay together (default: for --dev alone a tenth, at most 1000)."
      })
  private int holdOut;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "Of what is held out, whatever --seed is (default: ${DEFAULT-VALUE}).")
  private long splitSeed = 1;

  @Option(
      names = "--pair-columns",
      paramLabel = "S,T",
      description = "The columns of source and target in files with tabs (default: 1,2).")
  private String columns = "1,2";

  @Mixin private BadRowsFlag badRows;

  /**
   * The data.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @param test what to measure on; null for dev
   * @param draw how they were cut up, by flag
   */
  record Sets(PairSet train, PairSet dev, @Nullable PairSet test, SortedMap<String, String> draw) {}

  /**
   * Checks the flags.
   *
   * @throws IllegalArgumentException naming the flag that is wrong
   */
  void check() {
    files();
    if (train == null && (source == null || target == null)) {
      throw new IllegalArgumentException("give --train, or --source and --target");
    }
    requireOneWay("--train", train, source, target);
    requireOneWay("--dev", dev, devSource, devTarget);
    requireOneWay("--test", test, testSource, testTarget);
    boolean tabs = train != null || dev != null || test != null;
    if (!tabs) {
      GivenFlags.refuse(spec, "is about files with tabs, and there are none", "--pair-columns");
    }
    if (dev != null || devSource != null) {
      GivenFlags.refuse(spec, "draws what --dev gives: leave one of them out", "--split-seed");
    }
    boolean given = dev != null || devSource != null || test != null || testSource != null;
    if (holdOut < 0 || (holdOut > 0 && given)) {
      throw new IllegalArgumentException(
          "--hold-out is a number of pairs, and there instead of --dev and --test");
    }
  }

  /**
   * Requires that a set is one file, two, or none.
   *
   * @throws IllegalArgumentException if it is more or less
   */
  static void requireOneWay(
      String flag, @Nullable Path whole, @Nullable Path source, @Nullable Path target) {
    boolean halves = source != null || target != null;
    if ((whole != null && halves) || (source == null) != (target == null)) {
      throw new IllegalArgumentException(flag + " is one file, or two: a source and a target");
    }
  }

  Sets read(Console console) throws IOException {
    check();
    PairSet all = read(train, source, target, console);
    if (holdOut > 0) {
      Parts first = all.holdOut(holdOut, splitSeed);
      Parts second = first.train().holdOut(holdOut, splitSeed);
      return new Sets(second.train(), second.heldOut(), first.heldOut(), draw());
    }
    PairSet measured =
        test == null && testSource == null ? null : read(test, testSource, testTarget, console);
    if (dev != null || devSource != null) {
      return new Sets(all, read(dev, devSource, devTarget, console), measured, draw());
    }
    int tenth = Math.max(1, Math.min(MOST_HELD_OUT, all.size() / 10));
    Parts parts = all.holdOut(tenth, splitSeed);
    return new Sets(parts.train(), parts.heldOut(), measured, draw());
  }

  private SortedMap<String, String> draw() {
    SortedMap<String, String> draw = new TreeMap<>();
    draw.put("hold-out", String.valueOf(holdOut));
    draw.put("split-seed", String.valueOf(splitSeed));
    draw.put("pair-columns", columns);
    return draw;
  }

  private PairSet read(
      @Nullable Path whole, @Nullable Path sources, @Nullable Path targets, Console console)
      throws IOException {
    Path first = whole == null ? sources : whole;
    if (first == null) {
      throw new IllegalArgumentException("give --train, or --source and --target");
    }
    return files().read(first, targets, console);
  }

  private PairFiles files() {
    return new PairFiles(PairColumns.parse(columns), badRows.options());
  }
}
