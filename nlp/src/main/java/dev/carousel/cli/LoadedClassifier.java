package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Example;
import dev.carousel.eval.Measurement;
import dev.carousel.model.Inspection;
import dev.carousel.model.ModelFlow;
import dev.carousel.task.Evaluation;
import dev.carousel.task.Labelling;
import dev.carousel.task.Prediction;
import dev.carousel.task.TextClassifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A text classifier for {@code eval} and {@code predict}.
 *
 * @param model closed with this
 */
record LoadedClassifier(TextClassifier model) implements LoadedModel {
  private static final int SHOWN_CLASSES = 12;

  @Override
  public Evaluation evaluate(EvalFlags flags, Console console) throws IOException {
    return model.evaluate(flags.files().read(flags.data(), console));
  }

  @Override
  public Optional<String> table(Measurement measured) {
    return measured instanceof Evaluation e && e.confusion() != null
        ? Optional.of(e.confusion().render(SHOWN_CLASSES))
        : Optional.empty();
  }

  @Override
  public void predict(InputStream in, PredictFlags flags, Console console) throws IOException {
    CutTexts cut = new CutTexts();
    WaitingLines.of(in)
        .forEachBatch(
            texts -> {
              List<Prediction> answers = model.predict(texts);
              answers.forEach(answer -> cut.add(answer.extent()));
              print(texts, answers, flags, console);
            });
    cut.tell(console);
  }

  private void print(
      List<String> texts, List<Prediction> answers, PredictFlags flags, Console console) {
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      Prediction answer = answers.get(i);
      console
          .out()
          .println(
              flags.json() ? JsonLine.of(fields(text, answer, flags)) : line(text, answer, flags));
    }
    console.out().flush();
  }

  private Map<String, Object> fields(String text, Prediction answer, PredictFlags flags) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", text);
    fields.put("label", answer.label());
    if (model.labelling() == Labelling.MULTI) {
      fields.put("labels", answer.labels());
    }
    fields.put("scores", flags.top() == 0 ? answer.scores() : answer.top(flags.top()));
    return fields;
  }

  private String line(String text, Prediction answer, PredictFlags flags) {
    if (flags.top() > 0) {
      return answer.top(flags.top()).entrySet().stream()
              .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
              .collect(Collectors.joining("\t"))
          + "\t"
          + text;
    }
    String labels =
        model.labelling() == Labelling.MULTI ? String.join(" ", answer.labels()) : answer.label();
    return labels + "\t" + text;
  }

  @Override
  public Inspection inspect(String text, InspectFlags flags) {
    return model.inspect(text, flags.options());
  }

  @Override
  public ModelFlow gradientFlow(FlowDataFlags flags, Console console) throws IOException {
    DataSet data = flags.files().read(flags.data(), console);
    List<Example> first =
        data.examples().stream().filter(e -> !e.text().isBlank()).limit(flags.limit()).toList();
    return model.gradientFlow(DataSet.of(data.name(), first));
  }

  @Override
  public void close() {
    model.close();
  }
}
