package dev.carousel.bench.peer.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.rnn.WeightBlock;

/**
 * Forward and backward. DJL starts from a loss, so the given gradient of the output becomes one by
 * a product and a sum.
 */
final class DjlTraining implements Exercise {
  private final Model model = Model.newInstance("row", Device.cpu(), DjlPeer.ENGINE);
  private final Values values;
  private final RecurrentBlock block;
  private final Trainer trainer;
  private final NDArray dy;
  private final Shape shape;
  private final float[] x;
  private final float[] dx;

  DjlTraining(Row row) {
    values = new Values(row);
    x = values.x();
    dx = new float[x.length];
    block = DjlBlocks.of(row);
    model.setBlock(block);
    Device[] cpu = {Device.cpu()};
    trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()).optDevices(cpu));
    shape = new Shape(row.steps(), row.batch(), row.hidden());
    trainer.initialize(shape);
    DjlBlocks.load(block, values);
    long features = values.outputSize() / ((long) row.steps() * row.batch());
    dy = trainer.getManager().create(values.dy(), new Shape(row.steps(), row.batch(), features));
  }

  @Override
  public void run() {
    try (NDManager call = trainer.getManager().newSubManager()) {
      NDArray in = call.create(x, shape);
      in.setRequiresGradient(true);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList out = trainer.forward(new NDList(in));
        out.attach(call);
        NDArray loss = out.head().mul(dy).sum();
        loss.attach(call);
        collector.backward(loss);
      }
      try (NDArray gradient = in.getGradient()) {
        System.arraycopy(gradient.toFloatArray(), 0, dx, 0, dx.length);
      }
    }
  }

  @Override
  public Answer answer() {
    run();
    Answer answer = Answer.empty().with("dx", dx.clone());
    for (WeightBlock part : values.layout().blocks()) {
      String name = DjlBlocks.name(part);
      NDArray gradient = block.getParameters().get(name).getArray().getGradient();
      answer.with(part.name(), gradient.toFloatArray());
    }
    return answer;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
