package dev.carousel.inspect;

import dev.carousel.autograd.Observer;
import dev.carousel.autograd.RnnParameter;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records a step over one text and works out what happened inside its recurrent networks. Fused
 * kernels keep no gates, so they are computed again in double by the equations of {@link
 * dev.carousel.rnn.Cell}, from the F32 weights and from what the network read; how far the
 * backend's own outputs are from that is in the answer. Everything must be asked for before the
 * step's memory is used for the next one.
 *
 * <pre>{@code
 * Recorder recorder = new Recorder(backend, Set.of("rnn"));
 * ops.observe(recorder);
 * Var logits = network.apply(ops, ids);
 * Traces inside = recorder.traces();
 * }</pre>
 */
public final class Recorder implements Observer {
  private final Memory memory;
  private final Set<String> wanted;
  private final Map<RnnParameter, RecordedNetwork> networks = new LinkedHashMap<>();
  private final Map<Head, List<float[]>> heads = new LinkedHashMap<>();

  private record Head(String layer, int number) {}

  /**
   * A recorder.
   *
   * @param networks names of the recurrent networks to look at; others run unseen
   */
  public Recorder(Backend backend, Set<String> networks) {
    this.memory = backend.memory();
    this.wanted = Set.copyOf(networks);
  }

  /**
   * What recurrent networks did.
   *
   * @param layers in the order in which they ran, forwards before backwards
   * @param deviation the largest difference between the networks' outputs as the backend computed
   *     them and in double: what single precision, bfloat16 and the like cost
   */
  public record Traces(List<LayerTrace> layers, double deviation) {
    /** Copies the list. */
    public Traces {
      layers = List.copyOf(layers);
    }

    /** The layers of one network. */
    public List<LayerTrace> of(String network) {
      return layers.stream().filter(l -> l.network().equals(network)).toList();
    }
  }

  @Override
  public void recurrence(Recurred call) {
    RnnParameter weights = call.weights();
    if (wanted.contains(weights.name())) {
      networks.computeIfAbsent(weights, w -> new RecordedNetwork(w, memory)).add(call);
    }
  }

  @Override
  public void attention(Looked call) {
    Tensor weights = call.weights();
    int queries = weights.shape().dim(0);
    int steps = weights.shape().dim(2);
    if (weights.shape().dim(1) != 1) {
      throw new IllegalArgumentException(
          "%s looks at %d rows at once: a look inside takes one text at a time"
              .formatted(call.layer(), weights.shape().dim(1)));
    }
    float[] all = new float[queries * steps];
    memory.download(weights, all, 0);
    List<float[]> rows =
        heads.computeIfAbsent(new Head(call.layer(), call.head()), h -> new ArrayList<>());
    int real = call.lengths().host(0);
    for (int q = 0; q < queries; q++) {
      float[] row = new float[real];
      System.arraycopy(all, q * steps, row, 0, real);
      rows.add(row);
    }
  }

  /** What the networks did in the step. */
  public Traces traces() {
    List<LayerTrace> layers = new ArrayList<>();
    double deviation = 0;
    for (RecordedNetwork network : networks.values()) {
      Unrolled again = network.unrolled();
      deviation = Math.max(deviation, difference(again.output(), network.y()));
      layers.addAll(again.traces(network.weights().name(), network.weights().firstLayer()));
    }
    return new Traces(layers, deviation);
  }

  private static double difference(double[][] a, double[][] b) {
    double largest = 0;
    for (int t = 0; t < a.length; t++) {
      for (int j = 0; j < a[t].length; j++) {
        largest = Math.max(largest, Math.abs(a[t][j] - b[t][j]));
      }
    }
    return largest;
  }

  /**
   * What attention layers looked at, in the order in which they first did. Queries of a padded
   * batch beyond the text's end are there too.
   */
  public List<AttentionTrace> attention() {
    return heads.entrySet().stream()
        .map(
            e ->
                new AttentionTrace(
                    e.getKey().layer(), e.getKey().number(), e.getValue().toArray(float[][]::new)))
        .toList();
  }

  /** How much each state mattered to what the step was run backwards from. */
  public List<GradientTrace> gradients() {
    return networks.values().stream().flatMap(n -> n.gradientTraces().stream()).toList();
  }

  /**
   * How much each step of what a network reads mattered to what the step was run backwards from.
   *
   * @throws IllegalStateException if the network did not run
   */
  public Saliency saliency(String network) {
    RecordedNetwork first =
        networks.values().stream()
            .filter(n -> n.weights().name().equals(network) && n.weights().firstLayer() == 0)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        network
                            + " did not run in this step, or is a variant of a cell that is not"
                            + " recorded"));
    return Saliency.of(first.x(), first.dx());
  }
}
