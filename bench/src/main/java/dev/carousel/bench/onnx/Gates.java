package dev.carousel.bench.onnx;

import dev.carousel.rnn.Cell;
import java.util.List;

/** Weights of recurrent layers in ONNX's order. */
final class Gates {
  /** ONNX has i, o, f, c where Carousel and PyTorch have i, f, g, o. */
  private static final int[] LSTM_ORDER = {0, 3, 1, 2};

  /** ONNX has z, r, h where Carousel and PyTorch have r, z, n. */
  private static final int[] GRU_ORDER = {1, 0, 2};

  private Gates() {}

  static float[] reordered(Cell cell, float[] block) {
    int[] order = cell == Cell.LSTM ? LSTM_ORDER : GRU_ORDER;
    int size = block.length / order.length;
    float[] result = new float[block.length];
    for (int g = 0; g < order.length; g++) {
      System.arraycopy(block, order[g] * size, result, g * size, size);
    }
    return result;
  }

  static float[] concatenated(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
