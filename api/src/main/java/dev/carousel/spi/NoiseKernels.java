package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * Inverted dropout: kept units are divided by 1 − rate. Each is its own gradient: backward is the
 * same call on dy. In and out may be the same view.
 */
public interface NoiseKernels {
  /**
   * Drops units. Element i uses index {@code i mod period}: the period is the size for ordinary
   * dropout (Srivastava et al. 2014), and N·C on [T, N, C] for locked dropout, one mask for all
   * steps (Gal and Ghahramani 2016).
   *
   * @param rate 0 to below 1
   * @param period 1 to the size of x
   */
  void dropout(Tensor x, Tensor y, double rate, int period, Noise noise);

  /**
   * Drops whole rows by their id, so that every occurrence of a word type shares its fate
   * (embedding dropout, Gal and Ghahramani 2016; Merity et al. 2018). Rows with a negative id are
   * kept as they are.
   *
   * @param ids I32 [...]
   * @param x [..., D]
   */
  void dropRows(Tensor ids, Tensor x, Tensor y, double rate, Noise noise);

  /** Adds 1 to the step of a noise state, on the device. */
  void advance(Tensor state);
}
