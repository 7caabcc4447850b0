package dev.carousel.bench.gpu;

/**
 * What one row took, in milliseconds: medians.
 *
 * @param row the row's words
 * @param forward an inference
 * @param training forward and backward
 * @param replay the same, recorded and replayed
 * @param hostOfReplay the part of a replay that the host is busy
 * @param forwardTeraflops of forward's products, per second
 * @param implementation what the plan says it is
 */
record RowTimes(
    String row,
    double forward,
    double training,
    double replay,
    double hostOfReplay,
    double forwardTeraflops,
    String implementation) {}
