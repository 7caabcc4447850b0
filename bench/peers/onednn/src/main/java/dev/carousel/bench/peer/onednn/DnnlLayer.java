package dev.carousel.bench.peer.onednn;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.WeightRole;
import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One layer of a row in oneDNN's terms: shapes, and weights in its order of gates. Its GRU has z,
 * r, n and four biases: those of z and r summed, and both of n.
 */
final class DnnlLayer {
  private static final int[] LSTM_ORDER = {0, 1, 2, 3};
  private static final int[] GRU_ORDER = {1, 0, 2};
  private static final int BIASES = 4;
  static final memory.data_type F32 = memory.data_type.f32;

  final Dnnl dnnl;
  final Row row;
  final memory.data_type type;
  final int input;
  final rnn_direction direction;
  private final int layer;
  private final Values values;
  private final float[] weights;

  DnnlLayer(Dnnl dnnl, Row row, Precision precision, int layer, Values values) {
    this.dnnl = dnnl;
    this.row = row;
    this.type = precision == Precision.BF16 ? memory.data_type.bf16 : F32;
    this.layer = layer;
    this.values = values;
    this.weights = values.weights();
    this.input = row.spec(Precision.F32).layerInput(layer);
    this.direction =
        row.direction() == Direction.BIDIRECTIONAL
            ? rnn_direction.bidirectional_concat
            : rnn_direction.unidirectional_left2right;
  }

  boolean lstm() {
    return row.cell() == Cell.LSTM;
  }

  static prop_kind pass(Row row) {
    return row.task().trains() ? prop_kind.forward_training : prop_kind.forward_inference;
  }

  private int directions() {
    return row.direction().count();
  }

  private int gates() {
    return row.cell().gates();
  }

  private int[] order() {
    return lstm() ? LSTM_ORDER : GRU_ORDER;
  }

  memory.desc sequence(memory.data_type of, long features) {
    return dnnl.desc(of, memory.format_tag.tnc, row.callSteps(), row.batch(), features);
  }

  long outputs() {
    return (long) directions() * row.hidden();
  }

  memory.desc state(memory.data_type of) {
    return dnnl.desc(of, memory.format_tag.ldnc, 1, directions(), row.batch(), row.hidden());
  }

  /** Weights in a form that oneDNN chooses, or in ours. */
  memory.desc matrix(memory.data_type of, memory.format_tag form, int in) {
    return dnnl.desc(of, form, 1, directions(), in, gates(), row.hidden());
  }

  memory.desc biasDesc() {
    return dnnl.desc(F32, memory.format_tag.ldgo, 1, directions(), BIASES, row.hidden());
  }

  /** W or U in our form, gates in oneDNN's order. */
  memory plain(WeightRole role) {
    int in = role == WeightRole.INPUT_WEIGHT ? input : row.hidden();
    float[] all = new float[directions() * gates() * row.hidden() * in];
    for (int d = 0; d < directions(); d++) {
      float[] block = reordered(block(d, role), order());
      System.arraycopy(block, 0, all, d * block.length, block.length);
    }
    return dnnl.memory(matrix(F32, memory.format_tag.ldgoi, in), new FloatPointer(all));
  }

  memory bias() {
    int h = row.hidden();
    float[] all = new float[directions() * BIASES * h];
    for (int d = 0; d < directions(); d++) {
      float[] in = reordered(block(d, WeightRole.INPUT_BIAS), order());
      float[] hidden = reordered(block(d, WeightRole.HIDDEN_BIAS), order());
      int at = d * BIASES * h;
      int summed = lstm() ? BIASES * h : 2 * h;
      for (int i = 0; i < summed; i++) {
        all[at + i] = in[i] + hidden[i];
      }
      for (int i = summed; i < 3 * h; i++) {
        all[at + i] = in[i];
        all[at + h + i] = hidden[i];
      }
    }
    return dnnl.memory(biasDesc(), new FloatPointer(all));
  }

  private float[] block(int d, WeightRole role) {
    return Values.block(weights, values.layout().block(layer, d, role));
  }

  private static float[] reordered(float[] block, int[] order) {
    int size = block.length / order.length;
    float[] result = new float[block.length];
    for (int g = 0; g < order.length; g++) {
      System.arraycopy(block, order[g] * size, result, g * size, size);
    }
    return result;
  }

  /** A gradient with oneDNN's order of gates in ours; both orders undo themselves. */
  float[] ours(float[] theirs) {
    return reordered(theirs, order());
  }

  /** The part of one direction of a gradient over all directions. */
  float[] part(float[] all, int d) {
    int size = all.length / directions();
    return Arrays.copyOfRange(all, d * size, (d + 1) * size);
  }
}
