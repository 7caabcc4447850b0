package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompareCommandTest {
  private static Run small(String... more) {
    String[] args = {
      "compare",
      "--backends",
      "reference,cpu",
      "--input",
      "3",
      "--hidden",
      "4",
      "--steps",
      "3",
      "--batch",
      "2",
      "--threads",
      "1"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Run.of(all);
  }

  @Test
  void aTableNamesEveryTensorAndTheTimes() {
    Run run = small("--cell", "gru", "--layers", "2", "--bidirectional");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("cpu F32 against reference F64 on GRU F32 C=3 H=4 L=2 BIDIRECTIONAL T=3 N=2")
        .contains("dWeights", "weights after 10 steps", "milliseconds a call")
        .doesNotContain("beyond tolerance");
  }

  @Test
  void jsonHasTheSameNumbers() throws IOException {
    Run run = small("--json");
    JsonNode c = new ObjectMapper().readTree(run.lastLine()).path("comparisons").path(0);
    assertThat(c.path("backend").asText()).isEqualTo("cpu F32");
    assertThat(c.path("withinTolerance").asBoolean()).isTrue();
    assertThat(c.path("deviations").size()).isEqualTo(8);
    assertThat(c.path("times").path("trainingMillis").asDouble()).isPositive();
  }

  @Test
  void oneBackendAloneAndSizesOfNothingAreNotUnderstood() {
    Run alone = Run.of("compare", "--backends", "reference");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("at least two names");
    Run nothing = Run.of("compare", "--backends", "reference,cpu", "--steps", "0");
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("--steps must be at least 1, not 0");
    Run projected = small("--cell", "gru", "--projection", "2");
    assertThat(projected.code()).isEqualTo(2);
    assertThat(projected.err()).contains("only the LSTM has a projection");
  }

  @Test
  void aBackendThatIsNotThereIsRefusedByName() {
    Run run = Run.of("compare", "--backends", "reference,abacus");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("abacus");
  }
}
