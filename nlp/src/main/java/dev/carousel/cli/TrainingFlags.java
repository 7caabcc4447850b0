package dev.carousel.cli;

import dev.carousel.spi.SgdUpdate;
import dev.carousel.train.Adam;
import dev.carousel.train.AdamW;
import dev.carousel.train.AveragedSgd;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.Sgd;
import dev.carousel.train.TrainingSettings;
import dev.carousel.train.UpdateRule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags: how a model learns. */
final class TrainingFlags {
  private static final int DEFAULT_INTERVAL = 5;

  /** The optimizers' names. */
  enum OptimizerName {
    SGD,
    NESTEROV,
    ADAM,
    ADAMW,
    ASGD
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training texts (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Texts a batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description = "Batches an optimizer step (default: ${DEFAULT-VALUE}).")
  private int accumulate = 1;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = {
        "sgd, nesterov, adam, adamw, or asgd (sgd whose parameters are averaged once the deciding",
        "figure stalls, Merity 2018) (default: ${DEFAULT-VALUE})."
      })
  private OptimizerName optimizer;

  @Option(
      names = "--non-monotone",
      paramLabel = "N",
      description = {
        "Of asgd: begin to average when the deciding figure is worse than the best of those more",
        "than N evaluations ago (default: 5)."
      })
  private @Nullable Integer nonMonotone;

  @Option(names = "--momentum", paramLabel = "X", description = "Of sgd (0) and nesterov (0.9).")
  private double momentum = Double.NaN;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "L2, or decoupled for adamw (default: 0, adamw 0.01).")
  private double weightDecay = Double.NaN;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate, the first one (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = {
        "constant; step:EPOCHS,FACTOR; hold:EPOCHS,FACTOR (FACTOR every epoch after the first",
        "ones); exponential:FACTOR; cosine or cosine:MINIMUM; slanted (a short rise, a long fall,",
        "Howard 2018); plateau:PATIENCE,FACTOR; epochs:E=RATE,E=RATE… (default: ${DEFAULT-VALUE})."
      })
  private String schedule;

  @Option(
      names = "--warm-up",
      paramLabel = "STEPS",
      description = "Let the rate rise over so many steps (default: ${DEFAULT-VALUE}).")
  private long warmUp;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Clip gradients at this global norm; 0 for never (default: ${DEFAULT-VALUE}).")
  private double clip;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after N epochs without a better result; 0 for never (default: 0).")
  private int patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights, batches, dropout and splits (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  /** With the task's defaults. */
  TrainingFlags(TrainingDefaults defaults) {
    epochs = defaults.epochs();
    batch = defaults.batch();
    optimizer = defaults.optimizer();
    learningRate = defaults.learningRate();
    schedule = defaults.schedule();
    clip = defaults.clip();
  }

  int batch() {
    return batch;
  }

  long seed() {
    return seed;
  }

  /**
   * How a model learns that is selected by {@code metric}.
   *
   * @param metric which figure of the development data decides
   * @param goal which way it gets better
   */
  TrainingSettings settings(String metric, Goal goal) {
    Selection selection =
        patience == 0 ? Selection.best(metric, goal) : Selection.stopping(metric, goal, patience);
    if (schedule.startsWith("epochs:")) {
      GivenFlags.refuse(spec, "is what --schedule epochs:… tells epoch by epoch", "--lr");
    }
    ScheduleSpec rates = new ScheduleSpec(schedule, warmUp, goal);
    return TrainingSettings.of(rule(), rates.schedule(learningRate, epochs), epochs)
        .withClipNorm(clip == 0 ? Double.POSITIVE_INFINITY : clip)
        .withAccumulation(accumulate)
        .withSelection(selection)
        .withSeed(seed);
  }

  private UpdateRule rule() {
    boolean takesMomentum = optimizer == OptimizerName.SGD || optimizer == OptimizerName.NESTEROV;
    if (!takesMomentum && !Double.isNaN(momentum)) {
      throw new IllegalArgumentException(
          "--momentum belongs to sgd and nesterov, not to " + name());
    }
    if (nonMonotone != null && optimizer != OptimizerName.ASGD) {
      throw new IllegalArgumentException("--non-monotone belongs to asgd, not to " + name());
    }
    return switch (optimizer) {
      case SGD -> new Sgd(or(momentum, 0), SgdUpdate.Momentum.CLASSICAL, or(weightDecay, 0));
      case NESTEROV -> new Sgd(or(momentum, 0.9), SgdUpdate.Momentum.NESTEROV, or(weightDecay, 0));
      case ASGD ->
          new AveragedSgd(nonMonotone == null ? DEFAULT_INTERVAL : nonMonotone, or(weightDecay, 0));
      case ADAM -> new Adam(0.9, 0.999, 1e-8, or(weightDecay, 0));
      case ADAMW -> new AdamW(0.9, 0.999, 1e-8, or(weightDecay, AdamW.DEFAULT.decay()));
    };
  }

  private String name() {
    return optimizer.name().toLowerCase(Locale.ROOT);
  }

  private static double or(double given, double otherwise) {
    return Double.isNaN(given) ? otherwise : given;
  }
}
