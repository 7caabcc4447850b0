package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.data.Split;
import dev.carousel.eval.NaiveBayes;
import dev.carousel.model.Start;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.Evaluation;
import dev.carousel.task.Prediction;
import dev.carousel.task.TextClassifier;
import dev.carousel.text.Tokenizer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a demonstration: baseline, training, measuring, answering. */
final class DemoRun {
  /** Share of the learning texts that selects the epoch. */
  private static final double SELECTING = 0.05;

  /** A tenth a word serves the baseline better than one: most words are rare. */
  private static final double SMOOTHING = 0.1;

  private final Console console;
  private final Demo demo;
  private final Backend backend;
  private final ClassifierSettings settings;

  DemoRun(Console console, Demo demo, Backend backend, Precision precision) {
    this.console = console;
    this.demo = demo;
    this.backend = backend;
    this.settings = demo.settings().withPrecision(precision);
  }

  /**
   * Shows everything.
   *
   * @param begun {@link System#nanoTime} when the command began
   */
  DemoOutcome show(RunFolder folder, long seed, long begun) throws IOException {
    Split outer = Split.tenth(demo.data(), seed);
    console.progress(
        "%s: %d texts, %d labels, a random tenth held out"
            .formatted(
                demo.data().name(), demo.data().size(), demo.data().labelCounts().labels().size()));
    double baseline = baseline(outer);
    console.progress("naive Bayes over the same words: accuracy %.4f".formatted(baseline));
    Split inner = Split.of(outer.train(), SELECTING, Split.Draw.RANDOM, seed);
    Outcome<Evaluation> outcome =
        new TrainingRun(console, backend)
            .train(
                new ClassifierTraining(
                    TextSets.of(inner, outer.heldOut()), settings.withSeed(seed), null, null),
                folder,
                Start.FRESH);
    Map<String, Prediction> answers =
        outcome instanceof Outcome.Finished ? answers(folder) : Map.of();
    return new DemoOutcome(outcome, baseline, answers, folder, begun);
  }

  private double baseline(Split split) {
    NaiveBayes bayes =
        NaiveBayes.train(
            words(split.train()),
            split.train().examples().stream().map(Example::label).toList(),
            SMOOTHING);
    List<List<String>> held = words(split.heldOut());
    long correct = 0;
    for (int i = 0; i < held.size(); i++) {
      String gold = split.heldOut().examples().get(i).label();
      correct += bayes.predict(held.get(i)).equals(gold) ? 1 : 0;
    }
    return (double) correct / held.size();
  }

  private List<List<String>> words(DataSet data) {
    Tokenizer tokenizer = settings.text().tokenizer();
    return data.examples().stream().map(example -> tokenizer.words(example.text())).toList();
  }

  /** Asks the model as it stands on the disk, as any program would. */
  private Map<String, Prediction> answers(RunFolder folder) {
    Map<String, Prediction> answers = new LinkedHashMap<>();
    try (TextClassifier model = TextClassifier.load(folder.model(), backend)) {
      List<Prediction> predictions = model.predict(demo.questions());
      for (int i = 0; i < predictions.size(); i++) {
        answers.put(demo.questions().get(i), predictions.get(i));
      }
    }
    return answers;
  }
}
