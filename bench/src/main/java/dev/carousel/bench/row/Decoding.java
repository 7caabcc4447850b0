package dev.carousel.bench.row;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A row that translates N sentences: the network of {@code carousel train translate} with one
 * vocabulary of V words and all matrices over it tied (Press and Wolf 2017), C = E = A = H. Single
 * sentences have T tokens, those of a batch 5 to T.
 *
 * <pre>
 * m_s, h, c = LSTM both ways(table[id_s])
 * k_s = W_k m_s,  h_0 = tanh(W [h→; h←] + b),  c_0 = W' [c→; c←] + b'
 * h_t = LSTM(table[y_t], h_t−1),  a = softmax_s(k_s · h_t)
 * h̃_t = tanh(W_c [Σ_s a_s m_s; h_t] + b_c),  log p = log softmax(table h̃_t + b_o)
 * </pre>
 *
 * The reserved words' bias is so low that nobody chooses them: every hypothesis has {@link
 * #written} tokens, after which only the end may follow, whose log p is part of its score. So all
 * libraries take {@link #steps} steps with all rows, and nobody gains by giving rows up.
 */
public final class Decoding {
  /** V, reserved words included. */
  public static final int WORDS = 8000;

  /** Hypotheses of a sentence in a {@link Task#BEAM} row. */
  public static final int BEAM = 5;

  /** What every sentence begins with, which is not written. */
  public static final int BEGIN = 2;

  /** What ends one. */
  public static final int END = 3;

  /** Words from here on are none of padding, unknown, begin and end. */
  public static final int RESERVED = 4;

  private static final double RESERVED_BIAS = -20;

  /** So that scores spread like a trained model's: some words have a tenth of the probability. */
  private static final double TABLE_BOUND = 0.5;

  private static final int FIRST_SEED = 100;
  private static final int SOURCE_SEED = 99;

  private final Row row;
  private final int[] lengths;
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  Decoding(Row row) {
    this.row = row;
    this.lengths = new Values(row).lengths();
    int h = row.hidden();
    shapes.put("source.weight", new int[] {WORDS, h});
    lstm("encoder.", "", h);
    lstm("encoder.", "_reverse", h);
    linear("bridge.h0", h, 2 * h);
    linear("bridge.c0", h, 2 * h);
    lstm("decoder.rnn.", "", h);
    shapes.put("decoder.attention.key.weight", new int[] {h, 2 * h});
    linear("decoder.combine", h, 3 * h);
    shapes.put("output.bias", new int[] {WORDS});
  }

  private void lstm(String name, String direction, int h) {
    for (String part : new String[] {"ih", "hh"}) {
      shapes.put(name + "weight_" + part + "_l0" + direction, new int[] {4 * h, h});
    }
    for (String part : new String[] {"ih", "hh"}) {
      shapes.put(name + "bias_" + part + "_l0" + direction, new int[] {4 * h});
    }
  }

  private void linear(String name, int outputs, int inputs) {
    shapes.put(name + ".weight", new int[] {outputs, inputs});
    shapes.put(name + ".bias", new int[] {outputs});
  }

  /** The names of all weights in a model directory; gates are in PyTorch's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(shapes.keySet());
  }

  /**
   * The shape of a weight.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public long[] shape(String name) {
    int[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("there is no " + name + " but " + shapes.keySet());
    }
    return Arrays.stream(shape).asLongStream().toArray();
  }

  /** A weight, as a new array. */
  public float[] weight(String name) {
    long size = Arrays.stream(shape(name)).reduce(1, (a, b) -> a * b);
    int seed = FIRST_SEED;
    for (String other : shapes.keySet()) {
      if (other.equals(name)) {
        break;
      }
      seed++;
    }
    float[] values = Draws.uniform(seed, size, bound(name));
    if (name.equals("output.bias")) {
      Arrays.fill(values, 0, RESERVED, (float) RESERVED_BIAS);
    }
    return values;
  }

  private double bound(String name) {
    double unit = 1 / Math.sqrt(row.hidden());
    return switch (name) {
      case "source.weight" -> TABLE_BOUND;
      case "decoder.combine.weight" -> 6 * unit; // h̃ uses most of tanh's range
      default -> 2 * unit;
    };
  }

  /** C, E, A and H. */
  public int features() {
    return row.hidden();
  }

  /** Hypotheses of a sentence. */
  public int width() {
    return row.task() == Task.BEAM ? BEAM : 1;
  }

  /** Hypotheses of all sentences. */
  public int rows() {
    return row.batch() * width();
  }

  /** Tokens that each sentence is translated into: as many as the mean source has. */
  public int written() {
    return (int) Math.round(Arrays.stream(lengths).average().orElseThrow());
  }

  /** Steps of the decoder: one for each written token and one for the end. */
  public int steps() {
    return written() + 1;
  }

  /** Tokens of each source, [N]. */
  public int[] lengths() {
    return lengths.clone();
  }

  /** The tokens of each source. */
  public int[][] sources() {
    int[] draws = Draws.below(SOURCE_SEED, row.batch() * row.steps(), WORDS - RESERVED);
    int[][] sources = new int[row.batch()][];
    for (int n = 0; n < sources.length; n++) {
      int from = n * row.steps();
      sources[n] = Arrays.copyOfRange(draws, from, from + lengths[n]);
      for (int s = 0; s < lengths[n]; s++) {
        sources[n][s] += RESERVED;
      }
    }
    return sources;
  }
}
