package dev.carousel.cli;

import dev.carousel.decode.AttentionMaps;
import dev.carousel.report.AttentionPng;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.translate.AttentionMap;
import dev.carousel.translate.Translation;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.TranslationOptions.UnknownTokens;
import dev.carousel.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel translate}: translations of lines of text. */
@Command(
    name = "translate",
    header = "Translate lines of text, one translation a line, in their order.",
    description = {
      "With --n-best each candidate is a line: the text's number, the score and the translation,",
      "with tabs between, the best first."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel translate model sentences.txt --beam 5 --show-attention",
    })
final class TranslateCommand implements Callable<Integer> {
  /** How attention is shown. */
  enum Shown {
    TEXT,
    PNG
  }

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A model that 'carousel train translate' saved.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "UTF-8 text, one a line; - is standard input (default: ${DEFAULT-VALUE}).")
  private String file;

  @Mixin private DecodingFlags decoding;

  @Option(
      names = "--n-best",
      paramLabel = "K",
      description = "Print the K best translations with their scores, at most as many as --beam.")
  private @Nullable Integer nBest;

  @Option(
      names = "--show-attention",
      arity = "0..1",
      fallbackValue = "text",
      paramLabel = "HOW",
      description = {
        "Show what each written token looked at: text, after the translation, or png, a file",
        "attention-N.png for line N."
      })
  private @Nullable Shown attention;

  @Option(
      names = "--attention-dir",
      paramLabel = "DIR",
      description = "Where the pictures go (default: the current folder).")
  private @Nullable Path pictures;

  @Option(
      names = "--replace-unknown",
      description = "Write the source's piece that was looked at most for <unk>.")
  private boolean replaceUnknown;

  @Option(
      names = "--json",
      description = "Print a JSON object a line: text, translations, scores, attention if shown.")
  private boolean json;

  @Mixin private BackendFlags backends;

  private int line;

  TranslateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TranslationOptions options = Usage.of(spec, this::options);
    Precision precision = backends.asked();
    if (pictures != null) {
      Files.createDirectories(pictures);
    }
    try (Backend backend = backends.open();
        Translator translator =
            precision == null
                ? Translator.load(model, backend)
                : Translator.load(model, backend, precision);
        InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
      CutTexts cut = new CutTexts();
      WaitingLines.of(in)
          .forEachBatch(
              texts -> {
                for (Translation translation : translator.translate(texts, options)) {
                  cut.add(translation.extent());
                  print(translation);
                }
                console.out().flush();
              });
      cut.tell(console);
      return 0;
    }
  }

  private TranslationOptions options() {
    if (pictures != null && attention != Shown.PNG) {
      throw new IllegalArgumentException("--attention-dir needs --show-attention=png");
    }
    return new TranslationOptions(
        decoding.settings(nBest == null ? 1 : nBest),
        attention == null ? AttentionMaps.DROPPED : AttentionMaps.KEPT,
        replaceUnknown ? UnknownTokens.REPLACED : UnknownTokens.SHOWN,
        0);
  }

  private void print(Translation translation) {
    line++;
    if (json) {
      console.out().println(JsonLine.of(fields(translation)));
    } else if (nBest == null) {
      console.out().println(translation.text());
    } else {
      for (Candidate c : translation.candidates()) {
        console.out().printf(Locale.ROOT, "%d\t%.4f\t%s%n", line, c.score(), c.text());
      }
    }
    AttentionMap map = translation.candidates().get(0).map();
    if (attention == Shown.TEXT && !json) {
      console.out().println(AttentionText.of(map));
    }
    if (attention == Shown.PNG && map.weights().length > 0) {
      draw(map);
    }
  }

  private void draw(AttentionMap map) {
    String name = "attention-" + line + ".png";
    Path picture = pictures == null ? Path.of(name) : pictures.resolve(name);
    AttentionPng.write(picture, map.target(), map.source(), map.weights())
        .ifPresent(console::progress);
  }

  private Map<String, Object> fields(Translation translation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    List<Candidate> all = translation.candidates();
    fields.put("text", translation.source());
    fields.put("translation", translation.text());
    fields.put("translations", all.stream().map(Candidate::text).toList());
    fields.put("scores", all.stream().map(Candidate::score).toList());
    if (attention != null) {
      AttentionMap map = all.get(0).map();
      fields.put("sourceTokens", map.source());
      fields.put("targetTokens", map.target());
      fields.put("attention", map.weights());
    }
    return fields;
  }
}
