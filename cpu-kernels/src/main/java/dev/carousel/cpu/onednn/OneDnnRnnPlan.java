package dev.carousel.cpu.onednn;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A recurrent network as a chain of oneDNN primitives, one for each direction of each layer. */
final class OneDnnRnnPlan implements RnnPlan {
  private final Turns turns;
  private final Engine engine;
  private final RnnSpec spec;
  private final int steps;
  private final int batch;
  private final Pass pass;
  private final List<LayerKernels> layers;
  private final List<KeptRegions> kept = new ArrayList<>();
  private final List<ScratchRegions> scratch = new ArrayList<>();
  private final GradientRegions gradients;
  private final long reserveBytes;
  private final long workBytes;
  private final Deque<RnnRun> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param layers the kernels of each layer; taken over, and the same object may occur repeatedly
   */
  OneDnnRnnPlan(
      Turns turns,
      Engine engine,
      RnnSpec spec,
      int steps,
      int batch,
      Pass pass,
      List<LayerKernels> layers) {
    this.turns = turns;
    this.engine = engine;
    this.spec = spec;
    this.steps = steps;
    this.batch = batch;
    this.pass = pass;
    this.layers = layers;
    Regions work = new Regions();
    Regions reserve = pass == Pass.TRAINING ? new Regions() : work;
    int directions = spec.direction().count();
    for (int l = 0; l < spec.layers(); l++) {
      for (int d = 0; d < directions; d++) {
        long input = l > 0 && directions == 1 ? kept.get(l - 1).y() : -1;
        kept.add(KeptRegions.take(reserve, layers.get(l), input));
      }
    }
    Regions backward = pass == Pass.TRAINING ? work : new Regions();
    gradients = new GradientRegions(backward, layers, directions);
    for (int i = 0; i < kept.size(); i++) {
      int l = i / directions;
      int sameLayout = directions + i % directions;
      scratch.add(l > 1 ? scratch.get(sameLayout) : new ScratchRegions(work, layers.get(l)));
    }
    reserveBytes = pass == Pass.TRAINING ? reserve.size() : 0;
    workBytes = work.size();
    idle.push(newRun());
  }

  private RnnRun newRun() {
    int directions = spec.direction().count();
    CellRun[] cells = new CellRun[kept.size()];
    for (int i = 0; i < cells.length; i++) {
      int l = i / directions;
      cells[i] = new CellRun(engine, layers.get(l), i, kept.get(i), scratch.get(i));
    }
    return new RnnRun(turns, engine, spec, steps, batch, cells, gradients);
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Pass pass() {
    return pass;
  }

  @Override
  public long reserveBytes() {
    return reserveBytes;
  }

  @Override
  public long workBytes() {
    return workBytes;
  }

  @Override
  public String describe() {
    String first = layers.get(0).implementation();
    String upper = layers.get(layers.size() - 1).implementation();
    String both = turns == Turns.TOGETHER ? ", both directions at once" : "";
    String text = "oneDNN " + spec.cell() + " " + spec.precision() + both + ": " + first;
    return first.equals(upper) ? text : text + "; upper layers: " + upper;
  }

  @Override
  public void forward(RnnForward io) {
    io.requireFits(this);
    PackedRnnWeights weights = packed(io.weights());
    Tensor keptSpace = keptSpace(io);
    RnnRun run = borrow();
    try {
      run.forward(io, weights, keptSpace);
    } finally {
      giveBack(run);
    }
  }

  @Override
  public void backward(RnnBackward io) {
    io.requireFits(this);
    PackedRnnWeights weights = packed(io.forward().weights());
    Tensor keptSpace = keptSpace(io.forward());
    RnnRun run = borrow();
    try {
      run.backward(io, weights, keptSpace);
    } finally {
      giveBack(run);
    }
  }

  private static PackedRnnWeights packed(RnnWeights weights) {
    if (weights instanceof PackedRnnWeights p) {
      return p;
    }
    throw new IllegalArgumentException(
        "the weights were packed by another backend: " + weights.getClass().getSimpleName());
  }

  private Tensor keptSpace(RnnForward io) {
    Tensor reserve = io.reserve();
    return pass == Pass.TRAINING && reserve != null ? reserve : io.work();
  }

  private RnnRun borrow() {
    engine.enter();
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the plan has been closed");
      }
      RnnRun run = idle.poll();
      if (run != null) {
        return run;
      }
    }
    return newRun();
  }

  private void giveBack(RnnRun run) {
    synchronized (idle) {
      if (!closed) {
        idle.push(run);
        return;
      }
    }
    run.close();
  }

  @Override
  public void close() {
    synchronized (idle) {
      if (closed) {
        return;
      }
      closed = true;
      idle.forEach(RnnRun::close);
      idle.clear();
    }
    layers.stream().distinct().forEach(LayerKernels::close);
  }
}
