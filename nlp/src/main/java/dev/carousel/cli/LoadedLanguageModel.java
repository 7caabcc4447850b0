package dev.carousel.cli;

import dev.carousel.data.Corpus;
import dev.carousel.lm.LanguageEvaluation;
import dev.carousel.lm.LanguageModel;
import dev.carousel.model.Inspection;
import dev.carousel.model.ModelFlow;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A language model for {@code eval} and {@code predict}: its answer to a line is how probable it
 * is.
 *
 * @param model closed with this
 */
record LoadedLanguageModel(LanguageModel model) implements LoadedModel {
  @Override
  public LanguageEvaluation evaluate(EvalFlags flags, Console console) throws IOException {
    return model.evaluate(Corpus.read(flags.data()));
  }

  @Override
  public void predict(InputStream in, PredictFlags flags, Console console) throws IOException {
    WaitingLines.of(in).forEachBatch(lines -> answer(lines, flags, console));
  }

  private void answer(List<String> lines, PredictFlags flags, Console console) {
    for (String line : lines) {
      LanguageEvaluation e = model.evaluate(Corpus.of("line", line + "\n"));
      console.out().println(flags.json() ? JsonLine.of(fields(line, e)) : text(line, e));
    }
    console.out().flush();
  }

  private static Map<String, Object> fields(String line, LanguageEvaluation e) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", line);
    fields.putAll(e.figures());
    return fields;
  }

  private static String text(String line, LanguageEvaluation e) {
    return String.format(Locale.ROOT, "%.4f\t%s", e.perplexity(), line);
  }

  @Override
  public Inspection inspect(String text, InspectFlags flags) {
    return model.inspect(text, flags.options());
  }

  @Override
  public ModelFlow gradientFlow(FlowDataFlags flags, Console console) throws IOException {
    return model.gradientFlow(Corpus.read(flags.data()), flags.window(), flags.limit());
  }

  @Override
  public void close() {
    model.close();
  }
}
