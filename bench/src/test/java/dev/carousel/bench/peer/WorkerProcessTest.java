package dev.carousel.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Burst;
import dev.carousel.bench.worker.FakePeer;
import dev.carousel.bench.worker.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker in a process of its own, with a peer that computes nothing. */
final class WorkerProcessTest {
  @TempDir private Path folder;

  private WorkerProcess start(int threads, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(List.of(FakePeer.class.getName(), String.valueOf(threads)));
    command.addAll(List.of(arguments));
    return WorkerProcess.start(
        command, threads, folder.resolve("log").toFile(), Duration.ofMinutes(1));
  }

  @Test
  void a_row_is_prepared_answered_and_timed() throws Exception {
    Path file = folder.resolve("answer");
    try (WorkerProcess worker = start(2)) {
      worker.reply();

      assertThat(worker.ask("describe")).isEqualTo("fake, 2 threads");
      assertThat(worker.ask("prepare lstm-step-n1-t1-h64 F32")).isEqualTo("nothing");
      worker.ask("answer " + file);
      assertThat(Answer.read(file).parts().get("y")).containsExactly(64, -0.5f);
      Burst burst = Burst.parse(worker.ask("burst 50"));
      assertThat(burst.calls()).isBetween(2, 25);
      assertThat(burst.medianNanos()).isBetween(1e6, 50e6); // two passes of 2 ms together
      assertThat(burst.p10Nanos()).isLessThanOrEqualTo(burst.medianNanos());
      assertThat(worker.ask("parts 10")).startsWith("sleep ");
      worker.ask("release");
      assertThatThrownBy(() -> worker.ask("burst 10")).hasMessageContaining("nothing is prepared");
    }
  }

  @Test
  void what_cannot_be_done_has_its_reason() throws Exception {
    try (WorkerProcess worker = start(1)) {
      worker.reply();

      assertThatThrownBy(() -> worker.ask("prepare gru-train-n2-t3-h4 F32"))
          .isInstanceOf(PeerException.class)
          .hasMessage("a fake has no gradients");
      assertThatThrownBy(() -> worker.ask("prepare gru-ragged-n2-t7-h4 F32"))
          .hasMessage("it failed: java.lang.ArithmeticException: inside");
      assertThatThrownBy(() -> worker.ask("measure fma")).hasMessageContaining("'fma'");
      assertThat(worker.alive()).isTrue();
    }
  }

  @Test
  void a_worker_that_dies_is_said_to_be_dead() throws Exception {
    try (WorkerProcess worker = start(1)) {
      worker.reply();

      assertThatThrownBy(() -> worker.ask("prepare lstm-long-n1-t100-h4 F32"))
          .isInstanceOf(PeerException.class)
          .hasMessageContaining("its process ended");
    }
  }

  @Test
  void a_library_that_cannot_be_loaded_says_so_first() throws Exception {
    try (WorkerProcess worker = start(9)) {
      assertThatThrownBy(worker::reply)
          .hasMessage("it failed: java.lang.UnsatisfiedLinkError: no fake in java.library.path");
    }
  }

  @Test
  void a_cold_start_replies_after_its_first_call() throws Exception {
    try (WorkerProcess worker = start(1, "lstm-cold-n1-t5-h4", "F32")) {
      assertThat(worker.reply()).isEmpty();
      if (Path.of("/proc/self/status").toFile().exists()) {
        double mebibytes = Long.parseLong(worker.ask("memory")) / (double) (1 << 20);
        assertThat(mebibytes).isCloseTo(200, within(190.0)); // a small JVM
      }
    }
  }
}
