package dev.carousel.bench.own;

import dev.carousel.bench.row.Model;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.Backend;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.Pass;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;

/** A model's training steps in double precision, each kernel called by hand. */
final class DoubleModel {
  private final Backend backend;
  private final Row row;
  private final Model model;
  private final RnnSpec spec;
  private final Lengths lengths;
  private final Parameters values;
  private final Parameters gradients;
  private final Tensor m;
  private final Tensor v;
  private final Tensor scalars = doubles(OptimizerScalars.SIZE);
  private final Tensor ids;
  private final Tensor gold;

  /** A flat buffer and its four views. */
  private record Parameters(Tensor all, Tensor table, Tensor weights, Tensor matrix, Tensor bias) {}

  DoubleModel(Backend backend, Row row) {
    this.backend = backend;
    this.row = row;
    this.model = row.model();
    this.spec = row.spec(Precision.F64);
    this.lengths = Lengths.full(row.steps(), row.batch());
    Values source = new Values(row);
    float[] start = Flat.join(source.table(), source.weights(), source.matrix(), source.bias());
    this.values = parameters(start.length, source);
    this.gradients = parameters(start.length, source);
    this.m = doubles(start.length);
    this.v = doubles(start.length);
    double[] all = values.all().heap().doubles();
    for (int i = 0; i < start.length; i++) {
      all[i] = start[i];
    }
    double[] s = scalars.heap().doubles();
    s[OptimizerScalars.LEARNING_RATE] = Model.RATE;
    s[OptimizerScalars.MAX_NORM] = Model.MAX_NORM;
    this.ids = Tensor.of(source.ids(), row.steps(), row.batch());
    this.gold = Tensor.of(source.gold(), model.rows(row));
  }

  private Parameters parameters(int size, Values source) {
    Tensor all = doubles(size);
    Shape table = Shape.of(model.words(), row.hidden());
    Shape weights = Shape.of(Math.toIntExact(source.layout().size()));
    Shape matrix = Shape.of(model.classes(), model.features());
    long afterWeights = table.size() + weights.size();
    return new Parameters(
        all,
        all.slice(0, table),
        all.slice(table.size(), weights),
        all.slice(afterWeights, matrix),
        all.slice(afterWeights + matrix.size(), Shape.of(model.classes())));
  }

  private static Tensor doubles(int... dims) {
    Shape shape = Shape.of(dims);
    return new Tensor(HeapStorage.allocate(DType.F64, shape.size()), 0, shape);
  }

  /** The losses of the first steps, each before its update. */
  Answer losses() {
    float[] losses = new float[Values.ANSWER_LOSSES];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = (float) step();
    }
    return Answer.of("losses", losses);
  }

  private double step() {
    backend.memory().fill(gradients.all(), 0);
    double loss;
    try (RnnPlan plan = backend.rnn().plan(spec, row.steps(), row.batch(), Pass.TRAINING);
        RnnWeights weights = backend.rnn().pack(spec, values.weights());
        LinearWeights matrix = backend.linear().pack(values.matrix(), Precision.F64);
        var arena = backend.memory().arena(4L << 30)) {
      Tensor x = doubles(row.steps(), row.batch(), row.hidden());
      backend.embedding().gather(ids, values.table(), x);
      RnnForward forward =
          new RnnForward(
              new Sequences(x, lengths),
              null,
              weights,
              doubles(row.steps(), row.batch(), spec.outputSize()),
              null,
              arena.take(DType.BYTE, Shape.of(Math.toIntExact(plan.reserveBytes()))),
              arena.take(DType.BYTE, Shape.of(Math.toIntExact(plan.workBytes()))));
      plan.forward(forward);
      Tensor dy = doubles(row.steps(), row.batch(), spec.outputSize());
      loss = head(matrix, forward.y(), dy);
      Tensor dx = doubles(row.steps(), row.batch(), row.hidden());
      plan.backward(new RnnBackward(forward, dy, null, dx, null, gradients.weights()));
      backend.embedding().scatterAdd(ids, dx, gradients.table());
    }
    update();
    return loss;
  }

  /** Linear layer and loss over y; writes the gradient of y and returns the mean loss. */
  private double head(LinearWeights matrix, Tensor y, Tensor dy) {
    boolean pooled = model.pooled() == Model.Pooled.MEAN;
    Tensor features = y.as(row.steps() * row.batch(), model.features());
    Tensor dFeatures = dy.as(row.steps() * row.batch(), model.features());
    if (pooled) {
      features = doubles(row.batch(), model.features());
      dFeatures = doubles(row.batch(), model.features());
      Sequences all = new Sequences(y, lengths);
      backend.pooling().forward(Pooling.MEAN, row.direction(), all, features, null);
    }
    Tensor logits = doubles(model.rows(row), model.classes());
    backend.linear().forward(features, matrix, values.bias(), logits);
    Tensor loss = doubles(2);
    backend.loss().softmax(new SoftmaxLoss(logits, gold, null, 0, loss, logits, 1));
    backend
        .linear()
        .backward(
            new LinearBackward(
                features, matrix, logits, dFeatures, gradients.matrix(), gradients.bias()));
    if (pooled) {
      backend.pooling().backward(Pooling.MEAN, row.direction(), lengths, dFeatures, null, dy);
    }
    double[] sums = loss.heap().doubles();
    return sums[0] / sums[1];
  }

  private void update() {
    backend.optimizer().globalNorm(gradients.all(), scalars);
    backend.optimizer().advance(scalars);
    backend
        .optimizer()
        .adam(
            new AdamUpdate(
                values.all(),
                gradients.all(),
                m,
                v,
                scalars,
                0.9,
                0.999,
                Model.EPSILON,
                0,
                WeightDecay.L2));
  }
}
