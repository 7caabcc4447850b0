package dev.carousel.model;

import dev.carousel.inspect.LayerTrace;
import java.util.List;

/**
 * What one recurrent network read and did.
 *
 * @param network what its parameters' names begin with
 * @param tokens T tokens that it read, as the model sees them
 * @param layers each direction of each layer, every gate [T, units]; none for a text without tokens
 */
public record TokenTrace(String network, List<String> tokens, List<LayerTrace> layers) {
  /** Copies the lists. */
  public TokenTrace {
    tokens = List.copyOf(tokens);
    layers = List.copyOf(layers);
  }
}
