package dev.carousel.reference;

import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/** Row copies; gradients are added in the order of the ids. */
final class ReferenceEmbedding implements EmbeddingKernels {
  @Override
  public void gather(Tensor ids, Tensor table, Tensor out) {
    int features = requireFits(ids, table, "out", out);
    Operands.disjoint("table", table, "out", out);
    Ints rows = Ints.of(ids);
    Reals from = Reals.of("table", table);
    Reals to = Reals.of("out", out);
    for (int i = 0; i < ids.size(); i++) {
      if (rows.get(i) < 0) {
        to.fill(i * features, features, 0);
      } else {
        copy(from, rows.get(i) * features, to, i * features, features);
      }
    }
  }

  @Override
  public void scatterAdd(Tensor ids, Tensor dOut, Tensor dTable) {
    int features = requireFits(ids, dTable, "dOut", dOut);
    Operands.disjoint("dOut", dOut, "dTable", dTable);
    Ints rows = Ints.of(ids);
    Reals from = Reals.of("dOut", dOut);
    Reals to = Reals.of("dTable", dTable);
    for (int i = 0; i < ids.size(); i++) {
      if (rows.get(i) < 0) {
        continue;
      }
      int at = rows.get(i) * features;
      for (int j = 0; j < features; j++) {
        to.add(at + j, from.get(i * features + j));
      }
    }
  }

  private static void copy(Reals from, int i, Reals to, int j, int n) {
    for (int k = 0; k < n; k++) {
      to.set(j + k, from.get(i + k));
    }
  }

  /** Checks shapes and ids; returns D. */
  private static int requireFits(Tensor ids, Tensor table, String name, Tensor rows) {
    ids.require("ids", DType.I32, ids.shape().dims());
    if (table.shape().rank() != 2) {
      throw new IllegalArgumentException("a table must have shape [V, D], not " + table.shape());
    }
    int[] dims = Arrays.copyOf(ids.shape().dims(), ids.shape().rank() + 1);
    dims[dims.length - 1] = table.shape().dim(1);
    rows.require(name, table.type(), dims);
    Ints values = Ints.of(ids);
    int size = table.shape().dim(0);
    for (int i = 0; i < ids.size(); i++) {
      if (values.get(i) >= size) {
        throw new IllegalArgumentException(
            "id %d at position %d of ids %s is not below the table's %d rows"
                .formatted(values.get(i), i, ids.shape(), size));
      }
    }
    return table.shape().dim(1);
  }
}
