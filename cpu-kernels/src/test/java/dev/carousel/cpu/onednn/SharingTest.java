package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** One plan and one set of weights among many threads, and what they leave behind. */
class SharingTest {
  private static final RnnSpec SPEC =
      RnnSpec.of(Cell.LSTM, 24, 32).withLayers(2).withDirection(Direction.BIDIRECTIONAL);

  @Test
  void sixteenThreadsShareAPlanAndGetTheBitsOfOne() throws Exception {
    try (Engine engine = new Engine(ThreadCount.of(1));
        OneDnnRnnKernels kernels = new OneDnnRnnKernels(engine, CpuFeatures.detect())) {
      Trial first = trial(0);
      try (RnnPlan plan = kernels.plan(SPEC, 12, 3, Pass.TRAINING);
          RnnWeights weights = kernels.pack(SPEC, Tensor.of(first.weights, first.weights.length))) {
        assertSameBitsOnThreads(plan, weights);
      }
    }
  }

  private static void assertSameBitsOnThreads(RnnPlan plan, RnnWeights weights) throws Exception {
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int seed = 0; seed < 64; seed++) {
      Trial t = trial(seed);
      tasks.add(() -> t.run(plan, weights).everything());
    }
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<float[]>> results = threads.invokeAll(tasks);
      for (int seed = 0; seed < results.size(); seed++) {
        float[] alone = trial(seed).run(plan, weights).everything();
        assertThat(results.get(seed).get()).as("seed %d", seed).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Trial trial(int seed) {
    return new Trial(SPEC, 12, new int[] {12, 5, 0}, seed);
  }

  @Test
  void differentThreadCountsAreKeptApartOnOneThread() {
    Trial one = trial(1);
    Trial two = trial(1);
    try (Engine single = new Engine(ThreadCount.of(1));
        Engine pair = new Engine(ThreadCount.of(2));
        OneDnnRnnKernels a = new OneDnnRnnKernels(single, CpuFeatures.detect());
        OneDnnRnnKernels b = new OneDnnRnnKernels(pair, CpuFeatures.detect())) {
      one.run(a, Pass.TRAINING);
      two.run(b, Pass.TRAINING);
      assertThat(trial(1).run(a, Pass.TRAINING).everything()).isEqualTo(one.everything());
      assertThat(trial(1).run(b, Pass.TRAINING).everything()).isEqualTo(two.everything());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nativeMemoryStaysFlatWhenPlansAndWeightsComeAndGo() throws Exception {
    try (Engine engine = new Engine(ThreadCount.of(1));
        OneDnnRnnKernels kernels = new OneDnnRnnKernels(engine, CpuFeatures.detect())) {
      for (int i = 0; i < 60; i++) {
        cycle(kernels, i);
      }
      long before = residentKilobytes();
      for (int i = 60; i < 260; i++) {
        cycle(kernels, i);
      }
      // 200 leaked plans of these shapes would hold more than 100 MB
      assertThat(residentKilobytes() - before).as("kB of growth").isLessThan(24_000);
    }
  }

  /** Shapes change from cycle to cycle, as leaks are often seen only then. */
  private static void cycle(OneDnnRnnKernels kernels, int i) {
    new Trial(SPEC, 16 + i % 16, new int[] {16, 9, 1, 4}, i).run(kernels, Pass.TRAINING);
  }

  private static long residentKilobytes() throws Exception {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("no RssAnon in /proc/self/status");
  }
}
