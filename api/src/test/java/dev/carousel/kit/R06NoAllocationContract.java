package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.run.HeapMeter;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R6: nothing is allocated after plan and pack; all memory of a call is the caller's. */
public interface R06NoAllocationContract extends RnnContract {
  /** Forward and backward, on a batch far larger than the bound. */
  @ParameterizedTest
  @MethodSource("wideSpecs")
  default void r06_aCallAllocatesNothingThatGrowsWithItsShape(RnnSpec spec) {
    assumeRuns(spec);
    long few = heapBytes(RnnCase.of(spec, 2, 1, LengthPattern.RAGGED, 601));
    long many = heapBytes(RnnCase.of(spec, 24, 8, LengthPattern.RAGGED, 602));
    assertThat(many).as("heap bytes a call of %s", spec).isLessThanOrEqualTo(heapBytesPerCall());
    assertThat(many - few).as("more heap bytes for more steps and rows").isLessThan(512);
  }

  private long heapBytes(RnnCase c) {
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      return HeapMeter.bytesPerCall(call::run);
    }
  }

  /** A plan holds no data of a call. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r06_severalForwardsMayBeUnderWayBeforeTheirBackwards(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 3, LengthPattern.RAGGED, 603);
    RnnData data = RnnData.of(c);
    List<RnnCall> calls = new ArrayList<>();
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING)) {
      for (int i = 0; i < 3; i++) {
        calls.add(new RnnCall(rnn, c, otherInput(c, data, i)));
      }
      calls.forEach(call -> rnn.plan().forward(call.forward()));
      calls.forEach(call -> rnn.plan().backward(call.backward()));
      for (int i = 0; i < calls.size(); i++) {
        Outcome alone = RnnCall.run(backend(), c, otherInput(c, data, i), Pass.TRAINING);
        assertSameBits("call " + i + " of " + c, calls.get(i).outcome(), alone);
      }
    } finally {
      calls.forEach(RnnCall::close);
    }
  }

  /** One plan serves several threads at once. */
  @ParameterizedTest
  @MethodSource("wideSpecs")
  default void r06_threadsMayShareAPlan(RnnSpec spec) throws Exception {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 9, 4, LengthPattern.RAGGED, 604);
    RnnData data = RnnData.of(c);
    List<RnnCall> calls = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING)) {
      for (int i = 0; i < 12; i++) {
        calls.add(new RnnCall(rnn, c, otherInput(c, data, i)));
      }
      runAll(threads, calls);
      for (int i = 0; i < calls.size(); i++) {
        Outcome alone = RnnCall.run(backend(), c, otherInput(c, data, i), Pass.TRAINING);
        assertSameBits("call " + i + " of " + c, calls.get(i).outcome(), alone);
      }
    } finally {
      threads.shutdownNow();
      calls.forEach(RnnCall::close);
    }
  }

  private static void runAll(ExecutorService threads, List<RnnCall> calls)
      throws InterruptedException, ExecutionException {
    for (Future<?> one :
        threads.invokeAll(
            calls.stream().map(call -> Executors.callable((Runnable) call::run)).toList())) {
      one.get();
    }
  }

  private static RnnData otherInput(RnnCase c, RnnData data, int i) {
    return RnnData.of(c.withSeed(c.seed() + 1000L * i)).withWeights(data.weights());
  }
}
