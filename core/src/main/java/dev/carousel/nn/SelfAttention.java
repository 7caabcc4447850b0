package dev.carousel.nn;

import dev.carousel.autograd.Attended;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import java.util.Arrays;
import java.util.List;

/**
 * Each step of a sequence looks at all of its real steps: multi-head scaled dot-product attention
 * with a residual (Vaswani et al. 2017, section 3.2), without positions, which a recurrent network
 * below has encoded already. F features, h heads of F/h:
 *
 * <pre>
 * [q; k; v] = W_in x + b_in
 * head_i = softmax(q_i k_iᵀ / √(F/h)) v_i        keys beyond a row's length have weight 0
 * y = x + drop(W_out [head_1; …; head_h] + b_out)
 * </pre>
 *
 * <p>Beyond a row's length y is not zero: what comes after must heed the lengths. Parameters are
 * those of PyTorch's {@code MultiheadAttention}: {@code name.in_proj_weight} [3F, F], {@code
 * name.in_proj_bias} [3F], {@code name.out_proj.weight} [F, F], {@code name.out_proj.bias} [F]. The
 * weights of a step's heads take T numbers each, so memory grows with the square of the length.
 */
public final class SelfAttention {
  private final String name;
  private final LinearParameter projection;
  private final Linear output;
  private final int features;
  private final int heads;
  private final double dropout;

  /**
   * Declares the parameters.
   *
   * @param features F
   * @param heads h, a divisor of F
   * @param dropout of what is added to x
   * @throws IllegalArgumentException if the heads do not divide the features
   */
  public SelfAttention(
      ParameterSet.Builder set, String name, int features, int heads, double dropout) {
    if (heads < 1 || features % heads != 0) {
      throw new IllegalArgumentException(
          "self-attention over %d features needs a number of heads that divides them, not %d"
              .formatted(features, heads));
    }
    this.name = name;
    this.projection =
        set.matrix(
            set.declare(name + ".in_proj_weight", Init.xavier(), 3 * features, features),
            set.declare(name + ".in_proj_bias", Init.constant(0), 3 * features));
    this.output = new Linear(set, name + ".out_proj", features, features);
    this.features = features;
    this.heads = heads;
    this.dropout = dropout;
  }

  /** x [T, N, F] to y [T, N, F]. */
  public Var apply(Ops ops, Var x, Lengths lengths) {
    int[] sizes = new int[3 * heads];
    Arrays.fill(sizes, features / heads);
    List<Var> parts = ops.split(ops.linear(x, projection), sizes);
    double scale = 1 / Math.sqrt((double) features / heads);
    Var[] seen = new Var[heads];
    for (int i = 0; i < heads; i++) {
      Var keys = parts.get(heads + i);
      Var values = parts.get(2 * heads + i);
      Attended head = ops.attend(parts.get(i), keys, values, lengths, scale);
      ops.show(name, i, head.weights(), lengths);
      seen[i] = head.out();
    }
    Var all = heads == 1 ? seen[0] : ops.concat(seen);
    return ops.add(x, ops.dropout(output.apply(ops, all), dropout));
  }
}
