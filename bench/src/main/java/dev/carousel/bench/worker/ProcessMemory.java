package dev.carousel.bench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process has held. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final long KIBIBYTE = 1024;

  private ProcessMemory() {}

  /**
   * The most resident bytes so far, Linux's VmHWM.
   *
   * @throws RefusedRowException where the system does not say
   */
  static long peakBytes() throws IOException, RefusedRowException {
    if (Files.isReadable(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
        }
      }
    }
    throw new RefusedRowException("only Linux says how much memory a process has held at most");
  }
}
