package dev.carousel.bench.peer.libtorch;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.rnn.WeightBlock;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Forward and backward from a given gradient of the output. */
final class TorchTraining implements Exercise {
  private final PointerScope life = new PointerScope();
  private final Row row;
  private final Values values;
  private final TorchNetwork network;
  private final FloatPointer input;
  private final FloatPointer dy;
  private final float[] x;
  private final float[] dx;

  TorchTraining(Row row) {
    this.row = row;
    this.values = new Values(row);
    this.network = new TorchNetwork(row, values);
    this.x = values.x();
    this.dx = new float[x.length];
    this.input = new FloatPointer(x.length);
    this.dy = new FloatPointer(values.dy());
  }

  @Override
  @SuppressWarnings("try") // a scope or a guard is there to be closed
  public void run() {
    TensorVector parameters = network.parameters();
    try (PointerScope scope = new PointerScope()) {
      for (long i = 0; i < parameters.size(); i++) {
        Tensor gradient = parameters.get(i).mutable_grad();
        if (gradient.defined()) {
          gradient.zero_();
        }
      }
      input.put(x);
      Tensor in = torch.from_blob(input, row.steps(), row.batch(), row.hidden());
      in.set_requires_grad(true);
      Tensor y = network.forward(in);
      long features = y.size(2);
      Tensor from = torch.from_blob(dy, row.steps(), row.batch(), features);
      y.backward(from, new BoolOptional(), false, new TensorArrayRefOptional());
      TorchNetwork.read(in.grad(), dx);
    }
  }

  @Override
  public Answer answer() {
    run();
    Answer answer = Answer.empty().with("dx", dx.clone());
    int i = 0;
    for (WeightBlock block : values.layout().blocks()) {
      float[] gradient = new float[Math.toIntExact(block.shape().size())];
      TorchNetwork.read(network.parameters().get(i++).grad(), gradient);
      answer.with(block.name(), gradient);
    }
    return answer;
  }

  @Override
  public void close() {
    life.close();
  }
}
