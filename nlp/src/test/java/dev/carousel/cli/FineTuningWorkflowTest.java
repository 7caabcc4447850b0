package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.store.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From running text to a classifier, by the command line alone. */
class FineTuningWorkflowTest {
  @TempDir private static Path folder;
  private static Path data;

  @BeforeAll
  static void pretrain() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "a fine day\na sad day\n".repeat(40));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      rows.add(i % 2 == 0 ? "good\ta fine day" : "bad\ta sad day");
    }
    data = Files.write(folder.resolve("data.tsv"), rows);
    Run lm =
        Run.of(
            "train",
            "lm",
            "--level=word",
            "--train=" + text,
            "--out=" + folder.resolve("lm"),
            "--backend=reference",
            "--hidden=6",
            "--embedding=6",
            "--layers=1",
            "--batch=2",
            "--steps=8",
            "--epochs=2");
    assertThat(lm.code()).as(lm.err()).isZero();
  }

  private static Run classify(String... more) {
    List<String> words = new ArrayList<>(List.of("train", "classify", "--train=" + data));
    words.addAll(List.of("--out=" + folder.resolve("model"), "--backend=reference"));
    words.addAll(List.of("--format=tsv", "--from=" + folder.resolve("lm"), "--batch=8"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  @Test
  void aLanguageModelBecomesAClassifierWhichSavesAndResumesAsAnyOther() {
    Run run = classify("--epochs=3", "--schedule=slanted", "--lr=0.05", "--hidden=6");
    assertThat(run.code()).as(run.err()).isZero();
    Run read = Run.of("eval", folder.resolve("model").toString(), "--data=" + data, "--format=tsv");
    assertThat(read.code()).as(read.err()).isZero();
    assertThat(ModelDirectory.open(folder.resolve("model")).provenance().settings())
        .containsEntry("pooling", "CONCAT")
        .containsEntry("tokenizer", "whitespace:")
        .hasEntrySatisfying("unfreeze", groups -> assertThat(groups).contains("from epoch 2"));
    assertThat(classify("--epochs=3", "--schedule=slanted", "--lr=0.05", "--resume").code())
        .isZero();
    Run other =
        classify("--epochs=3", "--schedule=slanted", "--lr=0.05", "--unfreeze=all", "--resume");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("--unfreeze");
  }

  @Test
  void flagsThatContradictTheLanguageModelAreRefusedWithBothValues() {
    refused(classify("--hidden=7"), "--hidden is 7", "has 6");
    refused(classify("--layers=2"), "--layers is 2", "has 1");
    refused(classify("--cell=gru"), "--cell is GRU", "has LSTM");
    refused(classify("--bidirectional"), "--bidirectional is BIDIRECTIONAL", "has FORWARD");
    refused(classify("--tokenizer=word"), "--tokenizer", "leave it out");
    refused(classify("--zoneout=0.2"), "--zoneout is", "leave it out");
    refused(classify("--layer-norm"), "--layer-norm is", "leave it out");
    refused(classify("--unfreeze=none", "--rate-decay=2"), "--rate-decay", "--unfreeze none");
    refused(classify("--epochs=2"), "3 groups", "2 epochs");
    Run without = Run.of("train", "classify", "--train=" + data, "--out=x", "--unfreeze=all");
    refused(without, "--unfreeze", "--from");
    Run tuned =
        Run.of(
            "tune",
            "classify",
            "--train=" + data,
            "--out=" + folder.resolve("tuned"),
            "--from=" + folder.resolve("lm"),
            "--hidden=7",
            "--vary=lr=0.1,0.2");
    refused(tuned, "--hidden is 7", "has 6");
  }

  @Test
  void aLanguageModelGoesOnWithOtherTextAndLearnsItsWords() throws IOException {
    Path target = Files.writeString(folder.resolve("target.txt"), "a wet day\n".repeat(40));
    String[] words = {
      "train",
      "lm",
      "--from=" + folder.resolve("lm"),
      "--train=" + target,
      "--out=" + folder.resolve("lm2"),
      "--backend=reference",
      "--batch=2",
      "--steps=8",
      "--epochs=1",
      "--new-words=5",
    };
    Run run = Run.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("lm2/vocabulary.txt"))).endsWith("wet\n");
    words[9] = "--level=char";
    refused(Run.of(words), "--level is CHARACTER", "has WORD");
    words[9] = "--peephole";
    refused(Run.of(words), "--peephole is", "leave it out");
    words[9] = "--init-range=0.1";
    refused(Run.of(words), "--init-range", "leave it out");
    refused(
        Run.of("train", "lm", "--level=word", "--train=x", "--out=y", "--new-words=2"), "--from");
  }

  private static void refused(Run run, String... parts) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(parts);
  }
}
