package dev.carousel.cuda;

import org.bytedeco.javacpp.DoublePointer;

/** Doubles one array after another in emulated memory. */
final class EmulatedReserve {
  private EmulatedReserve() {}

  static void write(long address, double[]... arrays) {
    DoublePointer to = new DoublePointer(new HostBytes().move(address));
    long at = 0;
    for (double[] array : arrays) {
      to.position(at).put(array);
      at += array.length;
    }
  }

  static double[][] read(long address, int... sizes) {
    DoublePointer from = new DoublePointer(new HostBytes().move(address));
    double[][] arrays = new double[sizes.length][];
    long at = 0;
    for (int i = 0; i < sizes.length; i++) {
      arrays[i] = new double[sizes[i]];
      from.position(at).get(arrays[i]);
      at += sizes[i];
    }
    return arrays;
  }
}
