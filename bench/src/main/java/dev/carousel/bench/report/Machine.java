package dev.carousel.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where and with what the figures came about.
 *
 * @param facts by name, in the order of the report
 */
public record Machine(Map<String, String> facts) {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final String UNKNOWN = "unknown";

  /** What decides how fast libraries run, and is inherited by every worker. */
  private static final String[] VARIABLES = {
    "OMP_", "GOMP_", "KMP_", "MKL_", "ONEDNN_", "DNNL_", "ATEN_", "OPENBLAS_", "LD_PRELOAD"
  };

  /**
   * This machine now.
   *
   * @param commit of the source tree
   * @param command the command line
   */
  public static Machine here(String commit, String command) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("commit", commit);
    facts.put("command", command);
    facts.put("processor", value(CPU, "model name"));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("instruction sets", instructionSets());
    facts.put("memory", value(MEMORY, "MemTotal"));
    facts.put("load before", load());
    facts.put("system", property("os.name") + " " + property("os.version"));
    facts.put("JVM", property("java.vm.name") + " " + property("java.runtime.version"));
    Map<String, String> variables = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, set) -> {
              if (Stream.of(VARIABLES).anyMatch(name::startsWith)) {
                variables.put(name, set);
              }
            });
    facts.put("environment", variables.isEmpty() ? "nothing set" : variables.toString());
    return new Machine(facts);
  }

  private static String property(String name) {
    return System.getProperty(name, UNKNOWN);
  }

  /** The first value of this name in a file of {@code name : value} lines. */
  private static String value(Path file, String name) {
    return lines(file)
        .filter(l -> l.startsWith(name))
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static String instructionSets() {
    String flags = " " + value(CPU, "flags") + " ";
    String found =
        Stream.of("avx2", "avx512f", "avx512_bf16", "amx_bf16")
            .filter(f -> flags.contains(" " + f + " "))
            .reduce("", (a, b) -> (a + " " + b).strip());
    return found.isEmpty() ? UNKNOWN : found;
  }

  private static String load() {
    return lines(LOAD).map(l -> l.split(" ", 2)[0]).findFirst().orElse(UNKNOWN);
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file).stream() : Stream.empty();
    } catch (IOException e) {
      return Stream.empty(); // a report without this line is better than none
    }
  }
}
