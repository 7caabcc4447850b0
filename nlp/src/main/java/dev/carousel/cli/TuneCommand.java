package dev.carousel.cli;

import dev.carousel.data.SourceFile;
import dev.carousel.model.Start;
import dev.carousel.spi.Backend;
import dev.carousel.tune.Journal;
import dev.carousel.tune.Search;
import dev.carousel.tune.SearchSpace;
import dev.carousel.tune.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code carousel tune}: flags of a training that do well on its selecting data. */
@Command(
    name = "tune",
    header = "Search for the flags of a training that do best on its development data.",
    description = {
      "Draws points of a space of flags, trains each, and keeps the best one's model in DIR. All",
      "flags of 'carousel train TASK' that are not varied are given here too. The development",
      "data alone decides; --test is measured once, on the winner. DIR.tune holds the journal,",
      "the table of the trials as CSV, their chart, and a folder for each trial.",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel tune classify --train train.tsv --dev dev.tsv --out model --search halving",
      "    --max-epochs 9 --trials 27 --vary lr=1e-4..1e-2:log --vary hidden=64,128,256",
    })
final class TuneCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      description = "What to train, the first word: classify, tag, lm, translate or chat.")
  private String task;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the winner's model goes: a new or empty folder, or one with a model.")
  private Path out = Path.of("");

  @Mixin private TuneFlags flags;

  @Option(
      names = "--resume",
      description = "Go on with the search in DIR.tune, with the same flags as before.")
  private boolean resume;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private BackendFlags backends;

  @Unmatched private List<String> training = new ArrayList<>();

  TuneCommand(Console console) {
    this.console = console;
  }

  /** What the flags ask for. */
  private record Asked(SearchSpace space, TuneWords words, List<Trial> trials, RunFolder folder) {}

  @Override
  public Integer call() throws IOException {
    Asked asked = Usage.of(spec, this::asked);
    try (Backend backend = backends.open()) {
      TrainingRun run = new TrainingRun(console, backend);
      return search(
          new TrialRuns(run, asked.words(), asked.folder(), flags.seed(), backends.precision()),
          asked);
    }
  }

  private Asked asked() throws IOException {
    ModelKind kind = ModelKinds.named(task);
    SearchSpace space = flags.space();
    flags.strategy();
    TuneWords words = flags.words(kind, training);
    words.check(space, backends.precision());
    return new Asked(space, words, flags.trials(space), RunFolder.of(out));
  }

  private int search(TrialRuns runs, Asked asked) throws IOException {
    Training<?> first = runs.any(asked.trials());
    SortedMap<String, String> identity = flags.identity(asked.space(), asked.words());
    for (SourceFile file : first.data()) {
      identity.put("the file " + file.name(), file.sha256());
    }
    Path file = asked.folder().search().resolve("journal.json");
    Journal journal = resume ? Journal.resume(file, identity) : Journal.begin(file, identity);
    Search search =
        new Search(asked.trials(), flags.strategy(), TrialRuns.selection(first).rule().goal());
    TuneReport report =
        new TuneReport(
            search, asked.space(), journal, TrialRuns.selection(first).metric(), console);
    Optional<Trial> winner = search.run(runs, journal);
    report.write(asked.folder().search());
    if (winner.isEmpty()) {
      console.progress("stopped; --resume goes on from " + file);
      return Outcome.INTERRUPTED_CODE;
    }
    RunFolder own = asked.folder().ofTrial(winner.get().number());
    Outcome<?> kept = runs.run().train(runs.training(winner.get()), own, Start.RESUME);
    return kept instanceof Outcome.Finished<?> finished
        ? report.print(winner.get(), command(asked, winner.get()), finished, json)
        : kept.print(console, json);
  }

  private String command(Asked asked, Trial winner) {
    List<String> words = new ArrayList<>(List.of("carousel", "train", task));
    words.addAll(asked.words().given());
    words.addAll(winner.flags());
    words.add("--seed=" + flags.seed());
    words.addAll(backends.words());
    words.add("--out=" + out);
    return String.join(" ", words.stream().map(ShellWord::quoted).toList());
  }
}
