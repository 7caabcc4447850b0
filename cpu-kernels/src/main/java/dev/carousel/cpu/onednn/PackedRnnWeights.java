package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The weights of a network in every packing that a plan of this backend reads. */
final class PackedRnnWeights implements RnnWeights {
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.getAndIncrement();
  private final Engine engine;
  private final RnnSpec spec;
  private final Tensor master;
  private final WeightForms forms;
  private final LayerShape[] shapes;
  private final CellWeights[] cells;
  private final NativeMemory[] biases;
  private final NativeMemory staging;
  private final Stream stream;

  /** One entry a form, in the order of their indices; replaced, never changed, when it grows. */
  private volatile List<Packing> packings = List.of();

  /** One form of one matrix: a block of memory for each cell, null where it has no such matrix. */
  private record Packing(
      WeightForm form, Call reorder, Kernel kernel, List<@Nullable NativeMemory> blocks) {}

  PackedRnnWeights(Engine engine, RnnSpec spec, Tensor master, WeightForms forms) {
    engine.enter();
    this.engine = engine;
    this.spec = spec;
    this.master = master;
    this.forms = forms;
    WeightLayout layout = WeightLayout.of(spec);
    master.require("weights", DType.F32, Math.toIntExact(layout.size()));
    int directions = spec.direction().count();
    shapes = new LayerShape[spec.layers()];
    cells = new CellWeights[spec.layers() * directions];
    biases = new NativeMemory[cells.length];
    long largest = 1;
    for (int l = 0; l < shapes.length; l++) {
      LayerShape s = LayerShape.of(spec, l);
      shapes[l] = s;
      largest = Math.max(largest, (long) s.gates() * s.hidden() * Math.max(s.columns(), s.state()));
      for (int d = 0; d < directions; d++) {
        cells[l * directions + d] = new CellWeights(s, layout, l, d);
        biases[l * directions + d] = new NativeMemory(4L * s.biases() * s.hidden());
      }
    }
    staging = new NativeMemory(4 * largest);
    stream = new Stream(engine);
    packBiases();
    forms.join(this);
  }

  /** Distinguishes these weights from all others, even after their memory was given back. */
  long id() {
    return id;
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public Tensor master() {
    return master;
  }

  @Override
  public synchronized void refresh() {
    engine.enter();
    packBiases();
    for (Packing p : packings) {
      pack(p);
    }
  }

  /** Adds a packing and fills it. */
  synchronized void add(WeightForm form) {
    engine.enter();
    LayerShape shape = shapes[form.upper() ? 1 : 0];
    Kernel kernel;
    try (Layout plain = CellWeights.plain(shape, form.role())) {
      kernel = Kernel.reorder(engine, plain, form.layout());
    }
    Call reorder = new Call(engine, kernel, List.of(DNNL_ARG_FROM, DNNL_ARG_TO));
    reorder.bind(DNNL_ARG_FROM, staging.at(0));
    List<@Nullable NativeMemory> blocks = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      boolean has = form.belongsTo(i / spec.direction().count());
      blocks.add(has ? new NativeMemory(form.layout().bytes()) : null);
    }
    Packing packing = new Packing(form, reorder, kernel, blocks);
    pack(packing);
    List<Packing> grown = new ArrayList<>(packings);
    grown.add(packing);
    packings = List.copyOf(grown);
  }

  private void packBiases() {
    for (int i = 0; i < cells.length; i++) {
      cells[i].copyBiasesIn(flat(), master.heapOffset(), Elements.of(biases[i], NativeType.F32));
    }
  }

  private void pack(Packing packing) {
    WeightRole role = packing.form().role();
    Elements plain = Elements.of(staging, NativeType.F32);
    for (int i = 0; i < cells.length; i++) {
      NativeMemory block = packing.blocks().get(i);
      if (block != null) {
        cells[i].copyIn(role, flat(), master.heapOffset(), plain);
        packing.reorder().bind(DNNL_ARG_TO, block.at(0));
        packing.reorder().run(stream.handle());
      }
    }
  }

  private float[] flat() {
    return master.heap().floats();
  }

  /** Copying between the flat buffer and native blocks, for cell {@code cell} = layer · D + d. */
  CellWeights cell(int cell) {
    return cells[cell];
  }

  /** The packed matrix of one cell. */
  Pointer matrix(WeightForm form, int cell) {
    NativeMemory block = packings.get(form.index()).blocks().get(cell);
    if (block == null) {
      throw new IllegalArgumentException("cell " + cell + " has no " + form);
    }
    return block.at(0);
  }

  /** The packed biases of one cell. */
  Pointer biases(int cell) {
    return biases[cell].at(0);
  }

  @Override
  public void close() {
    forms.leave(this); // before taking our own lock: forms take theirs first when they add to us
    release();
  }

  private synchronized void release() {
    for (Packing p : packings) {
      p.reorder().close();
      p.kernel().close();
      for (NativeMemory block : p.blocks()) {
        if (block != null) {
          block.close();
        }
      }
    }
    packings = List.of();
    for (NativeMemory b : biases) {
      b.close();
    }
    staging.close();
    stream.close();
  }
}
