package dev.carousel.bench.cli;

import dev.carousel.bench.peer.Checkout;
import dev.carousel.bench.peer.PeerBuild;
import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.peer.Workers;
import dev.carousel.bench.report.Machine;
import dev.carousel.bench.report.ReportFolder;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.RowNames;
import dev.carousel.bench.row.StandardRows;
import dev.carousel.bench.run.Championship;
import dev.carousel.bench.run.Pace;
import dev.carousel.bench.run.Request;
import dev.carousel.bench.run.Results;
import dev.carousel.cli.Console;
import dev.carousel.rnn.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code carousel bench rnn}: the peer benchmark. */
@Command(
    name = "rnn",
    header = "Compare Carousel with other libraries, row by row.",
    description = {
      "Prints a table; writes results.csv, report.md, chart.png and, with a cold row, footprint.csv.",
      "",
      "Peers: carousel, onednn (its bare rnn primitives, shown beside), libtorch, djl, onnxruntime,",
      "dl4j.",
      "",
      "A row is CELL-TASK-nN-tT-hH[-lL][-bi]: N sequences of T steps, H units, L layers, one or two",
      "directions. Tasks: step (T=1, state carried), infer, ragged (lengths 5 to T), train (forward,",
      "backward, all gradients), ptb, classifier, tagger (whole training steps), long (T steps in",
      "chunks, state carried), cold (start of the process to the first answer), greedy and beam",
      "(sentences translated token by token: lstm, one layer, bi; 5 hypotheses).",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Variables such as ONEDNN_MAX_CPU_ISA reach all peers and stand in the report.",
      "",
      "Examples:",
      "  carousel bench rnn --quick",
      "  carousel bench rnn --peers carousel,onnxruntime --rows '*-step-*' --threads 1",
      "  carousel bench rnn --shapes n8-t40-h300-l2-bi,gru-train-n64-t30-h200",
    })
public final class RnnCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(names = "--peers", paramLabel = "A,B", description = "Which libraries (default: all).")
  private @Nullable String peers;

  @Option(
      names = "--rows",
      paramLabel = "GLOB",
      description = "Which of the standard rows, as 'lstm-infer-*' (default: all). Also A,B.")
  private @Nullable String rows;

  @Option(
      names = "--shapes",
      paramLabel = "A,B",
      description = {
        "Other rows: " + RowNames.SHAPE + ".",
        "Without a cell both; without a task step for n1-t1, otherwise infer."
      })
  private @Nullable String shapes;

  @Option(
      names = "--threads",
      paramLabel = "1,2",
      split = ",",
      description = "How many, one comparison for each (default: ${DEFAULT-VALUE}).")
  private int[] threads = {1, 2};

  @Option(
      names = "--precision",
      paramLabel = "f32,bf16",
      split = ",",
      description =
          "In which arithmetic, where a peer has it: f32, bf16, int8 (default: f32,bf16).")
  private Precision[] precisions = {Precision.F32, Precision.BF16};

  @Option(
      names = "--quick",
      description = "A representative third of the rows, in short bursts: under ten minutes.")
  private boolean quick;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Bursts of each peer on each row (default: 7, with --quick 3).")
  private @Nullable Integer rounds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (default: bench/target/report).")
  private @Nullable Path out;

  @Option(names = "--list", description = "List the rows that would be measured, and do nothing.")
  private boolean list;

  /** Made by picocli. */
  public RnnCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Request request = request();
    if (list) {
      request.rows().forEach(row -> console.out().println(row));
      return 0;
    }
    Checkout checkout = Checkout.here();
    Path folder = out == null ? checkout.home().resolve("bench/target/report") : out;
    Machine machine = Machine.here(checkout.commit(), command());
    ReportFolder report = new ReportFolder(folder, machine);
    PeerBuild build = new PeerBuild(checkout, console::progress);
    Workers workers = new Workers(report.folder().resolve("logs"));
    Results results = new Championship(build, workers, new Screen(console, report)).run(request);
    report.write(results);
    report.draw(results).ifPresent(console::progress);
    console.progress("report, figures and chart are in " + report.folder());
    return 0;
  }

  private Request request() {
    try {
      Pace pace = quick ? Pace.QUICK : Pace.FULL;
      return new Request(
          chosenRows(),
          peers == null ? PeerSpec.all() : PeerSpec.named(peers),
          chosenPrecisions(),
          chosenThreads(),
          rounds == null ? pace : pace.withRounds(rounds));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<Row> chosenRows() {
    List<Row> standard = quick ? StandardRows.quick() : StandardRows.all();
    List<Row> chosen = new ArrayList<>();
    if (rows != null) {
      chosen.addAll(StandardRows.matching(standard, rows));
    } else if (shapes == null) {
      chosen.addAll(standard);
    }
    if (shapes != null) {
      for (String shape : shapes.split(",", -1)) {
        chosen.addAll(RowNames.shape(shape.trim()));
      }
    }
    return chosen;
  }

  private List<Precision> chosenPrecisions() {
    List<Precision> chosen = Arrays.stream(precisions).distinct().toList();
    for (Precision p : chosen) {
      if (PeerSpec.all().stream().noneMatch(peer -> peer.precisions().contains(p))) {
        throw new IllegalArgumentException(
            "no peer computes in "
                + p.name().toLowerCase(Locale.ROOT)
                + "; there are f32, bf16 and int8");
      }
    }
    return chosen;
  }

  private List<Integer> chosenThreads() {
    for (int n : threads) {
      if (n < 1) {
        throw new IllegalArgumentException("at least one thread is needed, not " + n);
      }
    }
    return Arrays.stream(threads).distinct().boxed().toList();
  }

  private String command() {
    return "carousel bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
