package dev.carousel.cli;

import dev.carousel.train.TrainingEvent;
import dev.carousel.train.TrainingListener;
import java.util.Locale;
import java.util.Map;

/** One line of progress an epoch, and the training's speed. */
final class EpochLines implements TrainingListener {
  private final Console console;
  private String measured = "";
  private long epochTokens;
  private long tokens;
  private double seconds;

  EpochLines(Console console) {
    this.console = console;
  }

  /** Tokens a second over all finished epochs, evaluation included. */
  double tokensPerSecond() {
    return seconds > 0 ? tokens / seconds : 0;
  }

  @Override
  public void onEpochStart(TrainingEvent.EpochStarted event) {
    epochTokens = 0;
    measured = "";
  }

  @Override
  public void onStep(TrainingEvent.Stepped event) {
    epochTokens += event.tokens();
  }

  @Override
  public void onEvaluation(TrainingEvent.Evaluated event) {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, Double> metric : event.metrics().entrySet()) {
      line.append(
          String.format(
              Locale.ROOT, "  %s %s %.4f", event.set(), metric.getKey(), metric.getValue()));
    }
    measured = line + (event.verdict() == TrainingEvent.Verdict.BEST ? "  best" : "");
  }

  @Override
  public void onEpochEnd(TrainingEvent.EpochEnded event) {
    tokens += epochTokens;
    seconds += event.seconds();
    console.progress(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f%s  %,.0f tokens/s  %.1f s",
            event.at().epoch() + 1,
            event.at().epochs(),
            event.loss(),
            measured,
            event.seconds() > 0 ? epochTokens / event.seconds() : 0,
            event.seconds()));
  }
}
