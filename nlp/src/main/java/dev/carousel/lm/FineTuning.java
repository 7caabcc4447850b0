package dev.carousel.lm;

import dev.carousel.train.LayerGroup;
import dev.carousel.train.LayerGroups;
import dev.carousel.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How the layers of a pretrained network learn (Howard and Ruder 2018, sections 3.2 and 3.3).
 *
 * @param unfreezing which layers learn when
 * @param rateDecay how many times slower a layer learns than the one above it, at least 1; 1 for
 *     all at one rate
 */
public record FineTuning(Unfreezing unfreezing, double rateDecay) {
  /** As in the paper: a layer more each epoch, each 2.6 times slower than the one above it. */
  public static final FineTuning GRADUAL = new FineTuning(Unfreezing.GRADUAL, 2.6);

  /** All layers from the beginning at one rate. */
  public static final FineTuning PLAIN = new FineTuning(Unfreezing.ALL, 1);

  /** Which layers learn when. */
  public enum Unfreezing {
    /** All from the beginning. */
    ALL,
    /** The output in the first epoch, and in each further one the layer below as well. */
    GRADUAL,
    /** The output alone: the encoder stays as it is. */
    NONE
  }

  /** Checks the range. */
  public FineTuning {
    if (!(rateDecay >= 1) || Double.isInfinite(rateDecay)) {
      throw new IllegalArgumentException("rate decay must be 1 or more, not " + rateDecay);
    }
  }

  /**
   * The settings of a training whose network has recurrent layers {@code rnn.…}.
   *
   * @param head how the names of what is above the recurrent layers begin
   * @param layers recurrent ones
   * @param foot how the names of what is below them begin; empty for nothing
   * @throws IllegalArgumentException if training ends before the lowest layer would learn
   */
  public TrainingSettings of(
      TrainingSettings training, List<String> head, int layers, List<String> foot) {
    if (equals(PLAIN)) {
      return training;
    }
    List<LayerGroup> groups = new ArrayList<>();
    groups.add(new LayerGroup(head, 1, 0));
    for (int l = layers - 1; l >= 0; l--) {
      groups.add(layer(l));
    }
    if (!foot.isEmpty()) {
      groups.add(new LayerGroup(foot, 1, 0));
    }
    return training.withGroups(thawing(groups, training.limits().epochs()));
  }

  private LayerGroups thawing(List<LayerGroup> groups, int epochs) {
    LayerGroups slower = new LayerGroups(groups).discriminative(rateDecay);
    return switch (unfreezing) {
      case ALL -> slower;
      case NONE -> frozenBelow(slower);
      case GRADUAL -> {
        if (epochs < groups.size()) {
          throw new IllegalArgumentException(
              ("gradual unfreezing needs an epoch for each of %d groups of layers, and there are"
                      + " %d epochs: give more of them, or unfreeze all at once")
                  .formatted(groups.size(), epochs));
        }
        yield slower.gradual();
      }
    };
  }

  private static LayerGroups frozenBelow(LayerGroups all) {
    List<LayerGroup> groups = new ArrayList<>();
    for (LayerGroup g : all.groups()) {
      groups.add(groups.isEmpty() ? g : g.frozen());
    }
    return new LayerGroups(groups);
  }

  private static LayerGroup layer(int l) {
    return LayerGroup.of(
        "rnn.weight_ih_l" + l, "rnn.weight_hh_l" + l, "rnn.bias_ih_l" + l, "rnn.bias_hh_l" + l);
  }
}
