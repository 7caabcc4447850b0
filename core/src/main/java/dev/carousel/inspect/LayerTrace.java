package dev.carousel.inspect;

import dev.carousel.rnn.Cell;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one direction of one recurrent layer did: T steps, H units.
 *
 * @param network what its parameters' names begin with, for example {@code rnn}
 * @param layer from 0, as in {@code weight_hh_l0}
 * @param reading which way
 * @param cell the recurrence
 * @param gates the activations of each gate, in the order of {@link Gate#of}: [T, H], but for
 *     {@link Gate#HIDDEN} with a projection [T, P]; in the order of the text whichever way it was
 *     read
 */
public record LayerTrace(
    String network, int layer, Reading reading, Cell cell, Map<Gate, float[][]> gates) {
  /** Copies the map. */
  public LayerTrace {
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
  }

  /**
   * The activations of one gate, [T, units].
   *
   * @throws IllegalArgumentException if the cell has no such gate
   */
  public float[][] gate(Gate gate) {
    float[][] values = gates.get(gate);
    if (values == null) {
      throw new IllegalArgumentException(cell + " has no gate " + gate + ", but " + gates.keySet());
    }
    return values;
  }

  /** T. */
  public int steps() {
    return gate(Gate.HIDDEN).length;
  }
}
