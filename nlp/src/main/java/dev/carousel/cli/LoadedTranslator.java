package dev.carousel.cli;

import dev.carousel.eval.Measurement;
import dev.carousel.model.Inspection;
import dev.carousel.translate.Translation;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.TranslationScores;
import dev.carousel.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A translator for {@code eval}, {@code predict} and {@code translate}.
 *
 * @param model closed with this
 */
record LoadedTranslator(Translator model) implements LoadedModel {
  @Override
  public TranslationScores evaluate(EvalFlags flags, Console console) throws IOException {
    return model.evaluate(
        flags.pairs().read(flags.data(), flags.references(), console),
        TranslationOptions.DEFAULT.withBeam(flags.beam()));
  }

  @Override
  public Optional<String> table(Measurement measured) {
    return Optional.of(
        measured.notes().entrySet().stream()
            .map(note -> note.getKey() + " " + note.getValue())
            .collect(Collectors.joining(System.lineSeparator())));
  }

  @Override
  public void predict(InputStream in, PredictFlags flags, Console console) throws IOException {
    CutTexts cut = new CutTexts();
    WaitingLines.of(in)
        .forEachBatch(
            texts -> {
              List<Translation> answers = model.translate(texts, TranslationOptions.DEFAULT);
              for (Translation t : answers) {
                cut.add(t.extent());
                console.out().println(flags.json() ? JsonLine.of(fields(t)) : t.text());
              }
              console.out().flush();
            });
    cut.tell(console);
  }

  private static Map<String, Object> fields(Translation t) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", t.source());
    fields.put("translation", t.text());
    fields.put("score", t.candidates().get(0).score());
    return fields;
  }

  @Override
  public Inspection inspect(String text, InspectFlags flags) {
    return model.inspect(text, flags.options());
  }

  @Override
  public void close() {
    model.close();
  }
}
