package dev.carousel.bench.peer.dl4j;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightRole;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * LSTM layers of Deeplearning4j with the row's weights. Its weights are [in, 4H] with the blocks g,
 * f, o, i; it has one bias, the sum of our two; its sequences are [N, C, T].
 */
final class Dl4jNetwork {
  /** Which of our gates i, f, g, o is each of its blocks. */
  private static final int[] ORDER = {2, 1, 3, 0};

  private static final int GATES = ORDER.length;

  private final Row row;
  private final Values values;
  private final RnnSpec spec;

  Dl4jNetwork(Row row, Values values) {
    this.row = row;
    this.values = values;
    this.spec = row.spec(Precision.F32);
  }

  /** Adds the row's layers. */
  void declare(ListBuilder list) {
    for (int l = 0; l < row.layers(); l++) {
      LSTM lstm =
          new LSTM.Builder()
              .nIn(spec.layerInput(l))
              .nOut(row.hidden())
              .activation(Activation.TANH)
              .gateActivationFunction(Activation.SIGMOID)
              .dataFormat(RNNFormat.NCW)
              .build();
      boolean both = row.direction() == Direction.BIDIRECTIONAL;
      list.layer(both ? new Bidirectional(Bidirectional.Mode.CONCAT, lstm) : lstm);
    }
  }

  /**
   * Writes the row's weights into the layers.
   *
   * @param first the number of the first of them
   */
  void load(MultiLayerNetwork network, int first) {
    float[] weights = values.weights();
    for (int l = 0; l < row.layers(); l++) {
      Map<String, INDArray> table = network.getLayer(first + l).paramTable();
      for (int d = 0; d < row.direction().count(); d++) {
        String prefix = prefix(d);
        set(named(table, prefix + "W"), block(weights, l, d, WeightRole.INPUT_WEIGHT));
        set(named(table, prefix + "RW"), block(weights, l, d, WeightRole.HIDDEN_WEIGHT));
        float[] bias = block(weights, l, d, WeightRole.INPUT_BIAS);
        float[] hidden = block(weights, l, d, WeightRole.HIDDEN_BIAS);
        for (int i = 0; i < bias.length; i++) {
          bias[i] += hidden[i];
        }
        set(named(table, prefix + "b"), bias);
      }
    }
  }

  /** A parameter or gradient by Deeplearning4j's name for it. */
  static INDArray named(Map<String, INDArray> all, String name) {
    INDArray found = all.get(name);
    if (found == null) {
      throw new IllegalStateException("no " + name + " among " + all.keySet());
    }
    return found;
  }

  String prefix(int direction) {
    if (row.direction() == Direction.FORWARD) {
      return "";
    }
    return direction == 0 ? "f" : "b";
  }

  private float[] block(float[] weights, int layer, int direction, WeightRole role) {
    return Values.block(weights, values.layout().block(layer, direction, role));
  }

  private void set(INDArray to, float[] ours) {
    int h = row.hidden();
    int in = ours.length / (GATES * h);
    float[] theirs = new float[ours.length];
    for (int g = 0; g < GATES; g++) {
      for (int j = 0; j < h; j++) {
        for (int k = 0; k < in; k++) {
          theirs[k * GATES * h + g * h + j] = ours[(ORDER[g] * h + j) * in + k];
        }
      }
    }
    long[] shape = {in, (long) GATES * h};
    to.assign(Nd4j.create(theirs, shape, 'c').reshape(to.shape()));
  }

  /** A gradient [in, 4H] of theirs as [4H, in] of ours. */
  float[] ours(INDArray gradient) {
    int h = row.hidden();
    int in = Math.toIntExact(gradient.length() / ((long) GATES * h));
    float[] theirs = gradient.reshape(in, (long) GATES * h).dup('c').data().asFloat();
    float[] ours = new float[theirs.length];
    for (int g = 0; g < GATES; g++) {
      for (int j = 0; j < h; j++) {
        for (int k = 0; k < in; k++) {
          ours[(ORDER[g] * h + j) * in + k] = theirs[k * GATES * h + g * h + j];
        }
      }
    }
    return ours;
  }

  /** [T, N, C] as [N, C, T]. */
  static float[] timeLast(float[] from, int steps, int batch) {
    int c = from.length / (steps * batch);
    float[] to = new float[from.length];
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++) {
        for (int k = 0; k < c; k++) {
          to[(n * c + k) * steps + t] = from[(t * batch + n) * c + k];
        }
      }
    }
    return to;
  }

  /** [N, C, T] as [T, N, C]. */
  static float[] timeFirst(float[] from, int steps, int batch) {
    int c = from.length / (steps * batch);
    float[] to = new float[from.length];
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++) {
        for (int k = 0; k < c; k++) {
          to[(t * batch + n) * c + k] = from[(n * c + k) * steps + t];
        }
      }
    }
    return to;
  }
}
