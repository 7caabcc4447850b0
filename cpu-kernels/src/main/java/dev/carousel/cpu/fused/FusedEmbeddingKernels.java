package dev.carousel.cpu.fused;

import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * Rows of F32 tables. Ids are checked here, where a message can name them.
 *
 * @param engine the threads and the instruction set
 * @param others for tables of another type
 */
record FusedEmbeddingKernels(long engine, EmbeddingKernels others) implements EmbeddingKernels {
  @Override
  public void gather(Tensor ids, Tensor table, Tensor out) {
    if (table.type() != DType.F32) {
      others.gather(ids, table, out);
      return;
    }
    int features = requireFits(ids, table, "out", out);
    Overlap.requireNone("table", table, "out", out);
    NativeElements.gather(
        engine,
        ids.heap().ints(),
        ids.heapOffset(),
        (int) ids.size(),
        features,
        Floats.of(table),
        table.heapOffset(),
        Floats.of(out),
        out.heapOffset());
  }

  @Override
  public void scatterAdd(Tensor ids, Tensor dOut, Tensor dTable) {
    if (dTable.type() != DType.F32) {
      others.scatterAdd(ids, dOut, dTable);
      return;
    }
    int features = requireFits(ids, dTable, "dOut", dOut);
    Overlap.requireNone("dOut", dOut, "dTable", dTable);
    NativeElements.scatterAdd(
        engine,
        ids.heap().ints(),
        ids.heapOffset(),
        (int) ids.size(),
        features,
        Floats.of(dOut),
        dOut.heapOffset(),
        Floats.of(dTable),
        dTable.heapOffset());
  }

  /** Checks shapes and ids; returns D. */
  private static int requireFits(Tensor ids, Tensor table, String name, Tensor rows) {
    ids.require("ids", DType.I32, ids.shape().dims());
    if (table.shape().rank() != 2) {
      throw new IllegalArgumentException("a table must have shape [V, D], not " + table.shape());
    }
    int[] dims = Arrays.copyOf(ids.shape().dims(), ids.shape().rank() + 1);
    dims[dims.length - 1] = table.shape().dim(1);
    rows.require(name, DType.F32, dims);
    int[] values = ids.heap().ints();
    int size = table.shape().dim(0);
    for (int i = 0; i < ids.size(); i++) {
      int id = values[ids.heapOffset() + i];
      if (id >= size) {
        throw new IllegalArgumentException(
            "id %d at position %d of ids %s is not below the table's %d rows"
                .formatted(id, i, ids.shape(), size));
      }
    }
    return table.shape().dim(1);
  }
}
