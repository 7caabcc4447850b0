package dev.carousel.model;

import dev.carousel.data.SourceFile;
import dev.carousel.store.Provenance;
import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a trained model goes on learning.
 *
 * @param rate learning rate of Adam, above 0
 * @param hold λ of L2-SP (see {@link dev.carousel.train.OnlineTraining}), 0 or more
 * @param seed of the dropout, and of the order of examples
 */
public record UpdateSettings(double rate, double hold, long seed) {
  /** A rate of 0.0005, held with 0.01. */
  public static final UpdateSettings DEFAULT = new UpdateSettings(0.0005, 0.01, 1);

  private static final double CLIP = 1;

  /** Checks the ranges. */
  public UpdateSettings {
    if (!(rate > 0) || !(hold >= 0) || Double.isInfinite(rate) || Double.isInfinite(hold)) {
      throw new IllegalArgumentException(
          "an update needs a rate above 0 and a hold of 0 or more, not " + rate + " and " + hold);
    }
  }

  /** What a training of one step after the other is told: Adam, clipped at norm 1. */
  public TrainingSettings training() {
    return TrainingSettings.of(Adam.DEFAULT, new ConstantRate(rate), 1)
        .withClipNorm(CLIP)
        .withSeed(seed);
  }

  /**
   * Where a model comes from that was updated.
   *
   * @param before where it came from until now
   * @param files what it learned from since
   * @param steps optimizer steps since
   */
  public Provenance provenance(Provenance before, List<SourceFile> files, long steps) {
    SortedMap<String, String> data = new TreeMap<>(before.data());
    files.forEach(file -> data.put(file.name(), file.sha256()));
    SortedMap<String, String> settings = new TreeMap<>(before.settings());
    settings.put("update.lr", Double.toString(rate));
    settings.put("update.hold", Double.toString(hold));
    settings.put("update.seed", Long.toString(seed));
    settings.put("update.steps", Long.toString(steps));
    return new Provenance(
        before.seed(),
        Provenance.Software.current(),
        before.compute(),
        before.timing(),
        data,
        before.metrics(),
        settings);
  }
}
