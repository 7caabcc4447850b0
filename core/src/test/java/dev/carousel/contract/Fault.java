package dev.carousel.contract;

import dev.carousel.contract.Interception.Body;
import dev.carousel.kit.run.DeviceTensors;
import dev.carousel.spi.Backend;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.Tensor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One way in which a backend can be wrong.
 *
 * @param name what is wrong with it
 * @param caughtBy the test of the kit that must fail
 * @param breaking makes it wrong
 */
record Fault(String name, String caughtBy, UnaryOperator<Backend> breaking) {
  /** A fault in one method of a plan. */
  static Fault inPlan(
      String name, String caughtBy, String method, BiFunction<Backend, RnnPlan, Body> body) {
    return inRnn(
        name,
        caughtBy,
        "plan",
        backend ->
            (arguments, real) -> {
              RnnPlan plan = (RnnPlan) real.with(arguments);
              return Interception.of(RnnPlan.class, plan, method, body.apply(backend, plan));
            });
  }

  /** A fault in planning or packing recurrent networks. */
  static Fault inRnn(String name, String caughtBy, String method, Function<Backend, Body> body) {
    return inGroup(name, caughtBy, "rnn", RnnKernels.class, Backend::rnn, method, body);
  }

  /** A fault in one method of one group of kernels. */
  static <T> Fault inGroup(
      String name,
      String caughtBy,
      String group,
      Class<T> type,
      Function<Backend, T> kernels,
      String method,
      Function<Backend, Body> body) {
    return new Fault(
        name,
        caughtBy,
        backend -> {
          T broken = Interception.of(type, kernels.apply(backend), method, body.apply(backend));
          return Interception.of(Backend.class, backend, group, (arguments, real) -> broken);
        });
  }

  /** Reads a tensor of the backend. */
  static double[] read(Backend backend, Tensor t) {
    try (DeviceTensors tensors = new DeviceTensors(backend.memory())) {
      return tensors.read(t);
    }
  }

  /** Overwrites a floating tensor of the backend. */
  static void write(Backend backend, double[] values, Tensor t) {
    try (DeviceTensors tensors = new DeviceTensors(backend.memory())) {
      tensors.write(values, t);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
