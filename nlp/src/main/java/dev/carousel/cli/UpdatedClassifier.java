package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.model.OnlineLearner;
import dev.carousel.model.UpdateSettings;
import dev.carousel.task.OnlineClassifier;
import dev.carousel.task.TextClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A text classifier for {@code update}; its score is the accuracy.
 *
 * @param model closed with this
 */
record UpdatedClassifier(TextClassifier model) implements Updating<Example, TextClassifier> {
  @Override
  public Data<Example> read(Path file, UpdateFlags flags, Console console) throws IOException {
    DataSet data = flags.files().read(file, console);
    return new Data<>(data.examples(), data.sources());
  }

  @Override
  public OnlineLearner<Example, TextClassifier> learner(UpdateSettings settings) {
    return OnlineClassifier.of(model, settings);
  }

  @Override
  public double score(TextClassifier of, List<Example> examples) {
    return of.evaluate(DataSet.of("examples", examples)).accuracy();
  }

  @Override
  public void save(TextClassifier updated, Path directory, Map<String, Double> metrics) {
    updated.withMetrics(metrics).save(directory);
  }

  @Override
  public void release(TextClassifier updated) {
    updated.close();
  }

  @Override
  public void close() {
    model.close();
  }
}
