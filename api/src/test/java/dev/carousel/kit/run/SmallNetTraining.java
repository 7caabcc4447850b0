package dev.carousel.kit.run;

import static dev.carousel.kit.run.SmallNet.D;
import static dev.carousel.kit.run.SmallNet.H;
import static dev.carousel.kit.run.SmallNet.K;
import static dev.carousel.kit.run.SmallNet.N;
import static dev.carousel.kit.run.SmallNet.T;
import static dev.carousel.kit.run.SmallNet.V;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;

/** Trains {@link SmallNet} on a backend. */
public final class SmallNetTraining implements AutoCloseable {
  private final Backend backend;
  private final DeviceTensors tensors;
  private final DType type;
  private final Tensor parameters;
  private final Tensor gradients;
  private final Tensor velocity;
  private final Tensor scalars;
  private final Tensor ids;
  private final Tensor loss;
  private final RnnPlan plan;
  private final RnnWeights rnn;
  private final LinearWeights linear;
  private final RnnBackward recurrence;
  private final SoftmaxLoss softmax;

  /** Allocates everything; trains nothing yet. */
  public SmallNetTraining(Backend backend, Precision precision) {
    this.backend = backend;
    tensors = new DeviceTensors(backend.memory());
    type = precision.storage();
    RnnSpec spec = SmallNet.spec(precision);
    parameters = tensors.of(type, SmallNet.parameters(), SmallNet.size());
    gradients = tensors.empty(type, SmallNet.size());
    velocity = tensors.empty(type, SmallNet.size());
    scalars = tensors.of(DType.F64, new double[] {SmallNet.RATE, SmallNet.MAX_NORM, 0, 0, 1, 0}, 6);
    ids = tensors.of(SmallNet.ids(), T, N);
    loss = tensors.empty(type, 2);
    plan = backend.rnn().plan(spec, T, N, Pass.TRAINING);
    rnn = backend.rnn().pack(spec, recurrent(parameters));
    linear = backend.linear().pack(matrix(parameters), precision);
    recurrence = recurrence();
    softmax =
        new SoftmaxLoss(
            tensors.empty(type, T, N, K),
            tensors.of(SmallNet.gold(), T, N),
            null,
            0,
            loss,
            tensors.empty(type, T, N, K),
            1);
  }

  private static Tensor table(Tensor flat) {
    return flat.slice(0, Shape.of(V, D));
  }

  private static Tensor recurrent(Tensor flat) {
    return flat.slice(SmallNet.rnnAt(), Shape.of(SmallNet.matrixAt() - SmallNet.rnnAt()));
  }

  private static Tensor matrix(Tensor flat) {
    return flat.slice(SmallNet.matrixAt(), Shape.of(K, 2 * H));
  }

  private static Tensor bias(Tensor flat) {
    return flat.slice(SmallNet.biasAt(), Shape.of(K));
  }

  private RnnBackward recurrence() {
    int[] lengths = SmallNet.lengths();
    RnnForward forward =
        new RnnForward(
            new Sequences(
                tensors.empty(type, T, N, D), Lengths.of(T, lengths, tensors.of(lengths, N))),
            null,
            rnn,
            tensors.empty(type, T, N, 2 * H),
            null,
            tensors.empty(DType.BYTE, Math.toIntExact(plan.reserveBytes())),
            tensors.empty(DType.BYTE, Math.toIntExact(plan.workBytes())));
    return new RnnBackward(
        forward,
        tensors.empty(type, T, N, 2 * H),
        null,
        tensors.empty(type, T, N, D),
        null,
        recurrent(gradients));
  }

  /** Trains for some steps: {@code loss} of each, and the {@code parameters} after the last. */
  public Outcome train(int steps) {
    double[] losses = new double[steps];
    for (int i = 0; i < steps; i++) {
      gradient();
      losses[i] = tensors.read(loss)[0];
      update();
    }
    Outcome o = new Outcome();
    o.put("loss", losses);
    o.put("parameters", tensors.read(parameters));
    return o;
  }

  private void gradient() {
    Tensor x = recurrence.forward().x().values();
    Tensor y = recurrence.forward().y();
    backend.memory().fill(gradients, 0);
    backend.embedding().gather(ids, table(parameters), x);
    plan.forward(recurrence.forward());
    backend.linear().forward(y, linear, bias(parameters), softmax.logits());
    backend.loss().softmax(softmax);
    backend
        .linear()
        .backward(
            new LinearBackward(
                y, linear, softmax.dLogits(), recurrence.dy(), matrix(gradients), bias(gradients)));
    plan.backward(recurrence);
    backend.embedding().scatterAdd(ids, recurrence.dx(), table(gradients));
  }

  private void update() {
    backend.optimizer().advance(scalars);
    backend.optimizer().globalNorm(gradients, scalars);
    backend
        .optimizer()
        .sgd(
            new SgdUpdate(
                parameters,
                gradients,
                velocity,
                scalars,
                SmallNet.MOMENTUM,
                Momentum.CLASSICAL,
                0));
    rnn.refresh();
    linear.refresh();
  }

  @Override
  public void close() {
    linear.close();
    rnn.close();
    plan.close();
    tensors.close();
  }
}
