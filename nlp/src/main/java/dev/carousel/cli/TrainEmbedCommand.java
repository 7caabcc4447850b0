package dev.carousel.cli;

import dev.carousel.embed.LearnedVectors;
import dev.carousel.embed.SkipGramSettings;
import dev.carousel.embed.SkipGramTrainer;
import dev.carousel.embed.VectorFile;
import dev.carousel.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carousel train embed}: word vectors from running text. */
@Command(
    name = "embed",
    header = "Learn word vectors from running text.",
    description = {
      "Skip-gram with negative sampling, as word2vec does it; each line is a sentence. The text is",
      "cut into words once and waits in a temporary file, so memory grows with the vocabulary only.",
      "'carousel similar' looks at the vectors; --vectors of 'train classify' and 'train tag' begin",
      "with them. Interrupted, it leaves nothing behind.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel train embed --text wiki.txt --dim 200 --epochs 3 --out words.vec",
    })
final class TrainEmbedCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--text",
      required = true,
      paramLabel = "FILE",
      description = "UTF-8 text to learn from, a sentence a line.")
  private Path text = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE|DIR",
      description = {
        "Where the vectors go: a name ending in .vec or .txt for word2vec's text format, in .bin for",
        "its binary one, any other for a folder with checksums and their origin."
      })
  private Path out = Path.of("");

  @Mixin private EmbedFlags flags;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  TrainEmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SkipGramSettings settings = Usage.of(spec, flags::settings);
    Tokenizer tokenizer = Usage.of(spec, flags::tokenizer);
    VectorFile kind = VectorFile.named(out);
    kind.requireWritable(out);
    long begun = System.nanoTime();
    LearnedVectors vectors = new SkipGramTrainer(settings, tokenizer, this::progress).fit(text);
    kind.write(vectors, out);
    print(vectors, (System.nanoTime() - begun) / NANOS);
    return 0;
  }

  private void progress(SkipGramTrainer.Epoch e) {
    console.progress(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f  %,.0f words/s",
            e.epoch(),
            e.epochs(),
            e.loss(),
            e.wordsPerSecond()));
  }

  private void print(LearnedVectors vectors, double seconds) {
    console.progress("vectors saved in " + out);
    if (json) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("vectors", vectors.count());
      figures.put("dim", vectors.size());
      figures.put("words", vectors.words());
      figures.put("loss", vectors.loss());
      figures.put("seconds", seconds);
      console.json(figures);
      return;
    }
    console
        .out()
        .printf(
            Locale.ROOT,
            "%,d vectors of %d features from %,d words  loss %.4f  %.1f s in all%n",
            vectors.count(),
            vectors.size(),
            vectors.words(),
            vectors.loss(),
            seconds);
    console.out().flush();
  }
}
