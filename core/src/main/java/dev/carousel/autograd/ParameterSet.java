package dev.carousel.autograd;

import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All parameters of a model in one flat F32 buffer, and their gradients in another: one memset, one
 * norm, one optimizer call, one checkpoint write. Layers declare what they need with a {@link
 * Builder}; {@link Builder#build} allocates, initialises and packs. The creator closes it, after
 * every tape and every thread that uses it is done.
 */
public final class ParameterSet implements AutoCloseable {
  private final Backend backend;
  private final Map<String, Parameter> named;
  private final List<RnnParameter> recurrent;
  private final List<LinearParameter> linear;
  private final Storage values;
  private @Nullable Storage gradients;
  private volatile boolean closed;
  private volatile int freezes;

  private ParameterSet(Builder b, Backend backend) {
    this.backend = backend;
    this.named = new LinkedHashMap<>(b.named);
    this.recurrent = List.copyOf(b.recurrent);
    this.linear = List.copyOf(b.linear);
    this.values = backend.memory().allocate(DType.F32, b.size);
  }

  /** Begins a set whose linear layers compute in single precision. */
  public static Builder builder() {
    return builder(Precision.F32);
  }

  /** Begins a set whose linear layers compute in {@code precision}. */
  public static Builder builder(Precision precision) {
    return new Builder(precision);
  }

  /** The backend whose memory the parameters are in. */
  public Backend backend() {
    return backend;
  }

  /** Every parameter, in buffer order; those of recurrent networks under PyTorch's names. */
  public List<Parameter> parameters() {
    return List.copyOf(named.values());
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException naming the parameters there are
   */
  public Parameter parameter(String name) {
    Parameter p = named.get(name);
    if (p == null) {
      throw new IllegalArgumentException("no parameter " + name + " in " + named.keySet());
    }
    return p;
  }

  /**
   * The flat buffer of values. After writing to it, {@link #refresh}.
   *
   * @throws IllegalStateException if the set is closed, as from everything that uses it
   */
  public Tensor values() {
    requireOpen();
    return Tensor.of(values);
  }

  /**
   * The flat buffer of gradients, allocated at the first call: a model that only predicts has none.
   */
  public synchronized Tensor gradients() {
    requireOpen();
    if (gradients == null) {
      gradients = backend.memory().allocate(DType.F32, values.size());
    }
    return Tensor.of(gradients);
  }

  /**
   * Freezes parameters: from the next step on they get no gradient, count in no norm, and no
   * optimizer changes a bit of them. What lies below them and above no trained parameter is not run
   * backwards at all. Between steps only.
   */
  public void freeze(Predicate<Parameter> which) {
    setFrozen(which, true);
  }

  /** Trains frozen parameters again; between steps only. */
  public void unfreeze(Predicate<Parameter> which) {
    setFrozen(which, false);
  }

  private synchronized void setFrozen(Predicate<Parameter> which, boolean now) {
    requireOpen();
    for (Parameter p : named.values()) {
      if (p.frozen() != now && which.test(p)) {
        p.frozen(now);
        freezes++;
        if (gradients != null) {
          backend.memory().fill(p.gradient(), 0);
        }
      }
    }
  }

  /** A number that changes with every change of what is frozen: a step recorded before is void. */
  public int freezes() {
    return freezes;
  }

  /** Zeroes all gradients. */
  public void zeroGradients() {
    backend.memory().fill(gradients(), 0);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the parameters are closed: keep them open while a model runs");
    }
  }

  /** Packs the weights anew after the values changed. */
  public void refresh() {
    recurrent.forEach(p -> p.packed().refresh());
    linear.forEach(p -> p.packed().refresh());
  }

  /** The same for the weights that are not frozen. */
  public void refreshTrained() {
    recurrent.forEach(RnnParameter::refreshIfTrained);
    linear.forEach(LinearParameter::refreshIfTrained);
  }

  /** A copy of all values, in buffer order. */
  public float[] download() {
    float[] copy = new float[(int) values.size()];
    backend.memory().download(values(), copy, 0);
    return copy;
  }

  /**
   * Replaces all values and refreshes.
   *
   * @param all in buffer order
   * @throws IllegalArgumentException if the number differs
   */
  public void upload(float[] all) {
    if (all.length != values.size()) {
      throw new IllegalArgumentException(
          all.length + " values for a set of " + values.size() + " parameters");
    }
    backend.memory().upload(all, 0, values());
    refresh();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    recurrent.forEach(RnnParameter::close);
    linear.forEach(LinearParameter::close);
    values.close();
    if (gradients != null) {
      gradients.close();
    }
  }

  private void initialise(long seed) {
    float[] all = new float[(int) values.size()];
    for (Parameter p : named.values()) {
      p.init().fill(all, (int) p.offset(), p.shape(), random(seed, p.name()));
    }
    backend.memory().upload(all, 0, values());
  }

  /**
   * Random bits of a parameter's own, so that a model's other layers start alike whatever is added
   * to it. Seed and name are mixed: generators whose states differ by a multiple of their common
   * increment would give the same numbers, only shifted.
   */
  private static SplittableRandom random(long seed, String name) {
    long state = new SplittableRandom(seed).nextLong();
    for (int i = 0; i < name.length(); i++) {
      state = new SplittableRandom(state ^ name.charAt(i)).nextLong();
    }
    return new SplittableRandom(state);
  }

  /** Collects declarations; a layer's constructor takes one. */
  public static final class Builder {
    private final Map<String, Parameter> named = new LinkedHashMap<>();
    private final List<RnnParameter> recurrent = new ArrayList<>();
    private final List<LinearParameter> linear = new ArrayList<>();
    private final Precision precision;
    private long size;
    private boolean built;

    private Builder(Precision precision) {
      this.precision = precision;
    }

    /** The arithmetic of the set's linear layers. */
    public Precision precision() {
      return precision;
    }

    /**
     * Declares one parameter.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Parameter declare(String name, Init init, int... dims) {
      Parameter p = new Parameter(name, Shape.of(dims), size, init);
      if (named.putIfAbsent(name, p) != null) {
        throw new IllegalArgumentException("two parameters are called " + name);
      }
      size += p.shape().size();
      return p;
    }

    /**
     * Declares the weights of a recurrent network, {@code prefix.weight_ih_l0} and so on.
     *
     * @param firstLayer the number of its first layer in the names, for a stack declared layer by
     *     layer
     */
    public RnnParameter declareRnn(String prefix, RnnSpec spec, int firstLayer, RnnInit init) {
      long offset = size;
      List<Parameter> blocks = new ArrayList<>();
      for (WeightBlock b : WeightLayout.of(spec).blocks()) {
        blocks.add(declareBlock(prefix, spec, b, firstLayer, init));
      }
      RnnParameter p = new RnnParameter(prefix, firstLayer, spec, offset, blocks);
      recurrent.add(p);
      return p;
    }

    /**
     * Declares the weights of one recurrent layer whose cells are computed by single operations
     * rather than by a backend's recurrent kernels: the same parameters, named and begun alike.
     *
     * @param spec of one layer, without projection
     * @param number of the layer in the names
     * @return one a direction, the forward one first
     */
    public List<CellParameter> declareCells(String prefix, RnnSpec spec, int number, RnnInit init) {
      WeightLayout layout = WeightLayout.of(spec);
      List<CellParameter> directions = new ArrayList<>();
      for (int d = 0; d < spec.direction().count(); d++) {
        int direction = d;
        Function<WeightRole, Parameter> declared =
            role -> declareBlock(prefix, spec, layout.block(0, direction, role), number, init);
        directions.add(
            new CellParameter(
                declared.apply(WeightRole.INPUT_WEIGHT),
                declared.apply(WeightRole.HIDDEN_WEIGHT),
                declared.apply(WeightRole.INPUT_BIAS),
                declared.apply(WeightRole.HIDDEN_BIAS)));
      }
      return directions;
    }

    private Parameter declareBlock(
        String prefix, RnnSpec spec, WeightBlock b, int firstLayer, RnnInit init) {
      WeightBlock shown =
          new WeightBlock(b.layer() + firstLayer, b.reverse(), b.role(), b.offset(), b.shape());
      return declare(prefix + "." + shown.name(), init.of(spec.cell(), b.role()), b.shape().dims());
    }

    /** Declares a matrix [outputs, inputs] {@code prefix.weight}, with {@code prefix.bias}. */
    public LinearParameter declareLinear(String prefix, int inputs, int outputs, Init init) {
      Parameter weight = declare(prefix + ".weight", init, outputs, inputs);
      Parameter bias = declare(prefix + ".bias", Init.constant(0), outputs);
      return matrix(weight, bias);
    }

    /** Uses a declared parameter [O, I] as the matrix of a linear layer, say a tied embedding. */
    public LinearParameter matrix(Parameter weight, @Nullable Parameter bias) {
      LinearParameter p = new LinearParameter(weight, bias, precision);
      linear.add(p);
      return p;
    }

    /**
     * Allocates everything on {@code backend} and initialises it from {@code seed}. Once: layers
     * are bound to one set.
     *
     * @throws dev.carousel.spi.UnsupportedSpecException if the backend lacks one of the networks
     */
    public ParameterSet build(Backend backend, long seed) {
      if (built) {
        throw new IllegalStateException("this set was built before: declare the layers anew");
      }
      if (size > Integer.MAX_VALUE - 8) {
        throw new BackendException(size + " parameters are more than one buffer holds");
      }
      built = true;
      ParameterSet set = new ParameterSet(this, backend);
      try {
        named.values().forEach(p -> p.bind(set));
        set.initialise(seed);
        recurrent.forEach(p -> p.bind(set));
        linear.forEach(p -> p.bind(set));
        return set;
      } catch (RuntimeException e) {
        set.close();
        throw e;
      }
    }
  }
}
