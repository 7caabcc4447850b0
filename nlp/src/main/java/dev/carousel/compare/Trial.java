package dev.carousel.compare;

import dev.carousel.kit.run.DeviceTensors;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnData;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * One backend on one case.
 *
 * @param call results of one forward and backward call
 * @param trained the weights after some optimizer steps
 * @param times how long calls take
 */
record Trial(Outcome call, Outcome trained, CallTimes times) {
  private static final double RATE = 0.1;
  private static final double MAX_NORM = 1;
  private static final double MOMENTUM = 0.9;
  private static final int WARM = 2;
  private static final int RUNS = 7;

  static Trial run(Backend backend, RnnCase c, RnnData data) {
    double forward = forwardMillis(backend, c, data);
    try (PackedRnn rnn = new PackedRnn(backend, c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      call.run();
      Outcome outcome = call.outcome();
      double training = medianMillis(backend, call);
      call.refill(data);
      return new Trial(outcome, train(rnn, call), new CallTimes(forward, training));
    }
  }

  private static double forwardMillis(Backend backend, RnnCase c, RnnData data) {
    try (PackedRnn rnn = new PackedRnn(backend, c, data, Pass.INFERENCE);
        RnnCall call = new RnnCall(rnn, c, data)) {
      return medianMillis(backend, call);
    }
  }

  private static double medianMillis(Backend backend, RnnCall call) {
    double[] millis = new double[RUNS];
    for (int i = -WARM; i < RUNS; i++) {
      backend.memory().await();
      long start = System.nanoTime();
      call.run();
      backend.memory().await();
      millis[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  /** Gradient descent on the flat weights: Adam would turn rounding near zero into whole steps. */
  private static Outcome train(PackedRnn rnn, RnnCall call) {
    Backend backend = rnn.backend();
    RnnBackward io = call.backward();
    Tensor gradient = Objects.requireNonNull(io.dWeights());
    try (DeviceTensors tensors = new DeviceTensors(backend.memory())) {
      Tensor velocity = tensors.empty(gradient.type(), gradient.shape().dims());
      double[] values = {RATE, MAX_NORM, 0, 0, 1, 0};
      Tensor scalars = tensors.of(DType.F64, values, values.length);
      for (int i = 0; i < BackendComparison.STEPS; i++) {
        backend.memory().fill(gradient, 0);
        call.run();
        backend.optimizer().advance(scalars);
        backend.optimizer().globalNorm(gradient, scalars);
        backend
            .optimizer()
            .sgd(
                new SgdUpdate(
                    rnn.master(), gradient, velocity, scalars, MOMENTUM, Momentum.CLASSICAL, 0));
        rnn.weights().refresh();
      }
      Outcome o = new Outcome();
      o.put("weights after " + BackendComparison.STEPS + " steps", rnn.readMaster());
      return o;
    }
  }
}
