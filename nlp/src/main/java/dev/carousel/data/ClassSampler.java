package dev.carousel.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which examples an epoch has, each of which has one label. Unless sampled as they are, they are
 * drawn label by label: all examples of a label as often as they go into its share, and for the
 * rest of it some at random. A function of seed and epoch alone, on every JDK.
 */
public final class ClassSampler {
  private static final long SALT = 0x5851F42D4C957F2DL;

  private final ClassSampling sampling;
  private final List<int[]> members;
  private final int size;
  private final long seed;

  /**
   * A sampler.
   *
   * @param labels of each example, 0 to C − 1
   * @param classes C
   * @param seed any number
   */
  public ClassSampler(ClassSampling sampling, int[] labels, int classes, long seed) {
    this.sampling = sampling;
    this.size = labels.length;
    this.seed = seed ^ SALT;
    List<List<Integer>> each = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      each.add(new ArrayList<>());
    }
    for (int i = 0; i < labels.length; i++) {
      each.get(labels[i]).add(i);
    }
    this.members =
        each.stream()
            .filter(own -> !own.isEmpty())
            .map(own -> own.stream().mapToInt(i -> i).toArray())
            .toList();
  }

  /** The indices of one epoch's examples. */
  public int[] draw(int epoch) {
    if (sampling == ClassSampling.NATURAL) {
      return IntStream.range(0, size).toArray();
    }
    SplitMix64 random = SplitMix64.of(seed, epoch);
    List<Integer> drawn = new ArrayList<>();
    for (int c = 0; c < members.size(); c++) {
      int[] texts = members.get(c);
      int share = share(c);
      for (int i = 0; i < share / texts.length * texts.length; i++) {
        drawn.add(texts[i % texts.length]);
      }
      int[] order = random.permutation(texts.length);
      for (int i = 0; i < share % texts.length; i++) {
        drawn.add(texts[order[i]]);
      }
    }
    return drawn.stream().mapToInt(i -> i).toArray();
  }

  /** How many examples the label of this place gets. */
  private int share(int place) {
    int classes = members.size();
    return switch (sampling) {
      case NATURAL -> members.get(place).length;
      case BALANCED -> size / classes + (place < size % classes ? 1 : 0);
      case OVER -> members.stream().mapToInt(texts -> texts.length).max().orElse(0);
      case UNDER -> members.stream().mapToInt(texts -> texts.length).min().orElse(0);
    };
  }
}
