package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.data.ConllReader;
import dev.carousel.data.ConllWriter;
import dev.carousel.data.ReadOptions;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.data.Utf8Lines;
import dev.carousel.eval.Measurement;
import dev.carousel.model.Inspection;
import dev.carousel.model.ModelFlow;
import dev.carousel.tag.SequenceTagger;
import dev.carousel.tag.TagScheme;
import dev.carousel.tag.Tagging;
import dev.carousel.tag.TaggingEvaluation;
import dev.carousel.text.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tagger for {@code eval} and {@code predict}.
 *
 * @param model closed with this
 */
record LoadedTagger(SequenceTagger model) implements LoadedModel {
  private static final int MAX_WAITING = 256;

  @Override
  public TaggingEvaluation evaluate(EvalFlags flags, Console console) throws IOException {
    return model.evaluate(
        new TaggedFiles(flags.columns(model.features()), flags.files().options())
            .read(flags.data(), console));
  }

  @Override
  public Optional<String> table(Measurement measured) {
    return measured instanceof TaggingEvaluation e && e.scheme() != TagScheme.PLAIN
        ? Optional.of(e.spans().render())
        : Optional.empty();
  }

  @Override
  public void predict(InputStream in, PredictFlags flags, Console console) throws IOException {
    Columns columns = flags.columns();
    if (columns != null) {
      requireColumns(columns);
      predictConll(in, columns, flags, console);
      return;
    }
    requirePlain();
    WaitingLines.of(in)
        .forEachBatch(
            texts -> {
              List<Tagging> answers = model.predict(texts);
              answers.forEach(answer -> print(answer, sentence(answer), flags, console));
              console.out().flush();
            });
  }

  private void predictConll(InputStream in, Columns columns, PredictFlags flags, Console console)
      throws IOException {
    Utf8Lines lines = new Utf8Lines(in, "input", ReadOptions.DEFAULT_MAX_LINE_BYTES);
    ConllReader reader = new ConllReader(columns, ConllReader.Tags.OPTIONAL, lines);
    List<TaggedSentence> waiting = new ArrayList<>();
    for (TaggedSentence s = reader.next(); s != null; s = reader.next()) {
      waiting.add(s);
      if (waiting.size() == MAX_WAITING) {
        answer(waiting, flags, console);
        waiting.clear();
      }
    }
    answer(waiting, flags, console);
  }

  private void answer(List<TaggedSentence> sentences, PredictFlags flags, Console console) {
    List<Tagging> answers = model.tag(sentences);
    for (int i = 0; i < answers.size(); i++) {
      print(answers.get(i), sentences.get(i), flags, console);
    }
    console.out().flush();
  }

  private static TaggedSentence sentence(Tagging answer) {
    return TaggedSentence.untagged(answer.tokens().stream().map(Token::text).toList());
  }

  private static void print(
      Tagging answer, TaggedSentence sentence, PredictFlags flags, Console console) {
    if (flags.json()) {
      console.out().println(JsonLine.of(fields(answer)));
      return;
    }
    if (answer.intent() != null) {
      console.out().println("# intent = " + answer.intent());
    }
    try {
      new ConllWriter(console.out()).write(sentence, List.of(answer.tags()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> fields(Tagging answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", answer.text());
    if (answer.intent() != null) {
      fields.put("intent", answer.intent());
    }
    fields.put("spans", answer.spans());
    fields.put("tokens", answer.tokens().stream().map(Token::text).toList());
    fields.put("tags", answer.tags());
    return fields;
  }

  @Override
  public Inspection inspect(String text, InspectFlags flags) throws IOException {
    Columns columns = flags.columns();
    if (columns == null) {
      requirePlain();
      return model.inspect(text, flags.options());
    }
    requireColumns(columns);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Utf8Lines lines =
        new Utf8Lines(
            new ByteArrayInputStream(bytes), "TEXT", ReadOptions.DEFAULT_MAX_LINE_BYTES)) {
      ConllReader reader = new ConllReader(columns, ConllReader.Tags.OPTIONAL, lines);
      TaggedSentence sentence = reader.next();
      if (sentence == null || reader.next() != null) {
        throw new IllegalArgumentException(
            "--columns wants one sentence in CoNLL lines, and TEXT has "
                + (sentence == null ? "none" : "several"));
      }
      return model.inspect(sentence, flags.options());
    }
  }

  private void requirePlain() {
    if (!model.features().isEmpty()) {
      throw new IllegalArgumentException(
          "the model reads the columns "
              + model.features()
              + " beside the tokens: give it CoNLL lines and --columns");
    }
  }

  private void requireColumns(Columns columns) {
    if (!columns.featureNames().equals(model.features())) {
      throw new IllegalArgumentException(
          "--columns has the further columns %s, the model reads %s: name those, and the others _"
              .formatted(columns.featureNames(), model.features()));
    }
  }

  @Override
  public ModelFlow gradientFlow(FlowDataFlags flags, Console console) throws IOException {
    TaggedData data =
        new TaggedFiles(flags.columns(model.features()), flags.files().options())
            .read(flags.data(), console);
    List<TaggedSentence> first = data.sentences().stream().limit(flags.limit()).toList();
    return model.gradientFlow(
        new TaggedData(data.name(), data.features(), first, data.sources(), data.report()));
  }

  @Override
  public void close() {
    model.close();
  }
}
