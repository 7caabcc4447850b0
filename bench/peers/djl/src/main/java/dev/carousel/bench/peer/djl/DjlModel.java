package dev.carousel.bench.peer.djl;

import ai.djl.Device;
import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import dev.carousel.bench.row.Model;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A whole training step. DJL clips each element but not the global norm, so that is done with its
 * arrays.
 */
final class DjlModel implements Exercise {
  private final ai.djl.Model model = ai.djl.Model.newInstance("row", Device.cpu(), DjlPeer.ENGINE);
  private final Trainer trainer;
  private final Shape words;
  private final Shape labels;
  private final long[] ids;
  private final long[] gold;
  private float loss;

  DjlModel(Row row) {
    Model sizes = row.model();
    Values values = new Values(row);
    List<String> vocabulary =
        IntStream.range(0, sizes.words()).mapToObj(Integer::toString).toList();
    TrainableWordEmbedding embedding =
        TrainableWordEmbedding.builder()
            .setVocabulary(new DefaultVocabulary(vocabulary))
            .setEmbeddingSize(row.hidden())
            .optUseDefault(false)
            .build();
    RecurrentBlock rnn = DjlBlocks.of(row);
    Linear linear = Linear.builder().setUnits(sizes.classes()).build();
    SequentialBlock all = new SequentialBlock().add(embedding).add(rnn);
    if (sizes.pooled() == Model.Pooled.MEAN) {
      all.add(new LambdaBlock(list -> new NDList(list.head().mean(new int[] {0}))));
    }
    model.setBlock(all.add(linear));
    Loss crossEntropy = new SoftmaxCrossEntropyLoss("loss", 1, -1, true, true);
    Optimizer adam =
        Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed((float) Model.RATE))
            .optEpsilon((float) Model.EPSILON)
            .build();
    Device[] cpu = {Device.cpu()};
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(crossEntropy).optDevices(cpu).optOptimizer(adam));
    words = new Shape(row.steps(), row.batch());
    trainer.initialize(words);
    labels = sizes.pooled() == Model.Pooled.MEAN ? new Shape(row.batch()) : words;
    DjlBlocks.set(embedding.getParameters().valueAt(0), values.table());
    DjlBlocks.load(rnn, values);
    DjlBlocks.set(linear.getParameters().valueAt(0), values.matrix());
    DjlBlocks.set(linear.getParameters().valueAt(1), values.bias());
    ids = IntStream.of(values.ids()).asLongStream().toArray();
    gold = IntStream.of(values.gold()).asLongStream().toArray();
  }

  @Override
  public void run() {
    try (NDManager call = trainer.getManager().newSubManager()) {
      NDArray in = call.create(ids, words);
      NDArray expected = call.create(gold, labels);
      NDArray mean;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList out = trainer.forward(new NDList(in));
        out.attach(call);
        mean = trainer.getLoss().evaluate(new NDList(expected), out);
        mean.attach(call);
        collector.backward(mean);
      }
      clip();
      trainer.step();
      loss = mean.getFloat();
    }
  }

  private void clip() {
    double squares = 0;
    List<Parameter> parameters =
        model.getBlock().getParameters().stream().map(Pair::getValue).toList();
    for (Parameter p : parameters) {
      try (NDArray gradient = p.getArray().getGradient();
          NDArray square = gradient.square();
          NDArray sum = square.sum()) {
        squares += sum.toType(DataType.FLOAT32, false).getFloat();
      }
    }
    double norm = Math.sqrt(squares);
    if (norm > Model.MAX_NORM) {
      for (Parameter p : parameters) {
        try (NDArray gradient = p.getArray().getGradient()) {
          gradient.muli(Model.MAX_NORM / norm);
        }
      }
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
    trainer.close();
    model.close();
  }
}
