package dev.carousel.embed;

import dev.carousel.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one length, so that the product of two is the cosine of their angle: what is like
 * what. Immutable.
 */
public final class VectorTable {
  private static final Comparator<Neighbour> WORST_FIRST =
      Comparator.comparingDouble(Neighbour::cosine)
          .thenComparing(Neighbour::word, Comparator.reverseOrder());

  private final int size;
  private final VectorReport report;
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<float[]> units = new ArrayList<>();

  /** A table of these vectors; those that are zero are like nothing. */
  public VectorTable(WordVectors vectors) {
    this.size = vectors.size();
    this.report = vectors.report();
    vectors
        .vectors()
        .forEach(
            (word, vector) -> {
              ids.put(word, words.size());
              words.add(word);
              units.add(unit(vector));
            });
  }

  /**
   * Reads a file of vectors, in any of {@link VectorFormat}, or a model directory's table of words.
   *
   * @param most vectors that are read, the first ones
   * @throws DataException if it holds no vectors or ends within one
   * @throws IOException if it cannot be read
   */
  public static VectorTable read(Path source, int most) throws IOException {
    WordVectors vectors = VectorReader.readFirst(source, most);
    if (vectors.vectors().isEmpty()) {
      throw DataException.in(
          source.toString(), "no entry could be understood: " + vectors.report().describe());
    }
    return new VectorTable(vectors);
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    double scale = square == 0 ? 0 : 1 / Math.sqrt(square);
    float[] unit = new float[vector.length];
    for (int d = 0; d < unit.length; d++) {
      unit[d] = (float) (vector[d] * scale);
    }
    return unit;
  }

  /** What was seen while the vectors were read. */
  public VectorReport report() {
    return report;
  }

  /** Number of words. */
  public int count() {
    return words.size();
  }

  /** E, features of a vector. */
  public int size() {
    return size;
  }

  /** The word as the table has it, as it stands or in lower case; null if it has neither. */
  public @Nullable String find(String word) {
    if (ids.containsKey(word)) {
      return word;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return ids.containsKey(lower) ? lower : null;
  }

  /**
   * A copy of a word's vector, of length 1.
   *
   * @throws IllegalArgumentException if the word has none
   */
  public float[] unit(String word) {
    Integer id = ids.get(word);
    if (id == null) {
      throw new IllegalArgumentException("the word '" + word + "' has no vector");
    }
    return units.get(id).clone();
  }

  /**
   * The words nearest to a direction, the nearest first; of equally near ones the first in string
   * order.
   *
   * @param direction E features, of any length
   * @param without words that are left out
   * @param count how many at most, at least 1
   */
  public List<Neighbour> nearest(float[] direction, Set<String> without, int count) {
    if (count < 1 || direction.length != size) {
      throw new IllegalArgumentException(
          "a direction of %d features and at least 1 neighbour are needed, not %d and %d"
              .formatted(size, direction.length, count));
    }
    float[] unit = unit(direction);
    PriorityQueue<Neighbour> best = new PriorityQueue<>(WORST_FIRST);
    for (int id = 0; id < units.size(); id++) {
      float cosine = Floats.dot(unit, units.get(id));
      if (best.size() == count && cosine < best.element().cosine()) {
        continue;
      }
      if (without.contains(words.get(id))) {
        continue;
      }
      best.add(new Neighbour(words.get(id), cosine));
      if (best.size() > count) {
        best.remove();
      }
    }
    List<Neighbour> sorted = new ArrayList<>(best);
    sorted.sort(WORST_FIRST.reversed());
    return sorted;
  }
}
