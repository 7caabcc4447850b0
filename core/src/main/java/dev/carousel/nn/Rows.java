package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Var;
import java.util.List;

/** Tensors one behind the other along the first axis, made of joins along the last. */
final class Rows {
  private Rows() {}

  /** All elements of the first, then those of the second, and so on: [1, elements]. */
  static Var join(Ops ops, List<Var> parts) {
    Var[] flat =
        parts.stream()
            .map(v -> ops.reshape(v, 1, Math.toIntExact(v.value().size())))
            .toArray(Var[]::new);
    return flat.length == 1 ? flat[0] : ops.concat(flat);
  }
}
