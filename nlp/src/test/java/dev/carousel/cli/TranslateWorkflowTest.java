package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From two files to translations, by the command line alone, on the reference backend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TranslateWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private Path source;
  private Path target;
  private Path model;
  private Run trained;

  @BeforeAll
  void train() throws IOException {
    List<String> english = new ArrayList<>();
    List<String> german = new ArrayList<>();
    for (int i = 0; i < 36; i++) {
      english.add((i % 2 == 0 ? "a dog " : "a cat ") + (i % 3 == 0 ? "runs" : "sleeps"));
      german.add((i % 2 == 0 ? "ein hund " : "eine katze ") + (i % 3 == 0 ? "rennt" : "schläft"));
    }
    source = Files.write(folder.resolve("train.en"), english);
    target = Files.write(folder.resolve("train.de"), german);
    model = folder.resolve("model");
    trained = run("train", "translate", "--out", model.toString(), "--json");
  }

  private Run run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--backend", "reference"));
    if (words[0].equals("train")) {
      for (String set : new String[] {"", "dev-", "test-"}) {
        all.addAll(List.of("--" + set + "source", source.toString()));
        all.addAll(List.of("--" + set + "target", target.toString()));
      }
      all.addAll(List.of("--tokenizer", "whitespace", "--hidden", "12", "--embedding", "12"));
      all.addAll(List.of("--epochs", "10", "--batch", "6", "--lr", "0.02", "--dropout", "0"));
      all.addAll(List.of("--bleu-tokenizer", "none", "--tie", "none", "--beam", "3"));
    }
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void trainingEndsWithItsFigures() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    JsonNode figures = JSON.readTree(trained.lastLine());
    assertThat(figures.get("bleu").asDouble()).isBetween(0.0, 100.0);
    assertThat(figures.get("chrf").asDouble()).isGreaterThan(80);
    assertThat(figures.get("bleuSignature").asText()).contains("tok:none");
    assertThat(trained.err()).contains("36 pairs to learn from").contains("model saved");
  }

  @Test
  void evalGivesTheFiguresOfTraining() throws IOException {
    Run evaluated =
        run(
            "eval",
            model.toString(),
            "--data",
            source.toString(),
            "--references",
            target.toString(),
            "--beam",
            "3",
            "--json");
    JsonNode before = JSON.readTree(trained.lastLine());
    JsonNode now = JSON.readTree(evaluated.lastLine());
    assertThat(now.get("bleu").asDouble()).isCloseTo(before.get("bleu").asDouble(), within(1e-9));
    assertThat(now.get("chrf")).isEqualTo(before.get("chrf"));
    Path tsv = Files.writeString(folder.resolve("t.tsv"), "ein hund rennt\ta dog runs\n");
    Run text = run("eval", model.toString(), "--data", tsv.toString(), "--pair-columns", "2,1");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out()).contains("BLEU = ").contains("chrF2 = ").contains("nrefs:1|case:mixed");
  }

  @Test
  void linesAreTranslated() {
    Run translated =
        Run.reading(
            "a dog runs\n\na cat sleeps\n", "translate", model.toString(), "--backend=reference");
    assertThat(translated.out().lines())
        .containsExactly("ein hund rennt", "", "eine katze schläft");
    Run predicted = Run.reading("a dog runs\n", "predict", model.toString(), "--backend=reference");
    assertThat(predicted.out().strip()).isEqualTo("ein hund rennt");
  }

  @Test
  void textsThatAreCutAreTold() {
    String text = "a dog runs\n" + "dog ".repeat(300) + "\n";
    for (String verb : new String[] {"translate", "predict"}) {
      Run run = Run.reading(text, verb, model.toString(), "--backend=reference");
      assertThat(run.out().lines()).hasSize(2);
      assertThat(run.err()).contains("of text 2 it read the first 256 of 300 tokens");
    }
  }

  @Test
  void candidatesAndAttentionAreShown() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "a dog runs\n");
    Run best = run("translate", model.toString(), text.toString(), "--beam", "3", "--n-best", "2");
    assertThat(best.out().lines()).hasSize(2).allMatch(l -> l.matches("1\t-?[0-9.]+\t.*"));
    Run shown = run("translate", model.toString(), text.toString(), "--show-attention");
    assertThat(shown.out())
        .startsWith("ein hund rennt\n")
        .contains("│ dog")
        .contains("│ │ runs")
        .contains("\nhund")
        .contains("<eos>");
    Run json = run("translate", model.toString(), text.toString(), "--show-attention", "--json");
    JsonNode fields = JSON.readTree(json.lastLine());
    assertThat(fields.get("translation").asText()).isEqualTo("ein hund rennt");
    assertThat(fields.get("attention")).hasSize(4);
    assertThat(fields.get("attention").get(0)).hasSize(3);
  }

  @Test
  void attentionIsDrawn() throws IOException {
    Path text = Files.writeString(folder.resolve("two"), "a dog runs\na cat sleeps\n");
    Path pictures = folder.resolve("pictures");
    Run drawn =
        run(
            "translate",
            model.toString(),
            text.toString(),
            "--show-attention=png",
            "--attention-dir",
            pictures.toString());
    assertThat(drawn.code()).as(drawn.err()).isZero();
    assertThat(drawn.out().lines()).hasSize(2);
    assertThat(ImageIO.read(pictures.resolve("attention-1.png").toFile()).getWidth())
        .isGreaterThan(3 * 26);
    assertThat(pictures.resolve("attention-2.png")).exists();
  }

  @Test
  void flagsThatDoNotGoTogetherAreUsageFailures() {
    assertThat(usage("translate", model.toString(), "--n-best", "9")).contains("1 to 5");
    assertThat(usage("translate", model.toString(), "--attention-dir", "x"))
        .contains("--show-attention=png");
    assertThat(usage("eval", model.toString(), "--data", source.toString(), "--columns", "token"))
        .contains("--columns is not for models of the task 'translate'");
    assertThat(usage("train", "translate", "--out", "x", "--source", "a")).contains("--target");
    assertThat(
            usage(
                "train",
                "translate",
                "--out",
                "x",
                "--train",
                "a",
                "--hold-out",
                "5",
                "--dev",
                "b"))
        .contains("--hold-out");
    assertThat(usage("train", "translate", "--out", "x", "--train", "a", "--tie", "all"))
        .contains("--share-vocabulary");
  }

  private static String usage(String... words) {
    Run run = Run.of(words);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    return run.err();
  }
}
