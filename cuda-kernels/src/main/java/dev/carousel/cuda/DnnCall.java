package dev.carousel.cuda;

import dev.carousel.spi.Pass;

/**
 * The operands of cuDNN's three calls, used again for every call of a run, under the lock of its
 * {@link Gpu}. Addresses; 0 is a null pointer, which cuDNN takes for a state of zeros or a result
 * that is not wanted.
 */
final class DnnCall {
  /** The network. */
  long network;

  /** Descriptions of x, y, h and c. */
  long xDesc;

  long yDesc;
  long hDesc;
  long cDesc;

  /** Forward's mode. */
  Pass pass = Pass.INFERENCE;

  /** I32 [N], every one T. */
  long lengths;

  /** Packed weights and their size in bytes. */
  long weights;

  long weightBytes;

  /** Gradient of the packed weights. */
  long dWeights;

  /** Work space and its size in bytes. */
  long work;

  long workBytes;

  /** Reserve space and its size in bytes. */
  long reserve;

  long reserveBytes;

  long x;
  long y;
  long hx;
  long hy;
  long cx;
  long cy;
  long dx;
  long dy;
  long dhx;
  long dhy;
  long dcx;
  long dcy;
}
