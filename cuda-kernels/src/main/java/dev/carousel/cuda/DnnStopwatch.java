package dev.carousel.cuda;

/** Measures cuDNN on the device, with the operands of one run in temporary memory. */
record DnnStopwatch(Gpu gpu) implements Tuner.Stopwatch {
  /** cuDNN's own status for this. */
  private static final int NOT_SUPPORTED = 3000;

  private static final int WARM = 2;
  private static final int ROUNDS = 3;
  private static final int RUNS = 4;

  /** 0.0078125 as a float; as two halves 1 and 0, as two bfloat16 0.0078125 and 0. */
  private static final int PATTERN = 0x3C00_0000;

  @Override
  public double millis(RunShape shape, Choice choice) {
    try (Gpu.Turn turn = gpu.turn();
        DnnNet net =
            new DnnNet(
                gpu,
                new DnnNetwork(shape.spec(), choice),
                shape.steps(),
                shape.batch(),
                shape.pass())) {
      requireUsualWeights(shape, net);
      try (DnnTrial trial = new DnnTrial(gpu, shape, net)) {
        turn.kernel(Kernel.FILL_I32)
            .at(trial.start())
            .number(PATTERN)
            .size(trial.bytes() / 4)
            .each(trial.bytes() / 4);
        trial.prepare(turn);
        for (int i = 0; i < WARM; i++) {
          trial.run(turn);
        }
        return best(turn, trial);
      }
    }
  }

  /** Weights are packed once for all implementations. */
  private void requireUsualWeights(RunShape shape, DnnNet net) {
    DnnNetwork usual = net.network().with(Choice.STANDARD);
    try (DnnNet standard = new DnnNet(gpu, usual, 1, shape.batch(), shape.pass())) {
      if (standard.weightBytes() != net.weightBytes()) {
        throw new LibraryException(
            "using " + net.network().choice(), NOT_SUPPORTED, "its weights have another size");
      }
    }
  }

  private static double best(Gpu.Turn turn, DnnTrial trial) {
    Driver driver = turn.driver();
    long from = driver.createEvent();
    long to = driver.createEvent();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ROUNDS; i++) {
      driver.mark(from);
      for (int run = 0; run < RUNS; run++) {
        trial.run(turn);
      }
      driver.mark(to);
      driver.await(to);
      least = Math.min(least, driver.millis(from, to) / RUNS);
    }
    driver.destroyEvent(from);
    driver.destroyEvent(to);
    return least;
  }
}
