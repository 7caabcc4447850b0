package dev.carousel.model;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Tape;
import dev.carousel.inspect.FlowCurve;
import dev.carousel.inspect.FlowMean;
import dev.carousel.inspect.ParameterNorms;
import dev.carousel.inspect.Recorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * How far gradients reach back in a trained model, over texts of its own kind, read one by one
 * without dropout.
 *
 * @param texts how many
 * @param layers the mean of |dL/dh| of a text's loss, by distance from the last step that was read
 * @param parameterNorms of the gradient of the mean loss, layer by layer
 */
public record ModelFlow(int texts, List<FlowCurve> layers, Map<String, Double> parameterNorms) {
  /** Copies the list. */
  public ModelFlow {
    layers = List.copyOf(layers);
  }

  /**
   * Follows the gradients of a model.
   *
   * @param texts at least one, none without a token
   * @param network the recurrent network to look at
   * @param loss launches a text's loss on a tape
   * @param <T> a text
   * @throws IllegalArgumentException if there are none
   */
  public static <T> ModelFlow of(
      EvalPool pool,
      ParameterSet parameters,
      String network,
      List<T> texts,
      BiConsumer<Tape, T> loss) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("there is no text with a token to follow gradients in");
    }
    return pool.differentiate(
        tape -> {
          parameters.zeroGradients();
          FlowMean mean = new FlowMean();
          for (T text : texts) {
            Recorder recorder = new Recorder(tape.backend(), Set.of(network));
            tape.begin();
            tape.observe(recorder);
            loss.accept(tape, text);
            tape.backward();
            mean.add(recorder.gradients());
          }
          Map<String, Double> norms = new LinkedHashMap<>(ParameterNorms.byLayer(parameters));
          norms.replaceAll((layer, norm) -> norm / texts.size());
          return new ModelFlow(texts.size(), mean.curves(), norms);
        });
  }
}
