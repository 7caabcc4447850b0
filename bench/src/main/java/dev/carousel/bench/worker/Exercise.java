package dev.carousel.bench.worker;

import java.util.Map;

/** One prepared row. */
public interface Exercise extends AutoCloseable {
  /**
   * One timed call. The inputs are copied from Java arrays and the results into Java arrays, as for
   * a user whose data is in Java; nothing is left under way when it returns.
   */
  void run() throws Exception;

  /**
   * What the row computes, from its initial state; called once, before any timing.
   *
   * <ul>
   *   <li>inference: {@code y} [T, N, D·H], zero beyond a row's length
   *   <li>{@code step}: {@code y} [5, 1, H], five steps with the same input
   *   <li>{@code long}: {@code y} [100, 1, H], of the third chunk at most, all with the same input
   *   <li>{@code train}: {@code dx} [T, N, C] and the gradient of each block of the weights under
   *       its name
   *   <li>whole models: {@code losses} [3], of the first three steps, before each update
   *   <li>translations: {@code tokens} [N, written], and with a beam {@code scores} [N], log P
   * </ul>
   */
  Answer answer() throws Exception;

  /** Parts of {@link #run} that can be timed by themselves, by name; most have none. */
  default Map<String, Action> parts() {
    return Map.of();
  }

  /** Which implementation the library chose, where it says so. */
  default String implementation() {
    return "";
  }

  /** Passes of one {@link #run}, by which its time is divided. */
  default int passes() {
    return 1;
  }

  /** Something to be timed. */
  @FunctionalInterface
  interface Action {
    /** Does it once. */
    void run() throws Exception;
  }

  @Override
  default void close() {}
}
