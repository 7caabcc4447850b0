package dev.carousel.bench.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Availability;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the bundle's {@code check} runs on a GPU host: the contract kit, the parity suite, the
 * benchmark, and PyTorch's rows where PyTorch is there; all into one JSON file. Exit code 0 if the
 * kit and the parity suite passed, 1 otherwise or if there is no GPU.
 */
public final class GpuCheck {
  private static final int KEPT_LINES = 40;

  private final Path home;
  private final Map<String, Object> report = new LinkedHashMap<>();
  private boolean passed = true;

  private GpuCheck(Path home) {
    this.home = home;
  }

  /**
   * Runs everything.
   *
   * @param args the bundle's folder, the report's file, and {@code all} for every row of the
   *     benchmark or {@code some} for a few dozen
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3 || !List.of("all", "some").contains(args[2])) {
      System.err.println("usage: GpuCheck BUNDLE REPORT all|some");
      System.exit(2);
    }
    GpuCheck check = new GpuCheck(Path.of(args[0]));
    check.run(args[2].equals("all"));
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(Path.of(args[1]).toFile(), check.report);
    System.exit(check.passed ? 0 : 1);
  }

  private void run(boolean all) throws IOException {
    report.put("commit", Files.readString(home.resolve("commit")).strip());
    Availability availability =
        Backends.report().stream()
            .filter(e -> e.name().equals("cuda"))
            .map(Backends.Entry::availability)
            .findFirst()
            .orElseThrow();
    if (availability instanceof Unavailable u) {
      System.err.println("backend cuda is not available: " + u.reason() + " " + u.remedy());
      report.put("refused", Map.of("reason", u.reason(), "remedy", u.remedy()));
      passed = false;
      return;
    }
    report.put("found", ((Available) availability).device());
    kit();
    try (Backend gpu = Backends.named("cuda")) {
      report.put("backend", gpu.describe());
      List<Precision> precisions = precisions(gpu);
      parity(gpu, precisions);
      List<BenchRow> rows = all ? BenchRow.all(precisions) : BenchRow.some(precisions);
      report.put("rows", rows(gpu, rows));
      torch(rows);
    }
  }

  /** Those that a linear layer takes. */
  private static List<Precision> precisions(Backend gpu) {
    List<Precision> offered = new ArrayList<>();
    try (Storage storage = gpu.memory().allocate(DType.F32, 4)) {
      Tensor matrix = new Tensor(storage, 0, Shape.of(2, 2));
      for (Precision p : Precision.values()) {
        try {
          gpu.linear().pack(matrix, p).close();
          offered.add(p);
        } catch (UnsupportedSpecException | IllegalArgumentException e) {
          System.err.println("without " + p + ": " + e.getMessage());
        }
      }
    }
    return offered;
  }

  /** In a process of its own, so that a crash there still leaves a report. */
  private void kit() throws IOException {
    System.err.println("running the contract kit");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dcarousel.requireGpu=true");
    command.addAll(List.of("-cp", classPath(), "org.junit.platform.console.ConsoleLauncher"));
    command.addAll(List.of("execute", "--disable-banner", "--details=summary"));
    command.addAll(List.of("--select-class=dev.carousel.cuda.CudaContractTest"));
    command.add("--exclude-tag=full");
    ChildProcess kit = ChildProcess.run(command);
    report.put("kit", Map.of("exitCode", kit.code(), "summary", kit.lastLines(KEPT_LINES)));
    passed &= kit.code() == 0;
  }

  private String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      return String.join(":", jars.map(Path::toString).sorted().toList());
    }
  }

  private void parity(Backend gpu, List<Precision> precisions) {
    System.err.println("comparing with the reference backend");
    List<Map<String, Object>> parity = ParitySuite.run(gpu, precisions);
    report.put("parity", parity);
    passed &= parity.stream().allMatch(p -> Boolean.TRUE.equals(p.get("withinTolerance")));
  }

  private static List<Object> rows(Backend gpu, List<BenchRow> rows) {
    List<Object> times = new ArrayList<>();
    for (BenchRow row : rows) {
      System.err.println("timing " + row.words());
      try (RowBenchmark benchmark = new RowBenchmark(gpu, row)) {
        times.add(benchmark.run());
      } catch (RuntimeException e) {
        times.add(Map.of("row", row.words(), "failed", e.toString()));
      }
    }
    return times;
  }

  /** The same rows by PyTorch on the same device, where it is installed. */
  private void torch(List<BenchRow> rows) throws IOException {
    if (ChildProcess.run(List.of("python3", "-c", "import torch")).code() != 0) {
      report.put("torch", "not measured: python3 -c 'import torch' does not work here");
      return;
    }
    System.err.println("timing PyTorch");
    Path list = Files.createTempFile("rows", ".txt");
    Files.write(list, rows.stream().map(BenchRow::words).toList());
    String script = home.resolve("torch_rows.py").toString();
    ChildProcess torch = ChildProcess.run(List.of("python3", script, list.toString()));
    Files.delete(list);
    report.put("torch", torch.lastLines(rows.size() + 1));
  }
}
