package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a text to a model that writes, by the command line alone, on the reference backend. */
class LanguageWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path text;
  private Path model;

  @BeforeEach
  void writeText() throws IOException {
    text =
        Files.writeString(folder.resolve("text.txt"), "one two three\nred green blue\n".repeat(40));
    model = folder.resolve("model");
  }

  /** Trains a tiny model; {@code more} flags take the place of its own. */
  private Run train(String... more) {
    List<String> words = new ArrayList<>(List.of("train", "lm", "--train=" + text));
    words.addAll(List.of("--out=" + model, "--backend=reference", "--json"));
    for (String flag :
        List.of("--hidden=12", "--embedding=8", "--layers=1", "--batch=4", "--steps=8")) {
      String name = flag.substring(0, flag.indexOf('=') + 1);
      if (Arrays.stream(more).noneMatch(given -> given.startsWith(name))) {
        words.add(flag);
      }
    }
    words.addAll(List.of("--lr=0.03", "--dropout=0"));
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray(String[]::new));
  }

  private static Run onReference(String verb, Path model, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, model.toString(), "--backend=reference"));
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void trainEvalPredictAndGenerateAgree() throws IOException {
    Run trained = train("--level", "word", "--epochs", "12", "--test-part", "0.1");
    assertThat(trained.err()).contains("epoch 12/12").contains("model saved");
    assertThat(trained.code()).isZero();
    JsonNode figures = JSON.readTree(trained.lastLine());
    assertThat(figures.get("perplexity").asDouble()).isLessThan(1.5);
    assertThat(figures.get("tokensPerSecond").asDouble()).isPositive();
    // the last tenth of 1,160 characters: the last 8 of 80 lines
    assertThat(figures.get("tokens").asInt()).isEqualTo(8 * 4);

    Path test = Files.writeString(folder.resolve("test.txt"), "red green blue\n");
    JsonNode again =
        JSON.readTree(onReference("eval", model, "--data=" + test, "--json").lastLine());
    double loss = again.get("loss").asDouble();
    assertThat(again.get("perplexity").asDouble()).isCloseTo(Math.exp(loss), offset(1e-9));
    assertThat(again.get("bitsPerCharacter").asDouble())
        .isCloseTo(4 * loss / (15 * Math.log(2)), offset(1e-9));
    assertThat(again.get("tokens").asInt()).isEqualTo(4);
    assertThat(again.get("backend").asText()).isEqualTo("reference");
    assertThat(again.has("tokensPerSecond") && again.has("seconds")).isTrue();

    Run predicted =
        Run.reading("red green blue\n\n", "predict", model.toString(), "--backend=reference");
    assertThat(predicted.out().lines().toList()).hasSize(2);
    assertThat(predicted.out()).contains("\tred green blue");

    Run written = onReference("generate", model, "--prompt=one", "--length=5", "--temperature=0");
    assertThat(written.out()).isEqualTo("one two three\nred green\n");
  }

  @Test
  void generationSaysWhatItDidAndRepeatsItBySeed() throws IOException {
    train("--level", "char", "--epochs", "2");
    String[] flags = {
      "--length=40", "--temperature=1", "--top-k=5", "--top-p=0.9", "--block-ngrams=6", "--seed=4"
    };
    String[] json = Arrays.copyOf(flags, flags.length + 1);
    json[flags.length] = "--json";
    JsonNode once = JSON.readTree(onReference("generate", model, json).lastLine());
    JsonNode twice = JSON.readTree(onReference("generate", model, json).lastLine());
    assertThat(once.get("text").asText()).hasSize(40).isEqualTo(twice.get("text").asText());
    assertThat(once.get("tokens").asInt()).isEqualTo(40);
    assertThat(once.get("seed").asInt()).isEqualTo(4);
    String[] stream = Arrays.copyOf(flags, flags.length + 1);
    stream[flags.length] = "--stream";
    assertThat(onReference("generate", model, stream).out())
        .isEqualTo(once.get("text").asText() + System.lineSeparator());
  }

  @Test
  void theClassicExerciseIsOneCommand() throws IOException {
    Run trained =
        train(
            ("--level=char --unrolling=sliding --steps=12 --stride=3 --embedding=0 --hidden=8"
                    + " --schedule=constant --clip=0 --epochs=1 --dev-part=0.1 --test-part=0.1")
                .split(" ", -1));
    assertThat(trained.err()).contains("characters to learn from");
    assertThat(trained.code()).isZero();
    assertThat(JSON.readTree(trained.lastLine()).get("perplexity").asDouble()).isLessThan(20);
  }

  @Test
  void aFinishedTrainingIsResumedToTheSameFigures() throws IOException {
    String[] flags = {
      "--level=bpe",
      "--merges=10",
      "--optimizer=asgd",
      "--schedule=constant",
      "--unrolling=drawn",
      "--weight-drop=0.2",
      "--ar=1",
      "--tar=1"
    };
    List<String> words = new ArrayList<>(List.of(flags));
    words.add("--epochs=3");
    JsonNode whole = JSON.readTree(train(words.toArray(String[]::new)).lastLine());
    words.add("--resume");
    JsonNode again = JSON.readTree(train(words.toArray(String[]::new)).lastLine());
    assertThat(whole.get("loss").asDouble()).isPositive();
    assertThat(again.get("loss")).isEqualTo(whole.get("loss"));
    assertThat(again.get("dev")).isEqualTo(whole.get("dev"));
  }

  @Test
  void flagsThatContradictEachOtherAreUsageFailures() {
    assertUsage(train("--level=word", "--merges=5"), "merges");
    assertUsage(train("--level=word", "--layer-dropout=0.5"), "at least two layers");
    assertUsage(train("--level=char", "--tokenizer=word"), "--tokenizer");
    assertUsage(train("--level=char", "--momentum=0.5"), "--momentum belongs to sgd");
    assertUsage(train("--level=char", "--non-monotone=3"), "--non-monotone belongs to asgd");
    assertUsage(train("--level=char", "--stride=3"), "stride");
    assertUsage(train("--level=char", "--test=x.txt", "--test-part=0.1"), "--test-part");
    assertUsage(train("--level=word", "--embedding=0", "--tied"), "one-hot");
    assertUsage(Run.of("train", "lm", "--train", "x", "--out", "y"), "--level");
  }

  private static void assertUsage(Run run, String problem) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(problem);
  }

  @Test
  void anotherTasksModelIsRefused() throws IOException {
    Path data = Files.writeString(folder.resolve("data.tsv"), "good\tfine\nbad\tsad\n".repeat(9));
    Run.of(
        "train",
        "classify",
        "--train",
        data.toString(),
        "--out",
        model.toString(),
        "--backend=reference",
        "--hidden=4",
        "--embedding=4",
        "--epochs=1",
        "--format=tsv");
    Run written = onReference("generate", model);
    assertThat(written.code()).isEqualTo(1);
    assertThat(written.err()).contains("'classify', not for 'lm'");
  }

  @Test
  void samplingOutOfRangeIsAUsageFailure() {
    assertUsage(onReference("generate", model, "--top-p=0"), "top-p");
    assertUsage(onReference("generate", model, "--stream", "--json"), "choose one");
    assertUsage(onReference("generate", model, "--length=-1"), "tokens");
  }
}
