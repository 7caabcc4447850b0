package dev.carousel.bench.peer.ceiling;

import dev.carousel.bench.row.Product;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Work;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Precision;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * What the machine allows: the matrix products of a row alone, on weights that oneDNN's matmul has
 * packed for itself; for one sequence, a plain read of the weights at each step.
 *
 * <p>Beside the rows it measures {@code fma} (GFLOP/s of multiply-adds between registers), {@code
 * read:BYTES} (GB/s over so many bytes a thread, again and again) and {@code gemm:PRECISION:MxNxK}
 * (GFLOP/s).
 */
public final class CeilingPeer implements Peer {
  private final Team team;
  private final int threads;

  /**
   * Loads oneDNN, which takes its threads from the environment.
   *
   * @param threads the same number as in the environment
   */
  public CeilingPeer(int threads) {
    this.threads = threads;
    this.team = new Team(threads);
    dnnl.dnnl_version();
  }

  @Override
  public String describe() {
    dnnl_version_t v = dnnl.dnnl_version();
    return "matmul of oneDNN %d.%d.%d (%s); vectors of %d bits; %d threads"
        .formatted(
            v.major(),
            v.minor(),
            v.patch(),
            dnnl.get_effective_cpu_isa(),
            FloatVector.SPECIES_PREFERRED.vectorBitSize(),
            threads);
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    Work work = new Work(row);
    if (!work.boundByReading()) {
      return new Products(work.products(), precision);
    }
    int bytes = precision == Precision.BF16 ? 2 : 4;
    Reading reading = new Reading(team, work.bytesPerStep(bytes), work.readingSteps());
    List<Product> input =
        work.products().stream().filter(p -> work.readingSteps() > 1 && p.m() > 1).toList();
    return input.isEmpty() ? reading : new Both(new Products(input, precision), reading);
  }

  /** One after the other. */
  private record Both(Products products, Reading reading) implements Exercise {
    @Override
    public void run() {
      products.run();
      reading.once();
    }

    @Override
    public Answer answer() throws RefusedRowException {
      return products.answer();
    }

    @Override
    public String implementation() {
      return products.implementation() + " and " + reading.implementation();
    }
  }

  @Override
  public double measure(String what) throws Exception {
    String[] words = what.split(":", -1);
    return switch (words[0]) {
      case "fma" -> new MultiplyAdds(team).gigaflops();
      case "read" -> new Reading(team, Long.parseLong(words[1]) * threads, 1).gigabytes();
      case "gemm" -> Products.gigaflops(Precision.valueOf(words[1]), words[2]);
      default -> Peer.super.measure(what);
    };
  }

  @Override
  public void close() {
    team.close();
  }
}
