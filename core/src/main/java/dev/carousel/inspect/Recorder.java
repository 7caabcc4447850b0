package dev.carousel.inspect;

import dev.carousel.autograd.Observer;
import dev.carousel.autograd.RnnParameter;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Records a step over one text and works out what happened inside its recurrent networks. Fused
 * kernels keep no gates, so they are computed again in double by the equations of {@link
 * dev.carousel.rnn.Cell}, from the F32 weights and from what the network read; how far the
 * backend's own outputs are from that is in the answer. Layers that are unrolled over single
 * kernels, those of a {@link dev.carousel.nn.CellVariant}, have their gates: these are the
 * backend's own. Everything must be asked for before the step's memory is used for the next one.
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
  private final Map<RnnParameter, RecordedNetwork> networks = new HashMap<>();
  private final Map<Lane, RecordedLayer> lanes = new HashMap<>();
  private final Set<Recorded> inOrder = new LinkedHashSet<>();
  private final Map<Head, List<float[]>> heads = new LinkedHashMap<>();

  private record Lane(String network, int layer, boolean backwards) {}

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
   *     them and in double: what single precision, bfloat16 and the like cost; empty if nothing was
   *     computed again
   */
  public record Traces(List<LayerTrace> layers, OptionalDouble deviation) {
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
      RecordedNetwork network =
          networks.computeIfAbsent(weights, w -> new RecordedNetwork(w, new HostRows(memory)));
      network.add(call);
      inOrder.add(network);
    }
  }

  @Override
  public void steps(Stepped run) {
    if (wanted.contains(run.network())) {
      Lane lane = new Lane(run.network(), run.layer(), run.backwards());
      RecordedLayer layer =
          lanes.computeIfAbsent(lane, l -> new RecordedLayer(new HostRows(memory)));
      layer.add(run);
      inOrder.add(layer);
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
    OptionalDouble deviation = OptionalDouble.empty();
    for (Recorded network : inOrder) {
      Recorded.Inside inside = network.inside();
      layers.addAll(inside.layers());
      if (inside.deviation().isPresent()) {
        double own = inside.deviation().getAsDouble();
        deviation = OptionalDouble.of(Math.max(deviation.orElse(0), own));
      }
    }
    return new Traces(layers, deviation);
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
    return inOrder.stream().flatMap(n -> n.gradients().stream()).toList();
  }

  /**
   * How much each step of what a network reads mattered to what the step was run backwards from.
   *
   * @throws IllegalStateException if the network did not run
   */
  public Saliency saliency(String network) {
    Recorded first =
        inOrder.stream()
            .filter(n -> n.network().equals(network) && n.firstLayer() == 0)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(network + " did not run in this step"));
    return Saliency.of(first.x(), first.dx());
  }
}
