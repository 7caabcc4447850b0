package dev.carousel.contract;

import dev.carousel.contract.Interception.Body;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Capture;
import dev.carousel.spi.Replay;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Right numbers, got or handed over in a way that the rules forbid. */
final class ConductFaults {
  private static final AtomicReference<Object> SINK = new AtomicReference<>();

  private ConductFaults() {}

  static List<Fault> all() {
    AtomicInteger calls = new AtomicInteger();
    return List.of(
        Fault.inPlan(
            "allocates a buffer in every call",
            "r06_aCallAllocatesNothingThatGrowsWithItsShape",
            "forward",
            (backend, plan) -> first(() -> SINK.set(new float[plan.steps() * plan.batch() * 8]))),
        Fault.inPlan(
            "keeps the last forward call in the plan",
            "r06_severalForwardsMayBeUnderWayBeforeTheirBackwards",
            "backward",
            (backend, plan) -> lastReserve()),
        Fault.inPlan(
            "shares one result among threads",
            "r06_threadsMayShareAPlan",
            "forward",
            (backend, plan) -> sharedResult(backend)),
        Fault.inPlan(
            "scales its input in place",
            "r07_inputsAreLeftAsTheyAre",
            "forward",
            (backend, plan) -> scalesInput(backend)),
        Fault.inPlan(
            "does not mind an output over its input",
            "r07_anOutputOverItsInputIsRefused",
            "forward",
            (backend, plan) -> swallowing()),
        Fault.inPlan(
            "does not check the shapes of forward",
            "r08_aWrongForwardOperandIsNamedWithBothShapesBeforeAnythingIsWritten",
            "forward",
            (backend, plan) -> swallowing()),
        Fault.inPlan(
            "does not check the shapes of backward",
            "r08_aWrongBackwardOperandIsNamedWithBothShapesBeforeAnythingIsWritten",
            "backward",
            (backend, plan) -> swallowing()),
        Fault.inPlan(
            "writes before it checks",
            "r08_aWrongForwardOperandIsNamedWithBothShapesBeforeAnythingIsWritten",
            "forward",
            (backend, plan) -> writesFirst(backend)),
        Fault.inRnn(
            "runs bfloat16 in single precision and says nothing",
            "r09_aNetworkIsRefusedWhenPlannedAndPackedOrRuns",
            "plan",
            backend -> silentlySingle()),
        Fault.inRnn(
            "refuses more than it says",
            "r09_aNetworkIsRefusedWhenPlannedAndPackedOrRuns",
            "plan",
            backend -> refusingProjections()),
        Fault.inPlan(
            "sums in an order that changes",
            "r10_theSameCallGivesTheSameBitsEveryTime",
            "backward",
            (backend, plan) -> jitter(backend, calls)),
        Fault.inGroup(
            "does nothing when it is replayed",
            "r10_aReplayGivesTheBitsOfTheEagerRun",
            "capture",
            Capture.class,
            Backend::capture,
            "record",
            backend -> forgetfulReplay()));
  }

  private static Body first(Runnable action) {
    return (args, real) -> {
      action.run();
      return real.with(args);
    };
  }

  /** The reserve of whatever call came last in the plan. */
  private static Body lastReserve() {
    AtomicReference<RnnForward> previous = new AtomicReference<>();
    return (args, real) -> {
      RnnBackward io = (RnnBackward) args[0];
      RnnForward kept = previous.getAndSet(io.forward());
      return real.with(
          new RnnBackward(
              kept == null ? io.forward() : kept,
              io.dy(),
              io.dLast(),
              io.dx(),
              io.dInitial(),
              io.dWeights()));
    };
  }

  private static Body sharedResult(Backend backend) {
    AtomicReference<double[]> shared = new AtomicReference<>();
    return (args, real) -> {
      real.with(args);
      Tensor y = ((RnnForward) args[0]).y();
      shared.set(Fault.read(backend, y));
      LockSupport.parkNanos(2_000_000);
      Fault.write(backend, Objects.requireNonNull(shared.get()), y);
      return null;
    };
  }

  private static Body scalesInput(Backend backend) {
    return (args, real) -> {
      real.with(args);
      Tensor x = ((RnnForward) args[0]).x().values();
      return addTiny(backend, x);
    };
  }

  private static Object addTiny(Backend backend, Tensor t) {
    double[] values = Fault.read(backend, t);
    values[0] += Math.ulp((float) values[0]);
    Fault.write(backend, values, t);
    return null;
  }

  private static Body swallowing() {
    return (args, real) -> {
      try {
        return real.with(args);
      } catch (IllegalArgumentException e) {
        return null;
      }
    };
  }

  private static Body writesFirst(Backend backend) {
    return (args, real) -> {
      backend.memory().fill(((RnnForward) args[0]).y(), 0);
      return real.with(args);
    };
  }

  private static Body silentlySingle() {
    return (args, real) -> {
      RnnSpec spec = (RnnSpec) args[0];
      args[0] = spec.precision() == Precision.BF16 ? spec.withPrecision(Precision.F32) : spec;
      return real.with(args);
    };
  }

  private static Body refusingProjections() {
    return (args, real) -> {
      if (((RnnSpec) args[0]).projectionSize() > 0) {
        throw new UnsupportedSpecException("no projection");
      }
      return real.with(args);
    };
  }

  private static Body jitter(Backend backend, AtomicInteger calls) {
    return (args, real) -> {
      real.with(args);
      Tensor dWeights = ((RnnBackward) args[0]).dWeights();
      return dWeights != null && calls.incrementAndGet() % 2 == 0
          ? addTiny(backend, dWeights)
          : null;
    };
  }

  private static Body forgetfulReplay() {
    return (args, real) -> {
      Replay replay = (Replay) real.with(args);
      return Interception.of(Replay.class, replay, "launch", (a, launch) -> null);
    };
  }
}
