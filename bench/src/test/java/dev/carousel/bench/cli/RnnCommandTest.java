package dev.carousel.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.cli.Console;
import dev.carousel.cli.Program;
import dev.carousel.train.ProgressBar.Display;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RnnCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Display.PLAIN);
    return Program.run(new BenchCommand(), console, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "--peers keras            ~ there are carousel, onednn, libtorch, djl, onnxruntime, dl4j",
        "--rows transformer-*     ~ there are lstm-step-n1-t1-h128,",
        "--shapes 32x100          ~ write [lstm-|gru-][TASK-]nN-tT-hH[-lL][-bi]",
        "--threads 0              ~ at least one thread",
        "--threads two            ~ --threads",
        "--precision f64          ~ there are f32, bf16 and int8",
        "--rounds 0               ~ at least one round",
        "--peer carousel          ~ Unknown option",
      })
  void a_wrong_word_is_a_usage_error_that_says_what_is_right(String words, String said) {
    assertThat(run(("rnn " + words.trim()).split(" +"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(said);
    assertThat(out.size()).isZero();
  }

  @Test
  void the_rows_can_be_listed_without_measuring() {
    assertThat(run("rnn", "--list", "--rows", "lstm-cold-*", "--shapes", "n2-t3-h4")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("lstm-cold-n1-t100-h256", "lstm-infer-n2-t3-h4", "gru-infer-n2-t3-h4");
  }

  @Test
  void outside_of_a_source_tree_it_says_what_is_missing() {
    assertThat(System.getProperty("carousel.home")).isNull();
    assertThat(run("rnn", "--quick")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("start it there as ./carousel bench");
  }

  @Test
  void help_explains_rows_and_peers() {
    assertThat(run("rnn", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("onnxruntime", "--quick", "ragged");
  }
}
