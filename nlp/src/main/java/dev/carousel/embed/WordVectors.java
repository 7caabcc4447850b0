package dev.carousel.embed;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.data.SourceFile;
import dev.carousel.text.Vocabulary;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of words. {@link VectorReader} reads them from a file.
 *
 * @param size features of a vector, E
 * @param vectors of each word that was wanted and found
 * @param source the file they come from
 * @param report what was seen there
 */
public record WordVectors(
    int size, Map<String, float[]> vectors, SourceFile source, VectorReport report) {
  /** Copies the map, not the vectors. */
  public WordVectors {
    vectors = Collections.unmodifiableMap(new TreeMap<>(vectors));
  }

  /** The words that have a vector. */
  public Set<String> words() {
    return vectors.keySet();
  }

  /** A copy of a word's vector; null if it has none. */
  public float @Nullable [] vector(String word) {
    float[] found = vectors.get(word);
    return found == null ? null : found.clone();
  }

  /**
   * Writes the vectors into a table of words, row by row; the rows of other words stay as they are.
   *
   * @param set the table's
   * @param table [V, E]
   * @param words the word of each row
   * @throws IllegalArgumentException if the table has another shape
   */
  public void copyInto(ParameterSet set, Parameter table, Vocabulary words) {
    if (!table.shape().is(words.size(), size)) {
      throw new IllegalArgumentException(
          "vectors of %d features for %d words do not fit the table %s"
              .formatted(size, words.size(), table.shape()));
    }
    float[] all = set.download();
    vectors.forEach(
        (word, vector) -> {
          if (words.contains(word)) {
            int row = words.id(word);
            System.arraycopy(vector, 0, all, (int) table.offset() + row * size, size);
          }
        });
    set.upload(all);
  }
}
