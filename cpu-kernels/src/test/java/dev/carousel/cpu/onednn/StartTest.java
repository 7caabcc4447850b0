package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is loaded when, in processes of their own. */
class StartTest {
  private static final String ONEDNN = "org.bytedeco.dnnl.global.dnnl source:";

  @BeforeAll
  static void needsKernelsOfOurOwn() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  /** The classes that the program loads, and what it prints. */
  private static String run(String cap, String projection) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:stdout",
            "-cp",
            System.getProperty("java.class.path"),
            FirstUse.class.getName(),
            projection);
    java.environment().put("ONEDNN_MAX_CPU_ISA", cap);
    java.redirectErrorStream(true);
    return new String(java.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aNetworkThatOurOwnKernelsRunLoadsNeitherOneDnnNorJavaCpp() throws IOException {
    String said = run("ALL", "0");
    assertThat(said)
        .contains("plan: Carousel LSTM F32", "library=oneDNN 3.")
        .doesNotContain(ONEDNN, "org.bytedeco.javacpp.Loader source:");
  }

  @Test
  void aProjectionLoadsOneDnn() throws IOException {
    assertThat(run("ALL", "3")).contains("plan: oneDNN", ONEDNN);
  }

  @Test
  void aCapOnOneDnnCapsOurOwnKernelsWithoutLoadingIt() throws IOException {
    String said = run("AVX2", "0");
    assertThat(said)
        .contains("plan: Carousel LSTM F32", "kernels, " + InstructionSet.AVX2 + ",")
        .doesNotContain(ONEDNN);
  }
}
