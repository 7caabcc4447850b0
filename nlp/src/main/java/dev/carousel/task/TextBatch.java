package dev.carousel.task;

import java.util.List;

/**
 * What one training step reads, in host memory.
 *
 * @param texts token ids of each text
 * @param labels label ids of each text
 */
record TextBatch(List<int[]> texts, List<int[]> labels) {}
