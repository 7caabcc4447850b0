package dev.carousel.bench.own;

import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.rnn.Sequences;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Map;

/**
 * Forward, backward, all gradients. The weights are packed anew in each call, as they must be after
 * an update.
 */
final class TrainingRun implements Exercise {
  private final Network network;
  private final RnnForward forward;
  private final RnnBackward backward;
  private final Tensor gradients;
  private final float[] x;
  private final float[] dx;

  TrainingRun(Network network) {
    this.network = network;
    this.x = network.values.x();
    this.dx = new float[x.length];
    Shape in = network.spec.inputShape(network.plan.steps(), network.plan.batch());
    Shape out = network.spec.outputShape(network.plan.steps(), network.plan.batch());
    this.forward =
        new RnnForward(
            new Sequences(network.tensor(x, in.dims()), network.lengths()),
            null,
            network.weights,
            network.take(out),
            null,
            network.reserve(),
            network.work());
    this.gradients = network.take(network.weights.master().shape());
    this.backward =
        new RnnBackward(
            forward,
            network.tensor(network.values.dy(), out.dims()),
            null,
            network.take(in),
            null,
            gradients);
  }

  @Override
  public void run() {
    network.upload(x, forward.x().values());
    network.weights.refresh();
    network.backend.memory().fill(gradients, 0);
    network.plan.forward(forward);
    network.plan.backward(backward);
    readInputGradient();
  }

  private void readInputGradient() {
    Tensor d = backward.dx();
    if (d != null) {
      network.download(d, dx);
    }
  }

  @Override
  public Answer answer() {
    run();
    Answer answer = Answer.empty().with("dx", dx.clone());
    for (WeightBlock b : network.values.layout().blocks()) {
      answer.with(b.name(), network.copy(gradients.slice(b.offset(), b.shape())));
    }
    return answer;
  }

  @Override
  public Map<String, Action> parts() {
    return network.parts(
        Map.of(
            "copies",
            () -> {
              network.upload(x, forward.x().values());
              readInputGradient();
            },
            "packing",
            network.weights::refresh));
  }

  @Override
  public String implementation() {
    return network.plan.describe();
  }

  @Override
  public void close() {
    network.close();
  }
}
