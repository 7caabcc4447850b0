package dev.carousel.cli;

import dev.carousel.embed.Analogies;
import dev.carousel.embed.AnalogyReport;
import dev.carousel.embed.Neighbour;
import dev.carousel.embed.VectorQuery;
import dev.carousel.embed.VectorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel similar}: what word vectors say is alike. */
@Command(
    name = "similar",
    header = "Find the words nearest to a word, or to a sum of words.",
    description = {
      "Prints words and the cosine of their angle, the nearest first, without those of the query.",
      "A word is looked up as it stands, otherwise in lower case.",
      "With --analogies it answers 'a is to b as c is to what?' by the word nearest to b - a + c",
      "and prints the share of right answers; questions with a word that has no vector are counted",
      "and not asked.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel similar words.vec king - man + woman --top 5",
    })
final class SimilarCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "VECTORS",
      description = {
        "GloVe, word2vec text or binary, fastText .vec, or the folder of a model that was trained",
        "with an embedding (a translator's is its source's)."
      })
  private Path vectors;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WORD",
      description = "A word, or words with + or - between them.")
  private List<String> words = List.of();

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many words to print (default: ${DEFAULT-VALUE}).")
  private int top = 10;

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      description = {
        "Questions in the format of Google's questions-words.txt: ': SECTION', then four words a",
        "line."
      })
  private @Nullable Path analogies;

  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description = "Read only the first N vectors (default: all).")
  private int most = Integer.MAX_VALUE;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  SimilarCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<VectorQuery> query = Usage.of(spec, this::query);
    Analogies questions = analogies == null ? null : Analogies.read(analogies);
    VectorTable table = VectorTable.read(vectors, most);
    console.progress(vectors + ": " + table.report().describe().stripTrailing());
    if (questions != null) {
      print(questions.ask(table));
    } else {
      query.ifPresent(asked -> print(asked.nearest(table, top)));
    }
    console.out().flush();
    return 0;
  }

  /** What is asked for; nothing if it is analogies. */
  private Optional<VectorQuery> query() {
    if (words.isEmpty() == (analogies == null)) {
      throw new IllegalArgumentException("give either a WORD or --analogies");
    }
    if (analogies != null && spec.commandLine().getParseResult().hasMatchedOption("--top")) {
      throw new IllegalArgumentException("--top is for words, not for --analogies");
    }
    if (top < 1 || most < 1) {
      throw new IllegalArgumentException(
          "--top and --max-vocabulary must be at least 1, not " + top + " and " + most);
    }
    return analogies == null
        ? Optional.of(VectorQuery.parse(String.join(" ", words)))
        : Optional.empty();
  }

  private void print(AnalogyReport report) {
    if (json) {
      console.json(report.figures());
    } else {
      console.out().print(report.render());
    }
  }

  private void print(List<Neighbour> nearest) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("query", String.join(" ", words));
      fields.put("nearest", nearest);
      console.json(fields);
      return;
    }
    for (Neighbour n : nearest) {
      console.out().printf(Locale.ROOT, "%.4f\t%s%n", n.cosine(), n.word());
    }
  }
}
