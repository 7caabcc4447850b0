package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From dialogues to a conversation, by the command line alone, on the reference backend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private Path data;
  private Path bot;
  private Run trained;

  private static Run train(Path out, String... data) {
    List<String> words = new ArrayList<>(List.of("train", "chat", "--out", out.toString()));
    words.addAll(List.of(data));
    words.addAll(List.of("--tokenizer", "whitespace", "--hidden", "12", "--embedding", "12"));
    words.addAll(List.of("--tie", "none", "--batch", "8", "--lr", "0.02", "--dropout", "0"));
    words.addAll(List.of("--label-smoothing", "0", "--bleu-tokenizer", "none"));
    words.addAll(List.of("--backend", "reference", "--json"));
    return Run.of(words.toArray(String[]::new));
  }

  private Run eval(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("eval", bot.toString(), "--data=" + file));
    words.addAll(List.of("--backend=reference", "--json"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @BeforeAll
  void train() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add("hello\tgood day");
      rows.add("who are you\ta carousel");
    }
    data = Files.write(folder.resolve("talk.tsv"), rows);
    bot = folder.resolve("bot");
    trained = train(bot, "--train", data.toString(), "--dev", data.toString(), "--epochs", "10");
  }

  @Test
  void aBotIsTrainedAndMeasured() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(JSON.readTree(trained.lastLine()).get("chrf").asDouble()).isGreaterThan(90);
    JsonNode measured = JSON.readTree(eval(data).lastLine());
    assertThat(measured.get("chrf")).isEqualTo(JSON.readTree(trained.lastLine()).get("chrf"));
    assertThat(measured.get("written").asInt()).isEqualTo(40);
    assertThat(measured.get("retrieved").asInt()).isZero();
    Path strange = Files.writeString(folder.resolve("strange.tsv"), "xyz\tgood day\n");
    JsonNode unknown = JSON.readTree(eval(strange).lastLine());
    assertThat(
            unknown.get("written").asInt()
                + unknown.get("retrieved").asInt()
                + unknown.get("unknown").asInt())
        .isEqualTo(1);
  }

  @Test
  void measuringHeedsTheFormatAndAFileOfAnswers() throws IOException {
    Path noEnding = Files.copy(data, folder.resolve("talk"));
    assertThat(eval(noEnding).err()).contains("dialogues end in");
    assertThat(eval(noEnding, "--format=csv").err()).contains("no format of dialogues 'csv'");
    Run measured = eval(noEnding, "--format=tsv");
    assertThat(JSON.readTree(measured.lastLine()).get("chrf"))
        .isEqualTo(JSON.readTree(trained.lastLine()).get("chrf"));
    Path said = Files.writeString(folder.resolve("said.txt"), "hello\nwho are you\n");
    Path answers = Files.writeString(folder.resolve("answers.txt"), "good day\na carousel\n");
    Run two = eval(said, "--references=" + answers);
    assertThat(JSON.readTree(two.lastLine()).get("written").asInt()).isEqualTo(2);
  }

  @Test
  void whatWasSaidIsWeighedForEachWordOfTheAnswer() throws IOException {
    String[] words = {
      "inspect", bot.toString(), "who are you", "--backend=reference", "--json", "--saliency"
    };
    Run whole = Run.of(words);
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(JSON.readTree(whole.lastLine()).get("saliency").get("gradientNorms")).hasSize(3);
    words[4] = "--token=7";
    Run beyond = Run.of(words);
    assertThat(beyond.code()).isEqualTo(2);
    assertThat(beyond.err()).contains("there is no token 7: a carousel");
  }

  @Test
  void twoFilesAreDialoguesOfTwoTurns() throws IOException {
    Path said = folder.resolve("source.txt");
    Path answers = folder.resolve("target.txt");
    Files.writeString(said, "hello\nwho are you\n".repeat(20));
    Files.writeString(answers, "good day\na carousel\n".repeat(20));
    Run one =
        train(
            folder.resolve("one"),
            "--train=" + data,
            "--dev=" + data,
            "--test=" + data,
            "--epochs=1");
    Run two =
        train(
            folder.resolve("two"),
            "--source=" + said,
            "--target=" + answers,
            "--dev-source=" + said,
            "--dev-target=" + answers,
            "--test-source=" + said,
            "--test-target=" + answers,
            "--epochs=1");
    assertThat(two.code()).as(two.err()).isZero();
    assertThat(JSON.readTree(two.lastLine()).get("perplexity"))
        .isEqualTo(JSON.readTree(one.lastLine()).get("perplexity"));
    Path none = folder.resolve("none");
    assertThat(train(none, "--source=" + said).err()).contains("--train is one file, or two");
    assertThat(train(none).err()).contains("give --train, or --source and --target");
    assertThat(train(none, "--source=" + said, "--target=" + answers, "--format=tsv").err())
        .contains("--format is about single files");
  }

  @Test
  void badRowsAreNamedOrLeftOut() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.tsv"), "alone\n" + Files.readString(data));
    Run refused = train(folder.resolve("bad"), "--train=" + bad, "--epochs=1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("bad.tsv:1: a dialogue has at least two turns");
    Run skipped = train(folder.resolve("bad"), "--train=" + bad, "--epochs=1", "--skip-bad-rows");
    assertThat(skipped.code()).as(skipped.err()).isZero();
    assertThat(skipped.err()).contains("bad.tsv:1: a dialogue has at least two turns");
    assertThat(skipped.err()).contains("36 dialogues to learn from, 4 to select by");
    assertThat(JSON.readTree(eval(bad, "--skip-bad-rows").lastLine()).get("sentences").asInt())
        .isEqualTo(40);
  }

  @Test
  void linesOfAPipeAreAnswered() throws IOException {
    Run talk = Run.reading("hello\nwho are you\n", "chat", bot.toString(), "--backend=reference");
    assertThat(talk.code()).as(talk.err()).isZero();
    assertThat(talk.out().lines()).containsExactly("good day", "a carousel");
    Run json =
        Run.reading(
            "hello\n",
            "chat",
            bot.toString(),
            "--backend=reference",
            "--json",
            "--confidence=1",
            "--similarity=1",
            "--memory=0");
    JsonNode reply = JSON.readTree(json.lastLine());
    assertThat(reply.get("reply").asText()).isEqualTo("good day");
    assertThat(reply.get("origin").asText()).isEqualTo("RETRIEVED");
    Run why =
        Run.reading(
            "xyz abc\n",
            "chat",
            bot.toString(),
            "--backend=reference",
            "--why",
            "--confidence=1",
            "--unknown=Hm.");
    assertThat(why.out()).startsWith("Hm.\n  (unknown, ");
    Run predicted = Run.reading("hello\n", "predict", bot.toString(), "--backend=reference");
    assertThat(predicted.out().strip()).isEqualTo("good day");
  }

  @Test
  void valuesOutOfRangeAreUsageFailures() {
    Run run = Run.reading("", "chat", bot.toString(), "--confidence", "7");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("0 to 1");
  }
}
