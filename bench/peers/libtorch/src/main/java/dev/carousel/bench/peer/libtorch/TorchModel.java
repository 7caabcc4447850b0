package dev.carousel.bench.peer.libtorch;

import dev.carousel.bench.row.Model;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A whole training step: embedding, recurrence, linear layer, cross entropy, clipping, Adam. */
final class TorchModel implements Exercise {
  private final PointerScope life = new PointerScope();
  private final Row row;
  private final Model model;
  private final TorchNetwork network;
  private final Tensor table;
  private final Tensor matrix;
  private final Tensor bias;
  private final TensorVector all = new TensorVector();
  private final Adam optimizer;
  private final long[] ids;
  private final long[] gold;
  private float loss;

  TorchModel(Row row) {
    this.row = row;
    this.model = row.model();
    Values values = new Values(row);
    network = new TorchNetwork(row, values);
    table = trained(values.table(), model.words(), row.hidden());
    matrix = trained(values.matrix(), model.classes(), model.features());
    bias = trained(values.bias(), model.classes());
    for (long i = 0; i < network.parameters().size(); i++) {
      all.push_back(network.parameters().get(i));
    }
    all.push_back(table);
    all.push_back(matrix);
    all.push_back(bias);
    AdamOptions options = new AdamOptions(Model.RATE);
    options.eps().put(Model.EPSILON);
    optimizer = new Adam(all, options);
    ids = Arrays.stream(values.ids()).asLongStream().toArray();
    gold = Arrays.stream(values.gold()).asLongStream().toArray();
  }

  private static Tensor trained(float[] values, long... shape) {
    return Tensor.create(values, shape).set_requires_grad(true);
  }

  @Override
  @SuppressWarnings("try") // a scope or a guard is there to be closed
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor words = Tensor.create(ids, row.steps(), row.batch());
      Tensor y = network.forward(torch.embedding(table, words));
      Tensor features =
          model.pooled() == Model.Pooled.MEAN
              ? y.mean(0)
              : y.view(model.rows(row), model.features());
      Tensor logits = torch.linear(features, matrix, bias);
      Tensor mean = torch.cross_entropy(logits, Tensor.create(gold, gold.length));
      mean.backward();
      torch.clip_grad_norm_(all, Model.MAX_NORM);
      optimizer.step();
      loss = mean.item_float();
    }
  }

  @Override
  public Answer answer() {
    float[] losses = new float[Values.ANSWER_LOSSES];
    for (int i = 0; i < losses.length; i++) {
      run();
      losses[i] = loss;
    }
    return Answer.of("losses", losses);
  }

  @Override
  public void close() {
    life.close();
  }
}
