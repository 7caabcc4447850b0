package dev.carousel.cli;

import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carousel doctor}: what this machine offers and what it lacks. */
@Command(
    name = "doctor",
    header = "Say what was found on this machine: backends with reasons and remedies, JVM, memory.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  carousel doctor --json"})
final class DoctorCommand implements Runnable {
  private final Console console;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    List<Backends.Entry> backends = Backends.report();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>(Host.describe());
      all.put("backends", backends.stream().map(DoctorCommand::fields).toList());
      console.json(all);
    } else {
      print(backends);
    }
  }

  private void print(List<Backends.Entry> backends) {
    Host.describe().forEach((name, value) -> console.out().printf("%-18s %s%n", name, value));
    console.out().println();
    if (backends.isEmpty()) {
      console.out().println("no backend is on the class path; add carousel-core to it");
    }
    for (Backends.Entry entry : backends) {
      lines(entry).forEach(console.out()::println);
    }
    console.out().flush();
  }

  private static List<String> lines(Backends.Entry entry) {
    List<String> lines = new ArrayList<>();
    if (entry.availability() instanceof Available found) {
      lines.add(String.format("%-18s available: %s", entry.name(), found.device()));
    } else if (entry.availability() instanceof Unavailable missing) {
      lines.add(String.format("%-18s not available: %s", entry.name(), missing.reason()));
      lines.add(String.format("%-18s remedy: %s", "", missing.remedy()));
      if (missing.cause() != null) {
        lines.add(String.format("%-18s cause: %s", "", missing.cause()));
      }
    }
    return lines;
  }

  private static Map<String, Object> fields(Backends.Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", entry.name());
    fields.put("rank", entry.rank());
    fields.put("available", entry.availability() instanceof Available);
    if (entry.availability() instanceof Available found) {
      fields.put("device", found.device());
    } else if (entry.availability() instanceof Unavailable missing) {
      fields.put("reason", missing.reason());
      fields.put("remedy", missing.remedy());
      fields.put("cause", missing.cause() == null ? null : missing.cause().toString());
    }
    return fields;
  }
}
