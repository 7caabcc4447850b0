package dev.carousel.cuda;

/** cuBLASLt by plain loops in double over emulated memory. */
record EmulatedBlas(EmulatedDriver driver) implements Blas {
  @Override
  public Product prepare(Problem p) {
    return new Product() {
      @Override
      public void run(long a, long b, long c, long bias) {
        if (driver.isIdle()) {
          return;
        }
        for (long address : new long[] {a, b, c, bias}) {
          if (address % p.alignment() != 0) {
            throw new IllegalStateException("misaligned operand of " + p);
          }
        }
        driver.start(() -> multiply(p, a, b, c, bias));
      }

      @Override
      public void close() {
        // nothing is kept
      }
    };
  }

  private static void multiply(Problem p, long atA, long atB, long atC, long atBias) {
    double[] a = HostFloats.read(ElementType.F32, atA, p.m() * p.k());
    double[] b = HostFloats.read(ElementType.F32, atB, p.k() * p.n());
    double[] c = new double[p.m() * p.n()];
    if (p.addition() == Addition.OUTPUT) {
      c = HostFloats.read(ElementType.F32, atC, c.length);
    }
    double[] bias =
        p.addition() == Addition.BIAS
            ? HostFloats.read(ElementType.F32, atBias, p.m())
            : new double[p.m()];
    for (int j = 0; j < p.n(); j++) {
      for (int i = 0; i < p.m(); i++) {
        double sum = c[j * p.m() + i] + bias[i];
        for (int k = 0; k < p.k(); k++) {
          double left = p.transposeA() ? a[i * p.k() + k] : a[k * p.m() + i];
          double right = p.transposeB() ? b[k * p.n() + j] : b[j * p.k() + k];
          sum += left * right;
        }
        c[j * p.m() + i] = sum;
      }
    }
    HostFloats.write(ElementType.F32, atC, c);
  }

  @Override
  public CudaVersion version() {
    return new CudaVersion(13, 0);
  }

  @Override
  public void close() {
    // nothing is kept
  }
}
