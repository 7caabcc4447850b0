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

  @BeforeAll
  void train() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add("hello\tgood day");
      rows.add("who are you\ta carousel");
    }
    data = Files.write(folder.resolve("talk.tsv"), rows);
    bot = folder.resolve("bot");
    trained =
        Run.of(
            "train",
            "chat",
            "--train",
            data.toString(),
            "--dev",
            data.toString(),
            "--out",
            bot.toString(),
            "--tokenizer",
            "whitespace",
            "--hidden",
            "12",
            "--embedding",
            "12",
            "--tie",
            "none",
            "--epochs",
            "10",
            "--batch",
            "8",
            "--lr",
            "0.02",
            "--dropout",
            "0",
            "--label-smoothing",
            "0",
            "--bleu-tokenizer",
            "none",
            "--backend",
            "reference",
            "--json");
  }

  @Test
  void aBotIsTrainedAndMeasured() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(JSON.readTree(trained.lastLine()).get("chrf").asDouble()).isGreaterThan(90);
    Run measured =
        Run.of(
            "eval", bot.toString(), "--data", data.toString(), "--backend", "reference", "--json");
    assertThat(JSON.readTree(measured.lastLine()).get("chrf"))
        .isEqualTo(JSON.readTree(trained.lastLine()).get("chrf"));
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
