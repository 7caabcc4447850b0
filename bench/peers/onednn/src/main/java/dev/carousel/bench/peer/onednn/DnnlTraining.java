package dev.carousel.bench.peer.onednn;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.rnn.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Forward and backward. As for a trainer, the weights are packed anew each time, once for each
 * direction of the computation, and the gradients are brought back to a plain form.
 */
final class DnnlTraining implements Exercise {
  private final Dnnl dnnl = new Dnnl();
  private final Row row;
  private final Values values;
  private final float[] x;
  private final float[] dx;
  private final FloatPointer in;
  private final List<Dnnl.Call> forward = new ArrayList<>();
  private final List<ForwardLayer> layers = new ArrayList<>();
  private final List<BackwardLayer> backward = new ArrayList<>();

  DnnlTraining(Row row, Precision precision) {
    this.row = row;
    this.values = new Values(row);
    this.x = values.x();
    this.dx = new float[x.length];
    this.in = new FloatPointer(x);
    DnnlLayer bottom = new DnnlLayer(dnnl, row, precision, 0, values);
    memory x0 = dnnl.memory(bottom.sequence(DnnlLayer.F32, bottom.input), in);
    memory below = x0;
    if (bottom.type != DnnlLayer.F32) {
      below = dnnl.memory(bottom.sequence(bottom.type, bottom.input));
      forward.add(dnnl.copy(x0, below));
    }
    for (int l = 0; l < row.layers(); l++) {
      DnnlLayer shape = new DnnlLayer(dnnl, row, precision, l, values);
      ForwardLayer layer = new ForwardLayer(shape, below, ForwardLayer.state(shape));
      layers.add(layer);
      forward.add(layer.call(layer.first, layer.last));
      below = layer.y;
    }
    memory d =
        dnnl.memory(
            bottom.sequence(DnnlLayer.F32, bottom.outputs()), new FloatPointer(values.dy()));
    for (int l = row.layers() - 1; l >= 0; l--) {
      BackwardLayer layer = new BackwardLayer(layers.get(l), d);
      backward.add(0, layer);
      d = layer.dx;
    }
  }

  @Override
  public void run() {
    in.put(x);
    for (ForwardLayer layer : layers) {
      for (ForwardLayer.Packing p : layer.packings) {
        dnnl.run(p.refresh());
      }
    }
    backward.forEach(BackwardLayer::repack);
    forward.forEach(dnnl::run);
    for (int l = row.layers() - 1; l >= 0; l--) {
      backward.get(l).run();
    }
    dnnl.await();
    read(backward.get(0).dx, dx);
  }

  private static void read(memory from, float[] to) {
    new FloatPointer(from.get_data_handle()).get(to);
  }

  private static float[] copy(memory from) {
    float[] to = new float[Math.toIntExact(from.get_desc().get_size() / Float.BYTES)];
    read(from, to);
    return to;
  }

  @Override
  public Answer answer() {
    run();
    Answer answer = Answer.empty().with("dx", dx.clone());
    for (int l = 0; l < row.layers(); l++) {
      BackwardLayer layer = backward.get(l);
      DnnlLayer shape = layers.get(l).shape;
      float[] w = copy(layer.dW);
      float[] u = copy(layer.dU);
      float[] b = copy(layer.dBias);
      for (int d = 0; d < row.direction().count(); d++) {
        String name = "_l" + l + (d == 1 ? "_reverse" : "");
        answer.with("weight_ih" + name, shape.ours(shape.part(w, d)));
        answer.with("weight_hh" + name, shape.ours(shape.part(u, d)));
        biases(answer, name, shape, shape.part(b, d));
      }
    }
    return answer;
  }

  /** Where a bias is the sum of our two, both have its gradient. */
  private void biases(Answer answer, String name, DnnlLayer shape, float[] theirs) {
    int h = row.hidden();
    int gates = row.cell().gates() * h;
    float[] hidden = Arrays.copyOf(theirs, gates);
    if (!shape.lstm()) {
      System.arraycopy(theirs, 3 * h, hidden, 2 * h, h);
    }
    answer.with("bias_ih" + name, shape.ours(Arrays.copyOf(theirs, gates)));
    answer.with("bias_hh" + name, shape.ours(hidden));
  }

  @Override
  public String implementation() {
    return layers.get(0).implementation + ", backward " + backward.get(0).implementation;
  }
}
