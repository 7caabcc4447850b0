package dev.carousel.train;

import dev.carousel.train.TrainingEvent.Position;
import dev.carousel.train.TrainingEvent.Verdict;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * Shows how training goes:
 *
 * <pre>
 * epoch 2/10 [####......] 192/480 ETA 3:12  loss 1.2345  31.2k tok/s  lr 1.0e-03  norm 0.73
 * </pre>
 *
 * <p>The loss is an exponential mean over about the last 100 steps; the speed is that of the
 * running epoch; ETA is the time to the end of all planned epochs at the mean speed so far. On a
 * terminal the line is redrawn in place, at most ten times a second; elsewhere a line is printed
 * every 30 seconds. Evaluations and epoch ends get lines of their own.
 */
public final class ProgressBar implements TrainingListener {
  private static final long SECOND = 1_000_000_000L;
  private static final double DECAY_PER_STEP = 0.99;
  private static final int COLUMNS = 100;

  private final PrintWriter out;
  private final Display display;
  private final LongSupplier nanos;
  private long runBegan;
  private long epochBegan;
  private long firstStep;
  private long lastStep;
  private long epochTokens;
  private double lossSum;
  private double lossWeight;
  private long nextLine;
  private int drawn;

  /** Where the line goes. */
  public enum Display {
    /** A screen on which a carriage return goes back to the start of the line. */
    TERMINAL(SECOND / 10),
    /** A file or a pipe: whole lines, seldom. */
    PLAIN(30 * SECOND);

    private final long interval;

    Display(long interval) {
      this.interval = interval;
    }
  }

  /** Shows progress on a stream such as {@code System.err} by the system's clock. */
  public ProgressBar(PrintStream out, Display display) {
    this(new PrintWriter(out, false, StandardCharsets.UTF_8), display);
  }

  /** Shows progress on {@code out} by the system's clock. */
  public ProgressBar(PrintWriter out, Display display) {
    this(out, display, System::nanoTime);
  }

  /** Shows progress by a clock that counts nanoseconds from anywhere. */
  public ProgressBar(PrintWriter out, Display display, LongSupplier nanos) {
    this.out = out;
    this.display = display;
    this.nanos = nanos;
  }

  @Override
  public void onStart(TrainingEvent.Started event) {
    runBegan = nanos.getAsLong();
    nextLine = runBegan + display.interval;
    firstStep = event.at().totalSteps();
    lastStep = firstStep;
    lossSum = 0;
    lossWeight = 0;
  }

  @Override
  public void onEpochStart(TrainingEvent.EpochStarted event) {
    epochBegan = nanos.getAsLong();
    epochTokens = 0;
  }

  @Override
  public void onStep(TrainingEvent.Stepped event) {
    epochTokens += event.tokens();
    smooth(event.loss(), event.at().totalSteps() - lastStep);
    lastStep = event.at().totalSteps();
    long now = nanos.getAsLong();
    if (now - nextLine >= 0) {
      nextLine = now + display.interval;
      show(line(event, now));
    }
  }

  @Override
  public void onEvaluation(TrainingEvent.Evaluated event) {
    StringBuilder text = new StringBuilder(ProgressLine.epoch(event.at()));
    text.append(" step ").append(event.at().totalSteps()).append("  ").append(event.set());
    event
        .metrics()
        .forEach((name, value) -> text.append(ProgressLine.format("  %s %.4f", name, value)));
    print(event.verdict() == Verdict.BEST ? text.append("  (best)") : text);
  }

  @Override
  public void onEpochEnd(TrainingEvent.EpochEnded event) {
    print(
        ProgressLine.format(
            "%s done in %s  loss %.4f",
            ProgressLine.epoch(event.at()), ProgressLine.time(event.seconds()), event.loss()));
  }

  @Override
  public void onEnd(TrainingEvent.Ended event) {
    String why =
        switch (event.reason()) {
          case COMPLETED -> "training completed";
          case NO_PROGRESS -> "training ended early: no progress";
          case INTERRUPTED -> "training interrupted";
        };
    print(why + " after " + ProgressLine.time(event.seconds()));
  }

  private ProgressLine line(TrainingEvent.Stepped event, long now) {
    Position at = event.at();
    double perStep = seconds(now - runBegan) / (double) Math.max(1, at.totalSteps() - firstStep);
    double stepsLeft =
        at.steps() - at.step() + (double) at.steps() * (at.epochs() - at.epoch() - 1);
    double epochSeconds = seconds(now - epochBegan);
    return new ProgressLine(
        at,
        perStep * stepsLeft,
        lossSum / lossWeight,
        epochSeconds > 0 ? (double) epochTokens / epochSeconds : Double.NaN,
        event.learningRate(),
        event.gradientNorm());
  }

  private void smooth(double loss, long steps) {
    double decay = Math.pow(DECAY_PER_STEP, (double) Math.max(1, steps));
    lossSum = decay * lossSum + (1 - decay) * loss;
    lossWeight = decay * lossWeight + (1 - decay);
  }

  private void show(ProgressLine line) {
    if (display == Display.PLAIN) {
      print(line.text(COLUMNS));
      return;
    }
    String text = line.text(COLUMNS);
    out.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
    out.flush();
    drawn = text.length();
  }

  /** A line of its own; on a terminal it takes the place of what is drawn there. */
  private void print(CharSequence text) {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      drawn = 0;
    }
    out.print(text + "\n");
    out.flush();
  }

  private static double seconds(long nanos) {
    return (double) nanos / (double) SECOND;
  }
}
