package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code carousel gradients} without a model. */
class GradientsCommandTest {
  @TempDir private Path folder;

  private static Run gradients(String... more) {
    List<String> words = new ArrayList<>(List.of("gradients", "--backend=reference", "--hidden=8"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void everyNetworkHasALineOfNormsAndALineOfWhatClippingDoes() {
    Path picture = folder.resolve("flow.png");
    Run run = gradients("--length=30", "--png", picture.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(l -> l.startsWith("LSTM, forget bias 3"))).hasSize(2);
    assertThat(run.out().lines().filter(l -> l.startsWith("RNN_RELU, radius 2"))).hasSize(2);
    assertThat(run.out()).contains("clipped at 1.0");
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void theObjectHasANormForEachDistanceAndLayer() throws IOException {
    Run run =
        gradients("--cells=gru,lstm", "--forget-bias=2", "--layers=2", "--length=30", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode networks = new ObjectMapper().readTree(run.lastLine()).get("networks");
    assertThat(networks).hasSize(2);
    assertThat(networks.get(1).get("forgetBias").asDouble()).isEqualTo(2);
    JsonNode layers = networks.get(0).get("normsByDistance");
    assertThat(layers).hasSize(2);
    assertThat(layers.get(1)).hasSize(31);
    assertThat(layers.get(1).get(0).asDouble()).isBetween(0.999999, 1.000001);
    assertThat(networks.get(0).get("updateNorm").asDouble()).isLessThanOrEqualTo(1.0001);
  }

  @Test
  void whatCannotBeFollowedIsAUsageFailure() {
    assertThat(gradients("--length=0").err()).contains("--length must be at least 1");
    assertThat(gradients("--radius=0").err()).contains("radius must be above 0");
    assertThat(gradients("--cells=elman").err()).contains("expected lstm, gru");
    Run data = gradients("--data=x.tsv");
    assertThat(data.code()).isEqualTo(2);
    assertThat(data.err()).contains("--data needs a model");
  }
}
