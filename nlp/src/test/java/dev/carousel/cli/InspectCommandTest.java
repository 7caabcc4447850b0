package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.eval.TextWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code carousel inspect} on a classifier and on a language model of characters. */
class InspectCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static String classifier;
  private static String language;

  @BeforeAll
  static void train() throws IOException {
    List<String> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      rows.add(i % 2 == 0 ? "good\t今天天气很好 a fine day" : "bad\t今天天气不好 a sad day");
      text.append("left right left\n");
    }
    Path labelled = Files.write(folder.resolve("data.tsv"), rows);
    Path running = Files.writeString(folder.resolve("text.txt"), text);
    classifier = folder.resolve("classifier").toString();
    language = folder.resolve("language").toString();
    train("classify", labelled, classifier, "--bidirectional", "--pooling", "attention");
    train("lm", running, language, "--level", "char", "--cell", "gru");
  }

  private static void train(String task, Path data, String model, String... more) {
    List<String> words = new ArrayList<>(List.of("train", task, "--train", data.toString()));
    words.addAll(List.of("--out", model, "--backend", "reference", "--epochs", "1"));
    words.addAll(List.of("--hidden", "6", "--embedding", "6", "--batch", "8"));
    words.addAll(List.of(more));
    Run run = Run.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static Run inspect(String model, String text, String... more) {
    List<String> words = new ArrayList<>(List.of("inspect", model, text, "--backend=reference"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void theObjectHasEveryGateOfEveryDirectionWithItsTokens() throws IOException {
    Run run = inspect(classifier, "a fine day", "--json", "--saliency", "--of", "bad");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode inside = JSON.readTree(run.lastLine());
    assertThat(inside.get("task").asText()).isEqualTo("classify");
    assertThat(inside.get("deviation").asDouble()).isLessThan(1e-5);
    assertThat(inside.get("shapes").get("layers.gates").asText()).isEqualTo("[tokens, units]");
    assertThat(inside.get("layers")).hasSize(2);
    JsonNode layer = inside.get("layers").get(1);
    assertThat(layer.get("direction").asText()).isEqualTo("backwards");
    assertThat(layer.get("tokens").toString()).isEqualTo("[\"a\",\"fine\",\"day\"]");
    assertThat(layer.get("units")).hasSize(6);
    List<String> gates = new ArrayList<>();
    layer.get("gates").fieldNames().forEachRemaining(gates::add);
    assertThat(gates).containsExactly("i", "f", "g", "o", "c", "h");
    layer
        .get("gates")
        .forEach(
            gate -> {
              assertThat(gate).hasSize(3);
              assertThat(gate).allSatisfy(row -> assertThat(row).hasSize(6));
            });
    assertThat(inside.get("attention").get(0).get("weights").get(0)).hasSize(3);
    assertThat(inside.get("saliency").get("of").asText()).isEqualTo("bad");
    assertThat(inside.get("saliency").get("gradientNorms")).hasSize(3);
  }

  @Test
  void layersThatAreUnrolledShowTheirOwnGates() throws IOException {
    String model = folder.resolve("variant").toString();
    Path data = folder.resolve("data.tsv");
    train("classify", data, model, "--bidirectional", "--layer-norm", "--zoneout", "0.1");
    Run run = inspect(model, "a fine day", "--json", "--saliency");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode inside = JSON.readTree(run.lastLine());
    assertThat(inside.get("gatesComputedIn").asText()).isEqualTo("f32");
    assertThat(inside.get("deviation").isNull()).isTrue();
    assertThat(inside.get("layers")).hasSize(2);
    assertThat(inside.get("layers").get(1).get("gates").get("f")).hasSize(3);
    assertThat(inside.get("saliency").get("gradientNorms").get(1).asDouble()).isPositive();
    assertThat(inspect(model, "a fine day").out())
        .contains("Gates are those that backend reference computed.");
  }

  @Test
  void layersAndUnitsMayBeChosen() throws IOException {
    Run run = inspect(language, "left", "--json", "--layer", "1", "--units", "5,0-1");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode layers = JSON.readTree(run.lastLine()).get("layers");
    assertThat(layers).hasSize(1);
    assertThat(layers.get(0).get("layer").asInt()).isEqualTo(1);
    assertThat(layers.get(0).get("units").toString()).isEqualTo("[0,1,5]");
    assertThat(layers.get(0).get("gates").get("z").get(4)).hasSize(3);
  }

  @Test
  void linesKeepToTheWidthAndChineseCountsDouble() {
    for (String width : List.of("60", "100")) {
      Run run = inspect(classifier, "今天天气很好 a fine day", "--saliency", "--width", width);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("|Δh|  units").doesNotContain("\u001b");
      assertThat(run.out().lines())
          .allSatisfy(
              line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(Integer.parseInt(width)));
    }
  }

  @Test
  void picturesAreDrawnAGateADirection() {
    Path pictures = folder.resolve("pictures");
    Run run = inspect(classifier, "a fine day", "--saliency", "--png", pictures.toString());
    assertThat(run.code()).as(run.err()).isZero();
    for (String name : List.of("i", "f", "g", "o", "c", "h")) {
      assertThat(pictures.resolve("rnn-l0-forwards-" + name + ".png")).isNotEmptyFile();
      assertThat(pictures.resolve("rnn-l0-backwards-" + name + ".png")).isNotEmptyFile();
    }
    assertThat(pictures.resolve("attention-attention-0.png")).isNotEmptyFile();
    assertThat(pictures.resolve("saliency.png")).isNotEmptyFile();
  }

  @Test
  void tenThousandCharactersAreReadAndTheirPicturesCut() {
    Path pictures = folder.resolve("long");
    String text = "left right\n".repeat(910);
    Run run =
        Run.reading(
            text,
            "inspect",
            language,
            "-",
            "--backend=reference",
            "--layer=0",
            "--saliency",
            "--png",
            pictures.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().count()).isGreaterThan(20_000);
    assertThat(run.err()).contains("rnn-l0-forwards-z.png shows the first 400 of 10010 tokens");
  }

  @Test
  void aTextWithoutATokenIsSaidToHaveNone() {
    Run run = inspect(classifier, "", "--saliency");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("There is no token to look at.");
  }

  @Test
  void whatTheModelHasNotIsAUsageFailureThatSaysWhatItHas() {
    Run layer = inspect(language, "left", "--layer", "3");
    assertThat(layer.code()).isEqualTo(2);
    assertThat(layer.err()).contains("no layer 3: the model has layer 0, layer 1");
    assertThat(inspect(language, "left", "--units", "6").err())
        .contains("there is no unit 6: the layer's are 0 to 5");
    assertThat(inspect(language, "left", "--units", "4-2").err()).contains("no range of units");
    assertThat(inspect(classifier, "a", "--saliency", "--of", "ugly").err())
        .contains("the label 'ugly' is none of the model's 2: bad, good");
    assertThat(inspect(classifier, "a", "--of", "good").err()).contains("--of needs --saliency");
    assertThat(inspect(classifier, "a", "--saliency", "--token", "0").err())
        .contains("--token is not for models of the task 'classify'");
    assertThat(inspect(classifier, "a", "--width", "9").code()).isEqualTo(2);
    assertThat(inspect(folder.resolve("none").toString(), "a").code()).isEqualTo(1);
  }

  @Test
  void gradientsOfAModelAreFollowedOnItsOwnData() throws IOException {
    String data = folder.resolve("data.tsv").toString();
    Run text =
        Run.of("gradients", classifier, "--data", data, "--limit", "5", "--backend=reference");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("Mean |dL/dh| of 5 texts")
        .contains("rnn, layer 0, backwards")
        .contains("rnn.l0_reverse");
    Run object =
        Run.of(
            "gradients",
            language,
            "--data",
            folder.resolve("text.txt").toString(),
            "--window=8",
            "--json",
            "--backend=reference");
    assertThat(object.code()).as(object.err()).isZero();
    JsonNode flow = JSON.readTree(object.lastLine());
    assertThat(flow.get("layers")).hasSize(2);
    assertThat(flow.get("layers").get(0).get("normsByDistance")).hasSize(8);
    assertThat(Run.of("gradients", classifier, "--data", data, "--window=8").err())
        .contains("--window is not for models of the task 'classify'");
    assertThat(Run.of("gradients", classifier).err()).contains("give --data FILE");
    assertThat(Run.of("gradients", classifier, "--data", data, "--cells=gru").err())
        .contains("--cells is for untrained networks");
  }
}
