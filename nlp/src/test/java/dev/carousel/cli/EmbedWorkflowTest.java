package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a text to vectors, and from those to models, by the command line alone. */
class EmbedWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      lines.add((i % 2 == 0 ? "Good" : "great") + " fine sunny warm days");
      lines.add((i % 2 == 0 ? "bad" : "sad") + " cold rainy dark nights");
    }
    text = Files.write(folder.resolve("text.txt"), lines);
  }

  private Run embed(Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("train", "embed", "--text", text.toString()));
    words.addAll(List.of("--out", out.toString(), "--dim", "8", "--epochs", "20", "--lr", "0.05"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void vectorsTellWhatIsAlikeInEveryFormat() throws IOException {
    for (String name : List.of("words.vec", "words.bin", "words")) {
      Path out = folder.resolve(name);
      Run run = embed(out, "--subsample", "0", "--json");
      assertThat(run.err()).contains("epoch 20/20").contains("vectors saved");
      JsonNode figures = JSON.readTree(run.lastLine());
      assertThat(figures.get("vectors").asInt()).isEqualTo(12);
      assertThat(figures.get("words").asInt()).isEqualTo(1500);
      Run similar = Run.of("similar", out.toString(), "good", "--top", "2");
      assertThat(similar.out().lines().toList()).hasSize(2);
      assertThat(similar.err()).contains("12 vectors read, 12 of 12 words found");
      JsonNode nearest =
          JSON.readTree(Run.of("similar", out.toString(), "Bad", "--json").lastLine());
      assertThat(nearest.get("query").asText()).isEqualTo("Bad");
      assertThat(nearest.get("nearest").get(0).get("word").asText()).isEqualTo("sad");
    }
  }

  @Test
  void aSumOfWordsIsAQuery() {
    Path out = folder.resolve("words.vec");
    embed(out);
    Run run = Run.of("similar", out.toString(), "good", "-", "bad", "+", "sad", "--top", "3");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("\tgood").doesNotContain("\tbad").doesNotContain("\tsad");
  }

  @Test
  void trainingsBeginWithTheVectors() throws IOException {
    Path out = folder.resolve("words");
    embed(out);
    Path rows = folder.resolve("data.tsv");
    Path tags = folder.resolve("data.txt");
    List<String> examples = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      examples.add(i % 2 == 0 ? "up\tgood sunny days" : "down\tbad dark nights");
      tokens.add(i % 2 == 0 ? "good UP\ndays O\n" : "bad DOWN\nnights O\n");
    }
    Files.write(rows, examples);
    Files.write(tags, tokens);
    for (List<String> task :
        List.of(
            List.of("classify", "--train", rows.toString(), "--format", "tsv"),
            List.of("tag", "--train", tags.toString(), "--columns", "token,tag"))) {
      List<String> words = new ArrayList<>(List.of("train"));
      words.addAll(task);
      words.addAll(List.of("--out", folder.resolve(task.get(0)).toString(), "--epochs", "1"));
      words.addAll(List.of("--embedding", "8", "--hidden", "4", "--backend", "reference"));
      words.addAll(List.of("--vectors", out.toString(), "--freeze-vectors"));
      Run run = Run.of(words.toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).contains("12 vectors read");
      // frozen, so the model's own table says what the vectors say
      String model = folder.resolve(task.get(0)).toString();
      assertThat(Run.of("similar", model, "good", "--top", "1").out())
          .isEqualTo(nearestOf(out, model));
    }
  }

  /** What the vectors say of the words that the model knows. */
  private static String nearestOf(Path out, String model) {
    List<String> known =
        Run.of("similar", model, "good").out().lines().map(l -> l.split("\t", -1)[1]).toList();
    return Run.of("similar", out.toString(), "good", "--top", "12")
        .out()
        .lines()
        .filter(line -> known.contains(line.split("\t", -1)[1]))
        .findFirst()
        .map(line -> line + System.lineSeparator())
        .orElse("");
  }

  @Test
  void analogiesAreScoredBySection() throws IOException {
    Path out = folder.resolve("words.vec");
    embed(out);
    Path file =
        Files.writeString(
            folder.resolve("q.txt"), ": moods\ngood bad days nights\ngood bad cat dog\n");
    Run run = Run.of("similar", out.toString(), "--analogies", file.toString());
    assertThat(run.out()).contains("moods").contains("total").contains("1 not asked");
    JsonNode json =
        JSON.readTree(
            Run.of("similar", out.toString(), "--analogies", file.toString(), "--json").lastLine());
    assertThat(json.get("sections").get("moods").get("missing").asInt()).isEqualTo(1);
  }

  @Test
  void whatCannotBeIsSaid() throws IOException {
    Path out = folder.resolve("words");
    assertThat(embed(out, "--dim", "0").code()).isEqualTo(2);
    assertThat(embed(out, "--tokenizer", "bpe:100").err()).contains("whole ones are needed");
    assertThat(embed(out, "--tokenizer", "character:keep").err()).contains("use character");
    Files.createDirectories(out);
    Files.writeString(out.resolve("diary.txt"), "dear diary");
    Run taken = embed(out);
    assertThat(taken.code()).isEqualTo(1);
    assertThat(taken.err()).contains("diary.txt").doesNotContain("epoch");
    assertThat(Run.of("similar", out.toString()).err()).contains("either a WORD or --analogies");
    Path vectors = folder.resolve("w.vec");
    embed(vectors);
    assertThat(Run.of("similar", vectors.toString(), "unheard").err())
        .contains("'unheard' has no vector");
    assertThat(Run.of("similar", vectors.toString(), "--analogies", "q.txt", "--top", "3").err())
        .contains("--top is for words");
    Path folderOfVectors = folder.resolve("own");
    embed(folderOfVectors);
    assertThat(Run.of("predict", folderOfVectors.toString()).err()).contains("carousel similar");
  }
}
