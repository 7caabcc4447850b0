package dev.carousel.bench.peer.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.carousel.bench.onnx.DecoderStepModel;
import dev.carousel.bench.onnx.EncoderModel;
import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.DecodingRun;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session that reads the sentences and one that is run step by step. States, scores, tokens and
 * parents stay in tensors of the library; tokens and parents are copied out besides.
 */
final class OnnxDecoding extends DecodingRun {
  private final OrtEnvironment environment;
  private final OrtSession encoder;
  private final OrtSession step;
  private final long[] sources = timeMajorSources();
  private final float[] mask = mask();
  private final float[] firstScores = firstScores();
  private final long[] sentences = sentences();
  private final long[] begins;
  private final List<String> carried;

  OnnxDecoding(OrtEnvironment environment, SessionOptions options, Row row) throws OrtException {
    super(row);
    this.environment = environment;
    encoder = environment.createSession(EncoderModel.of(row), options);
    step = environment.createSession(DecoderStepModel.of(row), options);
    begins = new long[decoding.rows()];
    Arrays.fill(begins, Decoding.BEGIN);
    carried =
        width == 1 ? List.of("h", "c", "token") : List.of("h", "c", "token", "parents", "scores");
  }

  @Override
  public void run() throws OrtException {
    Map<String, OnnxTensor> own = new HashMap<>();
    try (Result encoded = encode(own)) {
      Map<String, OnnxTensor> inputs = new HashMap<>(first(own));
      for (String name : new String[] {"keys", "values", "h", "c"}) {
        inputs.put(name, tensor(encoded, name));
      }
      search(inputs);
    } finally {
      own.values().forEach(OnnxTensor::close);
    }
  }

  private Result encode(Map<String, OnnxTensor> own) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("ids", longs(sources, row.steps(), row.batch()));
    if (row.ragged()) {
      IntBuffer lengths = IntBuffer.wrap(decoding.lengths());
      inputs.put(
          "lengths", OnnxTensor.createTensor(environment, lengths, new long[] {row.batch()}));
    }
    own.putAll(inputs);
    return encoder.run(inputs);
  }

  /** What the first step reads beside what was encoded. */
  private Map<String, OnnxTensor> first(Map<String, OnnxTensor> own) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("token", longs(begins, 1, begins.length));
    inputs.put("mask", floats(mask, row.batch(), 1, row.steps()));
    if (width > 1) {
      inputs.put("parents", longs(sentences, sentences.length));
      inputs.put("scores", floats(firstScores, row.batch(), width));
    }
    own.putAll(inputs);
    return inputs;
  }

  private void search(Map<String, OnnxTensor> inputs) throws OrtException {
    Result last = step.run(inputs);
    try {
      for (int t = 0; t < decoding.written(); t++) {
        keep(t, last);
        for (String name : carried) {
          inputs.put(name, tensor(last, "next." + name));
        }
        Result next = step.run(inputs);
        last.close(); // what this call read was in it
        last = next;
      }
      if (width == 1) {
        endedGreedily();
      } else {
        float[] totals = new float[decoding.rows()];
        tensor(last, "ends").getFloatBuffer().get(totals);
        ended(totals);
      }
    } finally {
      last.close();
    }
  }

  private void keep(int t, Result result) {
    wrote(t, width == 1 ? sentences : read(result, "next.parents"), read(result, "next.token"));
  }

  private long[] read(Result result, String name) {
    long[] numbers = new long[decoding.rows()];
    tensor(result, name).getLongBuffer().get(numbers);
    return numbers;
  }

  private static OnnxTensor tensor(Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private OnnxTensor longs(long[] from, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(from), shape);
  }

  private OnnxTensor floats(float[] from, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(from), shape);
  }

  @Override
  public void close() {
    try {
      encoder.close();
      step.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
