package dev.carousel.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine and the JVM that this runs on. */
final class Host {
  private static final long MEBIBYTE = 1L << 20;

  private Host() {}

  /** Versions, cores and memory (MiB), in the order in which they are to be read. */
  static Map<String, Object> describe() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("carousel", Version.number());
    facts.put("java", System.getProperty("java.version") + " (" + property("java.vm.name") + ")");
    facts.put("javaHome", property("java.home"));
    facts.put("os", property("os.name") + " " + property("os.version"));
    facts.put("arch", property("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("heapMiB", Runtime.getRuntime().maxMemory() / MEBIBYTE);
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean memory) {
      facts.put("memoryMiB", memory.getTotalMemorySize() / MEBIBYTE);
      facts.put("freeMemoryMiB", memory.getFreeMemorySize() / MEBIBYTE);
    }
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
