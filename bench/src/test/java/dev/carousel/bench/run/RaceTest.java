package dev.carousel.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.bench.peer.PeerException;
import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.peer.WorkerProcess;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.RowNames;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Outcome.NotMeasured;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.FakePeer;
import dev.carousel.bench.worker.Worker;
import dev.carousel.rnn.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A race of fakes: one is right, one is asked in another arithmetic, one sets the limit. */
final class RaceTest {
  private static final Pace SHORT = new Pace(2, 10, 10);

  @TempDir private Path folder;
  private final Runner own = runner(PeerSpec.named("carousel").get(0));
  private final Runner limit = runner(PeerSpec.CEILING);

  private Runner runner(PeerSpec peer) {
    return new Runner(new Contestant(peer, Precision.F32), this::worker);
  }

  private WorkerProcess worker() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            FakePeer.class.getName(),
            "1");
    WorkerProcess worker =
        WorkerProcess.start(command, 1, folder.resolve("log").toFile(), Duration.ofMinutes(1));
    try {
      worker.reply();
    } catch (PeerException e) {
      throw new IOException(e);
    }
    return worker;
  }

  private Race.Lap run(String name, float... right) throws Exception {
    Answers answers =
        new Answers() {
          @Override
          Answer compute(Row row) {
            return Answer.of("y", right);
          }
        };
    return new Race(1, SHORT, answers, List.of(own), List.of(limit)).run(RowNames.parse(name));
  }

  @AfterEach
  void close() {
    own.close();
    limit.close();
  }

  @Test
  void a_right_answer_is_timed_against_the_limit_and_taken_apart() throws Exception {
    Race.Lap lap = run("lstm-infer-n2-t3-h64", 64, -0.5f);

    Measured m = (Measured) lap.outcomes().get(0);
    // both sleep for 2 ms a call, which counts as two passes
    assertThat(m.medianMicros()).isBetween(1000.0, 5000.0);
    assertThat(m.fraction()).isCloseTo(1, within(0.5));
    assertThat(m.gflops()).isCloseTo(2.0 * 256 * 128 * 6 / (m.medianMicros() * 1000), within(1e-9));
    assertThat(m.maxError()).isZero();
    Breakdown b = lap.breakdowns().get(0);
    assertThat(b.parts()).containsOnlyKeys("sleep");
    assertThat(b.rest())
        .isCloseTo(b.whole() - b.limit() - b.fixed() - b.parts().get("sleep"), within(1e-9));
  }

  @Test
  void a_wrong_answer_is_not_timed() throws Exception {
    Race.Lap lap = run("lstm-infer-n2-t3-h64", 64, -0.6f);

    assertThat(lap.outcomes().get(0)).isInstanceOf(NotMeasured.class);
    assertThat(((NotMeasured) lap.outcomes().get(0)).reason()).contains("disagrees");
    assertThat(lap.breakdowns()).isEmpty();
  }

  @Test
  void who_refuses_or_dies_is_in_the_table_and_runs_the_next_row() throws Exception {
    assertThat(((NotMeasured) run("gru-train-n2-t3-h4", 1).outcomes().get(0)).reason())
        .isEqualTo("a fake has no gradients");
    assertThat(((NotMeasured) run("lstm-long-n1-t100-h4", 1).outcomes().get(0)).reason())
        .contains("its process ended");
    assertThat(run("lstm-step-n1-t1-h64", 64, -0.5f).outcomes().get(0))
        .isInstanceOf(Measured.class);
  }
}
