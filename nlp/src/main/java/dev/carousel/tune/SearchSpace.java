package dev.carousel.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The settings that a search varies.
 *
 * @param dimensions at least one, no name twice
 * @param sources where each stands, by name, for messages
 */
public record SearchSpace(List<Dimension> dimensions, Map<String, String> sources) {
  private static final int PATIENCE = 1000;

  /** Copies. */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
    sources = Map.copyOf(sources);
  }

  /**
   * Reads dimensions.
   *
   * @throws IllegalArgumentException naming source and setting of what is not understood, or of a
   *     setting that is there twice
   */
  public static SearchSpace parse(List<DimensionText> lines) {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("nothing to vary");
    }
    List<Dimension> all = new ArrayList<>();
    Map<String, String> sources = new HashMap<>();
    for (DimensionText line : lines) {
      Dimension one = line.parse();
      String before = sources.put(one.name(), line.source());
      if (before != null) {
        throw new IllegalArgumentException(
            line.source() + ": --" + one.name() + " is varied already in " + before);
      }
      all.add(one);
    }
    return new SearchSpace(all, sources);
  }

  /** The dimensions of a file, one a line; empty lines and what follows a # do not count. */
  public static List<DimensionText> lines(Path file) throws IOException {
    List<DimensionText> lines = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.replaceFirst("(^|\\s)#.*", "").strip();
      if (!text.isEmpty()) {
        lines.add(new DimensionText(file + ":" + number, text));
      }
    }
    return lines;
  }

  /**
   * Draws points, none twice: a function of the seed.
   *
   * @param count how many, at least 1
   * @throws IllegalArgumentException if there seem to be fewer
   */
  public List<Trial> draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<Map<String, String>> seen = new HashSet<>();
    List<Trial> trials = new ArrayList<>();
    for (int missed = 0; trials.size() < count; ) {
      SortedMap<String, String> values = new TreeMap<>();
      dimensions.forEach(d -> values.put(d.name(), d.draw(random)));
      if (seen.add(values)) {
        trials.add(new Trial(trials.size() + 1, values));
        missed = 0;
      } else if (++missed > PATIENCE) {
        throw new IllegalArgumentException(
            "the space has no more than %d different points: search with so many trials, or widen it"
                .formatted(trials.size()));
      }
    }
    return trials;
  }

  /** The names of the settings, in their order. */
  public List<String> names() {
    return dimensions.stream().map(Dimension::name).toList();
  }
}
