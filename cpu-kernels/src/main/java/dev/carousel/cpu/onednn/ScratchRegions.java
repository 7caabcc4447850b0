package dev.carousel.cpu.onednn;

import dev.carousel.rnn.WeightRole;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a kernel of one layer needs only while it runs; offsets in bytes from the start of the work
 * space. Layers take turns; each direction has its own.
 */
final class ScratchRegions {
  final long scratchpad;
  final long dh;
  final long dc;
  final long dLastH;
  final long dLastC;
  final long dBias;

  /** The plain copy of a matrix's gradient. */
  final long plain;

  private final Map<WeightRole, Long> gradients = new EnumMap<>(WeightRole.class);

  ScratchRegions(Regions regions, LayerKernels layer) {
    LayerLayouts l = layer.layouts();
    scratchpad = regions.take(layer.scratchpadBytes());
    boolean trains = layer.trains();
    dh = regions.take(trains ? l.dh.bytes() : 0);
    dc = regions.take(trains ? l.c.bytes() : 0);
    dLastH = regions.take(trains ? l.dh.bytes() : 0);
    dLastC = regions.take(trains ? l.c.bytes() : 0);
    dBias = regions.take(trains ? l.bias.bytes() : 0);
    long largest = 0;
    for (LayerKernels.MatrixUse m : layer.matrices()) {
      if (m.gradient() != null) {
        long bytes = m.gradient().layout().bytes();
        gradients.put(m.role(), regions.take(bytes));
        largest = Math.max(largest, bytes);
      }
    }
    plain = regions.take(largest);
  }

  /** The gradient of a matrix as the kernel writes it. */
  long gradient(WeightRole role) {
    Long at = gradients.get(role);
    if (at == null) {
      throw new IllegalArgumentException("no gradient of " + role);
    }
    return at;
  }
}
