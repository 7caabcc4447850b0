package dev.carousel.cli;

import dev.carousel.tune.DimensionText;
import dev.carousel.tune.SearchSpace;
import dev.carousel.tune.Strategy;
import dev.carousel.tune.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: what a search varies, and who of its trials trains how long. */
final class TuneFlags {
  private static final int DEFAULT_ETA = 3;

  /** How trials are treated. */
  enum Kind {
    RANDOM,
    HALVING
  }

  @Option(
      names = "--vary",
      paramLabel = "FLAG=VALUES",
      description = {
        "A flag of the training and its values, as often as there are flags to vary:",
        "lr=1e-4..1e-2:log (equal ratios), dropout=0.1..0.6, layers=1..3 (whole numbers),",
        "hidden=64,128,256, or schedule=cosine|step:5,0.5 where values contain commas."
      })
  private List<String> vary = List.of();

  @Option(
      names = "--space",
      paramLabel = "FILE",
      description = "The same from a file, one a line; what follows a # does not count.")
  private @Nullable Path space;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Points to draw from the space (default: ${DEFAULT-VALUE}).")
  private int trials = 20;

  @Option(
      names = "--search",
      paramLabel = "HOW",
      description = {
        "random (each trial is trained to its end, Bergstra 2012) or halving (all a little, the",
        "best of them longer and longer, Jamieson 2016) (default: random)."
      })
  private Kind kind = Kind.RANDOM;

  @Option(
      names = "--eta",
      paramLabel = "N",
      description = "Of halving: one of N trials goes on, N times longer (default: 3).")
  private @Nullable Integer eta;

  @Option(
      names = "--min-epochs",
      paramLabel = "N",
      description = "Of halving: epochs that every trial has at least (default: 1).")
  private @Nullable Integer minEpochs;

  @Option(
      names = "--max-epochs",
      paramLabel = "N",
      description = "Of halving: epochs of the best; schedules count on so many (must be given).")
  private @Nullable Integer maxEpochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the points, and of every training (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  long seed() {
    return seed;
  }

  /**
   * The space.
   *
   * @throws IllegalArgumentException naming flag and line of what is wrong
   */
  SearchSpace space() throws IOException {
    List<DimensionText> lines = new ArrayList<>();
    if (space != null) {
      lines.addAll(SearchSpace.lines(space));
    }
    vary.forEach(text -> lines.add(new DimensionText("--vary " + text, text)));
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to vary: give --vary FLAG=VALUES, or a --space FILE with such lines");
    }
    return SearchSpace.parse(lines);
  }

  /** The trials. */
  List<Trial> trials(SearchSpace of) {
    if (trials < 1) {
      throw new IllegalArgumentException("--trials must be at least 1, not " + trials);
    }
    return of.draw(trials, seed);
  }

  /** Who trains how long. */
  Strategy strategy() {
    if (kind == Kind.RANDOM) {
      if (eta != null || minEpochs != null || maxEpochs != null) {
        throw new IllegalArgumentException(
            "--eta, --min-epochs and --max-epochs belong to --search halving; random search"
                + " trains each trial for --epochs");
      }
      return new Strategy.RandomSearch();
    }
    if (maxEpochs == null) {
      throw new IllegalArgumentException("--search halving needs --max-epochs");
    }
    return new Strategy.SuccessiveHalving(
        eta == null ? DEFAULT_ETA : eta, minEpochs == null ? 1 : minEpochs, maxEpochs);
  }

  /** The words of all trials, with the epochs that halving gives to the best. */
  TuneWords words(ModelKind task, List<String> given) {
    TuneWords words = new TuneWords(task, given);
    if (maxEpochs == null) {
      return words;
    }
    if (given.stream().anyMatch(word -> word.equals("--epochs") || word.startsWith("--epochs="))) {
      throw new IllegalArgumentException(
          "--epochs is what halving decides: give --min-epochs and --max-epochs");
    }
    return words.with("--epochs=" + maxEpochs);
  }

  /** Everything that decides what the search does, by name. */
  SortedMap<String, String> identity(SearchSpace of, TuneWords words) {
    SortedMap<String, String> all = new TreeMap<>();
    all.put("task", words.kind().task());
    all.put("flags", String.join(" ", words.given()));
    of.dimensions().forEach(d -> all.put("--vary " + d.name(), d.toString()));
    all.put("--trials", Integer.toString(trials));
    all.put("--search", strategy().toString());
    all.put("--seed", Long.toString(seed));
    return all;
  }
}
