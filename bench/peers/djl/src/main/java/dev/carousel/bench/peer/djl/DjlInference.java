package dev.carousel.bench.peer.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.InferenceRun;

/** Forward without gradients. */
final class DjlInference extends InferenceRun {
  private final Model model = Model.newInstance("row", Device.cpu(), DjlPeer.ENGINE);
  private final RecurrentBlock block;
  private final ParameterStore parameters;
  private final Shape shape;
  private NDList state = new NDList();

  DjlInference(Row row) {
    super(row);
    block = DjlBlocks.of(row);
    model.setBlock(block);
    shape = new Shape(row.callSteps(), row.batch(), row.hidden());
    NDManager manager = model.getNDManager();
    block.initialize(manager, DataType.FLOAT32, shape);
    parameters = new ParameterStore(manager, false);
    DjlBlocks.load(block, values);
    if (row.task().carriesState()) {
      Shape states = new Shape(row.layers(), row.batch(), row.hidden());
      state.add(manager.create(values.h0(), states));
      if (row.cell().hasCellState()) {
        state.add(manager.create(values.c0(), states));
      }
    }
  }

  @Override
  protected void piece() {
    try (NDManager call = model.getNDManager().newSubManager()) {
      NDList in = new NDList(call.create(x, shape));
      state.forEach(in::add);
      NDList out = block.forward(parameters, in, false);
      NDArray sequence = out.head();
      System.arraycopy(sequence.toFloatArray(), 0, y, 0, y.length);
      carry(out, call);
    }
  }

  private void carry(NDList out, NDManager call) {
    NDList before = state;
    if (row.task().carriesState()) {
      state = out.subNDList(1);
      state.attach(model.getNDManager());
      before.attach(call);
    }
    out.head().attach(call);
  }

  @Override
  public void close() {
    model.close();
  }
}
