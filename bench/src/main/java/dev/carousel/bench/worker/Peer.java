package dev.carousel.bench.worker;

import dev.carousel.bench.row.Row;
import dev.carousel.rnn.Precision;

/** A library in its worker process. Has a public constructor that takes the number of threads. */
public interface Peer extends AutoCloseable {
  /** Versions, threads, instruction set: whatever a reader must know, in one line. */
  String describe();

  /**
   * Builds the row's model with the row's numbers. The worker closes it before the next.
   *
   * @throws RefusedRowException if the library, or this adapter, has no way to do the row
   * @throws Exception whatever the library throws when it tries
   */
  Exercise prepare(Row row, Precision precision) throws Exception;

  /**
   * Measures something that is no row; only the ceiling can.
   *
   * @throws RefusedRowException if there is no such thing here
   */
  default double measure(String what) throws Exception {
    throw new RefusedRowException("there is no '" + what + "' to measure here");
  }

  @Override
  default void close() {}
}
