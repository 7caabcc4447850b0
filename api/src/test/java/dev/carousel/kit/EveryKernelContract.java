package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.run.HeapMeter;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.KernelCatalog;
import dev.carousel.kit.run.KernelCatalog.Entry;
import dev.carousel.kit.run.Outcome;
import dev.carousel.spi.Replay;
import dev.carousel.tensor.DType;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules say of every kernel, for those that are not recurrent. */
public interface EveryKernelContract extends BackendContract {
  /** Every kernel in every type. */
  default Stream<Arguments> kernels() {
    return types().flatMap(type -> KernelCatalog.all(20).stream().map(k -> Arguments.of(type, k)));
  }

  /** Every kernel in one type, on little and on much. */
  default Stream<Arguments> kernelsOfTwoSizes() {
    DType type = types().findFirst().orElseThrow();
    var much = KernelCatalog.all(100).iterator();
    return KernelCatalog.all(5).stream().map(few -> Arguments.of(type, few, much.next()));
  }

  /** A little garbage a call is forgiven, but not one that grows. */
  @ParameterizedTest
  @MethodSource("kernelsOfTwoSizes")
  default void r06_aKernelAllocatesNothingThatGrowsWithItsOperands(
      DType type, Entry few, Entry much) {
    long little = heapBytes(type, few);
    long more = heapBytes(type, much);
    assertThat(more).as("heap bytes a call of %s", much).isLessThanOrEqualTo(heapBytesPerCall());
    assertThat(more - little).as("more heap bytes for larger operands of %s", much).isLessThan(512);
  }

  private long heapBytes(DType type, Entry kernel) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      return HeapMeter.bytesPerCall(kernel.prepare().apply(call));
    }
  }

  /** What is not an output is read only. */
  @ParameterizedTest
  @MethodSource("kernels")
  default void r07_aKernelLeavesItsInputsAsTheyAre(DType type, Entry kernel) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Runnable run = kernel.prepare().apply(call);
      Outcome before = call.inputs();
      run.run();
      assertSameBits("inputs of " + kernel, call.inputs(), before);
    }
  }

  /** Whatever the outputs held before. */
  @ParameterizedTest
  @MethodSource("kernels")
  default void r10_aKernelGivesTheSameBitsEveryTime(DType type, Entry kernel) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Runnable run = kernel.prepare().apply(call);
      run.run();
      Outcome first = call.outcome();
      for (int i = 0; i < 3; i++) {
        call.reset();
        run.run();
        assertSameBits(kernel, call.outcome(), first);
      }
    }
  }

  /** Recording runs the kernel, and replaying runs it again. */
  @ParameterizedTest
  @MethodSource("kernels")
  default void r10_aReplayedKernelGivesTheBitsOfTheEagerOne(DType type, Entry kernel) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Runnable run = kernel.prepare().apply(call);
      run.run();
      Outcome eager = call.outcome();
      call.reset();
      try (Replay replay = backend().capture().record(run)) {
        assertSameBits("the recording of " + kernel, call.outcome(), eager);
        call.reset();
        replay.launch();
        assertSameBits("the replay of " + kernel, call.outcome(), eager);
      }
    }
  }
}
