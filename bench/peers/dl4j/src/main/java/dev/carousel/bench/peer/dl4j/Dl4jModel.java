package dev.carousel.bench.peer.dl4j;

import dev.carousel.bench.row.Model;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A whole training step. Deeplearning4j clips the norm of each layer, not that of all together; no
 * norm of these rows is large enough for the difference to show. Its labels are one-hot. Its loss
 * is a sum over time where ours is a mean, so that its learning rate is what Adam, which does not
 * mind the scale, makes of both.
 */
final class Dl4jModel implements Exercise {
  private final Row row;
  private final Model model;
  private final Values values;
  private final MultiLayerNetwork network;
  private final DataSet data;

  Dl4jModel(Row row) {
    this.row = row;
    this.model = row.model();
    this.values = new Values(row);
    Dl4jNetwork layers = new Dl4jNetwork(row, values);
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .updater(new Adam(Model.RATE, 0.9, 0.999, Model.EPSILON))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(Model.MAX_NORM * row.steps())
            .list();
    list.layer(
        new EmbeddingSequenceLayer.Builder()
            .nIn(model.words())
            .nOut(row.hidden())
            .inputLength(row.steps())
            .outputDataFormat(RNNFormat.NCW)
            .build());
    layers.declare(list);
    head(list);
    network = new MultiLayerNetwork(list.build());
    network.init();
    load(layers);
    data = new DataSet(ids(), labels());
  }

  private void head(ListBuilder list) {
    if (model.pooled() == Model.Pooled.MEAN) {
      list.layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
      list.layer(
          new OutputLayer.Builder(LossFunction.MCXENT)
              .activation(Activation.SOFTMAX)
              .nIn(model.features())
              .nOut(model.classes())
              .build());
    } else {
      list.layer(
          new RnnOutputLayer.Builder(LossFunction.MCXENT)
              .activation(Activation.SOFTMAX)
              .nIn(model.features())
              .nOut(model.classes())
              .dataFormat(RNNFormat.NCW)
              .build());
    }
  }

  private void load(Dl4jNetwork layers) {
    long[] table = {model.words(), row.hidden()};
    network.setParam("0_W", Nd4j.create(values.table(), table, 'c'));
    layers.load(network, 1);
    int output = network.getnLayers() - 1;
    long[] matrix = {model.classes(), model.features()};
    INDArray theirs = Nd4j.create(values.matrix(), matrix, 'c').transpose().dup('f');
    network.setParam(output + "_W", theirs);
    network.setParam(
        output + "_b", Nd4j.create(values.bias(), new long[] {1, model.classes()}, 'c'));
  }

  private INDArray ids() {
    int[] ids = values.ids();
    float[] byRow = new float[ids.length];
    for (int t = 0; t < row.steps(); t++) {
      for (int n = 0; n < row.batch(); n++) {
        byRow[n * row.steps() + t] = ids[t * row.batch() + n];
      }
    }
    return Nd4j.create(byRow, new long[] {row.batch(), 1, row.steps()}, 'c');
  }

  private INDArray labels() {
    int[] gold = values.gold();
    if (model.pooled() == Model.Pooled.MEAN) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, row.batch(), model.classes());
      for (int n = 0; n < row.batch(); n++) {
        labels.putScalar(n, gold[n], 1f);
      }
      return labels;
    }
    INDArray labels = Nd4j.zeros(DataType.FLOAT, row.batch(), model.classes(), row.steps());
    for (int t = 0; t < row.steps(); t++) {
      for (int n = 0; n < row.batch(); n++) {
        labels.putScalar(new int[] {n, gold[t * row.batch() + n], t}, 1f);
      }
    }
    return labels;
  }

  @Override
  public void run() {
    network.fit(data);
  }

  @Override
  public Answer answer() {
    float[] losses = new float[Values.ANSWER_LOSSES];
    int steps = model.pooled() == Model.Pooled.MEAN ? 1 : row.steps();
    for (int i = 0; i < losses.length; i++) {
      run();
      losses[i] = (float) (network.score() / steps);
    }
    return Answer.of("losses", losses);
  }

  @Override
  public void close() {
    network.clear();
    Nd4j.getMemoryManager().invokeGc();
  }
}
