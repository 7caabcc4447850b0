package dev.carousel.contract;

import static dev.carousel.contract.RnnFaults.copy;
import static dev.carousel.contract.RnnFaults.onForward;

import dev.carousel.contract.Interception.Body;
import dev.carousel.kit.run.RnnOperands;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Wrong treatment of rows that are shorter than the batch. */
final class LengthFaults {
  private LengthFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.inPlan(
            "ignores the lengths",
            "r05_aPaddedRowIsComputedAsIfAloneAndUnpadded",
            "forward",
            (backend, plan) -> onForward(o -> o.x = withoutPadding(backend, o.x))),
        Fault.inPlan(
            "starts the reverse direction at step T - 1",
            "r05_aPaddedRowIsComputedAsIfAloneAndUnpadded",
            "forward",
            (backend, plan) -> reverseFromTheEnd(backend)),
        Fault.inPlan(
            "leaves the padding of y as it was",
            "r05_outputsAndInputGradientsBeyondTheLengthAreZero",
            "forward",
            (backend, plan) -> leavesPadding(backend)),
        Fault.inPlan(
            "multiplies the padding by zero",
            "r05_whatLiesBeyondTheLengthIsNotRead",
            "forward",
            (backend, plan) -> readsPadding(backend)),
        Fault.inPlan(
            "ends an empty row in zeros",
            "r05_anEmptyRowKeepsItsInitialStateAndTheGradientOfIt",
            "forward",
            (backend, plan) -> zeroLastOfEmptyBatch(backend)),
        Fault.inPlan(
            "loses the gradient of an empty row's state",
            "r05_anEmptyRowKeepsItsInitialStateAndTheGradientOfIt",
            "backward",
            (backend, plan) ->
                (args, real) ->
                    real.with(
                        new RnnOperands((RnnBackward) args[0])
                            .with(o -> o.dLast = null)
                            .backward())),
        Fault.inPlan(
            "replays the lengths it was recorded with",
            "r10_aReplaySeesTheLengthsAndInputsThatTheTensorsHoldThen",
            "forward",
            (backend, plan) -> onForward(o -> o.x = asRecorded(o.x))));
  }

  /** Every row full, its padding zero. */
  private static Sequences withoutPadding(Backend backend, Sequences x) {
    double[] values = Fault.read(backend, x.values());
    Arrays.setAll(values, i -> Double.isNaN(values[i]) ? 0 : values[i]);
    Tensor clean = copy(backend, x.values());
    Fault.write(backend, values, clean);
    return new Sequences(clean, Lengths.full(x.lengths().maxSteps(), x.lengths().batch()));
  }

  private static Sequences asRecorded(Sequences x) {
    if (x.lengths().full()) {
      return x;
    }
    int[] then = new int[x.lengths().batch()];
    Arrays.setAll(then, n -> x.lengths().host(n));
    return new Sequences(x.values(), Lengths.onHost(x.lengths().maxSteps(), then));
  }

  /** The forward half is right; the other half is that of a batch without lengths. */
  private static Body reverseFromTheEnd(Backend backend) {
    return (args, real) -> {
      RnnForward io = (RnnForward) args[0];
      if (io.x().lengths().full() || io.weights().spec().direction() == Direction.FORWARD) {
        return real.with(args);
      }
      real.with(new RnnOperands(io).with(o -> o.x = withoutPadding(backend, o.x)).forward());
      double[] wrong = Fault.read(backend, io.y());
      real.with(args);
      double[] y = Fault.read(backend, io.y());
      int features = io.y().shape().dim(-1);
      for (int i = 0; i < y.length; i++) {
        y[i] = i % features >= features / 2 && y[i] != 0 ? wrong[i] : y[i];
      }
      Fault.write(backend, y, io.y());
      return null;
    };
  }

  private static Body leavesPadding(Backend backend) {
    return (args, real) -> {
      RnnForward io = (RnnForward) args[0];
      double[] before = Fault.read(backend, io.y());
      real.with(args);
      double[] y = Fault.read(backend, io.y());
      Lengths lengths = io.x().lengths();
      int features = io.y().shape().dim(-1);
      for (int i = 0; i < y.length; i++) {
        int row = i / features;
        y[i] = row / lengths.batch() >= lengths.at(row % lengths.batch()) ? before[i] : y[i];
      }
      Fault.write(backend, y, io.y());
      return null;
    };
  }

  /** NaN times zero is NaN. */
  private static Body readsPadding(Backend backend) {
    return (args, real) -> {
      RnnForward io = (RnnForward) args[0];
      real.with(args);
      double spoiled = 0;
      for (double v : Fault.read(backend, io.x().values())) {
        spoiled += 0 * v;
      }
      double[] y = Fault.read(backend, io.y());
      y[0] += spoiled;
      Fault.write(backend, y, io.y());
      return null;
    };
  }

  private static Body zeroLastOfEmptyBatch(Backend backend) {
    return (args, real) -> {
      RnnForward io = (RnnForward) args[0];
      real.with(args);
      RnnState last = io.last();
      if (last != null && io.x().lengths().batch() == 1 && io.x().lengths().at(0) == 0) {
        backend.memory().fill(last.h(), 0);
        if (last.c() != null) {
          backend.memory().fill(Objects.requireNonNull(last.c()), 0);
        }
      }
      return null;
    };
  }
}
