package dev.carousel.contract;

import static dev.carousel.contract.RnnFaults.copy;

import dev.carousel.contract.Interception.Body;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Activation;
import dev.carousel.spi.AdditiveAttentionKernels;
import dev.carousel.spi.AttentionForward;
import dev.carousel.spi.AttentionKernels;
import dev.carousel.spi.Backend;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.spi.EmbeddingKernels;
import dev.carousel.spi.LayerNormBackward;
import dev.carousel.spi.LayerNormForward;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.NormalizationKernels;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Faults in linear layers, element-wise kernels, embeddings, pooling and attention. */
final class DenseFaults {
  private DenseFaults() {}

  static List<Fault> all() {
    return List.of(
        linear(
            "forgets the bias",
            "linear_forwardIsTheProductWithTheTransposePlusTheBias",
            "forward",
            backend -> (args, real) -> real.with(args[0], args[1], null, args[3])),
        linear(
            "overwrites the gradient of the matrix",
            "r04_linearWritesTheGradientOfItsInputAndAddsThoseOfItsParameters",
            "backward",
            DenseFaults::zeroDw),
        linear(
            "keeps the matrix it first saw",
            "r03_refreshedLinearWeightsAreThoseOfTheMatrix",
            "pack",
            backend -> (args, real) -> real.with(copy(backend, (Tensor) args[0]), args[1])),
        elementwise(
            "overwrites where it should add",
            "elementwise_addScaledAddsToWhatIsThere",
            "addScaled",
            backend ->
                (args, real) -> {
                  backend.memory().fill((Tensor) args[2], 0);
                  return real.with(args);
                }),
        elementwise(
            "cuts off on one side only",
            "elementwise_clampCutsOffWhatIsBeyondTheBoundAndLeavesTheRest",
            "clamp",
            DenseFaults::capsOnly),
        elementwise(
            "takes the derivative of tanh for all",
            "r04_activationsWriteTheirGradientFromTheirValue",
            "activateBackward",
            backend -> (args, real) -> real.with(Activation.TANH, args[1], args[2], args[3])),
        elementwise(
            "joins in the wrong order",
            "elementwise_splitUndoesConcat",
            "concat",
            backend -> DenseFaults::reversedParts),
        embedding(
            "reads row 0 for a negative id",
            "embedding_gatherReadsTheRowOfEachIdAndZerosForNone",
            "gather",
            backend ->
                (args, real) ->
                    real.with(notNegative(backend, (Tensor) args[0]), args[1], args[2])),
        embedding(
            "hands padding's gradient to row 0",
            "r04_embeddingAddsTheGradientOfEveryOccurrenceToItsRow",
            "scatterAdd",
            backend ->
                (args, real) ->
                    real.with(notNegative(backend, (Tensor) args[0]), args[1], args[2])),
        embedding(
            "adds in an order that changes",
            "r10_embeddingAddsInAFixedOrder",
            "scatterAdd",
            DenseFaults::alternatingOrder),
        pooling(
            "takes the last step of the half that reads backwards",
            (backend, args) -> args[1] = Direction.FORWARD),
        pooling(
            "pools over the padding", (backend, args) -> args[2] = unpadded((Sequences) args[2])),
        pooling(
            "takes the mean for the maximum",
            (backend, args) -> args[0] = args[0] == Pooling.MAX ? Pooling.MEAN : (Pooling) args[0]),
        Fault.inGroup(
            "attends to the padding",
            "r05_attentionWeighsTheRealKeysOnly",
            "attention",
            AttentionKernels.class,
            Backend::attention,
            "forward",
            backend -> DenseFaults::attendsToAll),
        additiveAttention(
            "attends to the padding additively",
            "r05_additiveAttentionWeighsTheRealKeysOnly",
            "forward",
            backend -> DenseFaults::attendsToAll),
        additiveAttention(
            "writes the gradient of the energy",
            "r04_additiveAttentionWritesItsGradientsAndAddsTheEnergys",
            "backward",
            DenseFaults::energyWritten),
        normalization(
            "normalises without the gain",
            "layerNorm_bringsEachRowToMeanZeroAndVarianceOne",
            "forward",
            DenseFaults::withoutGain),
        normalization(
            "forgets the shift of a norm",
            "layerNorm_aRowOfEqualFeaturesBecomesTheShift",
            "forward",
            DenseFaults::withoutShift),
        normalization(
            "overwrites the gradient of the gain",
            "r04_layerNormWritesTheGradientOfItsInputAndAddsThoseOfItsParameters",
            "backward",
            DenseFaults::gainWritten));
  }

  private static Fault normalization(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(
        name,
        caughtBy,
        "normalization",
        NormalizationKernels.class,
        Backend::normalization,
        method,
        body);
  }

  private static Body withoutGain(Backend backend) {
    return (args, real) -> {
      LayerNormForward io = (LayerNormForward) args[0];
      Tensor ones = copy(backend, io.gain());
      backend.memory().fill(ones, 1);
      return real.with(
          new LayerNormForward(io.x(), ones, io.shift(), io.epsilon(), io.y(), io.statistics()));
    };
  }

  private static Body withoutShift(Backend backend) {
    return (args, real) -> {
      LayerNormForward io = (LayerNormForward) args[0];
      Tensor zeros = copy(backend, io.shift());
      backend.memory().fill(zeros, 0);
      return real.with(
          new LayerNormForward(io.x(), io.gain(), zeros, io.epsilon(), io.y(), io.statistics()));
    };
  }

  private static Body gainWritten(Backend backend) {
    return (args, real) -> {
      Tensor dGain = ((LayerNormBackward) args[0]).dGain();
      if (dGain != null) {
        backend.memory().fill(dGain, 0);
      }
      return real.with(args);
    };
  }

  private static Fault additiveAttention(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(
        name,
        caughtBy,
        "additiveAttention",
        AdditiveAttentionKernels.class,
        Backend::additiveAttention,
        method,
        body);
  }

  private static Body capsOnly(Backend backend) {
    return (args, real) -> {
      double[] before = Fault.read(backend, (Tensor) args[0]);
      real.with(args);
      double[] after = Fault.read(backend, (Tensor) args[0]);
      for (int i = 0; i < after.length; i++) {
        after[i] = before[i] < 0 ? before[i] : after[i];
      }
      Fault.write(backend, after, (Tensor) args[0]);
      return null;
    };
  }

  private static Fault linear(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(
        name, caughtBy, "linear", LinearKernels.class, Backend::linear, method, body);
  }

  private static Fault elementwise(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(
        name,
        caughtBy,
        "elementwise",
        ElementwiseKernels.class,
        Backend::elementwise,
        method,
        body);
  }

  private static Fault embedding(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(
        name, caughtBy, "embedding", EmbeddingKernels.class, Backend::embedding, method, body);
  }

  private interface Change {
    void apply(Backend backend, Object[] arguments);
  }

  private static Fault pooling(String name, Change change) {
    return Fault.inGroup(
        name,
        "r05_poolingReducesTheRealStepsOnly",
        "pooling",
        PoolingKernels.class,
        Backend::pooling,
        "forward",
        backend ->
            (args, real) -> {
              change.apply(backend, args);
              return real.with(args);
            });
  }

  private static Body zeroDw(Backend backend) {
    return (args, real) -> {
      backend.memory().fill(Objects.requireNonNull(((LinearBackward) args[0]).dw()), 0);
      return real.with(args);
    };
  }

  private static Object reversedParts(Object[] args, Interception.Proceed real) {
    Tensor[] parts = ((Tensor[]) args[0]).clone();
    Tensor first = parts[0];
    parts[0] = parts[1];
    parts[1] = first;
    return real.with(parts, args[1]);
  }

  private static Tensor notNegative(Backend backend, Tensor ids) {
    int[] values =
        Arrays.stream(Fault.read(backend, ids)).mapToInt(v -> Math.max(0, (int) v)).toArray();
    Tensor wrong = copy(backend, ids);
    backend.memory().upload(values, 0, wrong);
    return wrong;
  }

  /** Every other call walks from the last occurrence to the first. */
  private static Body alternatingOrder(Backend backend) {
    AtomicInteger calls = new AtomicInteger();
    return (args, real) -> {
      if (calls.getAndIncrement() % 2 == 0) {
        return real.with(args);
      }
      Tensor ids = copy(backend, (Tensor) args[0]);
      Tensor dOut = copy(backend, (Tensor) args[1]);
      double[] id = Fault.read(backend, ids);
      double[] g = Fault.read(backend, dOut);
      int[] reversedIds = new int[id.length];
      double[] reversed = new double[g.length];
      int d = g.length / id.length;
      for (int i = 0; i < id.length; i++) {
        reversedIds[id.length - 1 - i] = (int) id[i];
        System.arraycopy(g, i * d, reversed, (id.length - 1 - i) * d, d);
      }
      backend.memory().upload(reversedIds, 0, ids);
      Fault.write(backend, reversed, dOut);
      return real.with(ids, dOut, args[2]);
    };
  }

  private static Sequences unpadded(Sequences x) {
    return new Sequences(x.values(), Lengths.full(x.lengths().maxSteps(), x.lengths().batch()));
  }

  private static Body energyWritten(Backend backend) {
    return (args, real) -> {
      backend.memory().fill((Tensor) args[2], 0);
      return real.with(args);
    };
  }

  private static Object attendsToAll(Object[] args, Interception.Proceed real) {
    AttentionForward f = (AttentionForward) args[0];
    Lengths all = Lengths.full(f.keys().maxSteps(), f.keys().batch());
    args[0] = new AttentionForward(f.q(), f.k(), f.v(), all, f.scale(), f.weights(), f.out());
    return real.with(args);
  }
}
