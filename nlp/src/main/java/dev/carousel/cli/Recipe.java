package dev.carousel.cli;

import java.util.Locale;
import java.util.Map;

/**
 * A committed settings file that reproduces a figure on a public data set.
 *
 * @param name what it is called by
 * @param description the task and where the data comes from, one sentence
 * @param train the training file's name in the data folder
 * @param dev the development file's name; empty where a seeded tenth of train selects the epoch
 * @param test the file that the figure is measured on
 * @param format the files' format, as {@code --format} names it
 * @param settings flags of {@code train classify} without their dashes
 * @param claim the figure
 */
record Recipe(
    String name,
    String description,
    String train,
    String dev,
    String test,
    String format,
    Map<String, String> settings,
    Claim claim) {
  /**
   * What the recipe is said to reach.
   *
   * @param accuracy on the test file, as a fraction of 1; 0 while it is not yet measured
   * @param how how it was measured, and by what
   */
  record Claim(double accuracy, String how) {
    @Override
    public String toString() {
      return accuracy == 0 ? how : String.format(Locale.ROOT, "accuracy %.4f: %s", accuracy, how);
    }
  }

  /** The settings as a command line. */
  String[] arguments() {
    return settings.entrySet().stream()
        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }

  /** The files that must lie in the data folder. */
  String layout() {
    return "DIR/" + train + (dev.isEmpty() ? "" : ", DIR/" + dev) + ", DIR/" + test;
  }
}
