package dev.carousel.bench.peer.libtorch;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.worker.InferenceRun;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Forward without gradients; ragged batches as packed sequences. */
final class TorchInference extends InferenceRun {
  private final PointerScope life = new PointerScope();
  private final TorchNetwork network;
  private final FloatPointer input;
  private final Tensor lengths;
  private final Tensor h;
  private final Tensor c;

  TorchInference(Row row) {
    super(row);
    network = new TorchNetwork(row, values);
    network.freeze();
    input = new FloatPointer(x.length);
    lengths = Tensor.create(Arrays.stream(values.lengths()).asLongStream().toArray());
    long layers = (long) row.layers() * row.direction().count();
    h = Tensor.create(values.h0(), layers, row.batch(), row.hidden());
    c = Tensor.create(values.c0(), layers, row.batch(), row.hidden());
  }

  @Override
  @SuppressWarnings("try") // a scope or a guard is there to be closed
  protected void piece() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      input.put(x);
      Tensor in = torch.from_blob(input, row.callSteps(), row.batch(), row.hidden());
      TorchNetwork.read(forward(in), y);
    }
  }

  private Tensor forward(Tensor in) {
    if (row.task() == Task.RAGGED) {
      PackedSequence packed = torch.pack_padded_sequence(in, lengths, false, false);
      return torch
          .pad_packed_sequence(network.forward(packed), false, 0, new LongOptional(row.steps()))
          .get0();
    }
    if (!row.task().carriesState()) {
      return network.forward(in);
    }
    TorchNetwork.Output out = network.forward(in, new TorchNetwork.State(h, c));
    h.copy_(out.last().h());
    if (row.cell().hasCellState()) {
      c.copy_(out.last().c());
    }
    return out.y();
  }

  @Override
  public void close() {
    life.close();
  }
}
