package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carousel.cuda.Choice.Algorithm;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.Pass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {
  private static final RunShape SHAPE =
      new RunShape(RnnSpec.of(Cell.LSTM, 4, 4), 8, 2, Pass.TRAINING);

  @TempDir Path folder;

  private Choice choose(Emulation e, List<Choice> tried) {
    Tuner.Stopwatch stopwatch =
        (shape, choice) -> {
          tried.add(choice);
          if (choice.algorithm() == Algorithm.PERSIST_DYNAMIC) {
            throw new LibraryException("cudnnSetRNNDescriptor_v8", 3000, "NOT_SUPPORTED");
          }
          return choice.equals(Choice.parse("PERSIST_STATIC/PACKED")) ? 1 : 2;
        };
    return new Tuner(e.gpu, new ChoiceCache(folder.resolve("a/choices.tsv")), stopwatch)
        .choose(SHAPE);
  }

  @Test
  void the_fastest_of_all_that_run_is_chosen_and_never_measured_again() throws Exception {
    List<Choice> tried = new ArrayList<>();
    try (Emulation e = Emulation.open(Chunks.LIMIT)) {
      assertThat(choose(e, tried)).hasToString("PERSIST_STATIC/PACKED");
      assertThat(tried).isEqualTo(Choice.all()).hasSize(8);
      assertThat(choose(e, tried)).hasToString("PERSIST_STATIC/PACKED");
      assertThat(tried).as("measurements after a second process asked").hasSize(8);
    }
    assertThat(Files.readString(folder.resolve("a/choices.tsv")))
        .contains("Emulated GPU", "cuDNN 9.19", "hiddenSize=4", "T=8 N=2 TRAINING")
        .endsWith("\tPERSIST_STATIC/PACKED\n");
  }

  @Test
  void a_network_that_no_algorithm_runs_is_refused_with_every_reason() {
    try (Emulation e = Emulation.open(Chunks.LIMIT)) {
      Tuner tuner =
          new Tuner(
              e.gpu,
              new ChoiceCache(folder.resolve("none.tsv")),
              (shape, choice) -> {
                throw new LibraryException("cudnnRNNForward", 3000, "NOT_SUPPORTED");
              });
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> tuner.choose(SHAPE))
          .withMessageContaining("STANDARD/UNPACKED")
          .withMessageContaining("cudnnRNNForward failed with status 3000");
    }
  }

  @Test
  void a_line_that_cannot_be_read_is_measured_anew_and_told() throws Exception {
    Path file = folder.resolve("broken.tsv");
    Files.writeString(file, "key\tFASTEST\n");
    ChoiceCache cache = new ChoiceCache(file);
    assertThat(cache.describe()).contains("broken.tsv").contains("FASTEST");
    assertThat(cache.get("key", () -> Choice.STANDARD)).isEqualTo(Choice.STANDARD);
    assertThat(new ChoiceCache(file).get("key", () -> Choice.parse("PERSIST_STATIC/PACKED")))
        .isEqualTo(Choice.STANDARD);
  }

  @Test
  void a_cache_that_cannot_be_written_keeps_its_choices_in_memory_and_says_so() throws Exception {
    Path file = Files.createFile(folder.resolve("file")).resolve("below-a-file");
    ChoiceCache cache = new ChoiceCache(file);
    cache.get("key", () -> Choice.STANDARD);
    assertThat(cache.get("key", () -> Choice.parse("PERSIST_STATIC/PACKED")))
        .isEqualTo(Choice.STANDARD);
    assertThat(cache.describe()).contains("(");
  }

  @Test
  void the_real_stopwatch_runs_on_temporary_memory_and_gives_it_back() {
    try (Emulation e = Emulation.open(Chunks.LIMIT)) {
      int before = e.driver.outstanding();
      assertThat(new DnnStopwatch(e.gpu).millis(SHAPE, Choice.STANDARD)).isEqualTo(0.25);
      assertThat(e.driver.outstanding()).isEqualTo(before);
      assertThat(e.dnn.outstanding()).isZero();
    }
  }
}
