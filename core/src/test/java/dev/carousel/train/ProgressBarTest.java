package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.train.ProgressBar.Display;
import dev.carousel.train.TrainingEvent.Ended;
import dev.carousel.train.TrainingEvent.EpochEnded;
import dev.carousel.train.TrainingEvent.EpochStarted;
import dev.carousel.train.TrainingEvent.Evaluated;
import dev.carousel.train.TrainingEvent.Position;
import dev.carousel.train.TrainingEvent.Reason;
import dev.carousel.train.TrainingEvent.Started;
import dev.carousel.train.TrainingEvent.Stepped;
import dev.carousel.train.TrainingEvent.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);
  private long now = -5 * SECOND;

  private static Position at(int epoch, int step) {
    return new Position(epoch, 2, step, 100, epoch * 100L + step);
  }

  private ProgressBar started(Display display) {
    ProgressBar bar = new ProgressBar(out, display, () -> now);
    bar.onStart(new Started(at(0, 0)));
    bar.onEpochStart(new EpochStarted(at(0, 0)));
    return bar;
  }

  private String written() {
    return text.toString();
  }

  @Test
  void redrawsOneLineOnATerminal() {
    ProgressBar bar = started(Display.TERMINAL);
    now += 10 * SECOND;
    bar.onStep(new Stepped(at(0, 25), 312_000, 2.5, 0.001, 0.73));
    // 10 s for 25 of 200 steps: 70 s to go. 312,000 tokens in 10 s.
    String first =
        "\repoch 1/2 [##........] 25/100 ETA 1:10  loss 2.5000  31.2k tok/s  lr 1.0e-03  norm 0.73";
    assertThat(written()).isEqualTo(first);
    bar.onStep(new Stepped(at(0, 26), 1, 2.5, 0.001, 0.73));
    assertThat(written()).as("not more than ten times a second").isEqualTo(first);
    now += SECOND / 10;
    bar.onStep(new Stepped(at(0, 50), 1, 2.5, 0.001, Double.NaN));
    assertThat(written().substring(first.length()))
        .startsWith("\repoch 1/2 [#####.....] 50/100 ETA 0:30  loss 2.5000")
        .endsWith("lr 1.0e-03" + " ".repeat(11));
  }

  @Test
  void printsALineEveryThirtySecondsElsewhere() {
    ProgressBar bar = started(Display.PLAIN);
    now += 29 * SECOND;
    bar.onStep(new Stepped(at(0, 10), 100, 2, 0.1, 1));
    assertThat(written()).isEmpty();
    now += SECOND;
    bar.onStep(new Stepped(at(0, 20), 100, 2, 0.1, 1));
    assertThat(written())
        .isEqualTo(
            "epoch 1/2 [##........] 20/100 ETA 4:30  loss 2.0000  7 tok/s  lr 1.0e-01  norm 1.00\n");
  }

  @Test
  void smoothsTheLossOverAboutAHundredSteps() {
    ProgressBar bar = started(Display.PLAIN);
    bar.onStep(new Stepped(at(0, 50), 1, 4, 0.1, 1));
    now += 31 * SECOND;
    bar.onStep(new Stepped(at(0, 100), 1, 2, 0.1, 1));
    // weights 0.99^50 = 0.60501 and 1: (4 * 0.60501 + 2) / 1.60501 = 2.7539
    assertThat(written()).contains("loss 2.7539");
  }

  @Test
  void theSpeedAfterARestartCountsOnlyItsOwnSteps() {
    ProgressBar bar = new ProgressBar(out, Display.PLAIN, () -> now);
    bar.onStart(new Started(at(1, 40)));
    bar.onEpochStart(new EpochStarted(at(1, 40)));
    now += 40 * SECOND;
    bar.onStep(new Stepped(at(1, 60), 400, 2, 0.1, 1));
    assertThat(written()).startsWith("epoch 2/2 [######....] 60/100 ETA 1:20").contains("10 tok/s");
  }

  @Test
  void evaluationsAndEpochEndsReplaceTheLineThatIsDrawn() {
    ProgressBar bar = started(Display.TERMINAL);
    now += SECOND;
    bar.onStep(new Stepped(at(0, 100), 10, 2, 0.1, 1));
    int drawn = written().length() - 1;
    bar.onEvaluation(
        new Evaluated(at(0, 100), "dev", Map.of("loss", 0.5, "f1", 0.25), Verdict.BEST));
    bar.onEpochEnd(new EpochEnded(at(0, 100), 1.75, 3723));
    bar.onEnd(new Ended(at(0, 100), Reason.NO_PROGRESS, 59.6));
    assertThat(written().substring(drawn + 1))
        .isEqualTo(
            "\r"
                + " ".repeat(drawn)
                + "\repoch 1/2 step 100  dev  f1 0.2500  loss 0.5000  (best)\n"
                + "epoch 1/2 done in 1:02:03  loss 1.7500\n"
                + "training ended early: no progress after 1:00\n");
  }

  @Test
  void numbersDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      ProgressBar bar = started(Display.PLAIN);
      now += 30 * SECOND;
      bar.onStep(new Stepped(at(0, 20), 100, 2.5, 0.1, 1));
      assertThat(written()).contains("loss 2.5000").doesNotContain(",");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0:00", "59.4,0:59", "59.5,1:00", "3600,1:00:00", "90061,25:01:01", "NaN,-:--"})
  void timesAreReadable(double seconds, String text) {
    assertThat(ProgressLine.time(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.4,0", "999,999", "1000,1.0k", "31249,31.2k", "1300000,1.3M"})
  void ratesAreReadable(double perSecond, String text) {
    assertThat(ProgressLine.rate(perSecond)).isEqualTo(text);
  }

  @Test
  void cutsLinesThatAreTooLong() {
    ProgressLine line = new ProgressLine(at(0, 1), 7, 1, 1, 1, 1);
    assertThat(line.text(20)).isEqualTo("epoch 1/2 [.........").hasSize(20);
  }
}
