package dev.carousel.bench.peer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RecurrentBlock;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.WeightBlock;
import java.nio.FloatBuffer;

/** Recurrent blocks of rows. */
final class DjlBlocks {
  private DjlBlocks() {}

  static RecurrentBlock of(Row row) {
    if (row.cell() == Cell.LSTM) {
      LSTM.Builder b = LSTM.builder();
      configure(b, row);
      return b.build();
    }
    GRU.Builder b = GRU.builder();
    configure(b, row);
    return b.build();
  }

  private static void configure(RecurrentBlock.BaseBuilder<?> b, Row row) {
    b.setNumLayers(row.layers());
    b.setStateSize(row.hidden());
    b.optBatchFirst(false);
    b.optBidirectional(row.direction() == Direction.BIDIRECTIONAL);
    b.optReturnState(row.task().carriesState());
  }

  /** DJL calls a parameter by direction (l or r), layer, i2h or h2h, and WEIGHT or BIAS. */
  static void load(RecurrentBlock block, Values values) {
    float[] weights = values.weights();
    for (WeightBlock part : values.layout().blocks()) {
      set(block.getParameters().get(name(part)), Values.block(weights, part));
    }
  }

  static String name(WeightBlock part) {
    String kind =
        switch (part.role()) {
          case INPUT_WEIGHT -> "i2h_WEIGHT";
          case HIDDEN_WEIGHT -> "h2h_WEIGHT";
          case INPUT_BIAS -> "i2h_BIAS";
          case HIDDEN_BIAS -> "h2h_BIAS";
          case PROJECTION -> throw new IllegalArgumentException("DJL has no projection");
        };
    return (part.reverse() ? "r_" : "l_") + part.layer() + "_" + kind;
  }

  static void set(Parameter parameter, float[] values) {
    NDArray array = parameter.getArray();
    if (array.size() != values.length) {
      throw new IllegalStateException(
          "parameter %s has %s, not %d values"
              .formatted(parameter.getName(), array.getShape(), values.length));
    }
    array.set(FloatBuffer.wrap(values));
  }
}
