package dev.carousel.bench.peer.onednn;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.InferenceRun;
import dev.carousel.rnn.Precision;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** Forward without gradients. Carried states take turns. */
final class DnnlInference extends InferenceRun {
  private final Dnnl dnnl = new Dnnl();
  private final FloatPointer in;
  private final FloatPointer out;
  private final List<List<Dnnl.Call>> turns = new ArrayList<>();
  private final String implementation;
  private int turn;

  DnnlInference(Row row, Precision precision) {
    super(row);
    in = new FloatPointer(x);
    out = new FloatPointer((long) y.length);
    List<DnnlLayer> shapes = new ArrayList<>();
    for (int l = 0; l < row.layers(); l++) {
      shapes.add(new DnnlLayer(dnnl, row, precision, l, values));
    }
    DnnlLayer bottom = shapes.get(0);
    List<Dnnl.Call> before = new ArrayList<>();
    memory x0 = dnnl.memory(bottom.sequence(DnnlLayer.F32, bottom.input), in);
    memory below = x0;
    if (bottom.type != DnnlLayer.F32) {
      below = dnnl.memory(bottom.sequence(bottom.type, bottom.input));
      before.add(dnnl.copy(x0, below));
    }
    List<ForwardLayer> layers = new ArrayList<>();
    for (DnnlLayer shape : shapes) {
      ForwardLayer layer = new ForwardLayer(shape, below, initial(shape));
      layers.add(layer);
      below = layer.y;
    }
    memory top = dnnl.memory(bottom.sequence(DnnlLayer.F32, bottom.outputs()), out);
    Dnnl.Call after = dnnl.copy(below, top);
    implementation = layers.get(0).implementation;
    for (int t = 0; t < (row.task().carriesState() ? 2 : 1); t++) {
      List<Dnnl.Call> calls = new ArrayList<>(before);
      for (ForwardLayer layer : layers) {
        calls.add(
            t == 0 ? layer.call(layer.first, layer.last) : layer.call(layer.last, layer.first));
      }
      calls.add(after);
      turns.add(calls);
    }
  }

  private ForwardLayer.State initial(DnnlLayer shape) {
    ForwardLayer.State state = ForwardLayer.state(shape);
    fill(shape, values.h0(), state.h());
    memory c = state.c();
    if (c != null) {
      fill(shape, values.c0(), c);
    }
    return state;
  }

  /** The initial states of all layers but those of a step row are zeros already. */
  private void fill(DnnlLayer shape, float[] from, memory to) {
    if (row.task().carriesState()) {
      memory plain = dnnl.memory(shape.state(DnnlLayer.F32), new FloatPointer(from));
      dnnl.run(dnnl.copy(plain, to));
    }
  }

  @Override
  protected void piece() {
    in.put(x);
    for (Dnnl.Call call : turns.get(turn)) {
      dnnl.run(call);
    }
    turn = (turn + 1) % turns.size();
    dnnl.await();
    out.get(y);
  }

  @Override
  public String implementation() {
    return implementation;
  }
}
