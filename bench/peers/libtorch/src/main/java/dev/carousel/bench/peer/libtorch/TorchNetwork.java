package dev.carousel.bench.peer.libtorch;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.WeightBlock;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/** The LSTM or GRU module of a row with the row's weights. */
final class TorchNetwork {
  private final @Nullable LSTMImpl lstm;
  private final @Nullable GRUImpl gru;
  private final TensorVector parameters;

  /** The state between two calls; c is undefined for a GRU. */
  record State(Tensor h, Tensor c) {}

  /** What a call gives. */
  record Output(Tensor y, State last) {}

  TorchNetwork(Row row, Values values) {
    boolean both = row.direction() == Direction.BIDIRECTIONAL;
    if (row.cell() == Cell.LSTM) {
      LSTMOptions options = new LSTMOptions(row.hidden(), row.hidden());
      options.num_layers().put(row.layers());
      options.bidirectional().put(both);
      lstm = new LSTMImpl(options);
      gru = null;
      parameters = lstm.parameters();
    } else {
      GRUOptions options = new GRUOptions(row.hidden(), row.hidden());
      options.num_layers().put(row.layers());
      options.bidirectional().put(both);
      lstm = null;
      gru = new GRUImpl(options);
      parameters = gru.parameters();
    }
    load(values);
  }

  /** PyTorch's parameters come in the order of the layout, which is PyTorch's. */
  @SuppressWarnings("try") // a scope or a guard is there to be closed
  private void load(Values values) {
    float[] weights = values.weights();
    try (NoGradGuard guard = new NoGradGuard()) {
      int i = 0;
      for (WeightBlock block : values.layout().blocks()) {
        Tensor parameter = parameters.get(i++);
        parameter.copy_(Tensor.create(Values.block(weights, block), parameter.sizes().vec().get()));
      }
    }
  }

  /** All parameters, in the order of the layout. */
  TensorVector parameters() {
    return parameters;
  }

  void freeze() {
    for (long i = 0; i < parameters.size(); i++) {
      parameters.get(i).set_requires_grad(false);
    }
  }

  Tensor forward(Tensor x) {
    return lstm != null ? lstm.forward(x).get0() : gru().forward(x).get0();
  }

  Output forward(Tensor x, State from) {
    if (lstm != null) {
      var out = lstm.forward(x, new T_TensorTensor_T(from.h(), from.c()));
      return new Output(out.get0(), new State(out.get1().get0(), out.get1().get1()));
    }
    var out = gru().forward(x, from.h());
    return new Output(out.get0(), new State(out.get1(), from.c()));
  }

  PackedSequence forward(PackedSequence x) {
    return lstm != null
        ? lstm.forward_with_packed_input(x).get0()
        : gru().forward_with_packed_input(x).get0();
  }

  private GRUImpl gru() {
    if (gru == null) {
      throw new IllegalStateException("neither LSTM nor GRU");
    }
    return gru;
  }

  /** Copies a tensor into an array. */
  static void read(Tensor from, float[] to) {
    new FloatPointer(from.contiguous().data_ptr()).get(to);
  }
}
