package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections by the command line, on the reference backend. */
class UpdateWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path trained;
  @TempDir private Path folder;
  private static Path data;
  private Path model;

  @BeforeAll
  static void trainAModel() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(i % 2 == 0 ? "good\ta fine day " + i : "bad\ta sad day " + i);
    }
    data = Files.write(trained.resolve("data.tsv"), rows);
    Run run =
        Run.of(
            ("train classify --format=tsv --backend=reference --hidden=6 --embedding=6 --batch=8"
                    + " --lr=0.03 --dropout=0 --epochs=4 --train="
                    + data
                    + " --out="
                    + trained.resolve("model"))
                .split(" ", -1));
    assertThat(run.code()).as(run.err()).isZero();
  }

  @BeforeEach
  void copyIt() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(trained.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
  }

  private Path file(String name, String... rows) throws IOException {
    return Files.write(folder.resolve(name), List.of(rows));
  }

  private Run update(String... more) {
    List<String> words = new ArrayList<>(List.of("update", model.toString(), "--format=tsv"));
    words.add("--backend=reference");
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  private byte[] weights(Path of) throws IOException {
    return Files.readAllBytes(of.resolve("model.safetensors"));
  }

  @Test
  void correctionsAreLearnedWithOlderExamplesAndTheModelIsReplaced() throws IOException {
    Path corrections = file("new.tsv", "bad\ta grey day", "bad\tgrey grey day", "bad\tgrey");
    byte[] before = weights(model);
    Run run =
        update("--data=" + corrections, "--replay=" + data, "--lr=0.02", "--epochs=20", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode figures = JSON.readTree(run.lastLine());
    assertThat(figures.get("kept").asBoolean()).isTrue();
    assertThat(figures.get("after").asDouble()).isEqualTo(1);
    assertThat(figures.get("guardAfter").asDouble()).isEqualTo(1);
    assertThat(figures.get("unknownTokens").asInt()).isEqualTo(4);
    assertThat(figures.get("steps").asInt()).isEqualTo(20);
    assertThat(weights(model)).isNotEqualTo(before);
    Run answers =
        Run.reading("grey\na fine day\n", "predict", model.toString(), "--backend=reference");
    assertThat(answers.out().lines()).containsExactly("bad\tgrey", "good\ta fine day");
    assertThat(Files.readString(model.resolve("provenance.json")))
        .contains("new.tsv", "update.steps", "update.guardAfter");
  }

  @Test
  void anUpdateThatForgetsIsRefusedWithFiguresAndTheModelIsUntouched() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      wrong.add("bad\ta fine day " + i);
    }
    Path corrections = Files.write(folder.resolve("wrong.tsv"), wrong);
    byte[] before = weights(model);
    Run run =
        update(
            "--data=" + corrections,
            "--guard-data=" + data,
            "--guard=0.1",
            "--lr=0.05",
            "--hold=0",
            "--epochs=10");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("guard 1.0000 -> ");
    assertThat(run.err()).contains("refused", "more than 0.1", "is as it was");
    assertThat(weights(model)).isEqualTo(before);
    Path other = folder.resolve("other");
    Run forced =
        update("--data=" + corrections, "--out=" + other, "--lr=0.05", "--hold=0", "--epochs=10");
    assertThat(forced.code()).as(forced.err()).isZero();
    assertThat(forced.err()).contains("nothing guarded");
    assertThat(weights(model)).isEqualTo(before);
    assertThat(weights(other)).isNotEqualTo(before);
  }

  @Test
  void newLabelsAndFlagsThatMeanNothingAreRefused() throws IOException {
    Path corrections = file("new.tsv", "ugly\ta grey day");
    Run label = update("--data=" + corrections);
    assertThat(label.code()).isEqualTo(1);
    assertThat(label.err())
        .contains(
            "new.tsv: example 1: the label 'ugly' is none of the model's 2", "train a model anew");
    refused(update("--data=" + corrections, "--guard=0.1"), "--guard-data");
    refused(update("--data=" + corrections, "--replay-share=0.5"), "--replay FILE");
    refused(update("--data=" + corrections, "--replay=x", "--replay-share=1"), "below 1");
    refused(update("--data=" + corrections, "--columns=token,tag"), "--columns is not for");
    refused(update("--data=" + corrections, "--lr=0"), "above 0");
    refused(update("--data=" + corrections, "--epochs=0"), "--epochs");
  }

  @Test
  void aTaggerLearnsCorrectionsTooAndALanguageModelSaysWhatElseThereIs() throws IOException {
    Path tagged =
        Files.writeString(folder.resolve("t.conll"), "we O\nsaw O\nLinz B-LOC\n\n".repeat(20));
    Path tagger = folder.resolve("tagger");
    String small = " --backend=reference --columns=token,tag --hidden=4 --embedding=4 --epochs=2";
    Run trained =
        Run.of(("train tag --train=" + tagged + " --out=" + tagger + small).split(" ", -1));
    assertThat(trained.code()).as(trained.err()).isZero();
    Path oslo = Files.writeString(folder.resolve("o.conll"), "we O\nsaw O\nOslo B-LOC\n\n");
    Run run =
        Run.of(
            "update",
            tagger.toString(),
            "--data=" + oslo,
            "--replay=" + tagged,
            "--backend=reference",
            "--lr=0.02",
            "--epochs=20");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("corrections").contains("-> 1.0000");
    Path text = Files.writeString(folder.resolve("text.txt"), "one two\n".repeat(20));
    Path lm = folder.resolve("lm");
    Run.of(
        ("train lm --level=word --hidden=4 --embedding=4 --layers=1 --batch=2 --steps=4 --epochs=1"
                + " --backend=reference --train="
                + text
                + " --out="
                + lm)
            .split(" ", -1));
    refused(Run.of("update", lm.toString(), "--data=" + text), "train lm --from");
  }

  private static void refused(Run run, String... parts) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(parts);
  }
}
