package dev.carousel.bench.peer.dl4j;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Forward and backward from a given gradient of the output. */
final class Dl4jTraining implements Exercise {
  private final Row row;
  private final Values values;
  private final Dl4jNetwork layers;
  private final MultiLayerNetwork network;
  private final float[] input;
  private final float[] dx;
  private final INDArray dy;
  private @Nullable Gradient gradients;

  Dl4jTraining(Row row) {
    this.row = row;
    this.values = new Values(row);
    this.layers = new Dl4jNetwork(row, values);
    ListBuilder list =
        new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT).updater(new NoOp()).list();
    layers.declare(list);
    network = new MultiLayerNetwork(list.validateOutputLayerConfig(false).build());
    network.init();
    layers.load(network, 0);
    input = Dl4jNetwork.timeLast(values.x(), row.steps(), row.batch());
    dx = new float[input.length];
    float[] from = Dl4jNetwork.timeLast(values.dy(), row.steps(), row.batch());
    long features = from.length / ((long) row.steps() * row.batch());
    dy = Nd4j.create(from, new long[] {row.batch(), features, row.steps()}, 'c');
  }

  @Override
  public void run() {
    network.setInput(Nd4j.create(input, new long[] {row.batch(), row.hidden(), row.steps()}, 'c'));
    network.feedForward(true, false);
    Pair<Gradient, INDArray> back = network.backpropGradient(dy, LayerWorkspaceMgr.noWorkspaces());
    gradients = back.getFirst();
    System.arraycopy(back.getSecond().dup('c').data().asFloat(), 0, dx, 0, dx.length);
  }

  @Override
  public Answer answer() {
    run();
    Answer answer = Answer.empty().with("dx", Dl4jNetwork.timeFirst(dx, row.steps(), row.batch()));
    if (gradients == null) {
      throw new IllegalStateException("there are no gradients after a call");
    }
    Map<String, INDArray> theirs = gradients.gradientForVariable();
    for (int l = 0; l < row.layers(); l++) {
      for (int d = 0; d < row.direction().count(); d++) {
        String place = l + "_" + layers.prefix(d);
        String name = "_l" + l + (d == 1 ? "_reverse" : "");
        answer.with("weight_ih" + name, layers.ours(Dl4jNetwork.named(theirs, place + "W")));
        answer.with("weight_hh" + name, layers.ours(Dl4jNetwork.named(theirs, place + "RW")));
        // Both of our biases are added at the same place, so both have the gradient of its one.
        answer.with("bias_ih" + name, layers.ours(Dl4jNetwork.named(theirs, place + "b")));
        answer.with("bias_hh" + name, layers.ours(Dl4jNetwork.named(theirs, place + "b")));
      }
    }
    return answer;
  }

  @Override
  public void close() {
    network.clear();
    Nd4j.getMemoryManager().invokeGc();
  }
}
