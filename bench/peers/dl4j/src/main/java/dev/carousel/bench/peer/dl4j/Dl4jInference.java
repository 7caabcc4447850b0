package dev.carousel.bench.peer.dl4j;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.worker.InferenceRun;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Forward without gradients; ragged batches by a mask, carried states by its own time steps. */
final class Dl4jInference extends InferenceRun {
  private final MultiLayerNetwork network;
  private final float[] input;
  private final @Nullable INDArray mask;

  Dl4jInference(Row row) {
    super(row);
    Dl4jNetwork layers = new Dl4jNetwork(row, values);
    ListBuilder list = new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).list();
    layers.declare(list);
    network = new MultiLayerNetwork(list.validateOutputLayerConfig(false).build());
    network.init();
    layers.load(network, 0);
    input = Dl4jNetwork.timeLast(x, row.callSteps(), row.batch());
    mask = row.task() == Task.RAGGED ? mask() : null;
    if (row.task().carriesState()) {
      long[] shape = {row.batch(), row.hidden()};
      network.rnnSetPreviousState(
          0,
          Map.of(
              "prevAct",
              Nd4j.create(values.h0(), shape, 'c'),
              "prevMem",
              Nd4j.create(values.c0(), shape, 'c')));
    }
  }

  private INDArray mask() {
    float[] real = new float[row.batch() * row.steps()];
    int[] lengths = values.lengths();
    for (int n = 0; n < row.batch(); n++) {
      Arrays.fill(real, n * row.steps(), n * row.steps() + lengths[n], 1);
    }
    return Nd4j.create(real, new long[] {row.batch(), row.steps()}, 'c');
  }

  @Override
  protected void piece() {
    long[] shape = {row.batch(), row.hidden(), row.callSteps()};
    INDArray in = Nd4j.create(input, shape, 'c');
    INDArray out;
    if (row.task().carriesState()) {
      out = network.rnnTimeStep(in);
    } else if (mask != null) {
      out = network.output(in, false, mask, null);
    } else {
      out = network.output(in);
    }
    System.arraycopy(out.dup('c').data().asFloat(), 0, y, 0, y.length);
  }

  @Override
  protected float[] inOrder(float[] answer) {
    // the steps of a step row are answers one after another, not one array
    return row.task() == Task.STEP
        ? answer
        : Dl4jNetwork.timeFirst(answer, row.callSteps(), row.batch());
  }

  @Override
  public void close() {
    network.clear();
    Nd4j.getMemoryManager().invokeGc();
  }
}
