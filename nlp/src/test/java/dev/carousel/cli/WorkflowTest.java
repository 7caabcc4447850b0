package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.text.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to answers, by the command line alone, on the reference backend. */
class WorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void writeData() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(i % 2 == 0 ? "good\ta fine day " + i : "bad\ta sad day " + i);
    }
    data = Files.write(folder.resolve("data.tsv"), rows);
    model = folder.resolve("model");
  }

  private Run train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "classify", "--train", data.toString(), "--out", model.toString()));
    words.addAll(List.of("--backend", "reference", "--hidden", "6", "--embedding", "6"));
    words.addAll(List.of("--batch", "8", "--lr", "0.03", "--dropout", "0", "--format", "tsv"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void trainEvalAndPredictAgree() throws IOException {
    Run trained = train("--epochs", "6", "--test", data.toString(), "--json");
    assertThat(trained.err()).contains("epoch 6/6").contains("model saved");
    assertThat(trained.code()).isZero();
    JsonNode figures = JSON.readTree(trained.lastLine());
    assertThat(figures.get("accuracy").asDouble()).isGreaterThan(0.95);
    assertThat(figures.get("backend").asText()).isEqualTo("reference");
    assertThat(figures.has("macroF1") && figures.has("loss") && figures.has("seconds")).isTrue();

    Run evaluated = onReference("eval", model, "--data", data.toString(), "--json");
    JsonNode again = JSON.readTree(evaluated.lastLine());
    assertThat(again.get("accuracy")).isEqualTo(figures.get("accuracy"));
    assertThat(again.get("loss")).isEqualTo(figures.get("loss"));
    assertThat(again.get("examples").asInt()).isEqualTo(60);
    assertThat(again.get("tokensPerSecond").asDouble()).isPositive();

    Run predicted =
        Run.reading(
            "a fine day\n\na sad day\n", "predict", model.toString(), "--backend=reference");
    assertThat(predicted.out().lines().toList())
        .hasSize(3)
        .startsWith("good\ta fine day")
        .endsWith("bad\ta sad day");
  }

  @Test
  void aTokenizerJsonCutsTexts() throws IOException {
    Path file = TokenizerJson.bytes(folder.resolve("t.json"), "d a", "da y", "Ġ day");
    Run trained = train("--epochs", "1", "--tokenizer", "hf:" + file);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(Files.readString(model.resolve("tokenizer.json"))).isEqualTo(Files.readString(file));
    // without steps of ours before the file's own
    assertThat(JSON.readTree(model.resolve("config.json").toFile()).at("/tokenizer/normalizer"))
        .isEqualTo(JSON.getNodeFactory().textNode("none"));
    Run predicted = Run.reading("a fine day\n", "predict", model.toString(), "--backend=reference");
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(train("--tokenizer", "hf").err()).contains("hf:path/to/tokenizer.json");
    assertThat(train("--tokenizer", "hf:absent.json").err()).contains("absent.json");
  }

  @Test
  void predictPrintsAJsonObjectALine() throws IOException {
    train("--epochs", "1");
    Path texts = Files.writeString(folder.resolve("texts.txt"), "one\ntwo \"quoted\"\n");
    Run run = onReference("predict", model, texts.toString(), "--json", "--top", "1");
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode second = JSON.readTree(lines.get(1));
    assertThat(second.get("text").asText()).isEqualTo("two \"quoted\"");
    assertThat(second.get("scores").size()).isEqualTo(1);
    assertThat(second.get("scores").has(second.get("label").asText())).isTrue();
  }

  @Test
  void aFinishedRunLeavesAModelALogAndPictures() {
    train("--epochs", "2");
    assertThat(model).isDirectoryContaining("glob:**model.safetensors");
    Path run = folder.resolve("model.run");
    assertThat(run.resolve("log.csv")).isNotEmptyFile();
    assertThat(run.resolve("checkpoint.safetensors")).isNotEmptyFile();
    assertThat(run.resolve("curves.png")).isNotEmptyFile();
    assertThat(run.resolve("confusion.png")).isNotEmptyFile();
  }

  @Test
  void resumeRefusesOtherSettingsAndNamesThem() {
    train("--epochs", "1");
    Run resumed = train("--epochs", "1", "--layers", "2", "--resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("--layers 1, now it is 2");
  }

  @Test
  void resumeRefusesOtherDataAndNamesTheFile() throws IOException {
    train("--epochs", "1");
    Files.writeString(data, "good\tone more\n", java.nio.file.StandardOpenOption.APPEND);
    Run resumed = train("--epochs", "1", "--resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("the file data.tsv");
  }

  @Test
  void resumeWithoutARunSaysSo() {
    Run resumed = train("--epochs", "1", "--resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("holds no run to resume");
  }

  @Test
  void aFolderWithOtherThingsIsNotOverwritten() throws IOException {
    Files.createDirectories(model);
    Files.writeString(model.resolve("diary.txt"), "dear diary");
    Run run = train("--epochs", "1");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("diary.txt").doesNotContain("epoch");
    assertThat(model.resolve("diary.txt")).hasContent("dear diary");
  }

  @Test
  void aBadRowIsReportedByItsLine() throws IOException {
    Files.writeString(data, "good\tfine\nno tab here\n");
    Run run = train("--epochs", "1");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("data.tsv:2");
    assertThat(run.err()).doesNotContain("\tat dev.carousel");
  }

  @Test
  void aMissingFileIsNamedAndVerboseAddsTheTrace() {
    String[] words = {
      "eval", folder.resolve("none").toString(), "--data", folder.resolve("no.tsv").toString()
    };
    Run run = Run.of(words);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("no.tsv").contains("no such file").doesNotContain("\tat ");
    Run verbose = Run.of("eval", "--verbose", words[1], words[2], words[3]);
    assertThat(verbose.err()).contains("\tat dev.carousel");
  }

  @Test
  void valuesThatNoTrainingCanHaveAreUsageFailures() {
    Run run = train("--layers", "0");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("layers must be at least 1").contains("--help");
    assertThat(train("--word-dropout", "1").code()).isEqualTo(2);
    assertThat(train("--schedule", "sometimes").err()).contains("plateau:PATIENCE,FACTOR");
    assertThat(folder.resolve("model.run")).doesNotExist();
  }

  @Test
  void withNothingHeldOutAllTextsAreLearnedFromAndTheTestIsMeasured() throws IOException {
    Path test = Files.writeString(folder.resolve("test.tsv"), "good\ta fine day 3\n");
    Run run = train("--no-dev", "--epochs", "2", "--test", test.toString(), "--json");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("60 texts to learn from, none to select by, 1 to measure on");
    JsonNode figures = JSON.readTree(run.lastLine());
    assertThat(figures.get("examples").asInt()).isEqualTo(1);
    assertThat(figures.get("dev").isEmpty()).isTrue();

    Run resumed = train("--epochs", "2", "--test", test.toString(), "--resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("--dev none, now it is absent");

    Run untested = train("--no-dev", "--epochs", "1", "--json");
    assertThat(untested.err()).contains("none to select by, measured on those it learns from");
    assertThat(JSON.readTree(untested.lastLine()).get("examples").asInt()).isEqualTo(60);
  }

  @Test
  void withNothingHeldOutNothingCanFollowAFigure() {
    assertThat(train("--no-dev", "--dev", data.toString()).err()).contains("give one of them");
    assertThat(train("--no-dev", "--patience", "2").err()).contains("set no patience");
    assertThat(train("--no-dev", "--schedule", "plateau:1,0.5").err()).contains("follows a metric");
    Run averaged = train("--no-dev", "--optimizer", "asgd");
    assertThat(averaged.code()).isEqualTo(2);
    assertThat(averaged.err()).contains("averages once a metric stalls");
    Run searched =
        Run.of(
            "tune",
            "classify",
            "--train",
            data.toString(),
            "--out",
            model.toString(),
            "--no-dev",
            "--vary",
            "lr=0.01,0.1",
            "--trials",
            "2",
            "--backend",
            "reference");
    assertThat(searched.code()).isNotZero();
    assertThat(searched.err()).contains("no figure to search by");
  }

  @Test
  void severalSeedsGiveTheirMeanAndSpreadAndAModelEach() throws IOException {
    Run run = train("--epochs", "1", "--seeds", "2", "--seed", "5", "--json");
    assertThat(run.code()).isZero();
    JsonNode all = JSON.readTree(run.lastLine());
    assertThat(all.get("seeds").toString()).isEqualTo("[5,6]");
    double first = all.get("runs").get(0).get("loss").asDouble();
    double second = all.get("runs").get(1).get("loss").asDouble();
    assertThat(first).isNotEqualTo(second);
    assertThat(all.get("loss").asDouble()).isEqualTo((first + second) / 2, offset(1e-12));
    assertThat(all.get("deviation").get("loss").asDouble())
        .isEqualTo(Math.abs(first - second) / Math.sqrt(2), offset(1e-12));
    Run alone = onReference("eval", folder.resolve("model-seed6"), "--data", data.toString());
    assertThat(alone.code()).isZero();
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void aFolderWithoutAModelIsNamed() {
    Run run = onReference("predict", folder.resolve("none"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("none").contains("model directory");
  }

  private static Run onReference(String verb, Path model, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, model.toString()));
    words.addAll(List.of(more));
    words.add("--backend=reference");
    return Run.of(words.toArray(String[]::new));
  }
}
