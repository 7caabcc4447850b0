package dev.carousel.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model whose probabilities and attention are random functions of the sequence and of everything
 * written so far, so that a search that mixes up rows, parents or sequences cannot be right.
 */
final class PrefixModel implements NextTokens {
  static final int NEVER = 0;
  static final int BEGIN = 1;
  static final int END = 2;
  static final int SOURCE_STEPS = 4;

  private final int words;
  private List<Integer> ids;
  private List<List<Integer>> prefixes;

  /** Of the sequences with these numbers. */
  PrefixModel(int words, int... ids) {
    this.words = words;
    this.ids = IntStream.of(ids).boxed().toList();
    this.prefixes = this.ids.stream().map(id -> List.<Integer>of()).toList();
  }

  /** Probabilities after {@code prefix} in sequence {@code id}. */
  static float[] probabilities(int words, int id, List<Integer> prefix) {
    return normalized(new SplittableRandom(31L * prefix.hashCode() + id), words, words);
  }

  /** What is looked at there. */
  static float[] attention(int id, List<Integer> prefix) {
    SplittableRandom random = new SplittableRandom(77L * prefix.hashCode() + id);
    return normalized(random, SOURCE_STEPS, length(id));
  }

  static int length(int id) {
    return 1 + id % SOURCE_STEPS;
  }

  private static float[] normalized(SplittableRandom random, int size, int count) {
    double[] e = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      e[i] = Math.exp(3 * random.nextDouble());
      sum += e[i];
    }
    float[] p = new float[size];
    for (int i = 0; i < count; i++) {
      p[i] = (float) (e[i] / sum);
    }
    return p;
  }

  @Override
  public int sequences() {
    return ids.size();
  }

  @Override
  public int words() {
    return words;
  }

  @Override
  public int sourceSteps() {
    return SOURCE_STEPS;
  }

  @Override
  public int sourceLength(int n) {
    return length(ids.get(n));
  }

  @Override
  public Probabilities advance(
      int rows, int[] parents, int[] tokens, float @Nullable [] attention) {
    int from = 3; // a search that takes the array's beginning for the first row is wrong
    float[] probabilities = new float[from + rows * words];
    List<List<Integer>> next = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Integer> prefix = new ArrayList<>(prefixes.get(parents[row]));
      prefix.add(tokens[row]);
      next.add(prefix);
      int id = ids.get(row % ids.size());
      System.arraycopy(
          probabilities(words, id, prefix), 0, probabilities, from + row * words, words);
      if (attention != null) {
        System.arraycopy(attention(id, prefix), 0, attention, row * SOURCE_STEPS, SOURCE_STEPS);
      }
    }
    prefixes = next;
    return new Probabilities(probabilities, from);
  }

  @Override
  public void keep(int[] kept) {
    ids = IntStream.of(kept).mapToObj(ids::get).toList();
  }
}
