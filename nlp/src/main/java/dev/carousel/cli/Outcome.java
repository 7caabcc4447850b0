package dev.carousel.cli;

import dev.carousel.eval.Measurement;
import dev.carousel.train.TrainingResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a training of the command line ended.
 *
 * @param <E> how well the model does
 */
sealed interface Outcome<E extends Measurement> extends Ending {
  /** What a shell that ends a program by Ctrl-C reports. */
  int INTERRUPTED_CODE = 130;

  /**
   * A model was trained.
   *
   * @param result how training ended
   * @param measurement on the test data, or without any on the selecting data
   * @param backend what computed
   * @param seconds from the first look at the data to the end
   * @param tokensPerSecond that were trained on
   * @param folder where the model is, if it was kept
   */
  record Finished<E extends Measurement>(
      TrainingResult result,
      E measurement,
      String backend,
      double seconds,
      double tokensPerSecond,
      @Nullable RunFolder folder)
      implements Outcome<E> {

    /** The figures under the names of {@code --json}. */
    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>(measurement.figures());
      figures.putAll(measurement.notes());
      figures.put("tokensPerSecond", tokensPerSecond);
      figures.put("backend", backend);
      figures.put("seconds", seconds);
      figures.put("epochs", result.epochs());
      figures.put("dev", result.best());
      return figures;
    }

    @Override
    public int print(Console console, boolean json) {
      if (folder != null) {
        console.progress("model saved in " + folder.model());
      }
      if (json) {
        console.json(figures());
      } else {
        console
            .out()
            .printf(
                Locale.ROOT,
                "%s  %.1f s in all, trained at %,.0f tokens/s (%s)%n",
                measurement.summary(),
                seconds,
                tokensPerSecond,
                backend);
        console.out().flush();
      }
      return 0;
    }
  }

  /**
   * Somebody stopped it.
   *
   * @param folder where the checkpoint is
   */
  record Interrupted<E extends Measurement>(RunFolder folder) implements Outcome<E> {
    @Override
    public int print(Console console, boolean json) {
      console.progress(
          "stopped; "
              + folder.checkpoint()
              + " is complete, and the same command with --resume goes on from there");
      return INTERRUPTED_CODE;
    }
  }
}
