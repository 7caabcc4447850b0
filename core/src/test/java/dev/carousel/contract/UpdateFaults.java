package dev.carousel.contract;

import dev.carousel.contract.Interception.Body;
import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Memory;
import dev.carousel.spi.Noise;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Faults in dropout, optimizers and memory. */
final class UpdateFaults {
  private UpdateFaults() {}

  static List<Fault> all() {
    return List.of(
        noise(
            "draws other bits",
            "r10_dropoutDropsTheUnitsOfTheGenerator",
            "dropout",
            backend ->
                (args, real) ->
                    real.with(args[0], args[1], args[2], args[3], nextSite((Noise) args[4]))),
        noise(
            "ignores the period of locked dropout",
            "r10_dropoutDropsTheUnitsOfTheGenerator",
            "dropout",
            backend ->
                (args, real) ->
                    real.with(
                        args[0],
                        args[1],
                        args[2],
                        Math.toIntExact(((Tensor) args[0]).size()),
                        args[4])),
        noise(
            "draws the same bits at every step",
            "noise_advanceAddsOneToTheStepAndDrawsOtherBits",
            "advance",
            backend -> (args, real) -> null),
        optimizer(
            "forgets Adam's bias correction",
            "optimizer_adamFollowsItsFormula",
            "advance",
            backend -> (args, real) -> lateStep(backend, (Tensor) args[0])),
        optimizer(
            "takes decoupled decay for L2",
            "optimizer_adamFollowsItsFormula",
            "adam",
            backend -> UpdateFaults::l2Adam),
        optimizer(
            "takes Nesterov's momentum for the classical one",
            "optimizer_gradientDescentFollowsItsFormula",
            "sgd",
            backend -> UpdateFaults::classicalSgd),
        optimizer(
            "does not clip",
            "optimizer_gradientDescentFollowsItsFormula",
            "globalNorm",
            backend -> overwriting(backend, OptimizerScalars.FACTOR, 1)),
        optimizer(
            "does not count norms that are not finite",
            "optimizer_normsThatAreNotFiniteAreCounted",
            "globalNorm",
            backend -> overwriting(backend, OptimizerScalars.SKIPPED, 0)),
        optimizer(
            "updates with a gradient that is not finite",
            "optimizer_aGradientThatIsNotFiniteChangesNothing",
            "globalNorm",
            backend -> (args, real) -> null),
        memory(
            "gives memory that is not zero",
            "memory_newMemoryIsZero",
            "allocate",
            UpdateFaults::dirty),
        memory(
            "never reuses an arena's addresses",
            "memory_anArenaGivesTheSameAddressesForTheSameTakes",
            "arena",
            backend -> UpdateFaults::forgetfulArena));
  }

  private static Fault noise(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(name, caughtBy, "noise", NoiseKernels.class, Backend::noise, method, body);
  }

  private static Fault optimizer(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(
        name, caughtBy, "optimizer", OptimizerKernels.class, Backend::optimizer, method, body);
  }

  private static Fault memory(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(name, caughtBy, "memory", Memory.class, Backend::memory, method, body);
  }

  private static Noise nextSite(Noise noise) {
    return new Noise(noise.state(), noise.site() + 1);
  }

  /** So late that the correction is none. */
  private static Object lateStep(Backend backend, Tensor scalars) {
    double[] values = Fault.read(backend, scalars);
    values[OptimizerScalars.STEP] = 1e6;
    Fault.write(backend, values, scalars);
    return null;
  }

  private static Object l2Adam(Object[] args, Interception.Proceed real) {
    AdamUpdate io = (AdamUpdate) args[0];
    return real.with(
        new AdamUpdate(
            io.parameters(),
            io.gradients(),
            io.m(),
            io.v(),
            io.scalars(),
            io.beta1(),
            io.beta2(),
            io.epsilon(),
            io.decay(),
            WeightDecay.L2));
  }

  private static Object classicalSgd(Object[] args, Interception.Proceed real) {
    SgdUpdate io = (SgdUpdate) args[0];
    return real.with(
        new SgdUpdate(
            io.parameters(),
            io.gradients(),
            io.velocity(),
            io.scalars(),
            io.momentum(),
            Momentum.CLASSICAL,
            io.decay()));
  }

  /** With one of the scalars overwritten afterwards. */
  private static Body overwriting(Backend backend, int scalar, double value) {
    return (args, real) -> {
      real.with(args);
      Tensor scalars = (Tensor) args[1];
      double[] values = Fault.read(backend, scalars);
      values[scalar] = value;
      Fault.write(backend, values, scalars);
      return null;
    };
  }

  private static Body dirty(Backend backend) {
    return (args, real) -> {
      Storage storage = (Storage) real.with(args);
      if (storage.type() != DType.BYTE && storage.size() > 0) {
        backend.memory().fill(Tensor.of(storage), 1);
      }
      return storage;
    };
  }

  private static Object forgetfulArena(Object[] args, Interception.Proceed real) {
    Arena arena = (Arena) real.with(args);
    return Interception.of(
        Arena.class,
        arena,
        "release",
        (mark, release) -> {
          release.with(mark);
          return arena.take(DType.F32, Shape.of(64));
        });
  }
}
