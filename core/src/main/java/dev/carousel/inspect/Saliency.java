package dev.carousel.inspect;

/**
 * How much each step's input mattered to a score s: T steps x[t].
 *
 * @param norms |ds/dx[t]|, [T]: how much a small change could do (Simonyan et al. 2014, section 3)
 * @param products ⟨ds/dx[t], x[t]⟩, [T]: gradient times input, the part that the input has in s, to
 *     first order; below 0 where it speaks against it (Shrikumar et al. 2017, section 2.2)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Saliency(double[] norms, double[] products) {
  static Saliency of(double[][] x, double[][] dx) {
    double[] norms = new double[x.length];
    double[] products = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      norms[t] = Unrolled.norm(dx[t]);
      for (int k = 0; k < x[t].length; k++) {
        products[t] += dx[t][k] * x[t][k];
      }
    }
    return new Saliency(norms, products);
  }
}
