package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Character models of both directions, then a tagger that reads by them. */
class ContextualWorkflowTest {
  @TempDir private Path folder;

  private Run onReference(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--backend=reference");
    return Run.of(all.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Run characters(String direction) {
    return onReference(
        ("train lm --train " + path("text.txt") + " --level char --direction " + direction)
            .concat(" --out " + path(direction))
            .concat(" --hidden 6 --embedding 4 --layers 1 --batch 2 --steps 8 --epochs 1")
            .split(" ", -1));
  }

  private Run tag(String... more) {
    List<String> words = new ArrayList<>(List.of("train", "tag", "--train", path("data.txt")));
    words.addAll(List.of("--columns", "token,tag", "--out", path("tagger"), "--epochs", "6"));
    words.addAll(List.of("--hidden", "6", "--embedding", "4", "--batch", "4", "--lr", "0.03"));
    words.addAll(List.of(more));
    return onReference(words.toArray(String[]::new));
  }

  @Test
  void aTaggerReadsByTwoCharacterModelsAndNeedsThemNoMore() throws IOException {
    StringBuilder data = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      data.append(i % 2 == 0 ? "Anna B-PER\n" : "Linz B-LOC\n").append("is O\nold O\n\n");
      text.append(i % 2 == 0 ? "Anna is old\n" : "Linz is old\n");
    }
    Files.writeString(folder.resolve("data.txt"), data);
    Files.writeString(folder.resolve("text.txt"), text);
    assertThat(characters("forward").code()).isZero();
    assertThat(characters("backward").code()).isZero();
    Run generated = onReference("generate", path("backward"));
    assertThat(generated.code()).isEqualTo(1);
    assertThat(generated.err()).contains("cannot continue one");

    String both = path("forward") + "," + path("backward");
    Run trained = tag("--contextual", both, "--contextual-cache", "1");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("read by 2 character models");
    Files.move(folder.resolve("forward"), folder.resolve("elsewhere"));
    Run predicted = Run.reading("Anna is old.\n", "predict", path("tagger"), "--backend=reference");
    assertThat(predicted.out()).startsWith("Anna\tB-PER\n");
    Run eval =
        onReference("eval", path("tagger"), "--data", path("data.txt"), "--columns", "token,tag");
    assertThat(eval.out()).contains("F1");

    assertThat(tag("--contextual", path("forward")).err()).contains("no manifest.json");
    assertThat(tag("--contextual", path("tagger")).err()).contains("not for 'lm'");
    assertThat(tag("--contextual-cache", "-1").code()).isEqualTo(2);
  }
}
