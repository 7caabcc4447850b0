package dev.carousel.cli;

import dev.carousel.eval.ConfusionMatrix;
import dev.carousel.task.Evaluation;
import dev.carousel.task.Prediction;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a demonstration showed.
 *
 * @param training how the network's training ended
 * @param baselineAccuracy of the naive Bayes classifier on the same held-out texts
 * @param answers to the demonstration's questions
 * @param folder where model and pictures are
 * @param begun {@link System#nanoTime} when the command began
 */
record DemoOutcome(
    Outcome<Evaluation> training,
    double baselineAccuracy,
    Map<String, Prediction> answers,
    RunFolder folder,
    long begun) {
  private static final int CONFUSIONS = 8;
  private static final double NANOS = 1e9;

  int print(Console console, boolean json) {
    if (!(training instanceof Outcome.Finished<Evaluation> finished)) {
      return training.print(console, json);
    }
    double seconds = (System.nanoTime() - begun) / NANOS;
    PrintStream people = json ? console.err() : console.out();
    tell(people, finished, seconds);
    people.flush();
    if (json) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("accuracy", finished.measurement().accuracy());
      figures.put("baselineAccuracy", baselineAccuracy);
      figures.put("seconds", seconds);
      figures.putAll(rest(finished));
      console.json(figures);
    }
    return 0;
  }

  private Map<String, Object> rest(Outcome.Finished<Evaluation> finished) {
    Map<String, Object> rest = new LinkedHashMap<>(finished.figures());
    rest.keySet().removeAll(List.of("accuracy", "seconds"));
    rest.put("model", folder.model().toString());
    rest.put("picture", folder.confusion().toString());
    Map<String, String> labels = new LinkedHashMap<>();
    answers.forEach((question, answer) -> labels.put(question, answer.label()));
    rest.put("answers", labels);
    return rest;
  }

  private void tell(PrintStream out, Outcome.Finished<Evaluation> finished, double seconds) {
    ConfusionMatrix confusion = finished.measurement().confusion();
    if (confusion != null) {
      out.println("\nMost often confused:");
      Confusion.most(confusion, CONFUSIONS).forEach(pair -> out.println("  " + pair));
      out.println("The whole picture: " + folder.confusion());
    }
    out.println();
    answers.forEach(
        (question, answer) ->
            out.printf(
                Locale.ROOT, "  %-64s %s (%.2f)%n", question, answer.label(), answer.score()));
    out.printf(
        Locale.ROOT,
        "%nHeld-out accuracy %.4f, naive Bayes %.4f; %.0f s in all (%s)%n",
        finished.measurement().accuracy(),
        baselineAccuracy,
        seconds,
        finished.backend());
    out.printf("Ask it more: carousel predict %s%n", folder.model());
  }
}
