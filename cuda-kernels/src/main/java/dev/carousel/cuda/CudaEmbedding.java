package dev.carousel.cuda;

import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * Lookup tables on the device. Ids are not read back to check them: one that is not below V gathers
 * NaN and has no gradient.
 */
record CudaEmbedding(Gpu gpu) implements EmbeddingKernels {
  @Override
  public void gather(Tensor ids, Tensor table, Tensor out) {
    requireFits(ids, table, "out", out);
    Operands.disjoint("table", table, "out", out);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.GATHER)
          .at(ids)
          .at(table)
          .at(out)
          .size(ids.size())
          .size(table.shape().dim(0))
          .size(table.shape().dim(1))
          .each(out.size());
    }
  }

  @Override
  public void scatterAdd(Tensor ids, Tensor dOut, Tensor dTable) {
    requireFits(ids, dTable, "dOut", dOut);
    Operands.disjoint("dOut", dOut, "dTable", dTable);
    long rows = dTable.shape().dim(0);
    try (Gpu.Turn turn = gpu.turn()) {
      long first = gpu.scratch(rows * 4);
      turn.kernel(Kernel.FILL_I32).at(first).number(Integer.MAX_VALUE).size(rows).each(rows);
      turn.kernel(Kernel.SCATTER_FIRST)
          .at(ids)
          .at(first)
          .size(ids.size())
          .size(rows)
          .each(ids.size());
      turn.kernel(Kernel.SCATTER_ADD)
          .at(ids)
          .at(first)
          .at(dOut)
          .at(dTable)
          .size(ids.size())
          .size(rows)
          .size(dTable.shape().dim(1))
          .blocks(ids.size());
    }
  }

  private static void requireFits(Tensor ids, Tensor table, String name, Tensor rows) {
    ids.require("ids", DType.I32, ids.shape().dims());
    Operands.floats("table", table);
    if (table.shape().rank() != 2) {
      throw new IllegalArgumentException("a table must have shape [V, D], not " + table.shape());
    }
    int[] dims = Arrays.copyOf(ids.shape().dims(), ids.shape().rank() + 1);
    dims[dims.length - 1] = table.shape().dim(1);
    rows.require(name, DType.F32, dims);
  }
}
