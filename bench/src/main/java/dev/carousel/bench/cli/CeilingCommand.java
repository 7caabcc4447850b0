package dev.carousel.bench.cli;

import dev.carousel.bench.peer.Checkout;
import dev.carousel.bench.peer.PeerBuild;
import dev.carousel.bench.peer.PeerException;
import dev.carousel.bench.peer.PeerJars;
import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.peer.WorkerProcess;
import dev.carousel.bench.peer.Workers;
import dev.carousel.bench.report.Machine;
import dev.carousel.cli.Console;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code carousel bench ceiling}: the machine's limits by themselves. */
@Command(
    name = "ceiling",
    header = "Measure what the machine allows: multiply-adds, packed products, reading.",
    description = {
      "FMA peak: ten chains of multiply-adds between vector registers, with Java's Vector API.",
      "Reading: sums over so many bytes a thread, again and again, with Java's Vector API.",
      "Products: oneDNN's matmul on weights that it has packed for itself, at the rows' sizes;",
      "bf16 has results in single precision.",
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  carousel bench ceiling --threads 1,2"})
public final class CeilingCommand implements Callable<Integer> {
  /** M x N x K: the state of a step, the input of all steps, of the rows with N = 16 and more. */
  private static final String[] PRODUCTS = {
    "16x1024x256",
    "32x768x256",
    "32x1024x256",
    "32x1536x512",
    "32x2048x512",
    "64x512x128",
    "3200x512x128",
    "3200x1024x256",
    "3200x2048x512",
    "400x10000x200",
  };

  private static final int[] KIBIBYTES = {
    24, 256, 512, 1024, 2048, 4096, 8192, 16_384, 65_536, 262_144
  };

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "1,2",
      split = ",",
      description = "With how many (default: ${DEFAULT-VALUE}).")
  private int[] threads = {1, 2};

  /** Made by picocli. */
  public CeilingCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, PeerException {
    for (int n : threads) {
      if (n < 1) {
        throw new ParameterException(spec.commandLine(), "at least one thread is needed, not " + n);
      }
    }
    Checkout checkout = Checkout.here();
    PeerJars jars = new PeerBuild(checkout, console::progress).jars(PeerSpec.CEILING);
    Workers workers = new Workers(checkout.home().resolve("bench/target/report/logs"));
    Machine.here(checkout.commit(), "carousel bench ceiling")
        .facts()
        .forEach((name, value) -> console.out().printf("%-18s %s%n", name, value));
    for (int n : threads) {
      try (WorkerProcess worker = workers.open(jars, n)) {
        measure(worker, n);
      }
    }
    return 0;
  }

  private void measure(WorkerProcess worker, int n) throws PeerException {
    console.out().printf("%n%d %s: %s%n", n, n == 1 ? "thread" : "threads", worker.ask("describe"));
    print("FMA peak, f32", worker.ask("measure fma"), "GFLOP/s");
    for (String sizes : PRODUCTS) {
      for (String precision : new String[] {"F32", "BF16"}) {
        product(worker, sizes, precision);
      }
    }
    for (int size : KIBIBYTES) {
      String said = worker.ask("measure read:" + size * 1024L);
      print("read " + size + " KiB a thread", said, "GB/s");
    }
  }

  /** A processor without bf16 has no such product; that is said and the rest goes on. */
  private void product(WorkerProcess worker, String sizes, String precision) {
    String name = "packed " + sizes + ", " + precision.toLowerCase(Locale.ROOT);
    try {
      print(name, worker.ask("measure gemm:" + precision + ":" + sizes), "GFLOP/s");
    } catch (PeerException e) {
      console.out().printf("%-34s %s%n", name, e.getMessage());
    }
  }

  private void print(String name, String value, String unit) {
    console.out().printf(Locale.ROOT, "%-34s %9.1f %s%n", name, Double.parseDouble(value), unit);
    console.out().flush();
  }
}
