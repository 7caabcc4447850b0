package dev.carousel.kit.run;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One ordinary call of every kernel but the recurrent ones, for what is promised of all alike:
 * inputs stay, nothing is allocated, the bits are the same every time and in a replay.
 */
public final class KernelCatalog {
  /** Makes a kernel's operands and says how to run it on them. */
  record Kernel(String name, Function<OrdinaryOperands, Runnable> prepare) {}

  /**
   * A kernel on tensors of a given length.
   *
   * @param name of the kernel
   * @param prepare makes the operands and says how to run it
   */
  public record Entry(String name, Function<KernelCall, Runnable> prepare) {
    @Override
    public String toString() {
      return name;
    }
  }

  private KernelCatalog() {}

  /** All of them, on tensors of {@code steps} steps. */
  public static List<Entry> all(int steps) {
    return Stream.of(DenseKernels.all(), TimeKernels.all(), TrainingKernels.all())
        .flatMap(List::stream)
        .map(kernel -> entry(kernel, steps))
        .toList();
  }

  private static Entry entry(Kernel kernel, int steps) {
    return new Entry(
        kernel.name(), call -> kernel.prepare().apply(new OrdinaryOperands(steps, call)));
  }
}
