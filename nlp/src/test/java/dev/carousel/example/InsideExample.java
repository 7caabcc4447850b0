package dev.carousel.example;

// docs/inside.md shows the lines from here …
import dev.carousel.inspect.*;
import dev.carousel.model.*;
import dev.carousel.rnn.Cell;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.nio.file.Path;

class InsideExample {
  public static void main(String[] args) throws Exception {
    try (Backend backend = Backends.best();
        TextClassifier model = TextClassifier.load(Path.of(args[0]), backend)) {
      String text = "What is the capital of Peru ?";
      Inspection inside = model.inspect(text, InspectionOptions.SALIENCY);
      LayerTrace layer = inside.readings().get(0).layers().get(0);
      float[][] forget = layer.gate(Gate.FORGET); // [tokens, units]
      Explanation why = inside.explained().orElseThrow();
      for (int t = 0; t < layer.steps(); t++) {
        double matters = why.saliency().norms()[t];
        System.out.printf("%-8s %.2f %.2f%n", why.tokens().get(t), forget[t][0], matters);
      }
      FlowNetwork lstm = new FlowNetwork(Cell.LSTM, 3, 1); // forget bias 3, spectral radius 1
      GradientFlow flow = GradientFlow.of(lstm, FlowSettings.DEFAULT, backend);
      System.out.printf("%s: %.1e a hundred steps back%n", lstm, flow.top().atDistance(100));
    }
  }
}
// … to here.
