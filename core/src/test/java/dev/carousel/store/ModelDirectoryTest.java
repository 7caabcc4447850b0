package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {
  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void writeModel() {
    directory = parent.resolve("model");
    ModelDirectory.write(directory, ModelSamples.contents(3));
  }

  @Test
  void givesBackWhatWasWritten() {
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.config(ModelSamples.Config.class)).isEqualTo(ModelSamples.config(4));
    assertThat(model.provenance()).isEqualTo(ModelSamples.provenance());
    assertThat(model.texts()).containsExactly("vocabulary.txt");
    assertThat(model.text("vocabulary.txt")).isEqualTo("der\ndie\n3\n");
    try (SafeTensors weights = model.weights()) {
      assertThat(weights.floats("table")).hasSize(600).containsOnly(3f);
    }
  }

  /** A configuration of some task. */
  record TaskConfig(String task, int width) {}

  @Test
  void namesItsTaskWhateverElseItsConfigurationHolds() {
    ModelDirectory.Contents before = ModelSamples.contents(3);
    ModelDirectory.write(
        directory,
        new ModelDirectory.Contents(
            new TaskConfig("tag", 4), before.weights(), before.texts(), before.provenance()));
    ModelDirectory model = ModelDirectory.open(directory);
    assertThat(model.task()).isEqualTo("tag");
    model.requireTask("tag");
    refuses(() -> model.requireTask("classify"), "a model for the task 'tag', not for 'classify'");
  }

  @Test
  void refusesToNameATaskThatItsConfigurationHasNot() {
    ModelDirectory model = ModelDirectory.open(directory);
    refuses(model::task, "task");
  }

  @Test
  void replacesAnOlderModelAsAWhole() throws IOException {
    ModelDirectory.write(directory, ModelSamples.contents(5));
    assertThat(ModelDirectory.open(directory).text("vocabulary.txt")).isEqualTo("der\ndie\n5\n");
    assertThat(names(parent)).containsExactly("model");
    assertThat(names(directory))
        .containsExactly(
            "config.json",
            "manifest.json",
            "model.safetensors",
            "provenance.json",
            "vocabulary.txt");
  }

  @Test
  void equalModelsAreEqualBytes() throws IOException {
    byte[] before = Files.readAllBytes(directory.resolve("manifest.json"));
    ModelDirectory.write(directory, ModelSamples.contents(3));
    assertThat(directory.resolve("manifest.json")).hasBinaryContent(before);
  }

  @Test
  void readsTheOldModelWhenAWriterWasKilledBetweenTheRenames() throws IOException {
    Files.move(directory, parent.resolve(".model.old"));
    assertThat(ModelDirectory.open(directory).text("vocabulary.txt")).isEqualTo("der\ndie\n3\n");
  }

  @Test
  void refusesToDeleteFilesThatAreNotTheModels() throws IOException {
    Files.writeString(directory.resolve("thesis.tex"), "years of work");
    refuses(
        () -> ModelDirectory.write(directory, ModelSamples.contents(5)),
        "holds [thesis.tex], which writing a model there would delete");
    Path foreign = Files.createDirectory(parent.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "years of work");
    refuses(() -> ModelDirectory.write(foreign, ModelSamples.contents(5)), "thesis.tex");
    assertThat(foreign.resolve("thesis.tex")).exists();
    ModelDirectory.write(Files.createDirectory(parent.resolve("empty")), ModelSamples.contents(5));
  }

  @Test
  void filesThatTheManifestDoesNotListAreNotLookedAt() throws IOException {
    Files.writeString(directory.resolve("README"), "hello");
    assertThat(ModelDirectory.open(directory).texts()).containsExactly("vocabulary.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "provenance.json", "vocabulary.txt"})
  void namesTheFileThatIsMissingCutChangedOrALink(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);
    refusesToOpen(name + ": has checksum ");
    Files.write(file, Arrays.copyOf(good, good.length - 1));
    refusesToOpen(name + ": has %d bytes, expected %d".formatted(good.length - 1, good.length));
    Files.delete(file);
    refusesToOpen(name + ": is missing");
    Files.createSymbolicLink(file, Files.write(parent.resolve("elsewhere"), good));
    refusesToOpen(name + ": is not a regular file");
    Files.delete(file);
    Files.createDirectory(file);
    refusesToOpen(name + ": is not a regular file");
  }

  @Test
  void refusesForeignAndFutureFormatsByName() throws IOException {
    editManifest("carousel-model", "other-model");
    refusesToOpen("has format 'other-model', expected 'carousel-model'");
    editManifest("other-model", "carousel-model");
    editManifest("\"version\" : 1,", "\"version\" : 2, \"colour\" : \"red\",");
    refusesToOpen("has version 2, this program reads 1");
    Files.delete(directory.resolve("manifest.json"));
    refusesToOpen("is not a model directory: it has no manifest.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/etc/passwd", "a/b", "..", ".hidden", "", "a\\\\b", "manifest.json"})
  void refusesNamesThatLeaveTheDirectory(String name) throws IOException {
    editManifest("vocabulary.txt", name);
    refusesToOpen("cannot be the name of a file in a model directory");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ModelDirectory.Contents(
                    ModelSamples.config(1),
                    new SafeTensorsWriter(),
                    Map.of(name, ""),
                    ModelSamples.provenance()));
  }

  @Test
  void refusesAManifestThatLacksAFileEveryModelHas() throws IOException {
    editManifest("config.json", "config.yaml");
    refusesToOpen("manifest.json: does not list config.json");
  }

  @Test
  void saysWhichConfigFieldIsWrong() {
    record Other(ModelSamples.Cell cell, List<ModelSamples.Layer> layers) {}
    ModelDirectory model = ModelDirectory.open(directory);
    refuses(() -> model.config(Other.class), "field 'flags': unknown field; known are [cell, ");
    refuses(() -> model.text("tags.txt"), "has no file 'tags.txt'");
  }

  @Test
  void refusesToMixTwoModels() {
    ModelDirectory model = ModelDirectory.open(directory);
    ModelDirectory.write(directory, ModelSamples.contents(5));
    refuses(() -> model.config(ModelSamples.Config.class), "was replaced after its model had");
    refuses(model::weights, "model.safetensors: was replaced after its model had been opened");
    refuses(() -> model.text("vocabulary.txt"), "open the model again");
  }

  @Test
  void weightsThatAreOpenSurviveAReplacement() {
    try (SafeTensors weights = ModelDirectory.open(directory).weights()) {
      ModelDirectory.write(directory, ModelSamples.contents(5));
      assertThat(weights.floats("table")).hasSize(600).containsOnly(3f);
    }
  }

  @Test
  void theLayoutOfVersion1StaysAsItIs() throws IOException {
    assertThat(Files.readString(directory.resolve("manifest.json")))
        .isEqualTo(
            """
            {
              "format" : "carousel-model",
              "version" : 1,
              "files" : {
                "config.json" : {
                  "size" : %d,
                  "sha256" : "%s"
                },
                "model.safetensors" : {
                  "size" : 2480,
                  "sha256" : "%s"
                },
                "provenance.json" : {
                  "size" : %d,
                  "sha256" : "%s"
                },
                "vocabulary.txt" : {
                  "size" : 10,
                  "sha256" : "%s"
                }
              }
            }
            """
                .formatted(
                    Files.size(directory.resolve("config.json")),
                    Sha256.of(directory.resolve("config.json")),
                    Sha256.of(directory.resolve("model.safetensors")),
                    Files.size(directory.resolve("provenance.json")),
                    Sha256.of(directory.resolve("provenance.json")),
                    Sha256.of("der\ndie\n3\n")));
  }

  private void editManifest(String from, String to) throws IOException {
    Path file = directory.resolve("manifest.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private void refusesToOpen(String problem) {
    refuses(() -> ModelDirectory.open(directory), problem);
  }

  private static void refuses(Runnable action, String problem) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(action::run)
        .withMessageContaining(problem);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
