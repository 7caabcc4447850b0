package dev.carousel.translate;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Var;
import dev.carousel.decode.NextTokens;
import dev.carousel.decode.Probabilities;
import dev.carousel.model.TokenBatch;
import dev.carousel.nn.AttentionMemory;
import dev.carousel.nn.Decoded;
import dev.carousel.nn.DecoderState;
import dev.carousel.nn.Encoded;
import dev.carousel.nn.EncoderDecoder;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoder-decoder that writes. Of two evaluations one holds the encoded sources and the state
 * between steps as long as the batch lasts, the other one step. The hypotheses of a source share
 * its encoding.
 */
final class StepDecoder implements NextTokens {
  private final EncoderDecoder network;
  private final Eval lasting;
  private final Eval step;
  private final Memory device;
  private final int words;

  /** Room for the state of R·N rows, of which the first are in use. */
  private final DecoderState carried;

  private Tensor keys;
  private Tensor values;
  private Lengths lengths;
  private int rows;
  private float[] downloaded = {};

  /**
   * Reads the sources.
   *
   * @param lasting a begun evaluation
   * @param step another
   * @param width R, the most hypotheses of a source
   */
  StepDecoder(EncoderDecoder network, Eval lasting, Eval step, List<int[]> sources, int width) {
    this.network = network;
    this.lasting = lasting;
    this.step = step;
    this.device = step.backend().memory();
    this.words = network.settings().sizes().targetWords();
    TokenBatch batch = TokenBatch.upload(lasting, sources);
    Encoded encoded = network.encode(lasting, batch.ids(), batch.lengths());
    keys = encoded.memory().keys().value();
    values = encoded.memory().values().value();
    lengths = encoded.memory().lengths();
    rows = sources.size();
    carried = encoded.start().map(first -> room(first, rows * width));
  }

  private Var room(Var first, int most) {
    int layers = first.shape().dim(0);
    int features = first.shape().dim(2);
    Var room = lasting.constant(lasting.take(DType.F32, layers, most, features));
    device.copy(first.value(), view(room, rows));
    return room;
  }

  private static Tensor view(Var room, int rows) {
    return room.value().slice(0, Shape.of(room.shape().dim(0), rows, room.shape().dim(2)));
  }

  @Override
  public int sequences() {
    return lengths.batch();
  }

  @Override
  public int words() {
    return words;
  }

  @Override
  public int sourceSteps() {
    return lengths.maxSteps();
  }

  @Override
  public int sourceLength(int n) {
    return lengths.host(n);
  }

  @Override
  public Probabilities advance(
      int nextRows, int[] parents, int[] tokens, float @Nullable [] attention) {
    step.begin();
    boolean same = nextRows == rows && continueThemselves(parents);
    DecoderState before =
        carried.map(
            room -> {
              Tensor all = view(room, rows);
              return step.constant(same ? all : pick(step, all, parents, nextRows));
            });
    Tensor input = step.take(DType.I32, 1, nextRows);
    device.upload(tokens, 0, input);
    AttentionMemory memory =
        new AttentionMemory(step.constant(keys), step.constant(values), lengths);
    Decoded decoded = network.step(step, input, memory, before);
    rows = nextRows;
    List<Var> after = decoded.last().values();
    List<Var> rooms = carried.values();
    for (int i = 0; i < rooms.size(); i++) {
      device.copy(after.get(i).value(), view(rooms.get(i), rows));
    }
    Tensor scores = network.logits(step, decoded.features()).value();
    step.backend().loss().probabilities(scores, scores);
    if (attention != null) {
      device.download(decoded.weights().get(0), attention, 0);
    }
    return onHost(scores);
  }

  private boolean continueThemselves(int[] parents) {
    for (int row = 0; row < rows; row++) {
      if (parents[row] != row) {
        return false;
      }
    }
    return true;
  }

  /** What a backend of the host computed is read where it lies, until the next step begins. */
  private Probabilities onHost(Tensor scores) {
    if (scores.storage() instanceof HeapStorage host) {
      device.await();
      return new Probabilities(host.floats(), scores.heapOffset());
    }
    int size = Math.toIntExact(scores.size());
    if (downloaded.length < size) {
      downloaded = new float[size];
    }
    device.download(scores, downloaded, 0);
    return new Probabilities(downloaded, 0);
  }

  @Override
  public void keep(int[] kept) {
    boolean same = keys.equals(values);
    values = pick(lasting, values, kept, kept.length);
    keys = same ? values : pick(lasting, keys, kept, kept.length);
    int[] steps = Arrays.stream(kept).map(lengths::host).toArray();
    Tensor onDevice = lasting.take(DType.I32, steps.length);
    device.upload(steps, 0, onDevice);
    lengths = Lengths.of(lengths.maxSteps(), steps, onDevice);
  }

  /** Of [S, N, C] the rows that {@code picked} names, in its order: [S, count, C]. */
  private static Tensor pick(Eval eval, Tensor from, int[] picked, int count) {
    int steps = from.shape().dim(0);
    int n = from.shape().dim(1);
    int features = from.shape().dim(2);
    int[] ids = new int[steps * count];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i / count * n + picked[i % count];
    }
    Tensor onDevice = eval.take(DType.I32, steps * count);
    eval.backend().memory().upload(ids, 0, onDevice);
    Tensor out = eval.take(DType.F32, steps, count, features);
    eval.backend()
        .embedding()
        .gather(onDevice, from.as(steps * n, features), out.as(steps * count, features));
    return out;
  }
}
