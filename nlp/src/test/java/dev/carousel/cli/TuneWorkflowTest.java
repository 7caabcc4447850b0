package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Searches by the command line, on the reference backend. */
class TuneWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(i % 2 == 0 ? "good\ta fine day " + i : "bad\ta sad day " + i);
    }
    data = Files.write(folder.resolve("data.tsv"), rows);
  }

  private Run tune(String out, String... more) {
    List<String> words = new ArrayList<>(List.of("tune", "classify", "--train", data.toString()));
    words.addAll(List.of("--dev", data.toString(), "--out", folder.resolve(out).toString()));
    words.addAll(List.of("--backend", "reference", "--embedding", "4", "--format", "tsv"));
    words.addAll(List.of("--batch", "8", "--dropout", "0.1"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  /** Runs the command line that a search printed, with its model elsewhere. */
  private void assertSameModelAgain(String out, String command) throws IOException {
    Path again = folder.resolve(out + "-again");
    String[] words =
        Arrays.stream(command.split(" ", -1))
            .skip(1)
            .map(word -> word.startsWith("--out=") ? "--out=" + again : word)
            .toArray(String[]::new);
    Run run = Run.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(again.resolve("model.safetensors")))
        .isEqualTo(Files.readAllBytes(folder.resolve(out).resolve("model.safetensors")));
  }

  @Test
  void randomSearchKeepsTheBestModelAndItsCommandLineGivesItAgain() throws IOException {
    Run run =
        tune("m", "--epochs=1", "--vary=lr=1e-5..0.05:log", "--vary=hidden=3,4", "--trials=2");
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).startsWith("trial  epochs  dev.accuracy  state").endsWith("hidden");
    assertThat(lines.subList(1, 3)).allMatch(line -> line.contains("finished"));
    String command =
        lines.stream().filter(l -> l.contains("carousel train")).findFirst().orElseThrow().strip();
    assertSameModelAgain("m", command);
    Path search = folder.resolve("m.tune");
    assertThat(Files.readAllLines(search.resolve("trials.csv"))).hasSize(3);
    assertThat(search.resolve("trials.png")).isNotEmptyFile();
    assertThat(search.resolve("trial-002/checkpoint.safetensors")).isNotEmptyFile();
    assertThat(tune("m", "--vary=hidden=3,4", "--trials=2").err()).contains("--resume");
  }

  @Test
  void theRungsOfHalvingAreOneTrainingWithoutABreak() throws IOException {
    Run run =
        tune(
            "h",
            "--search=halving",
            "--eta=2",
            "--max-epochs=4",
            "--schedule=cosine",
            "--vary=lr=0.001..0.05:log",
            "--trials=4",
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode found = JSON.readTree(run.lastLine());
    int[] epochs = new int[5];
    found.get("trials").forEach(trial -> epochs[trial.get("epochs").asInt()]++);
    assertThat(epochs).containsExactly(0, 2, 1, 0, 1);
    assertThat(found.get("command").asText()).contains("--epochs=4").contains("--seed=1");
    assertSameModelAgain("h", found.get("command").asText());
  }

  @Test
  void resumeRepeatsNothingThatTheJournalHas() throws IOException {
    String[] flags = {"--epochs=1", "--vary=hidden=3,4,5", "--trials=3"};
    assertThat(tune("r", flags).code()).isZero();
    Path search = folder.resolve("r.tune");
    byte[] table = Files.readAllBytes(search.resolve("trials.csv"));
    Path journal = search.resolve("journal.json");
    String text = Files.readString(journal);
    int last = text.lastIndexOf(", {");
    assertThat(last).isPositive();
    Files.writeString(journal, text.substring(0, last) + text.substring(text.indexOf(']', last)));
    String[] again = Arrays.copyOf(flags, 4);
    again[3] = "--resume";
    Run resumed = tune("r", again);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("trial 3").doesNotContain("trial 1:", "trial 2:");
    assertThat(Files.readAllBytes(search.resolve("trials.csv"))).isEqualTo(table);
    again[2] = "--trials=2";
    assertThat(tune("r", again).err()).contains("begun with --trials 3, now it is 2");
  }

  @Test
  void theTestNeverSelectsAndIsMeasuredOnTheWinnerAlone() throws IOException {
    Path test = Files.writeString(folder.resolve("test.tsv"), "bad\ta fine day\ngood\ta sad day\n");
    String[] flags = {"--epochs=1", "--vary=lr=0.001..0.05:log", "--trials=2", "--json"};
    JsonNode without = JSON.readTree(tune("a", flags).lastLine());
    String[] more = Arrays.copyOf(flags, 5);
    more[4] = "--test=" + test;
    Run run = tune("b", more);
    JsonNode with = JSON.readTree(run.lastLine());
    assertThat(with.get("trials")).isEqualTo(without.get("trials"));
    assertThat(with.get("winner")).isEqualTo(without.get("winner"));
    assertThat(with.get("examples").asInt()).isEqualTo(2);
  }

  @Test
  void badSpacesAreRefusedWithTheFlagAndTheLine() throws IOException {
    Path space = Files.writeString(folder.resolve("s.txt"), "lr=1e-4..1e-2:log\nhiden=3,4\n");
    refused(tune("x", "--space=" + space), "s.txt:2: --hiden", "--hidden");
    refused(tune("x", "--vary=hidden=0..3"), "--vary hidden=0..3: --hidden=0", "at least 1");
    refused(tune("x", "--vary=cell=lstm,gru,elman"), "--cell=elman");
    refused(tune("x", "--vary=lr=1..0"), "--lr");
    refused(tune("x", "--vary=train=a,b"), "--train", "cannot be compared");
    refused(tune("x", "--vary=seed=1,2"), "--seed", "cannot be compared");
    refused(tune("x", "--vary=batch=4,8"), "--batch", "given as a flag too");
    refused(tune("x", "--vary=hidden=3,4", "--trials=3"), "no more than 2");
    refused(tune("x", "--vary=hidden=3,4", "--eta=2"), "--eta", "halving");
    refused(tune("x", "--vary=hidden=3,4", "--search=halving"), "--max-epochs");
    refused(tune("x", "--vary=hidden=3,4", "--hiden=2"), "Unknown option: '--hiden=2'");
    refused(tune("x"), "nothing to vary");
    refused(
        tune("x", "--vary=hidden=3,4", "--search=halving", "--max-epochs=4", "--epochs=3"),
        "--epochs");
    refused(Run.of("tune", "classification", "--out=x"), "no task 'classification'");
    assertThat(folder.resolve("x.tune")).doesNotExist();
  }

  private static void refused(Run run, String... parts) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(parts);
  }
}
