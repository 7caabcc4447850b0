package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.model.Start;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.train.ProgressBar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes carried out, with small networks on small data. */
class RecipeRunTest {
  private static final Map<String, String> SMALL =
      Map.of("embedding", "8", "hidden", "8", "epochs", "3");

  @TempDir private Path folder;

  /** The recipe with other settings. */
  private static Recipe small(String name, String... more) {
    Recipe r = Recipes.named(name);
    Map<String, String> settings = new LinkedHashMap<>(r.settings());
    settings.putAll(SMALL);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new Recipe(r.name(), r.task(), r.description(), r.files(), settings, r.claim());
  }

  /** The last line of a run on the reference backend. */
  private JsonNode cook(Recipe recipe) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = console(out);
    try (Backend backend = Backends.named("reference")) {
      int code =
          new SeedRuns(new TrainingRun(console, backend), recipe.plan(folder, 1), Precision.F32)
              .run(List.of(1L), null, Start.FRESH)
              .print(console, true);
      assertThat(code).isZero();
    }
    String all = out.toString(StandardCharsets.UTF_8).strip();
    return new ObjectMapper().readTree(all.substring(all.lastIndexOf('\n') + 1));
  }

  private static Console console(ByteArrayOutputStream out) {
    return new Console(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        ProgressBar.Display.PLAIN);
  }

  private static void fraction(JsonNode figures, String name) {
    assertThat(figures.path(name).asDouble(-1)).as(name + " of " + figures).isBetween(0.0, 1.0);
  }

  private static void ran(JsonNode figures) {
    assertThat(figures.get("backend").asText()).isEqualTo("reference");
    assertThat(figures.get("epochs").asInt()).isEqualTo(3);
    assertThat(figures.get("seconds").asDouble()).isPositive();
    assertThat(figures.get("tokensPerSecond").asDouble()).isPositive();
  }

  private void questions() throws IOException {
    String text = "LOC:city where is linz ?\nHUM:ind who is anna ?\n".repeat(20);
    Files.writeString(folder.resolve("TREC.train"), text);
    Files.writeString(folder.resolve("TREC.test"), text);
  }

  @Test
  void aClassifiersFiguresAreFractions() throws IOException {
    questions();
    JsonNode figures = cook(small("trec"));
    fraction(figures, "accuracy");
    fraction(figures, "macroF1");
    ran(figures);
  }

  @Test
  void aTaggersFiguresAreFractionsAndTellTheIntentsOnesToo() throws IOException {
    for (String part : List.of("train", "valid", "test")) {
      Path data = Files.createDirectory(folder.resolve(part));
      Files.writeString(data.resolve("seq.in"), "fly to linz\nhow much\n".repeat(8));
      Files.writeString(data.resolve("seq.out"), "O O B-city\nO O\n".repeat(8));
      Files.writeString(data.resolve("label"), "flight\nfare\n".repeat(8));
    }
    JsonNode figures = cook(small("atis", "character-size", "4"));
    for (String name : List.of("f1", "precision", "recall", "accuracy", "intentAccuracy")) {
      fraction(figures, name);
    }
    ran(figures);
  }

  @Test
  void aLanguageModelsFigureIsItsPerplexity() throws IOException {
    Files.writeString(folder.resolve("input.txt"), "to be or not to be\n".repeat(120));
    JsonNode figures = cook(small("shakespeare", "batch", "4", "steps", "10"));
    // of twelve characters and the end of a line
    assertThat(figures.get("perplexity").asDouble()).isBetween(1.0, 20.0);
    assertThat(figures.get("bitsPerCharacter").asDouble()).isPositive();
    assertThat(figures.get("loss").asDouble())
        .isCloseTo(Math.log(figures.get("perplexity").asDouble()), within(1e-6));
    ran(figures);
  }

  @Test
  void aTranslatorsFiguresAreBleuAndChrf() throws IOException {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      pairs.append("the " + i + " apples\t" + i + "个苹果\tattribution\n");
    }
    Files.writeString(folder.resolve("cmn.txt"), pairs);
    JsonNode figures = cook(small("tatoeba-zh-en", "hold-out", "4", "target-tokenizer", "bpe:20"));
    assertThat(figures.get("bleu").asDouble()).isBetween(0.0, 100.0);
    assertThat(figures.get("chrf").asDouble()).isBetween(0.0, 100.0);
    assertThat(figures.get("perplexity").asDouble()).isGreaterThan(1);
    assertThat(figures.get("bleuSignature").asText()).contains("tok:13a");
    ran(figures);
  }

  @Test
  void aChatbotsFiguresTellWhereItsAnswersComeFrom() throws IOException {
    Files.writeString(folder.resolve("talk.tsv"), "hello\tgood day\nwho\ta carousel\n".repeat(10));
    Recipe talk =
        new Recipe(
            "talk",
            "chat",
            "a few answers",
            Map.of("train", "talk.tsv", "test", "talk.tsv"),
            Map.of("tokenizer", "whitespace", "embedding", "8", "hidden", "8", "epochs", "3"),
            new Recipe.Claim(Map.of(), "nothing"));
    JsonNode figures = cook(talk);
    assertThat(figures.get("bleu").asDouble()).isBetween(0.0, 100.0);
    assertThat(
            figures.get("written").asInt()
                + figures.get("retrieved").asInt()
                + figures.get("unknown").asInt())
        .isEqualTo(20);
    ran(figures);
  }

  @Test
  void aRecipeGoesOnFromItsCheckpointToTheSameFigures() throws IOException {
    questions();
    Recipe recipe = small("trec");
    Console console = console(new ByteArrayOutputStream());
    try (Backend backend = Backends.named("reference")) {
      TrainingRun run = new TrainingRun(console, backend);
      RunFolder kept = RunFolder.of(folder.resolve("model"));
      TrainingPlan plan = recipe.plan(folder, 1);
      run.trainUpTo(plan.training(1, Precision.F32, console), kept, Start.FRESH, 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SeedRuns(run, recipe.plan(folder, 1), Precision.F32)
          .run(List.of(1L), kept, Start.RESUME)
          .print(console(out), true);
      JsonNode resumed = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
      JsonNode whole = cook(recipe);
      assertThat(resumed.get("loss")).isEqualTo(whole.get("loss"));
      assertThat(resumed.get("accuracy")).isEqualTo(whole.get("accuracy"));
      assertThat(Files.readAllLines(kept.log()))
          .filteredOn(line -> line.contains(",train,epoch_loss,"))
          .hasSize(3);
    }
  }

  @Test
  void theCommandResumesWhereThereIsARunAndOtherwiseSaysWhy() throws IOException {
    questions();
    String[] words = {
      "recipe", "trec", "--data=" + folder, "--backend=reference", "--resume", "--json"
    };
    Run nowhere = Run.of(words);
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("give the same --out DIR");
    words[5] = "--out=" + folder.resolve("model");
    Run nothing = Run.of(words);
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("holds no run to resume");
    begin(RunFolder.of(folder.resolve("model")));
    Run resumed = Run.of(words);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("epoch 10/10").doesNotContain("epoch 9/10");
  }

  /** Nine of the recipe's ten epochs. */
  private void begin(RunFolder kept) throws IOException {
    Console console = console(new ByteArrayOutputStream());
    try (Backend backend = Backends.named("reference")) {
      new TrainingRun(console, backend)
          .trainUpTo(
              Recipes.named("trec").plan(folder, 1).training(1, Precision.F32, console),
              kept,
              Start.FRESH,
              9);
    }
  }

  @Test
  void aRunThatWasStoppedSaysHowToGoOn() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            ProgressBar.Display.PLAIN);
    int code =
        new Outcome.Interrupted<>(RunFolder.of(folder.resolve("model"))).print(console, false);
    assertThat(code).isEqualTo(130);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("checkpoint.safetensors is complete, and the same command with --resume goes on");
  }
}
