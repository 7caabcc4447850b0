package dev.carousel.bench.peer.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.worker.InferenceRun;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session with its inputs; carried states are outputs of one call and inputs of the next. */
final class OnnxRun extends InferenceRun {
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final FloatBuffer buffer;
  private final List<String> states;
  private OrtSession.@Nullable Result last;

  OnnxRun(OrtEnvironment environment, OrtSession session, Row row) throws OrtException {
    super(row);
    this.session = session;
    this.buffer = direct(x);
    long[] in = {row.callSteps(), row.batch(), row.hidden()};
    inputs.put("x", OnnxTensor.createTensor(environment, buffer, in));
    if (row.task() == Task.RAGGED) {
      IntBuffer lengths = IntBuffer.wrap(values.lengths());
      inputs.put(
          "lengths", OnnxTensor.createTensor(environment, lengths, new long[] {row.batch()}));
    }
    this.states = states(row);
    for (String state : states) {
      float[] start = state.equals("h") ? values.h0() : values.c0();
      long[] shape = {1, row.batch(), row.hidden()};
      inputs.put(state, OnnxTensor.createTensor(environment, direct(start), shape));
    }
  }

  private static List<String> states(Row row) {
    if (!row.task().carriesState()) {
      return List.of();
    }
    return row.cell().hasCellState() ? List.of("h", "c") : List.of("h");
  }

  private static FloatBuffer direct(float[] from) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(from.length * Float.BYTES);
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer().put(from).rewind();
  }

  @Override
  protected void piece() throws OrtException {
    buffer.put(0, x);
    OrtSession.Result result = session.run(inputs);
    tensor(result, "y").getFloatBuffer().get(y);
    for (String state : states) {
      inputs.put(state, tensor(result, state + "n"));
    }
    closeLast(); // the states that this call read were in it
    last = result;
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private void closeLast() {
    if (last != null) {
      last.close();
    }
  }

  @Override
  public void close() {
    closeLast();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
