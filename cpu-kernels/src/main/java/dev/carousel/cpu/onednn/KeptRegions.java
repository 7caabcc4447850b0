package dev.carousel.cpu.onednn;

/**
 * What one direction of one layer computes and backward reads again; offsets in bytes from the
 * start of the reserve, or of the work space in inference.
 *
 * @param x input as the kernel reads it
 * @param h state before the first step
 * @param c cell state before the first step
 * @param y output
 * @param lastH state after step T − 1, padding included
 * @param lastC cell state after step T − 1, carried through padding
 * @param workspace oneDNN's own
 */
record KeptRegions(long x, long h, long c, long y, long lastH, long lastC, long workspace) {
  /**
   * Makes room for one direction of one layer.
   *
   * @param input where its input already lies, or −1 to make room for that too
   */
  static KeptRegions take(Regions regions, LayerKernels layer, long input) {
    LayerLayouts l = layer.layouts();
    return new KeptRegions(
        input >= 0 ? input : regions.take(l.x.bytes()),
        regions.take(l.h.bytes()),
        regions.take(l.c.bytes()),
        regions.take(gapped(layer.shape(), l.y.bytes())),
        regions.take(l.h.bytes()),
        regions.take(l.c.bytes()),
        regions.take(layer.workspaceBytes()));
  }

  /** oneDNN counts no gap behind the last row, but the next layer's carry column lies there. */
  private static long gapped(LayerShape shape, long bytes) {
    return bytes + (long) shape.outputPitch() * shape.type().bytes();
  }
}
