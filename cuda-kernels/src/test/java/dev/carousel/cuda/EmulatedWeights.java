package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import java.util.ArrayList;
import java.util.List;

/**
 * A packing like cuDNN's, all matrices before all biases, but with gaps of its own: whoever assumes
 * where a part lies instead of asking gets wrong numbers.
 */
final class EmulatedWeights {
  private static final int GAP = 3;

  private final RnnSpec spec;
  private final WeightLayout layout;
  private final List<int[]> pieces = new ArrayList<>();
  private final List<int[]> parts = new ArrayList<>();
  private int size;

  private EmulatedWeights(RnnSpec spec) {
    this.spec = spec;
    this.layout = WeightLayout.of(spec);
    for (WeightRole role :
        List.of(WeightRole.PROJECTION, WeightRole.HIDDEN_WEIGHT, WeightRole.INPUT_WEIGHT)) {
      place(role);
    }
    place(WeightRole.HIDDEN_BIAS);
    place(WeightRole.INPUT_BIAS);
  }

  static EmulatedWeights of(RnnSpec spec) {
    return new EmulatedWeights(spec);
  }

  /** Reserves room for each gate's rows of a role, in every layer and direction. */
  private void place(WeightRole role) {
    for (WeightBlock b : layout.blocks()) {
      if (b.role() != role) {
        continue;
      }
      int count = role == WeightRole.PROJECTION ? 1 : spec.cell().gates();
      int each = (int) (b.shape().size() / count);
      int pseudoLayer = b.layer() * spec.direction().count() + (b.reverse() ? 1 : 0);
      for (int g = 0; g < count; g++) {
        size += GAP;
        pieces.add(new int[] {(int) b.offset() + g * each, size, each});
        parts.add(new int[] {pseudoLayer, number(role, g), isBias(role) ? 1 : 0, size});
        size += each;
      }
    }
  }

  private static boolean isBias(WeightRole role) {
    return role == WeightRole.INPUT_BIAS || role == WeightRole.HIDDEN_BIAS;
  }

  private int number(WeightRole role, int gate) {
    return switch (role) {
      case PROJECTION -> 8;
      case INPUT_WEIGHT, INPUT_BIAS -> gate;
      case HIDDEN_WEIGHT, HIDDEN_BIAS -> spec.cell().gates() + gate;
    };
  }

  int size() {
    return size;
  }

  Dnn.WeightPart part(int pseudoLayer, int number, int bytes) {
    long matrix = -1;
    long bias = -1;
    for (int[] p : parts) {
      if (p[0] == pseudoLayer && p[1] == number) {
        if (p[2] == 1) {
          bias = (long) p[3] * bytes;
        } else {
          matrix = (long) p[3] * bytes;
        }
      }
    }
    if (matrix < 0) {
      throw new LibraryException("cudnnGetRNNWeightParams", 2000, "BAD_PARAM");
    }
    return new Dnn.WeightPart(matrix, bias);
  }

  double[] toFlat(double[] packed) {
    double[] flat = new double[(int) layout.size()];
    pieces.forEach(p -> System.arraycopy(packed, p[1], flat, p[0], p[2]));
    return flat;
  }

  double[] toPacked(double[] flat) {
    double[] packed = new double[size];
    pieces.forEach(p -> System.arraycopy(flat, p[0], packed, p[1], p[2]));
    return packed;
  }
}
