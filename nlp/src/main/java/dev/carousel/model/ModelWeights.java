package dev.carousel.model;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.SafeTensorsWriter;
import dev.carousel.store.StoreException;
import dev.carousel.store.TensorEntry;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model's parameters in {@code model.safetensors}, each under its name.
 *
 * @param directory the model's, for messages
 * @param tensors the open file
 * @param prefix what the names of the parameters begin with in the file
 * @param apart prefixes of parameters that are none of these
 */
public record ModelWeights(Path directory, SafeTensors tensors, String prefix, List<String> apart) {
  /** Copies. */
  public ModelWeights {
    apart = List.copyOf(apart);
  }

  /** All parameters of a file. */
  public ModelWeights(Path directory, SafeTensors tensors) {
    this(directory, tensors, "", List.of());
  }

  /** What a model directory is to hold of these parameters, in one set or in several. */
  public static SafeTensorsWriter of(ParameterSet... sets) {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    for (ParameterSet set : sets) {
      put(writer, set, "");
    }
    return writer;
  }

  /** Adds the parameters of a model within a model, as {@code part.…}. */
  public static void put(SafeTensorsWriter writer, String part, ParameterSet set) {
    put(writer, set, part + ".");
  }

  private static void put(SafeTensorsWriter writer, ParameterSet set, String prefix) {
    FloatBuffer all = FloatBuffer.wrap(set.download());
    for (Parameter p : set.parameters()) {
      long[] shape = Arrays.stream(p.shape().dims()).asLongStream().toArray();
      FloatBuffer values = all.slice((int) p.offset(), (int) p.shape().size());
      writer.put(prefix + p.name(), values, shape);
    }
  }

  /** Those of a model within this model. */
  public ModelWeights part(String part) {
    return new ModelWeights(directory, tensors, prefix + part + ".", List.of());
  }

  /** Those of this model without the models within it. */
  public ModelWeights without(List<String> parts) {
    return new ModelWeights(
        directory, tensors, prefix, parts.stream().map(part -> prefix + part + ".").toList());
  }

  /**
   * Requires a tensor's shape before memory is taken for a network that a configuration describes:
   * a damaged configuration must end in a message, not in an exhausted heap.
   *
   * @throws StoreException naming the tensor and both shapes
   */
  public void require(String name, Long... shape) {
    TensorEntry found = tensors.tensor(prefix + name);
    if (!found.shape().equals(List.of(shape))) {
      throw foreign(
          "tensor %s has shape %s, but config.json and the vocabularies ask for %s"
              .formatted(prefix + name, found.shape(), List.of(shape)));
    }
  }

  /** Requires at least {@code count} tensors, before so many layers are made. */
  public void requireLayers(int count) {
    if (count > tensors.tensors().size()) {
      throw foreign("config.json names " + count + " layers, which the weights have not");
    }
  }

  /**
   * Reads all parameters, of one set or of several.
   *
   * @throws StoreException if one is missing or of another shape, or if a tensor belongs to none
   */
  public void read(ParameterSet... sets) {
    Set<String> unread = new TreeSet<>(tensors.tensors().keySet());
    unread.removeIf(name -> !name.startsWith(prefix) || apart.stream().anyMatch(name::startsWith));
    for (ParameterSet set : sets) {
      float[] all = new float[Math.toIntExact(set.values().size())];
      for (Parameter p : set.parameters()) {
        read(p, all);
        unread.remove(prefix + p.name());
      }
      set.upload(all);
    }
    if (!unread.isEmpty()) {
      throw foreign("tensors " + unread + " belong to no layer of this model");
    }
  }

  private void read(Parameter p, float[] into) {
    String name = prefix + p.name();
    TensorEntry found = tensors.tensor(name);
    List<Long> expected = Arrays.stream(p.shape().dims()).asLongStream().boxed().toList();
    if (!found.shape().equals(expected)) {
      throw foreign("tensor " + name + " has shape " + found.shape() + ", not " + expected);
    }
    tensors.read(name, 0, FloatBuffer.wrap(into, (int) p.offset(), (int) p.shape().size()));
  }

  private StoreException foreign(String problem) {
    return new StoreException(
        directory, problem, "weights and config.json do not belong together; copy the model again");
  }
}
