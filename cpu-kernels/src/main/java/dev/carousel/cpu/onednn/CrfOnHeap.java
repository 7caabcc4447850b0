package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Sequences;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.CrfLoss;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference backend's CRF, whose scratch is on the heap where this backend's is native. Its
 * scratch is therefore kept here, as much as the largest calls that ever ran at once have needed,
 * and the caller's may be empty.
 */
final class CrfOnHeap implements CrfKernels {
  private final CrfKernels reference;
  private final Memory heap;
  private final List<Storage> idle = new ArrayList<>();

  CrfOnHeap(CrfKernels reference, Memory heap) {
    this.reference = reference;
    this.heap = heap;
  }

  @Override
  public void loss(CrfLoss io) {
    Shape e = io.emissions().values().shape();
    Storage scratch = borrow(e);
    try {
      reference.loss(
          new CrfLoss(
              io.emissions(),
              io.transitions(),
              io.gold(),
              io.loss(),
              io.dEmissions(),
              io.dTransitions(),
              io.scale(),
              Tensor.of(scratch)));
    } finally {
      giveBack(scratch);
    }
  }

  @Override
  public void viterbi(
      Sequences emissions, Tensor transitions, Tensor path, Tensor score, Tensor work) {
    Storage scratch = borrow(emissions.values().shape());
    try {
      reference.viterbi(emissions, transitions, path, score, Tensor.of(scratch));
    } finally {
      giveBack(scratch);
    }
  }

  @Override
  public long workBytes(int steps, int batch, int labels) {
    return 0;
  }

  private Storage borrow(Shape emissions) {
    long bytes = reference.workBytes(emissions.dim(0), emissions.dim(1), emissions.dim(2));
    synchronized (idle) {
      for (int i = 0; i < idle.size(); i++) {
        if (idle.get(i).size() >= bytes) {
          return idle.remove(i);
        }
      }
      if (!idle.isEmpty()) {
        idle.remove(0).close(); // outgrown
      }
    }
    return heap.allocate(DType.BYTE, bytes);
  }

  private void giveBack(Storage scratch) {
    synchronized (idle) {
      idle.add(scratch);
    }
  }
}
